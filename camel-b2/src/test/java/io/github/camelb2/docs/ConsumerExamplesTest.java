// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.docs;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.cloudevents.CloudEvent;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.PropertyBindingSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.account.Databases;
import io.github.camelb2.poll.B2Consumer;
import io.github.camelb2.poll.JdbcConsumedRepository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The routes of the consumer's page, in one context for all tests: each has a prefix of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsumerExamplesTest extends B2TestSupport {
    @TempDir
    static Path inbox;

    private String bucket;
    private VertxPlatformHttpServer server;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext made = super.createCamelContext();
        bucket = B2.createBucket();
        put("changes/old.txt", "from before the start");
        VertxPlatformHttpServerConfiguration settings = new VertxPlatformHttpServerConfiguration();
        settings.setBindHost("127.0.0.1");
        settings.setBindPort(0);
        server = new VertxPlatformHttpServer(settings);
        made.addService(server, true, true);
        server.start();
        Properties properties = new Properties();
        properties.setProperty("bucket", bucket);
        properties.setProperty("inbox", inbox.toString());
        properties.setProperty("hooks", "http://127.0.0.1:" + server.getServer().actualPort());
        properties.setProperty("b2.notificationSecret", "0123456789abcdef0123456789abcdef");
        made.getPropertiesComponent().setInitialProperties(properties);
        made.getRegistry().bind("consumed", consumed(made));
        for (String file : List.of("first-name", "upload-order", "deleted-events", "huge-bucket")) {
            PluginHelper.getRoutesLoader(made)
                    .loadRoutes(
                            PluginHelper.getResourceLoader(made).resolveResource("classpath:docs/" + file + ".yaml"));
        }
        return made;
    }

    /** The repository as the page sets it, in a table as the page makes it. */
    private static Object consumed(CamelContext made) throws Exception {
        DataSource database = Databases.pool(Databases.h2Url(), 4);
        new JdbcTemplate(database).execute(block("sql").replace(";", ""));
        made.getRegistry().bind("dataSource", database);
        Properties bean = new Properties();
        bean.load(new StringReader(block("properties")));
        Object repository = PropertyBindingSupport.resolveBean(made, bean.remove("camel.beans.consumed"));
        for (String key : bean.stringPropertyNames()) {
            PropertyBindingSupport.build()
                    .withMandatory(true)
                    .bind(made, repository, key.replace("camel.beans.consumed.", ""), bean.getProperty(key));
        }
        ((JdbcConsumedRepository) repository).setCreateTableIfNotExists(false);
        return repository;
    }

    /** The first block of that language on the page. */
    private static String block(String language) throws IOException {
        Matcher block = Pattern.compile("\\[source," + language + "]\n----\n(.*?)\n----", Pattern.DOTALL)
                .matcher(new DocPage("b2-consumer.adoc").text());
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    @Override
    protected RoutesBuilder[] createRouteBuilders() {
        return new RoutesBuilder[] {new ConsumerExamples(), new NotificationExamples()};
    }

    @Test
    void filesArriveInTheDirectory() throws Exception {
        put("first/a.txt", "hello");

        poll("first/");

        assertThat(Files.readString(inbox.resolve("first/a.txt"))).isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"durable", "workers", "events"})
    void versionIsDelivered(String example) {
        put(example + "/a.txt", "hello");

        poll(example + "/");

        assertThat(received(example, 1).get(0).getMessage().getBody(String.class))
                .isEqualTo("hello");
    }

    @ParameterizedTest
    @CsvSource({"museum/, huge", "archive/, yaml-huge"})
    void aHugeBucketIsConsumed(String prefix, String example) throws Exception {
        put(prefix + "a.txt", "hello");

        poll(prefix);

        assertThat(received(example, 1).get(0).getMessage().getBody(String.class))
                .isEqualTo("hello");
    }

    @Test
    void eventsAreMessages() throws Exception {
        put("orders/a.txt", "hello");
        put("contracts/a.txt", "hello");
        b2().state().hide(bucket, "contracts/a.txt");

        assertThat(received("happened", 1).get(0).getMessage().getHeader("CamelB2EventType"))
                .isEqualTo("b2:ObjectCreated:Upload");
        assertThat(received("yaml-deleted", 1).get(0).getMessage().getHeader("CamelB2EventType"))
                .isEqualTo("b2:HideMarkerCreated:Hide");
    }

    @Test
    void drainedFilesAreGone() throws Exception {
        put("drain/a.txt", "hello");

        poll("drain/");

        assertThat(Files.readString(inbox.resolve("drain/a.txt"))).isEqualTo("hello");
        assertThat(names("drain/")).isEmpty();
    }

    @Test
    void movedFilesAreDone() {
        put("in/a.txt", "hello");

        poll("in/");

        assertThat(names("in/")).isEmpty();
        assertThat(names("done/")).containsExactly("done/a.txt");
    }

    @Test
    void changesBeginNow() {
        put("changes/new.txt", "new");

        poll("changes/");

        assertThat(received("changes", 1).get(0).getMessage().getHeader("CamelFileName"))
                .isEqualTo("changes/new.txt");
    }

    @ParameterizedTest
    @CsvSource({"logs/, firstName", "backups/, yaml-first-name"})
    void namesBeforeTheFirstOneAreLeftAlone(String prefix, String mock) {
        put(prefix + "2026-10-31.txt", "before");
        put(prefix + "2026-11-01.txt", "from there on");

        poll(prefix);

        assertThat(received(mock, 1).get(0).getMessage().getHeader("CamelFileName"))
                .isEqualTo(prefix + "2026-11-01.txt");
    }

    @ParameterizedTest
    @CsvSource({"bookings/, order", "payments/, yaml-order"})
    void oldestUploadComesFirst(String prefix, String mock) {
        put(prefix + "b.txt", "first");
        b2().advance(Duration.ofSeconds(1));
        put(prefix + "a.txt", "second");

        poll(prefix);

        assertThat(received(mock, 2))
                .extracting(it -> it.getMessage().getHeader("CamelFileName"))
                .containsExactly(prefix + "b.txt", prefix + "a.txt");
    }

    @Test
    void linesAreDeliveredOneByOne() {
        put("lines/a.csv", "one\ntwo");

        poll("lines/");

        assertThat(received("lines", 2)).hasSize(2);
    }

    @Test
    void eventHasItsHeaders() {
        put("events/a.txt", "hello");

        poll("events/");

        assertThat(received("events", 1).get(0).getMessage().getHeader(CloudEvent.CAMEL_CLOUD_EVENT_SUBJECT))
                .isEqualTo("events/a.txt");
    }

    @Test
    void exchangeIsEnrichedWithTheFileOfItsDay() {
        put("prices/2026-07-01.csv", "price");

        send("direct:enrich", "question", Map.of("day", "2026-07-01"));

        assertThat(received("enrich", 1).get(0).getMessage().getBody(String.class))
                .isEqualTo("price");
    }

    @Test
    void notifiedVersionNeedsNoPoll() {
        await().until(() -> consumer("notified/").isConsumerReady());

        put("notified/a.txt", "hello");

        await().untilAsserted(() ->
                assertThat(getMockEndpoint("mock:notified").getExchanges()).hasSize(1));
    }

    private List<Exchange> received(String name, int count) {
        await().until(() -> getMockEndpoint("mock:" + name).getExchanges().size() >= count);
        return getMockEndpoint("mock:" + name).getExchanges();
    }

    private void put(String name, String content) {
        b2().state().put(bucket, name, bytes(content));
    }

    private List<String> names(String prefix) {
        return b2().state().names(bucket).stream()
                .filter(it -> it.startsWith(prefix))
                .toList();
    }

    /** One poll of the route of that prefix, between the first that its own scheduler makes and the next a minute later. */
    private void poll(String prefix) {
        B2Consumer consumer = consumer(prefix);
        await().until(() -> consumer.lastSweep().calls() > 0 && !consumer.isPolling());
        consumer.run();
    }

    private B2Consumer consumer(String prefix) {
        return context().getRoutes().stream()
                .map(it -> it.getConsumer())
                .filter(B2Consumer.class::isInstance)
                .map(B2Consumer.class::cast)
                .filter(it -> prefix.equals(options(it).getPrefix()))
                .findFirst()
                .orElseThrow();
    }

    private static B2Configuration options(B2Consumer consumer) {
        return consumer.getEndpoint().getConfiguration();
    }
}
