// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.camelb2.client.PlainTransport;
import io.github.camelb2.client.api.B2ThrottledException;
import io.github.camelb2.client.retry.Attempt;
import io.github.camelb2.client.retry.CallContext;
import io.github.camelb2.client.retry.CallSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How servers take {@code Expect: 100-continue}: a server of raw sockets, because real ones answer it by themselves. */
class ExpectContinueTest {
    private static final int LARGE = 8 * 1024 * 1024;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final PlainTransport transport = new PlainTransport();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        transport.close();
    }

    @Test
    void refusalThatComesBeforeTheBodyIsSeenAndNoByteIsSent() {
        serve(socket -> {
            requests.add(readHead(socket.getInputStream()));
            answer(socket, "503 Service Unavailable", "{\"code\":\"service_unavailable\",\"message\":\"too busy\"}");
        });
        InputStream content = new ByteArrayInputStream(new byte[LARGE]);

        assertThatThrownBy(() -> upload(content, LARGE))
                .isInstanceOf(B2ThrottledException.class)
                .hasMessageContaining("too busy");

        assertThat(content).hasBinaryContent(new byte[LARGE]);
        assertThat(requests).singleElement().asString().contains("Expect: 100-continue");
    }

    @Test
    void serverThatIgnoresTheQuestionIsNotAskedAgainForThatUrl() {
        serve(socket -> {
            InputStream in = new BufferedInputStream(socket.getInputStream(), 65536);
            String head = readHead(in);
            requests.add(head);
            if (head.contains("/another")) {
                goOn(socket);
            }
            in.skipNBytes(LARGE);
            answer(socket, "200 OK", "{}");
        });

        // A question that is ignored costs 3 seconds.
        upload(new ByteArrayInputStream(new byte[LARGE]), LARGE);
        upload(new ByteArrayInputStream(new byte[LARGE]), LARGE);
        upload("/another", new ByteArrayInputStream(new byte[LARGE]), LARGE);

        assertThat(requests).hasSize(3);
        assertThat(requests.get(0)).contains("Expect: 100-continue");
        assertThat(requests.get(1)).doesNotContain("Expect");
        assertThat(requests.get(2)).contains("Expect: 100-continue");
    }

    @Test
    void proxyThatDoesNotKnowTheQuestionGetsTheSameRequestWithoutItAndNoFurtherQuestions() {
        serve(socket -> {
            InputStream in = new BufferedInputStream(socket.getInputStream(), 65536);
            String head = readHead(in);
            requests.add(head);
            if (head.contains("Expect")) {
                answer(socket, "417 Expectation Failed", "<html>what?</html>");
            } else {
                in.skipNBytes(LARGE);
                answer(socket, "200 OK", "{}");
            }
        });

        upload(new ByteArrayInputStream(new byte[LARGE]), LARGE);
        upload("/another", new ByteArrayInputStream(new byte[LARGE]), LARGE);

        assertThat(requests).hasSize(3);
        assertThat(requests.get(0)).contains("Expect: 100-continue");
        assertThat(requests.get(1)).doesNotContain("Expect");
        assertThat(requests.get(2)).doesNotContain("Expect");
    }

    @Test
    void urlThatHasTakenALargeBodyIsNotAskedAgain() {
        serve(socket -> {
            InputStream in = new BufferedInputStream(socket.getInputStream(), 65536);
            String head = readHead(in);
            requests.add(head);
            if (head.contains("Expect")) {
                goOn(socket);
            }
            in.skipNBytes(LARGE);
            answer(socket, "200 OK", "{}");
        });

        upload(new ByteArrayInputStream(new byte[LARGE]), LARGE);
        upload(new ByteArrayInputStream(new byte[LARGE]), LARGE);
        upload("/another", new ByteArrayInputStream(new byte[LARGE]), LARGE);

        assertThat(requests).hasSize(3);
        assertThat(requests.get(0)).contains("Expect: 100-continue");
        assertThat(requests.get(1)).doesNotContain("Expect");
        assertThat(requests.get(2)).contains("Expect: 100-continue");
    }

    @Test
    void smallUploadIsSentUnasked() {
        serve(socket -> {
            InputStream in = new BufferedInputStream(socket.getInputStream(), 65536);
            requests.add(readHead(in));
            in.skipNBytes(1000);
            answer(socket, "200 OK", "{}");
        });

        upload(new ByteArrayInputStream(new byte[1000]), 1000);

        assertThat(requests).singleElement().asString().doesNotContain("Expect");
    }

    private void upload(InputStream content, int length) {
        upload("/upload", content, length);
    }

    private void upload(String path, InputStream content, int length) {
        HttpCall call = new HttpCall(
                CallContext.uploadPart("part 1"),
                "http://127.0.0.1:" + server.getLocalPort() + path,
                Map.of("Authorization", "token"),
                new Attempt.Try(1, CallSettings.DEFAULT));
        transport.transport().upload(call, content, length, InputStream::readAllBytes);
    }

    private interface Service {
        void serve(Socket socket) throws IOException;
    }

    /** Serves one request on each connection until the socket is closed. */
    private void serve(Service service) {
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    service.serve(socket);
                } catch (IOException closed) {
                    // The test is over, or the client hung up; a request that is missing fails the test itself.
                    requests.add("broken: " + closed.getMessage());
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void goOn(Socket socket) throws IOException {
        socket.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static void answer(Socket socket, String status, String body) throws IOException {
        String text =
                "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body;
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        socket.shutdownOutput();
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("ended in the head");
            }
            head.append((char) octet);
        }
        return head.toString();
    }
}
