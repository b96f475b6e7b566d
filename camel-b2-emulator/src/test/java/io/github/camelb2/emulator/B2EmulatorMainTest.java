// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The emulator as a process. */
class B2EmulatorMainTest {

    private static final boolean SOAK = Boolean.getBoolean("soak");

    @TempDir
    private Path directory;

    private Path log() {
        return directory.resolve("emulator.log");
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    @Test
    void printsOneLineOfJsonAndStopsInGoodOrder() throws Exception {
        try (EmulatorProcess emulator = EmulatorProcess.start(log(), List.of())) {
            assertThat(emulator.ready().fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder("url", "applicationKeyId", "applicationKey");
            assertThat(emulator.url()).matches("http://127\\.0\\.0\\.1:\\d+");
            RawB2.login(emulator.url(), emulator.keyId(), emulator.key());

            assertThat(emulator.terminate()).isEqualTo(143);
            assertThat(emulator.rest()).isEmpty();
        }
        assertThat(Files.readString(log())).isEmpty();
    }

    @Test
    void everythingIsStillThereAfterARestart() throws Exception {
        String fileId;
        String largeId;
        try (EmulatorProcess emulator = EmulatorProcess.start(log(), List.of(), "--data-dir", data())) {
            RawB2 b2 = RawB2.login(emulator.url(), emulator.keyId(), emulator.key());
            String bucketId = b2.createBucket("lasting-bucket");
            fileId = b2.upload(bucketId, "a%20b", bytes("first"), Map.of("X-Bz-Info-k", "v"))
                    .text("fileId");
            b2.upload(bucketId, "a%20b", bytes("second"));
            b2.call("b2_hide_file", "{'bucketId':'" + bucketId + "','fileName':'a b'}");
            largeId = b2.call(
                            "b2_start_large_file",
                            "{'bucketId':'" + bucketId + "','fileName':'big','contentType':'b2/x-auto'}")
                    .text("fileId");
            b2.uploadPart(largeId, 1, bytes("part"));
            b2.uploadPart(largeId, 1, bytes("another part"));
            emulator.kill();
        }

        try (EmulatorProcess emulator = EmulatorProcess.start(log(), List.of(), "--data-dir", data())) {
            RawB2 b2 = RawB2.login(emulator.url(), emulator.keyId(), emulator.key());
            String bucketId = b2.call("b2_list_buckets", "{'accountId':'" + b2.accountId() + "'}")
                    .json()
                    .at("/buckets/0/bucketId")
                    .textValue();

            assertThat(b2.call("b2_list_file_versions", "{'bucketId':'" + bucketId + "'}")
                            .json()
                            .findValuesAsText("action"))
                    .containsExactly("hide", "upload", "upload", "start");
            assertThat(b2.call("b2_get_file_info", "{'fileId':'" + fileId + "'}")
                            .json()
                            .at("/fileInfo/k")
                            .textValue())
                    .isEqualTo("v");
            assertThat(b2.get("/b2api/v4/b2_download_file_by_id?fileId=" + fileId, Map.of())
                            .body())
                    .isEqualTo(bytes("first"));
            assertThat(b2.call("b2_list_parts", "{'fileId':'" + largeId + "'}")
                            .json()
                            .findValuesAsText("contentSha1"))
                    .containsExactly(RawB2.sha1(bytes("another part")));
        }
    }

    @Test
    void secondEmulatorOnTheSameDirectoryIsRefused() {
        StringWriter errors = new StringWriter();
        try (B2Emulator first = B2Emulator.builder().dataDir(Path.of(data())).start()) {
            int status =
                    B2EmulatorMain.commandLine().setErr(new PrintWriter(errors)).execute("--data-dir", data());

            assertThat(status).isEqualTo(1);
            assertThat(errors.toString()).contains("another emulator", data());
            assertThat(first.url()).isNotEmpty();
        }
    }

    @Test
    void tlsPodsCapsAndTimeAreOptionsToo() throws Exception {
        try (EmulatorProcess emulator = EmulatorProcess.start(
                log(),
                List.of(),
                "--data-dir",
                data(),
                "--tls",
                "--pods",
                "2",
                "--cap",
                "storage=1000",
                "--cap",
                "calls=1000",
                "--retry-after",
                "--realistic",
                "--names",
                "strict",
                "--default-encryption",
                "none",
                "--advance",
                "P31D")) {
            SSLContext trusting = trust(Path.of(data(), "tls", "truststore.p12"));
            HttpClient client = HttpClient.newBuilder().sslContext(trusting).build();
            String basic = Base64.getEncoder()
                    .encodeToString((emulator.keyId() + ":" + emulator.key()).getBytes(StandardCharsets.UTF_8));

            HttpResponse<String> login = client.send(
                    HttpRequest.newBuilder(URI.create(emulator.url() + "/b2api/v4/b2_authorize_account"))
                            .header("Authorization", "Basic " + basic)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(emulator.url()).startsWith("https://127.0.0.1:");
            assertThat(login.statusCode()).isEqualTo(200);
            Instant date = ZonedDateTime.parse(
                            login.headers().firstValue("Date").orElseThrow(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            assertThat(date).isAfter(Instant.now().plus(Duration.ofDays(30)));
        }
    }

    private static SSLContext trust(Path store) throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(KeyStore.getInstance(store.toFile(), "changeit".toCharArray()));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    @Test
    void portInUseIsNamed() {
        StringWriter errors = new StringWriter();
        try (B2Emulator first = B2Emulator.start()) {
            String port = first.url().substring(first.url().lastIndexOf(':') + 1);

            int status =
                    B2EmulatorMain.commandLine().setErr(new PrintWriter(errors)).execute("--port", port);

            assertThat(status).isEqualTo(1);
            assertThat(errors.toString()).contains("cannot listen on 127.0.0.1 port " + port);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --fault | b2_upload_file: explode | unknown action "explode"
                    --synthetic | bucket | BUCKET:COUNT
                    --min-part-size | 0 | part sizes
                    --recommended-part-size | 10 | part sizes
                    --latency-ms | x | --latency-ms
                    --connection-rate | -1 | connection rate
                    --nonsense | 1 | --nonsense
                    --pods | 101 | pods must be 0 to 100, not 101
                    --pods | -1 | pods must be 0 to 100, not -1
                    --cap | money=5 | --cap takes storage=BYTES, transactions=N, downloads=BYTES or calls=N, not money=5
                    --names | loose | --names takes lenient or strict, not loose
                    --custom-timestamps | no | --custom-timestamps takes allowed or refused, not no
                    --default-encryption | SSE-C | --default-encryption takes sse-b2 or none, not SSE-C
                    --advance | 31 | --advance
                    --advance | -P1D | the clock goes forward
                    """)
    void unusableOptionIsNamed(String option, String value, String message) {
        StringWriter errors = new StringWriter();

        int status =
                B2EmulatorMain.commandLine().setErr(new PrintWriter(errors)).execute(option, value);

        assertThat(status).isEqualTo(2);
        assertThat(errors.toString()).contains(message);
    }

    @Test
    void bodiesOfAnySizePassThroughALittleHeap() throws Exception {
        long size = SOAK ? 2L << 30 : 64L << 20;
        List<String> heap = List.of(SOAK ? "-Xmx128m" : "-Xmx32m");
        try (EmulatorProcess emulator = EmulatorProcess.start(log(), heap)) {
            RawB2 b2 = RawB2.login(emulator.url(), emulator.keyId(), emulator.key());
            String bucketId = b2.createBucket("big-bucket");
            RawB2.Answer ticket = b2.call("b2_get_upload_url", "{'bucketId':'" + bucketId + "'}");
            String sha1 = sha1(new Pattern(size));

            RawB2.Answer uploaded = b2.post(
                    ticket.text("uploadUrl"),
                    Map.of(
                            "Authorization",
                            ticket.text("authorizationToken"),
                            "X-Bz-File-Name",
                            "big",
                            "Content-Type",
                            "b2/x-auto",
                            "X-Bz-Content-Sha1",
                            sha1),
                    HttpRequest.BodyPublishers.fromPublisher(
                            HttpRequest.BodyPublishers.ofInputStream(() -> new Pattern(size)), size));

            assertThat(uploaded.status()).as(uploaded.json().toString()).isEqualTo(200);
            HttpResponse<InputStream> download =
                    b2.send("GET", "/file/big-bucket/big", Map.of(), HttpResponse.BodyHandlers.ofInputStream());
            assertThat(download.headers().firstValueAsLong("Content-Length")).hasValue(size);
            try (InputStream body = download.body()) {
                assertThat(sha1(body)).isEqualTo(sha1);
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sha1(InputStream in) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-1");
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            digest.update(buffer, 0, read);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Bytes that depend on their place, so that nothing can be swapped or repeated unnoticed. */
    private static final class Pattern extends InputStream {

        private final long size;
        private long position;

        Pattern(long size) {
            this.size = size;
        }

        private static byte at(long position) {
            return (byte) (position * 31 + (position >> 13));
        }

        @Override
        public int read() {
            return position < size ? at(position++) & 0xFF : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) {
            if (position >= size) {
                return -1;
            }
            int read = (int) Math.min(count, size - position);
            for (int i = 0; i < read; i++) {
                bytes[offset + i] = at(position + i);
            }
            position += read;
            return read;
        }
    }
}
