// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.client.api.B2UnauthorizedException;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.call.FileCalls.GetDownloadAuthorization;
import io.github.camelb2.client.call.KeyCalls.CreateKey;
import io.github.camelb2.client.model.key.ApplicationKey;
import io.github.camelb2.emulator.http.RecordedRequest;
import io.github.camelb2.lending.B2ClientLease;

import static org.assertj.core.api.Assertions.assertThat;

/** Where files are read: a host of one's own before the service, or any without a key; and hosts of any name. */
class ReadingAddressTest extends B2TestSupport {
    private final CamelContext keyless = new DefaultCamelContext();
    private String bucket;

    @BeforeEach
    void givenAFile() {
        bucket = B2.createBucket();
        b2().state().put(bucket, "public/a.txt", bytes("content"), Map.of());
        b2().state().put(bucket, "private/b.txt", bytes("secret"), Map.of());
        keyless.start();
    }

    @AfterEach
    void stop() throws Exception {
        keyless.close();
    }

    /** The emulator by another name. */
    private String cdn() {
        return b2().url().replace("127.0.0.1", "localhost");
    }

    private static String host(RecordedRequest request) {
        return request.header("Host").orElseThrow();
    }

    @Test
    void readsAndLinksGoToTheHostBeforeTheService() {
        component().getConfiguration().setDownloadUrl(cdn() + "/");

        Exchange read = send("b2:" + bucket + "?operation=downloadFile&fileName=public/a.txt", null, Map.of());
        Exchange link = send("b2:" + bucket + "?operation=createDownloadLink&fileName=public/a.txt", null, Map.of());

        assertThat(read.getMessage().getBody(String.class)).isEqualTo("content");
        assertThat(b2().requests("b2_download_file_by_id")).isNotEmpty().allMatch(request -> cdn().endsWith(
                        host(request)));
        assertThat(b2().requests("b2_list_buckets"))
                .allMatch(request -> b2().url().endsWith(host(request)));
        assertThat(link.getMessage().getBody(String.class)).startsWith(cdn() + "/file/" + bucket + "/public/a.txt?");
    }

    @Test
    void aPublicBucketIsReadWithoutAKey(@TempDir Path directory) {
        String open = B2.bucketName("open");
        send("b2:" + open + "?operation=createBucket&bucketType=allPublic", null, Map.of());
        b2().state().put(open, "a.txt", bytes("for all"), Map.of());
        b2().resetRequests();
        String uri = "b2:" + open + "?fileName=a.txt&downloadUrl=" + b2().url() + "&operation=";

        assertThat(read(uri + "downloadFile").getMessage().getBody(String.class))
                .isEqualTo("for all");
        assertThat(read(uri + "downloadFile&localWorkDirectory=" + directory)
                        .getMessage()
                        .getBody(String.class))
                .isEqualTo("for all");
        assertThat(read(uri + "fileExists").getMessage().getBody()).isEqualTo(true);
        assertThat(b2().count("b2_authorize_account")).isZero();
        assertThat(b2().requests("b2_download_file_by_name"))
                .isNotEmpty()
                .allMatch(request -> request.header("Authorization").isEmpty());
    }

    @Test
    void aDownloadAuthorizationReadsWhatItIsForAndNothingElseWorks() {
        String token;
        try (B2ClientLease lease = component().borrowClient(component().getConfiguration())) {
            token = lease.client()
                    .call(GetDownloadAuthorization.of(
                            b2().state().bucketId(bucket).orElseThrow(),
                            "public/",
                            Duration.ofHours(1).toSeconds()))
                    .authorizationToken();
        }
        String account = "&downloadUrl=" + b2().url() + "&downloadAuthorization=RAW(" + token + ")";

        assertThat(read("b2:" + bucket + "?operation=downloadFile&fileName=public/a.txt" + account)
                        .getMessage()
                        .getBody(String.class))
                .isEqualTo("content");
        assertThat(request("b2:" + bucket + "?operation=downloadFile&fileName=private/b.txt" + account)
                        .getException())
                .isInstanceOf(B2UnauthorizedException.class);
        for (String other : List.of(
                "uploadFile&fileName=x", "listFileNames", "createDownloadLink&fileName=x", "hideFile&fileName=x")) {
            Exchange refused = request("b2:" + bucket + "?operation=" + other + account);
            assertThat(refused.getException())
                    .as(other)
                    .isInstanceOf(B2UnauthorizedException.class)
                    .hasMessageContaining("no application key");
        }
        assertThat(keyless.getEndpoints())
                .noneMatch(endpoint -> endpoint.getEndpointUri().contains(token));
    }

    private Exchange read(String uri) {
        Exchange exchange = request(uri);
        assertThat(exchange.getException()).isNull();
        return exchange;
    }

    private Exchange request(String uri) {
        return keyless.createFluentProducerTemplate().to(uri).withBody("body").request(Exchange.class);
    }

    @Test
    void aKeyThatMayShareAndNotListBucketsMakesLinks() {
        ApplicationKey sharing;
        try (B2ClientLease lease = component().borrowClient(component().getConfiguration())) {
            sharing = lease.client()
                    .call(CreateKey.of(List.of(Capability.READ_FILES, new Capability("shareFiles")), "sharing")
                            .withBucketIds(List.of(b2().state().bucketId(bucket).orElseThrow())));
        }
        b2().resetRequests();

        Exchange link = send(
                "b2:" + bucket + "?operation=createDownloadLink&fileName=public/a.txt&applicationKeyId="
                        + sharing.applicationKeyId() + "&applicationKey=RAW(" + sharing.applicationKey() + ")",
                null,
                Map.of());

        assertThat(link.getMessage().getBody(String.class)).contains("/public/a.txt?Authorization=");
        assertThat(b2().count("b2_list_buckets")).isZero();
    }

    /** As docker compose makes them. */
    @Test
    void aServiceWhoseNameHasAnUnderscoreIsReached() throws Exception {
        component().getConfiguration().setRealm(b2().url().replace("127.0.0.1", "b2_emulator"));
        component().getConfiguration().setDownloadUrl(b2().url().replace("127.0.0.1", "b2_emulator"));
        context()
                .getComponent("https", HttpComponent.class)
                .setClientConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new SystemDefaultDnsResolver() {
                            @Override
                            public java.net.InetAddress[] resolve(String host) throws java.net.UnknownHostException {
                                return super.resolve(host.equals("b2_emulator") ? "127.0.0.1" : host);
                            }
                        })
                        .build());

        send("b2:" + bucket + "?fileName=c.txt", "body", Map.of());
        Exchange read = send("b2:" + bucket + "?operation=downloadFile&fileName=c.txt", null, Map.of());

        assertThat(read.getMessage().getBody(String.class)).isEqualTo("body");
        assertThat(b2().requests("b2_authorize_account")).allMatch(it -> host(it).startsWith("b2_emulator:"));
        assertThat(b2().requests("b2_download_file_by_id")).allMatch(it -> host(it).startsWith("b2_emulator:"));
    }
}
