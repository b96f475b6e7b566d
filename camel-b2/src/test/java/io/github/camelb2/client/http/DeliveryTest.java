// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import com.github.tomakehurst.wiremock.WireMockServer;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.Delivery;
import io.github.camelb2.client.retry.Attempt;
import io.github.camelb2.client.retry.CallContext;
import io.github.camelb2.client.retry.CallSettings;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** How far requests come that get no answer: servers of raw sockets, because real ones behave. */
class DeliveryTest {
    private static final CallSettings HASTY =
            CallSettings.DEFAULT.withConnectTimeout(Duration.ofMillis(400)).withRequestTimeout(Duration.ofSeconds(10));

    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private ServerSocket server;
    private PoolingHttpClientConnectionManager pool;
    private CloseableHttpClient http;
    private Transport transport;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        client(SystemDefaultDnsResolver.INSTANCE);
    }

    private void client(DnsResolver names) {
        pool = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(names)
                .setMaxConnTotal(1)
                .setMaxConnPerRoute(1)
                .build();
        http = HttpClients.custom()
                .setConnectionManager(pool)
                .disableAutomaticRetries()
                .build();
        transport = new Transport(http, pool, InstantSource.system(), "camel-b2/test");
    }

    @AfterEach
    void stop() throws IOException {
        http.close();
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    @Test
    void refusedConnectionIsNotSent() {
        assertThat(post("http://127.0.0.1:1").delivery()).isEqualTo(Delivery.NOT_SENT);
    }

    @Test
    void hostThatNobodyKnowsIsToldApart() throws Exception {
        http.close();
        client(new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                throw new UnknownHostException(host);
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        });

        assertThat(post("http://api.example.com").delivery()).isEqualTo(Delivery.UNKNOWN_HOST);
    }

    @Test
    void hostThatHasAnsweredBeforeIsNotMisspelledWhenTheNetworkIsDown() throws Exception {
        AtomicBoolean isDown = new AtomicBoolean();
        http.close();
        client(new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                if (isDown.get()) {
                    throw new UnknownHostException(host);
                }
                return new InetAddress[] {InetAddress.getByName("127.0.0.1")};
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        });
        accept(socket -> {
            readHead(socket.getInputStream());
            socket.getInputStream().readNBytes(2);
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"
                            .getBytes(StandardCharsets.US_ASCII));
        });
        String url = "http://api.example.com:" + server.getLocalPort();
        transport.postJson(call(url), "{}".getBytes(StandardCharsets.US_ASCII), InputStream::readAllBytes);

        isDown.set(true);

        assertThat(post(url).delivery()).isEqualTo(Delivery.NOT_SENT);
        assertThat(post("http://other.example.com").delivery()).isEqualTo(Delivery.UNKNOWN_HOST);
    }

    @Test
    void certificateThatIsNotTrustedMakesItImpossible() {
        WireMockServer selfSigned =
                new WireMockServer(options().dynamicHttpsPort().dynamicPort());
        selfSigned.start();
        try {
            B2TransportException failure = post("https://127.0.0.1:" + selfSigned.httpsPort());

            assertThat(failure.delivery()).isEqualTo(Delivery.IMPOSSIBLE);
            assertThat(failure).hasMessageContaining("certificate");
        } finally {
            selfSigned.stop();
        }
    }

    @Test
    void handshakeThatNeverEndsIsGivenUpWithinTheConnectTimeout() {
        accept(socket -> {});
        long begun = System.nanoTime();

        B2TransportException failure = post("https://127.0.0.1:" + server.getLocalPort());

        assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void serverWithoutTlsIsNotSentTo() {
        accept(socket ->
                socket.getOutputStream().write("HTTP/1.1 400 Bad\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));

        assertThat(post("https://127.0.0.1:" + server.getLocalPort()).delivery())
                .isEqualTo(Delivery.NOT_SENT);
    }

    @Test
    void connectionThatIsNotFreeInTimeIsNotSent() {
        accept(socket -> {
            readHead(socket.getInputStream());
            socket.getOutputStream()
                    .write(
                            "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nX-Bz-File-Id: 4_z\r\nX-Bz-File-Name: a\r\nX-Bz-Upload-Timestamp: 1\r\n\r\n12"
                                    .getBytes(StandardCharsets.US_ASCII));
        });
        try (HttpDownload held = transport.download(call("http://127.0.0.1:" + server.getLocalPort()))) {
            long begun = System.nanoTime();

            assertThat(post("http://127.0.0.1:" + server.getLocalPort()).delivery())
                    .isEqualTo(Delivery.NOT_SENT);

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
            assertThat(held.status()).isEqualTo(200);
        }
    }

    @Test
    void bodyThatWasSentAsAWholeMayHaveArrived() {
        accept(socket -> {
            readHead(socket.getInputStream());
            socket.getInputStream().readNBytes(1000);
            socket.close();
        });

        assertThat(upload(1000).delivery()).isEqualTo(Delivery.MAYBE_SENT);
    }

    @Test
    void bodyThatBrokeOffInTheMiddleHasNotArrived() {
        CountDownLatch hungUp = new CountDownLatch(1);
        accept(socket -> {
            readHead(socket.getInputStream());
            socket.getInputStream().readNBytes(1000);
            socket.setSoLinger(true, 0);
            socket.close();
            hungUp.countDown();
        });
        int length = 3 * 1024 * 1024;
        // The second half is read when nobody listens any more.
        InputStream content = new SequenceInputStream(
                new ByteArrayInputStream(new byte[length / 2]),
                new FilterInputStream(new ByteArrayInputStream(new byte[length / 2])) {
                    @Override
                    public int read(byte[] buffer, int offset, int count) throws IOException {
                        try {
                            hungUp.await(60, TimeUnit.SECONDS);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return super.read(buffer, offset, count);
                    }
                });

        B2TransportException failure = catchThrowableOfType(
                B2TransportException.class,
                () -> transport.upload(
                        call("http://127.0.0.1:" + server.getLocalPort()), content, length, InputStream::readAllBytes));

        assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
    }

    @Test
    void jsonThatWasSentMayHaveArrived() {
        accept(socket -> {
            readHead(socket.getInputStream());
            socket.getInputStream().readNBytes(2);
            socket.close();
        });

        assertThat(post("http://127.0.0.1:" + server.getLocalPort()).delivery()).isEqualTo(Delivery.MAYBE_SENT);
    }

    @Test
    void answerThatMakesNoSenseIsUnusable() {
        accept(socket -> {
            readHead(socket.getInputStream());
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.close();
        });

        B2Exception failure = catchThrowableOfType(
                B2Exception.class, () -> transport.head(call("http://127.0.0.1:" + server.getLocalPort())));

        assertThat(failure.delivery()).isEqualTo(Delivery.UNUSABLE_ANSWER);
        assertThat(failure).hasMessageContaining("the answer has no header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http:///b2api", "https:/x", "http:opaque", "ftp://host/x", "//host/x", "", "http://:80/x"})
    void urlWithoutASchemeOrAHostIsAnErrorAndFinal(String url) {
        B2TransportException failure = post(url);

        assertThat(failure.delivery()).isEqualTo(Delivery.IMPOSSIBLE);
        assertThat(failure).hasMessageContaining("URL").hasMessageContaining("check the realm");
        assertThat(upload(url, 10).delivery()).isEqualTo(Delivery.IMPOSSIBLE);
    }

    @Test
    void hostNameWithAnUnderscoreIsReached() throws Exception {
        http.close();
        client(new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                if (!host.equals("b2_emulator")) {
                    throw new UnknownHostException(host);
                }
                return new InetAddress[] {InetAddress.getByName("127.0.0.1")};
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        });
        List<String> heads = new CopyOnWriteArrayList<>();
        accept(socket -> {
            heads.add(readHead(socket.getInputStream()));
            socket.getInputStream().readNBytes(2);
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes(StandardCharsets.US_ASCII));
        });

        byte[] answer = transport.postJson(
                call("http://b2_emulator:" + server.getLocalPort()),
                "{}".getBytes(StandardCharsets.US_ASCII),
                InputStream::readAllBytes);

        assertThat(answer).asString().isEqualTo("{}");
        assertThat(heads.get(0)).contains("Host: b2_emulator:" + server.getLocalPort());
    }

    @Test
    void serviceReachedByTlsIsSentNothingWithoutIt() {
        accept(socket -> {
            throw new IOException("somebody came");
        });
        transport.loggedInTo("HTTPS://api.example.com");

        B2TransportException failure = post("http://127.0.0.1:" + server.getLocalPort());

        assertThat(failure.delivery()).isEqualTo(Delivery.IMPOSSIBLE);
        assertThat(failure).hasMessageContaining("http URL");
        assertThat(upload(10).delivery()).isEqualTo(Delivery.IMPOSSIBLE);
        assertThatThrownBy(() -> transport.head(call("http://127.0.0.1:" + server.getLocalPort())))
                .hasMessageContaining("http URL");
        assertThatThrownBy(() -> transport.download(call("http://127.0.0.1:" + server.getLocalPort())))
                .hasMessageContaining("http URL");
        assertThat(open).isEmpty();
    }

    @Test
    void sourceThatBreaksIsLocalTroubleHoweverFarItCame() {
        accept(socket -> readHead(socket.getInputStream()));

        assertThatThrownBy(() -> transport.upload(
                        call("http://127.0.0.1:" + server.getLocalPort()),
                        new ByteArrayInputStream(new byte[5]),
                        10,
                        InputStream::readAllBytes))
                .isInstanceOf(B2LocalContentException.class);
    }

    private B2TransportException post(String url) {
        return catchThrowableOfType(
                B2TransportException.class,
                () -> transport.postJson(
                        call(url), "{}".getBytes(StandardCharsets.US_ASCII), InputStream::readAllBytes));
    }

    private B2TransportException upload(int length) {
        return upload("http://127.0.0.1:" + server.getLocalPort(), length);
    }

    private B2TransportException upload(String url, int length) {
        return catchThrowableOfType(
                B2TransportException.class,
                () -> transport.upload(
                        call(url), new ByteArrayInputStream(new byte[length]), length, InputStream::readAllBytes));
    }

    private static HttpCall call(String url) {
        return new HttpCall(
                CallContext.uploadFile("\"a\""), url, Map.of("Authorization", "token"), new Attempt.Try(1, HASTY));
    }

    private interface Service {
        void serve(Socket socket) throws IOException;
    }

    private void accept(Service service) {
        Thread thread = new Thread(() -> {
            try {
                while (true) {
                    Socket socket = server.accept();
                    open.add(socket);
                    service.serve(socket);
                }
            } catch (IOException closed) {
                // The test is over, or the client hung up, which the test sees for itself.
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
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
