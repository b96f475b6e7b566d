// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.tls;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.emulator.B2EmulatorExtension;
import io.github.camelb2.emulator.RawB2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PodsAndTlsTest {

    @RegisterExtension
    static final B2EmulatorExtension B2 =
            new B2EmulatorExtension(builder -> builder.pods(3).tls().minPartSize(1));

    private RawB2 b2;
    private String bucketId;

    @BeforeEach
    void login() throws Exception {
        b2 = RawB2.login(B2.emulator());
        bucketId = b2.createBucket(B2.bucketName());
    }

    private String uploadUrl() throws Exception {
        return b2.call("b2_get_upload_url", "{'bucketId':'" + bucketId + "'}").text("uploadUrl");
    }

    @Test
    void uploadsGoToAllPodsAndNowhereElse() throws Exception {
        Set<String> hosts = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            hosts.add(URI.create(uploadUrl()).getHost());
        }

        assertThat(hosts).containsExactlyInAnyOrder("127.0.0.2", "127.0.0.3", "127.0.0.4");
        assertThat(URI.create(B2.emulator().url()).getHost()).isEqualTo("127.0.0.1");
    }

    @Test
    void filesAndPartsAreUploadedOverTls() throws Exception {
        String large = b2.call(
                        "b2_start_large_file", "{'bucketId':'" + bucketId + "','fileName':'l','contentType':'a/b'}")
                .text("fileId");

        assertThat(b2.upload(bucketId, "a", new byte[10]).status()).isEqualTo(200);
        assertThat(b2.uploadPart(large, 1, new byte[10]).status()).isEqualTo(200);
        assertThat(B2.emulator().url()).startsWith("https://");
        assertThat(B2.emulator().state().names(B2.bucketName())).containsExactly("a");
        assertThat(b2.get("/file/" + B2.bucketName() + "/a", Map.of()).body()).hasSize(10);
    }

    @Test
    void eachHostServesItsOwnCallsOnly() throws Exception {
        RawB2.Answer ticket = b2.call("b2_get_upload_url", "{'bucketId':'" + bucketId + "'}");
        String elsewhere = ticket.text("uploadUrl").replaceFirst("127\\.0\\.0\\.\\d", "127.0.0.1");
        Map<String, String> headers = Map.of(
                "Authorization",
                ticket.text("authorizationToken"),
                "X-Bz-File-Name",
                "a",
                "Content-Type",
                "a/b",
                "X-Bz-Content-Sha1",
                RawB2.sha1(new byte[0]));

        assertThat(b2.post(elsewhere, headers, "").status()).isEqualTo(404);
        assertThat(b2.post(ticket.text("uploadUrl"), headers, "").status()).isEqualTo(200);
        String pod = B2.emulator().url().replace("127.0.0.1", "127.0.0.2");
        assertThat(b2.post(pod + "/b2api/v4/b2_list_buckets", Map.of("Authorization", b2.token()), "{}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void nameOfTheHostWorksToo() throws Exception {
        String localhost = B2.emulator().url().replace("127.0.0.1", "localhost");

        RawB2.Answer login = RawB2.authorize(
                localhost, B2.emulator().applicationKeyId(), B2.emulator().applicationKey(), 4);

        assertThat(login.json().at("/apiInfo/storageApi/apiUrl").asText()).isEqualTo(localhost);
    }

    @Test
    void clientThatTrustsTheDefaultAuthoritiesOnlyIsRefused() throws Exception {
        SSLContext strangers = SSLContext.getInstance("TLS");
        javax.net.ssl.TrustManagerFactory usual =
                javax.net.ssl.TrustManagerFactory.getInstance(javax.net.ssl.TrustManagerFactory.getDefaultAlgorithm());
        java.security.KeyStore cacerts = java.security.KeyStore.getInstance(
                Path.of(System.getProperty("java.home"), "lib", "security", "cacerts")
                        .toFile(),
                (char[]) null);
        usual.init(cacerts);
        strangers.init(null, usual.getTrustManagers(), null);
        HttpClient client = HttpClient.newBuilder().sslContext(strangers).build();

        assertThatThrownBy(() -> client.send(
                        HttpRequest.newBuilder(URI.create(B2.emulator().url())).build(),
                        HttpResponse.BodyHandlers.discarding()))
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void clientThatSaysNothingKeepsNobodyOut() throws Exception {
        URI url = URI.create(B2.emulator().url());
        try (java.net.Socket silent = new java.net.Socket(url.getHost(), url.getPort())) {
            assertThat(silent.isConnected()).isTrue();
            assertThat(b2.call("b2_list_buckets", "{'accountId':'" + b2.accountId() + "'}")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void trustEndsWithItsTime() throws Exception {
        SSLContext before = SSLContext.getDefault();
        String store = System.getProperty("javax.net.ssl.trustStore");
        try (B2Emulator other = B2Emulator.builder().tls().start();
                JvmTrust trust = JvmTrust.in(other.tls().orElseThrow())) {
            assertThat(trust).isNotNull();
            assertThat(SSLContext.getDefault()).isNotSameAs(before);
            assertThat(System.getProperty("javax.net.ssl.trustStore")).isNotEqualTo(store);
        }

        assertThat(SSLContext.getDefault()).isSameAs(before);
        assertThat(System.getProperty("javax.net.ssl.trustStore")).isEqualTo(store);
    }

    @Test
    void certificateIsKeptWithTheDataAndMadeAnewForMoreHosts(@TempDir Path directory) throws Exception {
        String first = certificate(directory, 1);

        assertThat(certificate(directory, 1)).isEqualTo(first);
        assertThat(certificate(directory, 2)).isNotEqualTo(first);
        byte[] der = Base64.getMimeDecoder()
                .decode(first.replaceAll("-----[A-Z ]+-----", "").strip());
        assertThat(new String(der, StandardCharsets.ISO_8859_1)).contains("localhost");
    }

    private static String certificate(Path directory, int pods) throws Exception {
        try (B2Emulator emulator =
                B2Emulator.builder().dataDir(directory).tls().pods(pods).start()) {
            return Files.readString(emulator.tls().orElseThrow().certificate());
        }
    }

    @Test
    void addressThatStandsForAllHasTheNameOfTheMachine() throws Exception {
        try (B2Emulator everywhere = B2Emulator.builder()
                .address(InetAddress.getByName("0.0.0.0"))
                .tls()
                .start()) {
            String pem = Files.readString(everywhere.tls().orElseThrow().certificate());
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new java.io.ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));

            assertThat(certificate.getSubjectAlternativeNames())
                    .extracting(name -> String.valueOf(name.get(1)))
                    .contains("localhost", InetAddress.getLocalHost().getHostName(), "127.0.0.1");
        }
    }

    @Test
    void portThatIsTakenAtAPodIsNamedAndNothingKeepsListening() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> B2Emulator.builder().port(port).pods(1).start())
                    .hasMessageContaining("cannot listen on 127.0.0.2 port " + port);

            try (B2Emulator alone = B2Emulator.builder().port(port).start()) {
                assertThat(alone.url()).endsWith(":" + port);
            }
        }
    }

    @Test
    void podsNeedAddressesOfTheLoopback() throws Exception {
        InetAddress everywhere = InetAddress.getByName("0.0.0.0");

        assertThatThrownBy(
                        () -> B2Emulator.builder().address(everywhere).pods(1).start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pods need an address of 127.0.0.0/8, not 0.0.0.0");
        assertThatThrownBy(() -> B2Emulator.builder().pods(101).start()).hasMessageContaining("0 to 100, not 101");
    }
}
