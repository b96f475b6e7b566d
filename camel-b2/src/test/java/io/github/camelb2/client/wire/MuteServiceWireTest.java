// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.wire;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URL;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;

import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import com.github.tomakehurst.wiremock.WireMockServer;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.http.ConnectionCounts;
import io.github.camelb2.client.http.HttpCall;
import io.github.camelb2.client.http.Transport;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.retry.Attempt;
import io.github.camelb2.client.retry.CallContext;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.client.transfer.plan.TransferOptions;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.github.camelb2.client.wire.WireService.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A service that stops reading in the middle of an upload: the socket alone would wait for ever. */
@Timeout(30)
class MuteServiceWireTest {
    /** More than the buffers of both ends take. */
    private static final byte[] CONTENT = new byte[16 << 20];

    private static final CallSettings PATIENT_FOR_A_SECOND =
            CallSettings.DEFAULT.withRequestTimeout(Duration.ofSeconds(1));

    @RegisterExtension
    static final WireService SERVICE = new WireService();

    @Test
    void anUploadThatNobodyReadsIsSentToAnotherUrl() throws Exception {
        try (MuteService mute = new MuteService(ServerSocketFactory.getDefault())) {
            SERVICE.answerInTurn(
                    "b2_get_upload_url",
                    json(uploadUrl("http://127.0.0.1:" + mute.port() + "/upload")),
                    json(uploadUrl(SERVICE.url() + "/upload")));
            SERVICE.server()
                    .stubFor(post(urlEqualTo("/upload"))
                            .willReturn(json(
                                    "{\"fileId\":\"4_z\",\"fileName\":\"a\",\"contentSha1\":\"" + sha1() + "\"}")));

            FileVersion stored = upload(PATIENT_FOR_A_SECOND);

            assertThat(stored.fileId()).isEqualTo("4_z");
            assertThat(mute.connections()).isEqualTo(1);
            assertThat(SERVICE.requests("b2_get_upload_url")).hasSize(2);
        }
    }

    @Test
    void anUploadThatNobodyReadsIsANetworkFailureAndHoldsNoConnection() throws Exception {
        try (MuteService mute = new MuteService(ServerSocketFactory.getDefault())) {
            SERVICE.answer("b2_get_upload_url", uploadUrl("http://127.0.0.1:" + mute.port() + "/upload"));

            assertThatThrownBy(() -> upload(PATIENT_FOR_A_SECOND.withRetryTimeout(Duration.ZERO)))
                    .isInstanceOf(B2TransportException.class)
                    .hasMessageContaining("the service took no byte for PT1S");
            // Another thread cuts the connection, and may still be giving it back.
            await().untilAsserted(
                            () -> assertThat(SERVICE.transport().transport().connections())
                                    .map(ConnectionCounts::leased)
                                    .contains(0));
        }
    }

    /** A TLS socket that is closed wants to say so first, which nobody would read either. */
    @Test
    void anEncryptedConnectionIsCutAsWell() throws Exception {
        PoolingHttpClientConnectionManager pool = PoolingHttpClientConnectionManagerBuilder.create()
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(
                        SSLContexts.custom()
                                .loadTrustMaterial((chain, type) -> true)
                                .build(),
                        NoopHostnameVerifier.INSTANCE))
                .build();
        try (MuteService mute = new MuteService(tls().getServerSocketFactory());
                CloseableHttpClient http = HttpClients.custom()
                        .setConnectionManager(pool)
                        .disableAutomaticRetries()
                        .build()) {
            Transport transport = new Transport(http, pool, InstantSource.system(), "camel-b2/test");
            HttpCall call = new HttpCall(
                    CallContext.uploadFile("\"a\""),
                    "https://127.0.0.1:" + mute.port() + "/upload",
                    Map.of(),
                    new Attempt.Try(1, PATIENT_FOR_A_SECOND));

            assertThatThrownBy(() -> transport.upload(
                            call, new ByteArrayInputStream(CONTENT), CONTENT.length, InputStream::readAllBytes))
                    .isInstanceOf(B2TransportException.class)
                    .hasMessageContaining("the service took no byte for PT1S");
            await().untilAsserted(
                            () -> assertThat(pool.getTotalStats().getLeased()).isZero());
        }
    }

    @Test
    void aJsonCallThatNobodyReadsEndsAsWell() throws Exception {
        try (MuteService mute = new MuteService(ServerSocketFactory.getDefault())) {
            HttpCall call = new HttpCall(
                    CallContext.uploadFile("\"a\""),
                    "http://127.0.0.1:" + mute.port() + "/b2api/v4/b2_finish_large_file",
                    Map.of(),
                    new Attempt.Try(1, PATIENT_FOR_A_SECOND));

            assertThatThrownBy(() -> SERVICE.transport().transport().postJson(call, CONTENT, InputStream::readAllBytes))
                    .isInstanceOf(B2TransportException.class)
                    .hasMessageContaining("the service took no byte for PT1S");
        }
    }

    private static FileVersion upload(CallSettings settings) {
        UploadFile request = UploadFile.toBucketId("4_bucket", "a");
        return SERVICE.client().upload(request, UploadSources.bytes(CONTENT), TransferOptions.DEFAULT, settings);
    }

    private static String uploadUrl(String url) {
        return "{\"bucketId\":\"4_bucket\",\"uploadUrl\":\"" + url + "\",\"authorizationToken\":\"t\"}";
    }

    private static String sha1() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(CONTENT));
    }

    /** With the certificate that WireMock brings along. */
    private static SSLContext tls() throws Exception {
        char[] password = "password".toCharArray();
        KeyStore keys = KeyStore.getInstance("JKS");
        URL store = WireMockServer.class.getClassLoader().getResource("keystore");
        try (InputStream in = store.openStream()) {
            keys.load(in, password);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, new SecureRandom());
        return context;
    }
}
