// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http;

import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.emulator.B2EmulatorExtension;
import io.github.camelb2.emulator.RawB2;
import io.github.camelb2.emulator.http.wire.Encoding;

import static org.assertj.core.api.Assertions.assertThat;

/** What can only be seen on a bare socket. */
class TransportTest {

    @RegisterExtension
    static final B2EmulatorExtension B2 = new B2EmulatorExtension();

    private RawB2 b2;
    private String bucketId;

    @BeforeEach
    void login() throws Exception {
        b2 = RawB2.login(B2.emulator());
        bucketId = b2.createBucket(B2.bucketName());
    }

    private RawSocket connect() throws Exception {
        return new RawSocket(B2.emulator().url());
    }

    private String[] post(String path, String token, String json, String... more) {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(
                                "POST " + path + " HTTP/1.1",
                                "Host: localhost",
                                "Authorization: " + token,
                                "Content-Length: " + json.length()),
                        java.util.stream.Stream.of(more))
                .toArray(String[]::new);
    }

    @Test
    void answersCarryDateAndLengthAndNothingChunked() throws Exception {
        try (RawSocket socket = connect()) {
            socket.send("GET /nowhere HTTP/1.1", "Host: localhost", "Accept-Encoding: gzip");
            RawSocket.Head head = socket.head();

            assertThat(head.status()).isEqualTo(404);
            assertThat(head.header("Content-Type")).contains("application/json;charset=utf-8");
            assertThat(head.header("Cache-Control")).contains("max-age=0, no-cache, no-store");
            ZonedDateTime date =
                    ZonedDateTime.parse(head.header("Date").orElseThrow(), DateTimeFormatter.RFC_1123_DATE_TIME);
            assertThat(Duration.between(date.toInstant(), Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
            assertThat(head.lines()).noneMatch(line -> line.startsWith("Transfer-Encoding"));
            assertThat(socket.body(head)).isEqualTo("""
                            {
                              "code": "not_found",
                              "message": "There is no such call: /nowhere",
                              "status": 404
                            }""");
        }
    }

    @Test
    void connectionIsKeptAfterAnErrorAndEndsWhenAskedTo() throws Exception {
        try (RawSocket socket = connect()) {
            socket.send(post("/b2api/v4/b2_list_buckets", "garbage", "{}"));
            socket.send("{}".getBytes(StandardCharsets.UTF_8));
            RawSocket.Head refused = socket.head();
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.header("Connection")).isEmpty();
            socket.body(refused);

            socket.send("GET /nowhere HTTP/1.1", "Host: localhost", "Connection: close");
            RawSocket.Head last = socket.head();
            assertThat(last.header("Connection")).contains("close");
            socket.body(last);
            assertThat(socket.isEnded()).isTrue();
        }
    }

    @Test
    void urlsFollowTheHostThatTheClientUsed() throws Exception {
        try (RawSocket socket = connect()) {
            int port = URI.create(B2.emulator().url()).getPort();
            String basic = java.util.Base64.getEncoder()
                    .encodeToString((B2.emulator().applicationKeyId() + ":"
                                    + B2.emulator().applicationKey())
                            .getBytes(StandardCharsets.UTF_8));
            socket.send(
                    "GET /b2api/v2/b2_authorize_account HTTP/1.1",
                    "Host: localhost:" + port,
                    "Authorization: Basic " + basic);

            assertThat(socket.body(socket.head())).contains("\"apiUrl\": \"http://localhost:" + port + "\"");
        }
    }

    @Test
    void permissionToSendABodyIsGivenAtOnce() throws Exception {
        RawB2.Answer ticket = b2.call("b2_get_upload_url", "{'bucketId':'" + bucketId + "'}");
        try (RawSocket socket = connect()) {
            socket.send(upload(ticket, "expected", "hello"));
            assertThat(socket.head().lines()).containsExactly("HTTP/1.1 100 Continue");

            socket.send("hello".getBytes(StandardCharsets.UTF_8));

            RawSocket.Head head = socket.head();
            assertThat(head.status()).isEqualTo(200);
            assertThat(socket.body(head)).contains("\"fileName\": \"expected\"");
        }
    }

    @Test
    void bodyThatNobodyWantsIsRefusedBeforeItIsSent() throws Exception {
        RawB2.Answer ticket = b2.call("b2_get_upload_url", "{'bucketId':'" + bucketId + "'}");
        B2.emulator().expireUploadUrls();
        try (RawSocket socket = connect()) {
            socket.send(upload(ticket, "refused", "hello"));

            RawSocket.Head head = socket.head();

            assertThat(head.status()).isEqualTo(401);
            assertThat(head.header("Connection")).contains("close");
            assertThat(socket.body(head)).contains("expired_auth_token");
            assertThat(socket.isEnded()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {8_046_431_535L, 5_000_000_001L})
    void bodyThatIsTooBigIsRefusedBeforeItCame(long length) throws Exception {
        RawB2.Answer ticket = b2.call("b2_get_upload_url", "{'bucketId':'" + bucketId + "'}");
        try (RawSocket socket = connect()) {
            String[] head = upload(ticket, "big", "");
            head[6] = "X-Other: 1";
            head[7] = "Content-Length: " + length;
            socket.send(head);
            socket.send("abc".getBytes(StandardCharsets.UTF_8));

            RawSocket.Head refused = socket.head();

            assertThat(refused.status()).isEqualTo(400);
            assertThat(socket.body(refused)).contains("\"message\": \"file size too big: " + length + "\"");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void idleConnectionIsClosedAndOneThatIsUsedIsNot(boolean secure) throws Exception {
        B2Emulator.Builder builder = B2Emulator.builder().idleTimeout(Duration.ofMillis(300));
        try (B2Emulator own = (secure ? builder.tls() : builder).start()) {
            Socket plain = secure
                    ? own.tls().orElseThrow().clientContext().getSocketFactory().createSocket()
                    : new Socket();
            try (RawSocket socket = new RawSocket(own.url(), plain)) {
                // The first request may take its time.
                Awaitility.await().during(Duration.ofMillis(400)).until(() -> own.openConnections() == 1);
                for (int i = 0; i < 3; i++) {
                    socket.send("GET /nowhere HTTP/1.1", "Host: localhost");
                    socket.body(socket.head());
                }

                assertThat(socket.isEnded()).isTrue();
                Awaitility.await().until(() -> own.openConnections() == 0);
            }
        }
    }

    private static String[] upload(RawB2.Answer ticket, String name, String content) {
        return new String[] {
            "POST " + URI.create(ticket.text("uploadUrl")).getPath() + " HTTP/1.1",
            "Host: localhost",
            "Authorization: " + ticket.text("authorizationToken"),
            "X-Bz-File-Name: " + name,
            "Content-Type: text/plain",
            "X-Bz-Content-Sha1: " + RawB2.sha1(content.getBytes(StandardCharsets.UTF_8)),
            "Expect: 100-continue",
            "Content-Length: " + content.length()
        };
    }

    @Test
    void caseOfHeaderNamesIsRecordedAsItCame() throws Exception {
        try (RawSocket socket = connect()) {
            socket.send("GET /b2api/v1/b2_list_buckets HTTP/1.1", "Host: localhost", "X-bz-ODD-Case: Value");
            socket.body(socket.head());
        }

        Awaitility.await()
                .until(() -> !B2.emulator().requests("b2_list_buckets").isEmpty());
        assertThat(B2.emulator().requests("b2_list_buckets"))
                .singleElement()
                .satisfies(request -> assertThat(request.headers()).containsEntry("X-bz-ODD-Case", "Value"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a//b              | a//b
                    a/../b            | a/../b
                    ./a/.             | ./a/.
                    a%2Fb             | a/b
                    a+b%20c           | a b c
                    a%2Bb             | a+b
                    %c3%a9%F0%9F%98%80 | é😀
                    tail/             | tail/
                    %25%26%3F%23      | %&?#
                    a;b=c@d:e         | a;b=c@d:e
                    back%5Cslash      | back\\slash
                    """)
    void rawPathsReachTheFileTheyName(String rawName, String name) throws Exception {
        B2.emulator().state().put(B2.bucketName(), name, name.getBytes(StandardCharsets.UTF_8));
        try (RawSocket socket = connect()) {
            socket.send(
                    "GET /file/" + B2.bucketName() + "/" + rawName + " HTTP/1.1",
                    "Host: localhost",
                    "Authorization: " + b2.token());
            RawSocket.Head head = socket.head();

            assertThat(head.status()).isEqualTo(200);
            assertThat(socket.body(head)).isEqualTo(name);
            assertThat(Encoding.decode(head.header("X-Bz-File-Name").orElseThrow()))
                    .isEqualTo(name);
        }
    }

    @Test
    void headTellsTheLengthAndSendsNoBody() throws Exception {
        B2.emulator().state().put(B2.bucketName(), "a", new byte[12], Map.of("k", "v w"));
        try (RawSocket socket = connect()) {
            String path = "/file/" + B2.bucketName();
            socket.send("HEAD " + path + "/a HTTP/1.1", "Host: x", "Authorization: " + b2.token());
            RawSocket.Head found = socket.head();
            assertThat(found.status()).isEqualTo(200);
            assertThat(found.header("Content-Length")).contains("12");
            assertThat(found.header("X-Bz-Info-k")).contains("v%20w");

            // Had there been a body, the next answer would not begin here.
            socket.send("HEAD " + path + "/b HTTP/1.1", "Host: x", "Authorization: " + b2.token());
            RawSocket.Head missing = socket.head();
            assertThat(missing.status()).isEqualTo(404);
            assertThat(missing.header("Content-Length")).contains("0");
            socket.send("HEAD " + path + "/a HTTP/1.1", "Host: x", "Authorization: " + b2.token());
            assertThat(socket.head().status()).isEqualTo(200);
        }
    }

    @Test
    void connectionsAreCounted() throws Exception {
        try (B2Emulator own = B2Emulator.start()) {
            try (RawSocket socket = new RawSocket(own.url())) {
                socket.send("GET /nowhere HTTP/1.1", "Host: localhost");
                socket.body(socket.head());
                assertThat(own.openConnections()).isEqualTo(1);
            }
            Awaitility.await().until(() -> own.openConnections() == 0);
        }
    }

    @Test
    void uploadCutOffInTheMiddleLeavesNothingBehind() throws Exception {
        RawB2.Answer ticket = b2.call("b2_get_upload_url", "{'bucketId':'" + bucketId + "'}");
        try (RawSocket socket = connect()) {
            String[] head = upload(ticket, "half", "x".repeat(100_000));
            head[6] = "X-Other: 1";
            socket.send(head);
            socket.send(new byte[50_000]);
            Awaitility.await().until(() -> B2.emulator().state().temporaryFiles() == 1);
        }

        Awaitility.await().until(() -> B2.emulator().state().temporaryFiles() == 0);
        assertThat(B2.emulator().state().versions(B2.bucketName())).isEmpty();
        assertThat(b2.uploadTo(ticket, "again", new byte[1], Map.of()).code()).isEqualTo("expired_auth_token");
    }
}
