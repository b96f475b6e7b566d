// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.kamelets;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.model.Model;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.B2Component;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.emulator.B2EmulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Each Kamelet in YAML routes and in Pipes, found on the class path, against the emulator. */
class KameletsTest {
    @RegisterExtension
    static final B2EmulatorExtension B2 = new B2EmulatorExtension();

    private static final String CUSTOMER_KEY =
            Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

    private static final String EVENT_SECRET = "0123456789abcdefghijklmnopqrstuv";

    @TempDir
    static Path events;

    @TempDir
    static Path photos;

    @TempDir
    static Path spool;

    private static Main main;
    private static CamelContext context;
    private static ProducerTemplate template;

    @BeforeAll
    static void startRoutes() {
        B2.emulator().state().createBucket("kamelet-files");
        B2.emulator().state().createBucket("kamelet-copies");
        B2.emulator().state().createBucket("kamelet-inbox");
        B2.emulator().state().createBucket("kamelet-events");
        main = new Main();
        main.addInitialProperty("keyId", B2.emulator().applicationKeyId());
        main.addInitialProperty("key", B2.emulator().applicationKey());
        main.addInitialProperty("service", B2.emulator().url());
        main.addInitialProperty("photos", photos.toString());
        main.addInitialProperty("spool", spool.toString());
        main.addInitialProperty("events", events.toString());
        main.addInitialProperty("sseKey", CUSTOMER_KEY);
        main.addInitialProperty("camel.component.b2.application-key-id", "{{keyId}}");
        main.addInitialProperty("camel.component.b2.application-key", "{{key}}");
        main.addInitialProperty("camel.component.b2.realm", "{{service}}");
        // All that the Pipe needs: its own properties name only the bucket.
        for (String kamelet : new String[] {
            "b2-source", "b2-event-source", "b2-sink", "b2-streaming-sink", "b2-download-action", "b2-delete-action"
        }) {
            main.addInitialProperty("camel.kamelet." + kamelet + ".applicationKeyId", "{{keyId}}");
            main.addInitialProperty("camel.kamelet." + kamelet + ".applicationKey", "{{key}}");
            main.addInitialProperty("camel.kamelet." + kamelet + ".realm", "{{service}}");
        }
        main.addInitialProperty("eventSecret", EVENT_SECRET);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport configured) {
                listen(configured.getCamelContext());
            }
        });
        main.configure().withRoutesIncludePattern("classpath:routes/*.yaml");
        main.start();
        context = main.getCamelContext();
        template = context.createProducerTemplate();
    }

    /** The address of the events is known when the server of the application has its port. */
    private static void listen(CamelContext application) {
        VertxPlatformHttpServerConfiguration settings = new VertxPlatformHttpServerConfiguration();
        settings.setBindHost("127.0.0.1");
        settings.setBindPort(0);
        VertxPlatformHttpServer server = new VertxPlatformHttpServer(settings);
        try {
            application.addService(server);
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        application
                .getPropertiesComponent()
                .addOverrideProperty(
                        "eventsUrl", "http://127.0.0.1:" + server.getServer().actualPort() + "/hooks/b2");
    }

    @AfterAll
    static void stopRoutes() {
        main.stop();
    }

    @BeforeEach
    void forgetMessages() {
        MockEndpoint.resetMocks(context);
    }

    @Test
    void theSinkTakesItsNameFromTheHeadersOfOtherKamelets() {
        template.sendBodyAndHeader("direct:sink", "1", "file", "by-file.txt");
        template.sendBodyAndHeader("direct:sink", "2", "ce-file", "by-ce-file.txt");
        template.sendBodyAndHeaders("direct:sink", "3", Map.of("file", "first.txt", "ce-file", "second.txt"));
        template.sendBodyAndHeader("direct:sink", "4", "CamelB2FileName", "by-header.txt");
        template.sendBodyAndHeader("direct:sink", "5", "CamelFileName", "by-file-component.txt");

        assertThat(names("kamelet-files"))
                .contains("by-file.txt", "by-ce-file.txt", "first.txt", "by-header.txt", "by-file-component.txt")
                .doesNotContain("second.txt");
    }

    @Test
    void theSinkNamesAFileWithoutAnyNameByItsExchange() {
        template.sendBody("direct:sink", "x");

        assertThat(names("kamelet-files")).anyMatch(name -> name.matches("[0-9A-F]+-[0-9A-F]{16}"));
    }

    @Test
    void theParameterOfTheSinkGoesBeforeHeaders() {
        template.sendBodyAndHeader("direct:named", "1", "file", "ignored.txt");

        assertThat(names("kamelet-files")).contains("always.txt").doesNotContain("ignored.txt");
    }

    @Test
    void theDownloadActionReadsTheFileThatTheHeaderNames() {
        template.sendBodyAndHeader("direct:sink", "content", "file", "read.txt");

        assertThat(template.requestBodyAndHeader("direct:download", null, "file", "read.txt", String.class))
                .isEqualTo("content");
    }

    @Test
    void theDeleteActionHidesAndDeletes() {
        template.sendBodyAndHeader("direct:sink", "1", "file", "hidden.txt");
        template.sendBodyAndHeader("direct:sink", "1", "file", "gone.txt");

        template.sendBodyAndHeader("direct:hide", null, "file", "hidden.txt");
        template.sendBodyAndHeader("direct:delete", null, "ce-file", "gone.txt");

        assertThat(names("kamelet-files")).doesNotContain("hidden.txt", "gone.txt");
        assertThatThrownBy(() -> template.requestBody("direct:delete", (Object) null))
                .rootCause()
                .hasMessageContaining("fileName");
    }

    @Test
    void theStreamingSinkGathersMessages() throws Exception {
        for (String country : List.of("ch", "at", "ch")) {
            template.sendBodyAndHeader("direct:stream", "from " + country, "country", country);
        }

        await().atMost(Duration.ofSeconds(30))
                .until(() -> names("kamelet-files").contains("streamed/ch.txt"));
        byte[] file = B2.emulator().state().bytes("kamelet-files", "streamed/ch.txt");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(file)).readAllBytes())
                .asString()
                .isEqualTo("from ch\nfrom ch\n");
        assertThat(names("kamelet-files")).doesNotContain("streamed/at.txt");
    }

    @Test
    void theSyncActionSyncs() throws Exception {
        Files.writeString(photos.resolve("one.txt"), "1");

        template.requestBody("direct:sync", (Object) null);

        assertThat(names("kamelet-files")).contains("photos/one.txt");
    }

    @Test
    void aPipeReceivesFromOneBucketAndStoresInAnotherUnderTheSameName() throws Exception {
        MockEndpoint received = context.getEndpoint("mock:received", MockEndpoint.class);
        received.expectedMinimumMessageCount(1);
        template.sendBodyAndHeader("direct:sink", "piped", "file", "in/piped.txt");

        received.assertIsSatisfied(20_000);
        assertThat(received.getReceivedExchanges().get(0).getMessage().getHeader("CamelB2FileName"))
                .isEqualTo("in/piped.txt");
        context.getRouteController().stopRoute("source");

        template.requestBodyAndHeader("direct:pipe", null, "file", "in/piped.txt");
        assertThat(names("kamelet-copies")).contains("in/piped.txt");
    }

    @Test
    void theEventSourceReceivesWhatHappensAndNothingElse() throws Exception {
        MockEndpoint events = context.getEndpoint("mock:events", MockEndpoint.class);
        events.expectedMessageCount(2);
        template.sendBodyAndHeader("b2:kamelet-events", "1", "CamelB2FileName", "in/a.csv");
        template.sendBodyAndHeader("b2:kamelet-events", "1", "CamelB2FileName", "elsewhere/a.csv");
        B2.emulator().state().hide("kamelet-events", "in/a.csv");

        events.assertIsSatisfied(20_000);

        assertThat(events.getReceivedExchanges())
                .extracting(it -> it.getMessage().getHeader("CamelB2EventType") + " "
                        + it.getMessage().getHeader("CamelB2FileName"))
                .containsExactlyInAnyOrder("b2:ObjectCreated:Upload in/a.csv", "b2:HideMarkerCreated:Hide in/a.csv");
        assertNothingShows(EVENT_SECRET);
    }

    @Test
    void aPipeOfSourceAndSinkCopiesEachNewFile() {
        template.sendBodyAndHeader("b2:kamelet-inbox", "1", "CamelB2FileName", "in box/new.txt");

        await().atMost(Duration.ofSeconds(30))
                .until(() -> names("kamelet-copies").contains("in box/new.txt"));
    }

    @Test
    void aPipeDeletesWhatAMessageNames() {
        template.sendBodyAndHeader("direct:sink", "1", "file", "piped-away.txt");

        template.sendBodyAndHeader("direct:pipe-delete", null, "file", "piped-away.txt");

        assertThat(names("kamelet-files")).doesNotContain("piped-away.txt");
    }

    @Test
    void aPipeSyncs() throws Exception {
        Files.writeString(photos.resolve("piped.txt"), "1");

        template.requestBody("direct:pipe-sync", (Object) null);

        assertThat(names("kamelet-copies")).contains("piped-photos/piped.txt");
    }

    @Test
    void theSourceMovesWhatItHasRead() throws Exception {
        MockEndpoint moved = context.getEndpoint("mock:moved", MockEndpoint.class);
        moved.expectedMessageCount(1);
        template.sendBodyAndHeader("direct:sink", "1", "file", "move/a.txt");
        context.getRouteController().startRoute("mover");

        moved.assertIsSatisfied(20_000);

        await().atMost(Duration.ofSeconds(30))
                .until(() -> !names("kamelet-files").contains("move/a.txt"));
        assertThat(names("kamelet-copies")).contains("done/move/a.txt");
    }

    @Test
    void whatTheSinkEncryptsWithAKeyTheDownloadActionDecrypts() {
        template.sendBodyAndHeader("direct:encrypt", "secret", "file", "encrypted.txt");

        assertThat(template.requestBodyAndHeader("direct:decrypt", null, "file", "encrypted.txt", String.class))
                .isEqualTo("secret");
        assertThatThrownBy(() -> template.requestBodyAndHeader("direct:download", null, "file", "encrypted.txt"))
                .hasRootCauseInstanceOf(B2Exception.class);
        assertNothingShows(CUSTOMER_KEY);
    }

    @Test
    void theDeleteActionOnlySaysWhatItWouldDeleteInADryRun() {
        template.sendBodyAndHeader("direct:sink", "1", "file", "kept.txt");

        template.sendBodyAndHeader("direct:dryRun", null, "file", "kept.txt");

        assertThat(names("kamelet-files")).contains("kept.txt");
    }

    @Test
    void theSyncActionTakesAnAccountOfItsOwn() throws Exception {
        Files.writeString(photos.resolve("own.txt"), "1");
        Files.writeString(photos.resolve("own.tmp"), "1");
        context.addComponent("keyless", new B2Component());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:ownAccount")
                        .to(
                                "kamelet:b2-sync-action?component=keyless&source={{photos}}&destination=b2://kamelet-copies/own"
                                        + "&excludeRegex=.*[.]tmp&realm={{service}}&applicationKeyId={{keyId}}&applicationKey="
                                        + B2.emulator().applicationKey());
            }
        });

        template.requestBody("direct:ownAccount", (Object) null);

        assertThat(names("kamelet-copies")).contains("own/own.txt").doesNotContain("own/own.tmp");
        assertNothingShows(B2.emulator().applicationKey());
    }

    private static void assertNothingShows(String secret) {
        assertThat(context.getEndpoints())
                .noneMatch(endpoint -> endpoint.toString().contains(secret));
        assertThat(((Model) context).getRouteDefinitions())
                .noneMatch(route -> route.toString().contains(secret));
    }

    @Test
    void noEndpointShowsAKey() {
        assertThat(context.getEndpoints()).isNotEmpty().noneMatch(endpoint -> endpoint.toString()
                .contains(B2.emulator().applicationKey()));
    }

    @Test
    void aKeyThatARouteGivesToAKameletIsUsedAndNotShown() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:literal")
                        .to("kamelet:b2-sink?bucketName=kamelet-files&applicationKeyId="
                                + B2.emulator().applicationKeyId() + "&applicationKey="
                                + B2.emulator().applicationKey() + "&realm={{service}}&fileName=literal.txt");
            }
        });

        template.sendBody("direct:literal", "body");

        assertThat(names("kamelet-files")).contains("literal.txt");
        assertThat(context.getEndpoints()).noneMatch(endpoint -> endpoint.toString()
                .contains(B2.emulator().applicationKey()));
        assertThat(((Model) context).getRouteDefinitions())
                .noneMatch(route -> route.toString().contains(B2.emulator().applicationKey()));
    }

    private static List<String> names(String bucket) {
        return B2.emulator().state().names(bucket);
    }
}
