// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.Delivery;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.call.LargeFileCalls.UploadPart;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.http.HttpCall;
import io.github.camelb2.client.http.HttpDownload;
import io.github.camelb2.client.http.Transport;
import io.github.camelb2.client.model.file.ByteRange;
import io.github.camelb2.client.model.file.ContentOverrides;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.json.Json;
import io.github.camelb2.client.model.large.Part;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.model.protection.FileRetention;
import io.github.camelb2.client.model.protection.LegalHold;
import io.github.camelb2.client.model.protection.RetentionMode;
import io.github.camelb2.client.retry.Attempt;
import io.github.camelb2.client.retry.CallContext;
import io.github.camelb2.client.retry.CallSettings;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.head;
import static com.github.tomakehurst.wiremock.client.WireMock.headRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The headers and bytes of uploads, downloads and HEAD requests. */
class TransferWireTest {
    private static final Encryption SSE_C =
            Encryption.sseC("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    private static final CallSettings ONCE = CallSettings.DEFAULT.withRetryTimeout(Duration.ZERO);
    private static final Attempt.Try FIRST = new Attempt.Try(1, CallSettings.DEFAULT);

    @RegisterExtension
    static final WireService SERVICE = new WireService();

    private Transport transport;

    @BeforeEach
    void takeTransport() {
        transport = SERVICE.transport().transport();
    }

    @Test
    void smallUploadHasItsHeadersAndItsBytes() {
        stubUpload("{\"fileId\":\"4_z\",\"fileName\":\"dir/a b+é.txt\"}");
        Map<String, String> info = new LinkedHashMap<>();
        info.put("Src_Last_Modified_Millis", "7");
        info.put("note", "v 1+2");
        UploadFile file = UploadFile.of("media1", "dir/a b+é.txt")
                .withFileInfo(info)
                .withServerSideEncryption(Encryption.sseB2())
                .withFileRetention(new FileRetention(RetentionMode.COMPLIANCE, 99L))
                .withLegalHold(LegalHold.ON)
                .withCustomUploadTimestamp(5);

        FileVersion stored = upload(file.headers("hex_digits_at_end"), "hello");

        LoggedRequest request =
                SERVICE.server().findAll(postRequestedFor(anyUrl())).get(0);
        assertThat(stored.fileId()).isEqualTo("4_z");
        assertThat(request.getBodyAsString()).isEqualTo("hello");
        assertThat(headersOf(request))
                .containsEntry("authorization", "upload-token")
                .containsEntry("content-length", "5")
                .containsEntry("content-type", "b2/x-auto")
                .containsEntry("x-bz-file-name", "dir/a%20b%2B%C3%A9.txt")
                .containsEntry("x-bz-content-sha1", "hex_digits_at_end")
                .containsEntry("x-bz-info-src_last_modified_millis", "7")
                .containsEntry("x-bz-info-note", "v%201%2B2")
                .containsEntry("x-bz-server-side-encryption", "AES256")
                .containsEntry("x-bz-file-retention-mode", "compliance")
                .containsEntry("x-bz-file-retention-retain-until-timestamp", "99")
                .containsEntry("x-bz-file-legal-hold", "on")
                .containsEntry("x-bz-custom-upload-timestamp", "5")
                .doesNotContainKeys("expect", "transfer-encoding", "accept-encoding");
    }

    @Test
    void emptyFileIsUploaded() {
        stubUpload("{\"fileId\":\"4_z\",\"fileName\":\"a\"}");

        upload(UploadFile.of("media1", "a").headers("do_not_verify"), "");

        assertThat(headersOf(
                        SERVICE.server().findAll(postRequestedFor(anyUrl())).get(0)))
                .containsEntry("content-length", "0");
    }

    @Test
    void largePartAsksBeforeItSends() {
        stubUpload("{\"fileId\":\"4_z\",\"partNumber\":3,\"contentSha1\":\"x\"}");
        byte[] content = new byte[4 * 1024 * 1024];
        UploadPart part = new UploadPart("4_large", 3, SSE_C);

        Part stored = transport.upload(
                new HttpCall(CallContext.uploadPart(part.subject()), uploadUrl(), part.headers("abc"), FIRST),
                new ByteArrayInputStream(content),
                content.length,
                body -> Json.read(body, Part.class));

        LoggedRequest request =
                SERVICE.server().findAll(postRequestedFor(anyUrl())).get(0);
        assertThat(stored.partNumber()).isEqualTo(3);
        assertThat(request.getBody()).hasSize(content.length);
        assertThat(headersOf(request))
                .containsEntry("expect", "100-continue")
                .containsEntry("x-bz-part-number", "3")
                .containsEntry("x-bz-content-sha1", "abc")
                .containsEntry(
                        "x-bz-server-side-encryption-customer-key", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")
                .doesNotContainKey("x-bz-file-name");
    }

    @Test
    void addressThatIsNoneIsNotQuoted() {
        HttpCall call = new HttpCall(
                CallContext.uploadFile("\"a\""), "http://pod/secret token", Map.of("Authorization", "t"), FIRST);

        assertThatThrownBy(() ->
                        transport.upload(call, new ByteArrayInputStream(new byte[1]), 1, InputStream::readAllBytes))
                .isInstanceOf(B2TransportException.class)
                .hasMessage("b2_upload_file \"a\": the service gave an invalid URL; check the realm:"
                        + " the service, or a proxy before it, gave this URL")
                .hasNoCause();
    }

    @Test
    void sourceThatEndsEarlyIsLocalTrouble() {
        stubUpload("{}");

        assertThatThrownBy(() -> transport.upload(
                        uploadCall(Map.of()), new ByteArrayInputStream(new byte[10]), 11, InputStream::readAllBytes))
                .isInstanceOf(B2LocalContentException.class)
                .hasMessageContaining("ended after 10 of 11 bytes");
    }

    @Test
    void sourceThatCannotBeReadIsLocalTrouble() {
        stubUpload("{}");
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk on fire");
            }
        };

        assertThatThrownBy(() -> transport.upload(uploadCall(Map.of()), broken, 11, InputStream::readAllBytes))
                .isInstanceOf(B2LocalContentException.class)
                .hasMessageContaining("disk on fire");
    }

    @Test
    void downloadByNameKeepsEveryCharacterOfTheName() throws IOException {
        SERVICE.server().stubFor(get(anyUrl()).willReturn(download("hello")));
        DownloadFile request = DownloadFile.byName("media1", "a//b/../c d+é%2F.txt");

        try (HttpDownload answer = open(request)) {
            assertThat(read(answer)).isEqualTo("hello");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.contentLength()).isEqualTo(5);
        }

        SERVICE.server().verify(getRequestedFor(urlEqualTo("/file/media1/a//b/../c%20d%2B%C3%A9%252F.txt")));
    }

    @Test
    void downloadByIdHasRangeKeyAndOverrides() {
        SERVICE.server()
                .stubFor(get(anyUrl())
                        .willReturn(download("ell").withStatus(206).withHeader("Content-Range", "bytes 1-3/5")));
        DownloadFile request = DownloadFile.byId("4_z id")
                .withRange(ByteRange.of(1, 3))
                .withServerSideEncryption(SSE_C)
                .withOverrides(ContentOverrides.NONE
                        .withContentType("text/plain")
                        .withContentDisposition("attachment; filename=\"a&b\""));

        try (HttpDownload answer = open(request)) {
            assertThat(answer.status()).isEqualTo(206);
            assertThat(answer.firstByte()).isEqualTo(1);
            assertThat(answer.file().contentLength()).isEqualTo(5);
        }

        LoggedRequest sent = SERVICE.server().findAll(getRequestedFor(anyUrl())).get(0);
        assertThat(sent.getUrl())
                .isEqualTo("/b2api/v4/b2_download_file_by_id?fileId=4_z%20id"
                        + "&b2ContentDisposition=attachment%3B%20filename%3D%22a%26b%22&b2ContentType=text/plain");
        assertThat(headersOf(sent))
                .containsEntry("range", "bytes=1-3")
                .containsEntry("authorization", "account-token")
                .containsEntry("x-bz-server-side-encryption-customer-algorithm", "AES256")
                .doesNotContainKey("accept-encoding");
    }

    @Test
    void headersOfADownloadAreAFileVersion() {
        SERVICE.server()
                .stubFor(get(anyUrl())
                        .willReturn(download("hello")
                                .withHeader("X-Bz-Info-note", "v+1%2B2")
                                .withHeader("X-Bz-Info-src_last_modified_millis", "77")
                                .withHeader("Content-Disposition", "inline")
                                .withHeader("Cache-Control", "max-age=0, no-cache, no-store")
                                .withHeader("X-Bz-Server-Side-Encryption", "AES256")
                                .withHeader("X-Bz-File-Retention-Mode", "governance")
                                .withHeader("X-Bz-File-Retention-Retain-Until-Timestamp", "123")
                                .withHeader("X-Bz-Client-Unauthorized-To-Read", "X-Bz-File-Legal-Hold")));

        try (HttpDownload answer = open(DownloadFile.byId("4_z"))) {
            FileVersion file = answer.file();
            assertThat(file.fileName()).isEqualTo("a b.txt");
            assertThat(file.fileId()).isEqualTo("4_z");
            assertThat(file.contentType()).isEqualTo("text/plain");
            assertThat(file.fileInfo())
                    .containsOnly(
                            Map.entry("note", "v 1+2"),
                            Map.entry("src_last_modified_millis", "77"),
                            Map.entry("b2-content-disposition", "inline"));
            assertThat(file.modificationTimeMillis()).isEqualTo(77);
            assertThat(file.uploadTimestamp()).isEqualTo(1_700_000_000_000L);
            assertThat(file.knownSha1()).contains("aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d");
            assertThat(file.serverSideEncryption().mode()).hasToString("SSE-B2");
            assertThat(file.fileRetention().find()).contains(new FileRetention(RetentionMode.GOVERNANCE, 123L));
            assertThat(file.legalHold().isClientAuthorizedToRead()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Bz-File-Id", "X-Bz-File-Name", "X-Bz-Upload-Timestamp"})
    void downloadWithoutANeededHeaderIsNoDownload(String missing) {
        ResponseDefinitionBuilder answer = aResponse().withBody("hello").withHeader("Content-Length", "5");
        downloadHeaders().forEach((name, value) -> {
            if (!name.equals(missing)) {
                answer.withHeader(name, value);
            }
        });
        SERVICE.server().stubFor(get(anyUrl()).willReturn(answer));

        assertThatThrownBy(() -> open(DownloadFile.byId("4_z")))
                .isInstanceOf(B2TransportException.class)
                .hasMessageContaining(missing);
        assertThat(transport.connections().orElseThrow().leased()).isZero();
    }

    @Test
    void refusedDownloadLeavesNoConnectionOpen() {
        SERVICE.server().stubFor(get(anyUrl()).willReturn(WireService.error(404, "not_found")));

        assertThatThrownBy(() -> open(DownloadFile.byId("4_z"))).isInstanceOf(B2NotFoundException.class);
        assertThat(transport.connections().orElseThrow().leased()).isZero();
    }

    @Test
    void downloadThatBreaksOffIsNotAnEnd() throws IOException {
        SERVICE.server().stubFor(get(anyUrl()).willReturn(download("hel").withHeader("Content-Length", "5")));

        try (HttpDownload answer = open(DownloadFile.byId("4_z"))) {
            assertThatThrownBy(() -> read(answer)).isInstanceOf(IOException.class);
        }
        assertThat(transport.connections().orElseThrow().leased()).isZero();
    }

    @Test
    void headAnswersWhatADownloadWould() {
        SERVICE.server().stubFor(head(anyUrl()).willReturn(download("").withHeader("Content-Length", "5")));

        FileVersion file = SERVICE.client()
                .head(DownloadFile.byName("media1", "a b.txt"), CallSettings.DEFAULT)
                .orElseThrow();

        assertThat(file.contentLength()).isEqualTo(5);
        assertThat(file.fileName()).isEqualTo("a b.txt");
        SERVICE.server().verify(headRequestedFor(urlEqualTo("/file/media1/a%20b.txt")));
    }

    /** A careless client has stored them as they are, or something on the way has decoded them. */
    @ParameterizedTest
    @ValueSource(strings = {"%zz", "%", "100% a+b", "a%2", "%C3%A9%"})
    void headersThatAreNotEncodedAreTakenAsTheyAre(String raw) throws IOException {
        SERVICE.server()
                .stubFor(get(anyUrl())
                        .willReturn(download("hello")
                                .withHeader("X-Bz-Info-note", raw)
                                .withHeader("X-Bz-Info-other", "a+b%2Bc")
                                .withHeader("X-Bz-File-Name", raw)
                                .withHeader("Content-Disposition", raw)));

        try (HttpDownload answer = open(DownloadFile.byId("4_z"))) {
            assertThat(answer.file().fileName()).isEqualTo(raw);
            assertThat(answer.file().fileInfo())
                    .containsEntry("note", raw)
                    .containsEntry("other", "a b+c")
                    .containsEntry("b2-content-disposition", raw);
            assertThat(read(answer)).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "9007199254740993"})
    void lengthThatNoFileCanHaveMakesTheAnswerUnusable(String length) {
        SERVICE.server().stubFor(head(anyUrl()).willReturn(download("").withHeader("Content-Length", length)));

        assertThatThrownBy(() -> SERVICE.client().head(DownloadFile.byId("4_z"), ONCE))
                .isInstanceOfSatisfying(B2TransportException.class, e -> assertThat(e.delivery())
                        .isEqualTo(Delivery.UNUSABLE_ANSWER));
    }

    @Test
    void anotherVersionThanTheOneAskedForByItsIdIsNotTaken() {
        SERVICE.server().stubFor(get(anyUrl()).willReturn(download("hello").withHeader("X-Bz-File-Id", "4_other")));
        SERVICE.server().stubFor(head(anyUrl()).willReturn(download("").withHeader("Content-Length", "5")));

        assertThatThrownBy(() -> SERVICE.client().open(DownloadFile.byId("4_z"), ONCE))
                .isInstanceOfSatisfying(B2TransportException.class, e -> assertThat(e.delivery())
                        .isEqualTo(Delivery.UNUSABLE_ANSWER));
        assertThatThrownBy(() -> SERVICE.client().head(DownloadFile.byId("4_other"), ONCE))
                .isInstanceOfSatisfying(B2TransportException.class, e -> assertThat(e.delivery())
                        .isEqualTo(Delivery.UNUSABLE_ANSWER));
        assertThat(transport.connections().orElseThrow().leased()).isZero();
    }

    @Test
    void headOfAFileThatIsNotThereIsEmpty() {
        SERVICE.server().stubFor(head(anyUrl()).willReturn(aResponse().withStatus(404)));

        assertThat(SERVICE.client().head(DownloadFile.byName("media1", "a"), CallSettings.DEFAULT))
                .isEmpty();
    }

    @Test
    void headWithARefusedTokenGetsANewOneThoughTheAnswerDoesNotSayWhy() {
        SERVICE.server()
                .stubFor(head(anyUrl())
                        .inScenario("head")
                        .whenScenarioStateIs("Started")
                        .willSetStateTo("renewed")
                        .willReturn(aResponse().withStatus(401)));
        SERVICE.server()
                .stubFor(head(anyUrl())
                        .inScenario("head")
                        .whenScenarioStateIs("renewed")
                        .willReturn(download("").withHeader("Content-Length", "5")));

        assertThat(SERVICE.client().head(DownloadFile.byName("media1", "a"), CallSettings.DEFAULT))
                .isPresent();
        assertThat(SERVICE.requests("b2_authorize_account")).hasSize(2);
    }

    private static void stubUpload(String answer) {
        SERVICE.server()
                .stubFor(post(urlEqualTo("/upload/here")).willReturn(aResponse().withBody(answer)));
    }

    private static String uploadUrl() {
        return SERVICE.url() + "/upload/here";
    }

    private static HttpCall uploadCall(Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Authorization", "upload-token");
        return new HttpCall(CallContext.uploadFile("\"a\" to bucket media1"), uploadUrl(), all, FIRST);
    }

    private FileVersion upload(Map<String, String> headers, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return transport.upload(
                uploadCall(headers),
                new ByteArrayInputStream(bytes),
                bytes.length,
                body -> Json.read(body, FileVersion.class));
    }

    private HttpDownload open(DownloadFile request) {
        return transport.download(new HttpCall(
                CallContext.download(request.name(), request.subject()),
                request.url(SERVICE.url()),
                request.headers("account-token"),
                FIRST));
    }

    private static String read(HttpDownload download) throws IOException {
        byte[] buffer = new byte[100];
        StringBuilder text = new StringBuilder();
        for (int count = download.read(buffer, 0, 100); count >= 0; count = download.read(buffer, 0, 100)) {
            text.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    private static Map<String, String> downloadHeaders() {
        return Map.of(
                "Content-Type", "text/plain",
                "X-Bz-File-Id", "4_z",
                "X-Bz-File-Name", "a+b.txt",
                "X-Bz-Content-Sha1", "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d",
                "X-Bz-Upload-Timestamp", "1700000000000");
    }

    private static ResponseDefinitionBuilder download(String body) {
        ResponseDefinitionBuilder answer = aResponse().withBody(body);
        if (!body.isEmpty()) {
            answer.withHeader("Content-Length", String.valueOf(body.length()));
        }
        downloadHeaders().forEach(answer::withHeader);
        return answer;
    }

    private static Map<String, String> headersOf(LoggedRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.getHeaders().all().forEach(it -> headers.put(it.key().toLowerCase(), it.firstValue()));
        return headers;
    }
}
