// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.download;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.model.file.ByteRange;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.TestClient;
import io.github.camelb2.client.transfer.plan.TransferOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Downloads from a host that does not answer ranges as B2 does: a cache in front of it, or a broken proxy. */
@Timeout(60)
class ForeignRangesTest {
    private static final byte[] CONTENT = new byte[40_000];
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]*)");

    static {
        new Random(1).nextBytes(CONTENT);
    }

    /** What the host makes of a range. */
    enum Manner {
        /** 206, chunked: no Content-Length. */
        CHUNKED,
        /** 200 with the whole file. */
        WHOLE,
        /** 206 that begins earlier. */
        EARLIER,
        /** 206 that begins later. */
        LATER,
        /** 206 with half of the range. */
        HALF,
        /** 206 that does not say which range. */
        UNSAID,
        /** 206 without the length of the whole. */
        STAR,
        /** 206 whose Content-Range and Content-Length contradict each other. */
        CONTRADICTING,
        /** 206 of the right bytes, but for the first range of a file that is shorter by one. */
        SHORTER
    }

    @TempDir
    Path directory;

    private final AtomicInteger downloads = new AtomicInteger();
    private volatile Manner manner = Manner.CHUNKED;
    private volatile int breaksAfter = Integer.MAX_VALUE;

    /** How a Content-Range is written, where that is not as usual. */
    private volatile String spelling = "";

    private HttpServer server;
    private TestClient client;

    @BeforeEach
    void givenHost() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/b2api/v4/b2_authorize_account", this::authorize);
        server.createContext("/b2api/v4/b2_download_file_by_id", this::download);
        server.createContext("/file/", this::download);
        server.start();
        client = TestClient.of(
                url(), new Credentials("key", "secret"), directory, ClientListener.NONE, InstantSource.system());
    }

    @AfterEach
    void close() {
        client.close();
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource({
        "CHUNKED, 0, 9",
        "CHUNKED, 5000, 29999",
        "CHUNKED, 39999, 39999",
        "CHUNKED, 100,",
        "WHOLE, 0, 9",
        "WHOLE, 5000, 29999",
        "WHOLE, 39999, 50000",
        "WHOLE, 100,",
        "WHOLE, 0,",
        "EARLIER, 5000, 29999"
    })
    void aRangeThatIsInTheAnswerIsReadAsItWasAskedFor(Manner answer, int from, Integer to) throws IOException {
        manner = answer;
        ByteRange range = to == null ? ByteRange.from(from) : ByteRange.of(from, to);
        int end = to == null ? CONTENT.length : Math.min(CONTENT.length, to + 1);
        byte[] expected = Arrays.copyOfRange(CONTENT, from, end);

        for (DownloadFile request :
                new DownloadFile[] {DownloadFile.byId("id-1"), DownloadFile.byName("bucket", "a")}) {
            try (DownloadStream stream = client.b2().open(request.withRange(range), TestClient.FAST)) {
                assertThat(stream.length()).isEqualTo(expected.length);
                assertThat(stream.readAllBytes()).isEqualTo(expected);
            }
            Path target = directory.resolve("target");
            client.b2().download(request.withRange(range), target, TransferOptions.DEFAULT, TestClient.FAST);
            assertThat(target).hasBinaryContent(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Manner.class,
            names = {"LATER", "HALF", "UNSAID", "STAR", "CONTRADICTING"})
    void otherBytesThanWereAskedForAreNeverGivenOut(Manner answer) {
        manner = answer;
        CallSettings settings = TestClient.FAST.withRetryTimeout(Duration.ofMillis(300));
        DownloadFile request = DownloadFile.byId("id-1").withRange(ByteRange.of(5_000, 29_999));

        assertThatThrownBy(() -> client.b2().open(request, settings).close()).isInstanceOf(B2TransportException.class);
        Path target = directory.resolve("target");
        assertThatThrownBy(() -> client.b2().download(request, target, TransferOptions.DEFAULT, settings))
                .isInstanceOf(B2TransportException.class);
        assertThat(target).doesNotExist();
    }

    @Test
    void aHostThatAlwaysAnswersAnotherRangeIsAskedAFewTimesOnly() {
        manner = Manner.LATER;
        DownloadFile request = DownloadFile.byId("id-1").withRange(ByteRange.of(5_000, 29_999));

        assertThatThrownBy(() -> client.b2().open(request, TestClient.FAST).close())
                .isInstanceOf(B2TransportException.class)
                .hasMessageContaining("not the range that was asked for");
        assertThat(downloads).hasValue(3);
    }

    /** Nothing else would tell where the file has no SHA-1. */
    @Test
    void answersThatDisagreeAboutTheLengthAreNotOneFile() {
        manner = Manner.SHORTER;
        Path target = directory.resolve("target");

        assertThatThrownBy(() -> client.b2()
                        .download(
                                DownloadFile.byId("id-1"),
                                target,
                                TransferOptions.DEFAULT.withPartSize(10_000),
                                TestClient.FAST))
                .isInstanceOf(B2TransportException.class)
                .hasMessageContaining("the answer says that the file has 40000 bytes, and the first one said 39999");
        assertThat(target).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5000-29999/40000",
                "bytes=5000-29999/40000",
                "Bytes 5000-29999/40000",
                "bytes  5000-29999/40000",
                "bytes 5000 -29999/40000",
                "bytes 5000-29999/",
                "bytes 5000-/40000",
                "bytes -29999/40000",
                "bytes 5000/29999-40000",
                "bytes 5000-29999-40000",
                "bytes 5000-29999/40000/40000",
                "bytes +5000-29999/40000",
                "bytes 5000-29999/40000x",
                "bytes 5000-29999/0000000000000040000",
                "bytes 5000-29999/9223372036854775808",
                "bytes */40000",
                "bytes",
                "bytes "
            })
    void aRangeThatIsNotSaidClearlyIsNotGuessed(String answer) {
        spelling = answer;
        CallSettings settings = TestClient.FAST.withRetryTimeout(Duration.ofMillis(50));
        DownloadFile request = DownloadFile.byId("id-1").withRange(ByteRange.of(5_000, 29_999));

        assertThatThrownBy(() -> client.b2().open(request, settings).close())
                .isInstanceOf(B2TransportException.class)
                .hasMessageContaining("its Content-Range does not say which: " + answer.trim());
    }

    @Test
    void aRangeBehindTheEndIsNeverEmptyContent() {
        manner = Manner.WHOLE;
        DownloadFile request = DownloadFile.byId("id-1").withRange(ByteRange.of(40_000, 50_000));

        assertThatThrownBy(() -> client.b2().open(request, TestClient.FAST).close())
                .isInstanceOf(B2Exception.class)
                .hasMessageContaining("416 range_not_satisfiable");
    }

    @ParameterizedTest
    @EnumSource(
            value = Manner.class,
            names = {"CHUNKED", "WHOLE", "EARLIER"})
    void aDownloadThatBreaksGoesOnWithTheRightBytes(Manner answer) throws IOException {
        manner = answer;
        breaksAfter = 15_000;

        try (DownloadStream stream = client.b2().open(DownloadFile.byId("id-1"), TestClient.FAST)) {
            assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
        }
        assertThat(downloads).hasValue(2);
    }

    private void download(HttpExchange exchange) throws IOException {
        downloads.incrementAndGet();
        int limit = breaksAfter;
        breaksAfter = Integer.MAX_VALUE;
        String asked = exchange.getRequestHeaders().getFirst("Range");
        Matcher range = RANGE.matcher(asked == null ? "" : asked);
        exchange.getResponseHeaders().add("X-Bz-File-Id", "id-1");
        exchange.getResponseHeaders().add("X-Bz-File-Name", "a");
        exchange.getResponseHeaders().add("X-Bz-Upload-Timestamp", "1500000000000");
        exchange.getResponseHeaders().add("Content-Type", "application/octet-stream");
        if (!range.matches() || manner == Manner.WHOLE) {
            answer(exchange, 200, CONTENT, limit, false);
            return;
        }
        long wanted = range.group(2).isEmpty() ? CONTENT.length - 1 : Long.parseLong(range.group(2));
        int first = Integer.parseInt(range.group(1));
        int last = (int) Math.min(CONTENT.length - 1, wanted);
        switch (manner) {
            case EARLIER -> first = Math.max(0, first - 1_000);
            case LATER -> first = first + 1;
            case HALF -> last = first + (last - first) / 2;
            default -> {}
        }
        int said = manner == Manner.CONTRADICTING ? last - 1 : last;
        int length = manner == Manner.SHORTER && first == 0 ? CONTENT.length - 1 : CONTENT.length;
        String all = manner == Manner.STAR ? "*" : String.valueOf(length);
        if (manner != Manner.UNSAID) {
            String usual = "bytes " + first + "-" + said + "/" + all;
            exchange.getResponseHeaders().add("Content-Range", spelling.isEmpty() ? usual : spelling);
        }
        answer(exchange, 206, Arrays.copyOfRange(CONTENT, first, last + 1), limit, manner == Manner.CHUNKED);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body, int limit, boolean chunked)
            throws IOException {
        exchange.sendResponseHeaders(status, chunked ? 0 : body.length);
        OutputStream out = exchange.getResponseBody();
        out.write(body, 0, Math.min(limit, body.length));
        out.flush();
        if (limit >= body.length) {
            out.close();
        }
        exchange.close();
    }

    private void authorize(HttpExchange exchange) throws IOException {
        String api = "\"apiUrl\":\"" + url() + "\",\"downloadUrl\":\"" + url() + "\",\"s3ApiUrl\":\"" + url() + "\"";
        String allowed = "\"allowed\":{\"buckets\":null,\"capabilities\":[\"readFiles\"],\"namePrefix\":null}";
        byte[] body = ("{\"accountId\":\"account\",\"authorizationToken\":\"token\",\"apiInfo\":{\"storageApi\":{"
                        + "\"absoluteMinimumPartSize\":5000000,\"recommendedPartSize\":100000000," + api + "," + allowed
                        + "}}}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        answer(exchange, 200, body, Integer.MAX_VALUE, false);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
