// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.BacklogTracer;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.MessageHelper;
import org.apache.camel.support.UnitOfWorkHelper;
import org.apache.camel.support.processor.DefaultExchangeFormatter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.body.OpenBodies;
import io.github.camelb2.client.api.B2ChecksumException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A body that nobody has asked for is described and not downloaded; one that nobody reads holds no connection. */
class UnreadBodyTest extends B2TestSupport {
    private static final String CONTENT = "0123456789".repeat(300_000);
    private static final String DESCRIPTION = "3,000,000 bytes, not read";

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private String bucket;

    @BeforeEach
    void givenAFile() {
        bucket = B2.createBucket();
        b2().state().put(bucket, "a.txt", bytes(CONTENT));
    }

    private Exchange read(String options) {
        return send("b2:" + bucket + "?operation=downloadFile&fileName=a.txt" + options, null, Map.of());
    }

    @Test
    void itPrintsAsADescription() {
        Exchange exchange = read("");

        assertThat(exchange.getMessage().getBody()).hasToString("b2://" + bucket + "/a.txt, " + DESCRIPTION);
        assertThat(downloads()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void formattersOfMessagesDoNotDownloadIt(boolean caching) {
        context().setStreamCaching(caching);
        Exchange exchange = read("");
        DefaultExchangeFormatter all = new DefaultExchangeFormatter();
        all.setShowAll(true);
        all.setShowStreams(true);
        all.setShowFiles(true);
        DefaultExchangeFormatter plain = new DefaultExchangeFormatter();

        assertThat(all.format(exchange)).contains(DESCRIPTION);
        assertThat(plain.format(exchange)).contains(DESCRIPTION);
        assertThat(MessageHelper.extractBodyForLogging(exchange.getMessage(), "", true, true))
                .contains(DESCRIPTION);
        assertThat(MessageHelper.dumpAsXml(exchange.getMessage(), true, 0, true, true, 0))
                .contains(DESCRIPTION);
        assertThat(MessageHelper.dumpAsJSon(exchange.getMessage(), true, 0, true, true, 0, true))
                .contains(DESCRIPTION);
        assertThat(downloads()).isZero();
    }

    @Test
    void logsAndTracersDoNotDownloadIt() throws Exception {
        context().setBacklogTracing(true);
        context().setMessageHistory(true);
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:logged")
                        .toD("b2:${header.bucket}?operation=downloadFile&fileName=a.txt")
                        .to("log:plain", "log:all?showAll=true&multiline=true", "log:streams?showStreams=true")
                        .process(e -> seen.add(e.getMessage().getBody().toString()));
            }
        });
        context()
                .getCamelContextExtension()
                .getContextPlugin(BacklogTracer.class)
                .setBodyIncludeStreams(true);
        context()
                .getCamelContextExtension()
                .getContextPlugin(BacklogTracer.class)
                .setEnabled(true);

        send("direct:logged", null, Map.of("bucket", bucket));

        assertThat(seen.get(0)).contains(DESCRIPTION);
        assertThat(downloads()).isZero();
    }

    @Test
    void whoAsksForItsTextDownloadsIt() {
        Exchange exchange = read("");

        assertThat(exchange.getMessage().getBody(String.class)).isEqualTo(CONTENT);
        assertThat(exchange.getMessage().getBody(byte[].class)).isEqualTo(bytes(CONTENT));
        assertThat(context()
                        .resolveLanguage("simple")
                        .createExpression("${body}")
                        .evaluate(exchange, String.class))
                .isEqualTo(CONTENT);
        assertThat(downloads()).isEqualTo(3);
    }

    @Test
    void damagedTextIsFetchedAgain() {
        b2().faults().add("b2_download_file_by_id #1: flip response 2000000");

        assertThat(read("").getMessage().getBody(String.class)).isEqualTo(CONTENT);
        assertThat(downloads()).isEqualTo(2);
    }

    @Test
    void textThatIsDamagedEachTimeFails() {
        for (int i = 1; i <= 3; i++) {
            b2().faults().add("b2_download_file_by_id #" + i + ": flip response " + (2_000_000 + i));
        }
        Exchange exchange = read("");

        assertThatThrownBy(() -> exchange.getMessage().getBody(String.class))
                .hasRootCauseInstanceOf(B2ChecksumException.class);
    }

    @Test
    void longStreamThatArrivesDamagedFailsAtItsEnd() {
        b2().faults().add("b2_download_file_by_id #1: flip response 2000000");
        InputStream body = read("").getMessage().getBody(InputStream.class);

        assertThatThrownBy(() -> drain(body)).isInstanceOf(B2ChecksumException.class);
        assertThatThrownBy(body::read).isInstanceOf(B2ChecksumException.class);
    }

    @Test
    void textIsReadInTheCharsetOfTheExchange() {
        b2().state().put(bucket, "a.txt", "ä".getBytes(StandardCharsets.ISO_8859_1));
        Exchange exchange = read("");
        exchange.setProperty(Exchange.CHARSET_NAME, "ISO-8859-1");

        assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("ä");
    }

    @Test
    void bodyThatNobodyReadsGivesItsConnectionBackAndGoesOnAtTheSameByte() throws IOException {
        try (var lease = component().borrowClient(component().getConfiguration())) {
            // The exchange that a template answers is done, so the body begins in one that is not.
            RemoteFileBody read = read("&bodyIdleTimeout=200").getMessage().getBody(RemoteFileBody.class);
            RemoteFileBody body = (RemoteFileBody) read.copy(new DefaultExchange(context()));
            String start = new String(body.readNBytes(1_000_001));
            assertThat(OpenBodies.of(lease.client()).describe())
                    .contains("1 bodies")
                    .contains("a.txt");

            await().until(() -> lease.client().connections().orElseThrow().leased() == 0);
            String rest = new String(body.readAllBytes());

            assertThat(start + rest).isEqualTo(CONTENT);
            assertThat(downloads()).isEqualTo(2);
            assertThat(OpenBodies.of(lease.client()).describe()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"#1: flip response 5", "#2: flip response 5"})
    void pausedBodyThatIsDamagedFailsAtItsEnd(String damage) throws IOException {
        b2().faults().add("b2_download_file_by_id " + damage);
        RemoteFileBody read = read("&bodyIdleTimeout=20").getMessage().getBody(RemoteFileBody.class);
        RemoteFileBody body = (RemoteFileBody) read.copy(new DefaultExchange(context()));
        body.readNBytes(1_000_001);
        await().until(() -> OpenBodies.of(body.content().client()).count() == 0);

        assertThatThrownBy(() -> drain(body)).isInstanceOf(B2ChecksumException.class);
        await().until(() -> OpenBodies.of(body.content().client()).count() == 0);
        assertThatThrownBy(body::read).isInstanceOf(B2ChecksumException.class);

        body.reset();
        assertThat(new String(body.readAllBytes())).isEqualTo(CONTENT);
    }

    @Test
    void shortBodyThatIsPausedGoesOnAtTheSameByte() throws IOException {
        b2().state().put(bucket, "a.txt", bytes("0123456789"));
        RemoteFileBody body = read("").getMessage().getBody(RemoteFileBody.class);
        Exchange exchange = new DefaultExchange(context());
        body = (RemoteFileBody) body.copy(exchange);
        String start = new String(body.readNBytes(4));
        UnitOfWorkHelper.doneSynchronizations(
                exchange, exchange.getExchangeExtension().handoverCompletions());

        assertThat(start + new String(body.readAllBytes())).isEqualTo("0123456789");
    }

    private static void drain(InputStream body) throws IOException {
        byte[] buffer = new byte[8192];
        while (body.read(buffer) >= 0) {
            assertThat(buffer).isNotEmpty();
        }
    }

    /** Its endpoint and the client of it are gone, and so is every connection. */
    @Test
    void bodyIsReadAfterItsClientWasClosed() throws Exception {
        RemoteFileBody body = read("&clientLinger=1").getMessage().getBody(RemoteFileBody.class);
        template().stop();
        context().removeEndpoints("b2:*");
        await().until(() -> component().clients().size() == 0);

        assertThat(new String(body.readAllBytes())).isEqualTo(CONTENT);
    }

    /** Whoever waits learns whom it waits for, and waits no longer than any other call does. */
    @Test
    void callThatGetsNoConnectionSaysWhoHasThem() throws Exception {
        String few = "&maxConnections=2&connectTimeout=200&retryTimeout=1000";
        CompletableFuture<Exchange> waiting = new CompletableFuture<>();
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:reading")
                        .routeId("slow-target")
                        .toD("b2:${header.bucket}?operation=downloadFile&fileName=a.txt" + few)
                        .process(e -> {
                            e.getMessage().getBody(InputStream.class).readNBytes(1_000);
                            if (e.getMessage().getHeader("depth", Integer.class) > 1) {
                                e.getMessage().setHeader("depth", e.getMessage().getHeader("depth", Integer.class) - 1);
                                template().send("direct:reading", it -> it.getMessage()
                                        .setHeaders(Map.of(
                                                "bucket",
                                                bucket,
                                                "depth",
                                                e.getMessage().getHeader("depth", Integer.class))));
                            } else {
                                waiting.complete(
                                        trySending("b2:" + bucket + "?operation=listFileNames" + few, null, Map.of()));
                            }
                        });
            }
        });

        send("direct:reading", null, Map.of("bucket", bucket, "depth", 2));

        Exception failure = waiting.get(60, TimeUnit.SECONDS).getException();
        assertThat(failure)
                .hasMessageContaining("2 bodies of this account are open")
                .hasMessageContaining("b2://" + bucket + "/a.txt (route slow-target)")
                .hasMessageContaining("maxConnections");
    }

    /** A pool of the default size, each of its connections with a body that nobody reads. */
    @Test
    void bodiesThatNobodyReadsDoNotStarveOtherCalls() throws Exception {
        List<RemoteFileBody> bodies = new CopyOnWriteArrayList<>();
        RemoteFileBody read = read("&bodyIdleTimeout=300").getMessage().getBody(RemoteFileBody.class);
        for (int i = 0; i < 64; i++) {
            RemoteFileBody body = (RemoteFileBody) read.copy(new DefaultExchange(context()));
            bodies.add(body);
            assertThat(body.readNBytes(100_001)).hasSize(100_001);
        }

        send("b2:" + bucket + "?operation=listFileNames", null, Map.of());

        for (RemoteFileBody body : bodies.subList(0, 3)) {
            assertThat(new String(body.readAllBytes())).isEqualTo(CONTENT.substring(100_001));
        }
        await().until(() -> OpenBodies.of(read.content().client()).count() == 0);
    }

    /** The end of the exchange takes the connection, not the place. */
    @Test
    void bodyThatIsReadBeyondTheEndOfItsExchangeGoesOnAtTheSameByte() throws Exception {
        Exchange exchange = new DefaultExchange(context());
        RemoteFileBody body = (RemoteFileBody)
                read("").getMessage().getBody(RemoteFileBody.class).copy(exchange);
        String start = new String(body.readNBytes(7));

        UnitOfWorkHelper.doneSynchronizations(
                exchange, exchange.getExchangeExtension().handoverCompletions());

        assertThat(start + new String(body.readAllBytes())).isEqualTo(CONTENT);
    }

    private long downloads() {
        return b2().count("b2_download_file_by_id");
    }
}
