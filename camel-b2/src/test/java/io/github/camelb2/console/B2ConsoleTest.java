// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.console;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsole.MediaType;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.health.DefaultHealthCheckRegistry;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.client.call.LargeFileCalls.StartLargeFile;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.lending.B2ClientLease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What developers see of B2 in Camel's console, and operators in its health. */
class B2ConsoleTest extends B2TestSupport {
    private String bucket = "";

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext made = super.createCamelContext();
        made.setDevConsole(true);
        made.getCamelContextExtension()
                .addContextPlugin(HealthCheckRegistry.class, new DefaultHealthCheckRegistry(made));
        return made;
    }

    @BeforeEach
    void makeBucket() {
        bucket = B2.createBucket();
    }

    private DevConsole console() {
        DevConsoleRegistry consoles = DevConsoleRegistry.get(context());
        consoles.loadDevConsoles(true);
        return consoles.getConsole("b2").orElseThrow();
    }

    private JsonObject json(Map<String, Object> options) {
        return (JsonObject) console().call(MediaType.JSON, options);
    }

    private JsonObject account(Map<String, Object> options) {
        return (JsonObject) ((JsonArray) json(options).get("accounts")).get(0);
    }

    @Test
    void loginPoolTransactionsAndErrorsAreShownWithoutAskingAnybody() {
        b2().resetRequests();
        send("b2:" + bucket + "?fileName=a", "content", Map.of());
        assertThat(send("b2:" + bucket + "?operation=downloadFile&fileName=a", null, Map.of())
                        .getMessage()
                        .getBody(String.class))
                .isEqualTo("content");
        fail("b2:" + bucket + "?operation=getFileInfo", null, Map.of("CamelB2OverrideFileId", "none"));
        long asked = b2().usage().classC();

        JsonObject account = account(Map.of());

        assertThat(account)
                .containsEntry("component", "b2")
                .containsEntry("loggedIn", true)
                .containsEntry("applicationKeyId", b2().applicationKeyId())
                .containsEntry("realm", b2().url())
                .containsEntry("authorizations", 1L)
                .containsEntry("connectionsPending", 0)
                .containsEntry("tunedConcurrency", 10)
                .containsEntry("bytesDownloaded", 7L)
                .containsEntry("transactionsA", b2().usage().classA())
                .containsEntry("transactionsB", b2().usage().classB())
                .containsEntry("transactionsC", b2().usage().classC());
        assertThat(account.get("costAtMost")).isEqualTo("0.0001 USD");
        JsonObject error = (JsonObject) ((JsonArray) account.get("lastErrors")).get(0);
        assertThat(error).containsEntry("call", "b2_get_file_info").containsEntry("attempt", 1);
        assertThat((Integer) error.get("status")).isGreaterThanOrEqualTo(400);
        assertThat(b2().usage().classC()).isEqualTo(asked);
        assertThat((String) console().call(MediaType.TEXT))
                .contains("accounts: ", "    realm: " + b2().url(), "call: b2_get_file_info")
                .doesNotContain(b2().applicationKey());
    }

    @Test
    void transfersUnderWayAreShownWithRateAndTimeLeft() throws IOException {
        send("b2:" + bucket + "?fileName=half", "1234567890", Map.of());
        InputStream content = send("b2:" + bucket + "?operation=downloadFile&fileName=half", null, Map.of())
                .getMessage()
                .getBody(InputStream.class);
        content.readNBytes(1);

        assertThat((JsonArray) account(Map.of()).get("transfers")).anySatisfy(transfer -> {
            JsonObject shown = (JsonObject) transfer;
            assertThat(shown).containsEntry("fileName", "half").containsEntry("total", 10L);
            assertThat(shown).containsKeys("bytes", "bytesPerSecond", "secondsLeft");
        });

        content.close();
        assertThat((JsonArray) account(Map.of()).get("transfers")).isEmpty();
    }

    @Test
    void unfinishedLargeFilesAreListedOnlyForWhomAsks() throws Exception {
        send("b2:" + bucket + "?fileName=a", "content", Map.of());
        try (B2ClientLease lease = component().borrowClient(component().getConfiguration())) {
            String id = lease.client().bucketId(bucket, CallSettings.DEFAULT);
            lease.client().call(new StartLargeFile(id, "left", "a/b", Map.of(), null, null, null, null));
        }

        assertThat((JsonArray) account(Map.of()).get("unfinishedLargeFiles")).isEmpty();
        assertThat((JsonArray) account(Map.of(B2Console.UNFINISHED, "true")).get("unfinishedLargeFiles"))
                .anySatisfy(file -> assertThat((JsonObject) file)
                        .containsEntry("bucket", bucket)
                        .containsEntry("fileName", "left"));
    }

    @Test
    void consumersAreShownWithTheirSweep() throws Exception {
        send("b2:" + bucket + "?fileName=a", "content", Map.of());
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("b2:" + bucket + "?initialDelay=0").routeId("sweeper").to("mock:swept");
            }
        });

        await().untilAsserted(() -> assertThat((JsonArray) json(Map.of()).get("consumers"))
                .anySatisfy(consumer -> assertThat((JsonObject) consumer)
                        .containsEntry("route", "sweeper")
                        .containsEntry("ready", true)
                        .containsEntry("sweepVersions", 1L)));
    }

    @Test
    void componentIsHealthyWhileItsLoginsWorkAndWhatWasFoundHoldsForAMinute() {
        HealthCheck check = (HealthCheck) HealthCheckRegistry.get(context()).resolveById("b2-login");
        assertThat(check.isLiveness()).isFalse();
        B2Configuration wrong = component().getConfiguration().copy();
        wrong.setApplicationKey("K001wrongAndNeverShown");
        try (B2ClientLease lease = component().borrowClient(wrong)) {
            assertThat(lease.client().isWithoutKey()).isFalse();

            HealthCheck.Result result = check.call();

            assertThat(result.getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(result.getDetails()).containsEntry("b2.call", "b2_authorize_account");
            assertThat(result.getMessage().orElse("")).doesNotContain("K001wrongAndNeverShown");
            long logins = b2().count("b2_authorize_account");
            assertThat(check.call().getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(b2().count("b2_authorize_account")).isEqualTo(logins);
        }
    }
}
