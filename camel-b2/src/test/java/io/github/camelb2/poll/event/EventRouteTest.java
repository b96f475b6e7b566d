// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.event;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.zaxxer.hikari.HikariDataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.cloudevents.CloudEvent;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Constants;
import io.github.camelb2.account.Databases;
import io.github.camelb2.client.model.bucket.NotificationRule;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.lending.B2ClientLease;
import io.github.camelb2.operation.rule.RuleChange;
import io.github.camelb2.operation.step.OperationScope;
import io.github.camelb2.poll.ConsumerTestSupport;
import io.github.camelb2.poll.JdbcConsumedRepository;
import io.github.camelb2.poll.notify.NotificationEvent;
import io.github.camelb2.poll.notify.NotificationSignature;
import io.github.camelb2.poll.notify.SignedRequests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Events of the emulator, over real HTTP, to routes with {@code deliver=event}. */
class EventRouteTest extends ConsumerTestSupport {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String OTHER_SECRET = "ffffffffffffffffffffffffffffffff";

    @TempDir
    Path directory;

    private VertxPlatformHttpServer server;
    private final List<String> events = new CopyOnWriteArrayList<>();

    @BeforeEach
    void startServer() throws Exception {
        server = serverOf(context());
    }

    private static VertxPlatformHttpServer serverOf(CamelContext where) throws Exception {
        VertxPlatformHttpServerConfiguration settings = new VertxPlatformHttpServerConfiguration();
        settings.setBindHost("127.0.0.1");
        settings.setBindPort(0);
        VertxPlatformHttpServer made = new VertxPlatformHttpServer(settings);
        where.addService(made, true, true);
        return made;
    }

    @Override
    protected String uri(String options) {
        return "b2:" + bucket + "?deliver=event&exceptionHandler=#failures"
                + (options.contains("#database") ? "" : "&inProgressRepository=#claims")
                + (options.contains("notificationSecret") ? "" : "&notificationSecret=" + SECRET)
                + (options.isEmpty() ? "" : "&")
                + options;
    }

    /** Where a route listens that has this notificationUrl. */
    private String address() {
        return "http://127.0.0.1:" + server.getServer().actualPort() + "/hooks/b2";
    }

    /** Where a route without notificationUrl listens. */
    private String usual(VertxPlatformHttpServer where) {
        return "http://127.0.0.1:" + where.getServer().actualPort() + "/b2/" + bucket;
    }

    private void recordEvent(Exchange exchange) {
        events.add(exchange.getMessage()
                        .getHeader(B2Constants.EVENT_TYPE, String.class)
                        .substring(3) + " " + exchange.getMessage().getHeader(B2Constants.FILE_NAME));
    }

    private void consumeEvents(String options) throws Exception {
        consume(options, route -> route.process(this::recordEvent));
    }

    // What happens, and what a message says of it.

    @Test
    void whateverHappensIsAMessageAndNothingIsListed() throws Exception {
        consumeEvents("eventTypes=all&notificationUrl=" + address());
        b2().resetRequests();

        put("dir/été+b", "123");
        String old = put("a", "1").fileId();
        b2().state().hide(bucket, "a");
        template()
                .requestBodyAndHeaders(
                        "b2:" + bucket + "?operation=deleteFileVersion",
                        null,
                        Map.of(B2Constants.OVERRIDE_FILE_NAME, "a", B2Constants.OVERRIDE_FILE_ID, old));

        await().untilAsserted(() -> assertThat(events)
                .containsExactlyInAnyOrder(
                        "ObjectCreated:Upload dir/été+b",
                        "ObjectCreated:Upload a",
                        "HideMarkerCreated:Hide a",
                        "ObjectDeleted:Delete a"));
        assertThat(b2().count("b2_list_file_versions")).isZero();
        assertThat(b2().count("b2_list_file_names")).isZero();
    }

    @Test
    void aMessageSaysWhatTheEventSaysAndItsFileCanBeReadAfterIt() throws Exception {
        List<Exchange> seen = new CopyOnWriteArrayList<>();
        consume("prefix=in/&notificationUrl=" + address(), route -> route.transformDataType(
                        new DataType("b2:application-cloudevents"))
                .process(it -> seen.add(it.copy()))
                .to("b2:" + bucket + "?operation=downloadFile")
                .process(this::record));

        String id = put("in/a", "content").fileId();

        await().untilAsserted(() -> assertThat(delivered).containsExactly("in/a=content"));
        NotificationEvent event = seen.get(0).getMessage().getBody(NotificationEvent.class);
        assertThat(event.objectVersionId()).isEqualTo(id);
        assertThat(event.objectSize()).isEqualTo(7);
        assertThat(seen.get(0).getMessage().getHeaders())
                .containsEntry(B2Constants.FILE_ID, id)
                .containsEntry(B2Constants.BUCKET_NAME, bucket)
                .containsEntry(B2Constants.ACTION, "upload")
                .containsEntry(B2Constants.EVENT_ID, event.id())
                .containsEntry(B2Constants.EVENT_TIMESTAMP, event.timestamp())
                .containsEntry(B2Constants.EVENT_RULE, event.ruleName())
                .containsEntry(Exchange.FILE_NAME, "in/a")
                .containsEntry(CloudEvent.CAMEL_CLOUD_EVENT_ID, event.id())
                .containsEntry(CloudEvent.CAMEL_CLOUD_EVENT_TYPE, "org.apache.camel.event.b2.getFile")
                .containsEntry(CloudEvent.CAMEL_CLOUD_EVENT_SUBJECT, "in/a");
    }

    @Test
    void onlyTheTypesAndNamesThatAreAskedForAreDelivered() throws Exception {
        consumeEvents(
                "eventTypes=deleted,b2:HideMarkerCreated:Hide&prefix=in/&exclude=.*tmp&notificationUrl=" + address());
        rule("rule-of-a-user", List.of("b2:ObjectCreated:*"), "", address(), SECRET);

        put("in/a", "1");
        b2().state().hide(bucket, "in/a");
        for (String name : List.of("in/b.tmp", "out")) {
            put(name, "1");
            b2().state().hide(bucket, name);
        }

        await().untilAsserted(() -> assertThat(events).containsExactly("HideMarkerCreated:Hide in/a"));
        await().until(() -> answered(200) >= 2);
        assertThat(events).containsExactly("HideMarkerCreated:Hide in/a");
    }

    // When B2 is answered.

    @Test
    void b2IsAnsweredWhenTheExchangeHasCompleted() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        consume(
                "",
                route -> route.process(it -> {
                    begun.countDown();
                    assertThat(gate.await(60, TimeUnit.SECONDS)).isTrue();
                }));

        CompletableFuture<Integer> answer = postLater(body(event("1", "b2:ObjectCreated:Upload", "a")));

        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(answer).isNotDone();
        gate.countDown();
        assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(200);
    }

    @Test
    void b2IsToldInTimeToSendAgainWhatTakesLongAndItIsDeliveredOnce() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        consume(
                "",
                route -> route.process(it -> {
                    recordEvent(it);
                    assertThat(gate.await(60, TimeUnit.SECONDS)).isTrue();
                }));
        String batch = body(event("1", "b2:ObjectCreated:Upload", "a"), event("2", "b2:ObjectCreated:Upload", "b"));

        CompletableFuture<Integer> first = postLater(batch);
        await().until(() -> !events.isEmpty());
        CompletableFuture<Integer> repeated = postLater(batch);

        assertThat(first.get(60, TimeUnit.SECONDS)).isEqualTo(503);
        assertThat(repeated.get(60, TimeUnit.SECONDS)).isEqualTo(503);
        gate.countDown();
        await().until(() -> post(batch) == 200);
        assertThat(post(batch)).isEqualTo(200);
        assertThat(events).containsExactlyInAnyOrder("ObjectCreated:Upload a", "ObjectCreated:Upload b");
    }

    @Test
    void anEventWhoseExchangeFailsIsAskedForAgainAndOthersOfItsBatchAreNotDeliveredTwice() throws Exception {
        AtomicBoolean isBroken = new AtomicBoolean(true);
        consume("", route -> route.process(this::recordEvent).process(it -> {
            if (isBroken.get() && "b".equals(it.getMessage().getHeader(B2Constants.FILE_NAME))) {
                throw new IllegalStateException("the route failed");
            }
        }));
        String batch = body(
                event("1", "b2:ObjectCreated:Upload", "a"),
                event("2", "b2:ObjectCreated:Upload", "b"),
                event("3", "b2:ObjectCreated:Upload", "c"));

        assertThat(post(batch)).isEqualTo(503);
        isBroken.set(false);
        assertThat(post(batch)).isEqualTo(200);
        assertThat(post(batch)).isEqualTo(200);

        assertThat(events)
                .containsExactly(
                        "ObjectCreated:Upload a",
                        "ObjectCreated:Upload b",
                        "ObjectCreated:Upload c",
                        "ObjectCreated:Upload b");
        assertThat(failures.all()).hasSize(1);
    }

    @Test
    void aHandledFailureIsASuccessAndARolledBackExchangeIsNone() throws Exception {
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(IllegalStateException.class).handled(true);
                from(uri(""))
                        .choice()
                        .when(header(B2Constants.FILE_NAME).isEqualTo("handled"))
                        .process(it -> {
                            throw new IllegalStateException("dealt with");
                        })
                        .otherwise()
                        .markRollbackOnly();
            }
        });

        assertThat(post(body(event("1", "b2:ObjectCreated:Upload", "handled")))).isEqualTo(200);
        assertThat(post(body(event("2", "b2:ObjectCreated:Upload", "rolled back"))))
                .isEqualTo(503);
    }

    @Test
    void whileTheRepositoryIsAwayB2IsAskedToSendAgain() throws Exception {
        FailingRepository repository = new FailingRepository();
        context().getRegistry().bind("failing", repository);
        consumeEvents("idempotentRepository=#failing");
        String batch = body(event("1", "b2:ObjectCreated:Upload", "a"));

        repository.isAway.set(true);
        assertThat(post(batch)).isEqualTo(503);
        repository.isAway.set(false);
        assertThat(post(batch)).isEqualTo(200);

        assertThat(events).containsExactly("ObjectCreated:Upload a");
    }

    @Test
    void aSuspendedRouteTakesNothing() throws Exception {
        consumeEvents("");
        String batch = body(event("1", "b2:ObjectCreated:Upload", "a"));
        context().getRouteController().suspendRoute(ROUTE);
        int suspended = post(batch);

        context().getRouteController().resumeRoute(ROUTE);

        assertThat(suspended).isIn(404, 503);
        assertThat(post(batch)).isEqualTo(200);
        assertThat(events).hasSize(1);
    }

    // Once.

    @Test
    void anEventThatComesTwiceOrAtTheSameTimeIsDeliveredOnce() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        consume(
                "",
                route -> route.process(it -> {
                    assertThat(gate.await(60, TimeUnit.SECONDS)).isTrue();
                    recordEvent(it);
                }));
        String batch = body(event("1", "b2:ObjectCreated:Upload", "a"));
        List<CompletableFuture<Integer>> answers = List.of(postLater(batch), postLater(batch), postLater(batch));
        await().until(() -> claims.size() == 1);

        gate.countDown();

        for (CompletableFuture<Integer> answer : answers) {
            assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(200);
        }
        assertThat(events).containsExactly("ObjectCreated:Upload a");
    }

    @Test
    void anEventIsDeliveredOnceByTwoNodesAndAfterARestart() throws Exception {
        String options = "idempotentRepository=#database";
        try (HikariDataSource database = Databases.pool("jdbc:h2:mem:events-" + bucket + ";DB_CLOSE_DELAY=-1", 4)) {
            String batch = body(event("1", "b2:ObjectCreated:Upload", "a"), event("2", "b2:ObjectDeleted:Delete", "b"));
            for (int start = 0; start < 2; start++) {
                try (DefaultCamelContext one = node(database);
                        DefaultCamelContext other = node(database)) {
                    String first = usual(serverOf(one));
                    String second = usual(serverOf(other));
                    for (DefaultCamelContext node : List.of(one, other)) {
                        consumeIn(node, options, route -> route.process(this::recordEvent));
                    }
                    List<CompletableFuture<Integer>> answers = new ArrayList<>();
                    for (int i = 0; i < 4; i++) {
                        answers.add(postLater(i % 2 == 0 ? first : second, batch, sign(SECRET, batch)));
                    }
                    for (CompletableFuture<Integer> answer : answers) {
                        assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(200);
                    }
                }
            }
        }
        assertThat(events).containsExactlyInAnyOrder("ObjectCreated:Upload a", "ObjectDeleted:Delete b");
    }

    private DefaultCamelContext node(HikariDataSource database) throws Exception {
        DefaultCamelContext made = new DefaultCamelContext();
        made.getRegistry().bind("failures", failures);
        JdbcConsumedRepository repository = new JdbcConsumedRepository(database, "events");
        made.getRegistry().bind("database", repository);
        configure(made.getComponent("b2", B2Component.class).getConfiguration());
        made.start();
        return made;
    }

    @Test
    void eventsWithoutAnIdOfUseAreTold() throws Exception {
        consumeEvents("");
        String batch = body(
                event("", "b2:ObjectCreated:Upload", "a"),
                event("", "b2:ObjectCreated:Upload", "b"),
                event("x".repeat(10_000), "b2:ObjectCreated:Upload", "c"));

        assertThat(post(batch)).isEqualTo(200);
        assertThat(post(batch)).isEqualTo(200);

        assertThat(events).hasSize(3);
    }

    @Test
    void aMegabyteOfEventsIsDelivered() throws Exception {
        consumeEvents("");
        List<String> many = new ArrayList<>();
        for (int length = 0;
                length < 1_000_000;
                length += many.get(many.size() - 1).length() + 1) {
            many.add(event("id-" + many.size(), "b2:ObjectCreated:Upload", "n" + many.size()));
        }
        String batch = body(many.toArray(String[]::new));
        assertThat(batch.length()).isBetween(1_000_000, SignedRequests.MAX_BYTES);

        await().until(() -> post(batch) == 200);

        assertThat(events).hasSize(many.size()).doesNotHaveDuplicates();
    }

    // Who may send.

    @Test
    void strangersAreRefusedAndNothingOfThatIsDelivered() throws Exception {
        consumeEvents("");
        String url = usual(server);
        String good = body(event("1", "b2:ObjectCreated:Upload", "a"));
        String test = body(event("1", "b2:TestEvent", ""));
        String ofAnother = good.replace("\"bucketName\":\"" + bucket, "\"bucketName\":\"other");

        assertThat(post(url, good, null)).as("unsigned").isEqualTo(401);
        assertThat(post(url, good, sign(OTHER_SECRET, good))).as("other secret").isEqualTo(401);
        assertThat(post(url, good.replace("\"a\"", "\"b\""), sign(SECRET, good)))
                .as("changed")
                .isEqualTo(401);
        assertThat(post(url, good, "v1=" + "zz".repeat(32) + ",v2=,,v1"))
                .as("not hex")
                .isEqualTo(401);
        assertThat(post("{\"events\":" + "[".repeat(5_000))).as("rubbish").isEqualTo(400);
        assertThat(post("{}")).as("no events").isEqualTo(400);
        assertThat(post("{\"events\":[\"a\"]}")).as("event that is a text").isEqualTo(400);
        assertThat(post(ofAnother)).as("of another bucket").isEqualTo(400);
        assertThat(post(" ".repeat(SignedRequests.MAX_BYTES + 1)))
                .as("too large")
                .isEqualTo(413);
        assertThat(post(test)).as("test event").isEqualTo(200);
        assertThat(post(url, test, sign(OTHER_SECRET, test)))
                .as("test event of the console")
                .isEqualTo(200);
        assertThat(post(url, good, sign(OTHER_SECRET, good) + "," + "v1=00"))
                .as("two wrong")
                .isEqualTo(401);
        assertThat(post("{\"events\":[]}")).as("none").isEqualTo(200);

        assertThat(events).isEmpty();
        assertThat(post(url, good, sign(OTHER_SECRET, good) + "," + sign(SECRET, good)))
                .as("one of two is right")
                .isEqualTo(200);
        assertThat(events).hasSize(1);
    }

    @Test
    void theOldSecretIsAcceptedWhileTheNewOneTakesItsPlace() throws Exception {
        consumeEvents("notificationSecret=" + SECRET + "," + OTHER_SECRET + "&notificationUrl=" + address());
        String one = body(event("1", "b2:ObjectCreated:Upload", "a"));
        String two = body(event("2", "b2:ObjectCreated:Upload", "b"));

        assertThat(post(address(), one, sign(OTHER_SECRET, one))).isEqualTo(200);
        assertThat(post(address(), two, sign(SECRET, two))).isEqualTo(200);

        assertThat(events).hasSize(2);
        assertThat(rules()).singleElement().satisfies(it -> assertThat(
                        it.targetConfiguration().hmacSha256SigningSecret())
                .isEqualTo(SECRET));
    }

    // The rule of the bucket.

    @Test
    void theRuleIsSetUpBesideOthersAndAnotherOneThatHasItsEventsIsLeftAndNamed() throws Exception {
        rule("somebody-elses", List.of("b2:ObjectDeleted:Delete"), "in/sub/", "https://example.com/x", OTHER_SECRET);
        List<NotificationRule> before = rules();

        assertThatThrownBy(() -> consumeEvents("prefix=in/&notificationUrl=" + address()))
                .hasStackTraceContaining("the rule somebody-elses of the bucket sends events of b2:ObjectDeleted:*")
                .hasStackTraceContaining("\"in/sub/\" to https://example.com/x")
                .hasStackTraceContaining("Nothing was changed");
        assertThat(rules()).isEqualTo(before);
        context().getRouteController().stopAllRoutes();
        context().removeRoute(ROUTE);

        consumeEvents("prefix=in/&eventTypes=created,hidden&notificationUrl=" + address());

        assertThat(rules()).hasSize(2).containsAll(before).anySatisfy(it -> {
            assertThat(it.objectNamePrefix()).isEqualTo("in/");
            assertThat(it.eventTypes()).containsExactly("b2:HideMarkerCreated:*", "b2:ObjectCreated:*");
            assertThat(it.targetConfiguration().maxEventsPerBatch()).isEqualTo(50);
        });
    }

    // The store.

    @Test
    void withADirectoryB2IsAnsweredWhenTheEventsAreStoredAndARestartDeliversThem() throws Exception {
        AtomicBoolean isBroken = new AtomicBoolean(true);
        Steps failing = route -> route.process(it -> {
            if (isBroken.get()) {
                throw new IllegalStateException("the route failed");
            }
            recordEvent(it);
        });
        String options = "idempotentRepository=#file&eventDirectory=" + directory.resolve("events");
        IdempotentRepository memory = FileIdempotentRepository.fileIdempotentRepository(
                directory.resolve("known").toFile());
        context().getRegistry().bind("file", memory);
        consume(options, failing);
        String first = body(event("1", "b2:ObjectCreated:Upload", "a"));
        String second = body(event("2", "b2:ObjectCreated:Upload", "b"), event("3", "b2:ObjectDeleted:Delete", "c"));

        assertThat(post(first)).isEqualTo(200);
        assertThat(post(second)).isEqualTo(200);
        assertThat(post(second)).as("sent again before it is delivered").isEqualTo(200);
        await().until(() -> failures.all().size() >= 2);
        context().getRouteController().stopRoute(ROUTE);
        Files.writeString(directory.resolve("events/000000000099.b2e"), "{\"events\": no JSON");
        Files.writeString(directory.resolve("events/000000000100.tmp"), "of a process that died");
        isBroken.set(false);
        context().getRouteController().startRoute(ROUTE);

        await().untilAsserted(() -> assertThat(events)
                .containsExactly("ObjectCreated:Upload a", "ObjectCreated:Upload b", "ObjectDeleted:Delete c"));
        await().untilAsserted(() -> assertThat(names(directory.resolve("events")))
                .containsExactlyInAnyOrder("lock", "000000000099.b2e.unreadable"));
        assertThat(post(first)).as("after its delivery").isEqualTo(200);
        assertThat(names(directory.resolve("events"))).hasSize(2);
    }

    /** The exchange that is under way when a route stops ends, and is delivered. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsUnderWayWhenTheRouteStopsIsDeliveredOnce(boolean isStored) throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        String uri = uri(isStored ? "eventDirectory=" + directory : "");
        // With the error handler that routes have by default, which lets nothing pass when it is stopped.
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId(ROUTE).process(it -> {
                    recordEvent(it);
                    assertThat(gate.await(60, TimeUnit.SECONDS)).isTrue();
                });
            }
        });
        String batch = body(event("1", "b2:ObjectCreated:Upload", "a"));
        CompletableFuture<Integer> answer = postLater(batch);
        await().until(() -> events.size() == 1);

        CompletableFuture<Void> stopping = CompletableFuture.runAsync(this::stop);
        await().until(() -> b2EventConsumer().isSuspendingOrSuspended());
        gate.countDown();
        stopping.get(60, TimeUnit.SECONDS);
        context().getRouteController().startRoute(ROUTE);
        answer.handle((status, failure) -> status).get(60, TimeUnit.SECONDS);

        assertThat(post(batch)).isEqualTo(200);
        await().untilAsserted(
                        () -> assertThat(names(directory)).doesNotContain("000000000001.b2e", "000000000002.b2e"));
        assertThat(failures.all()).isEmpty();
        assertThat(events).containsExactly("ObjectCreated:Upload a");
    }

    private void stop() {
        try {
            context().getRouteController().stopRoute(ROUTE);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private B2EventConsumer b2EventConsumer() {
        return (B2EventConsumer) context().getRoute(ROUTE).getConsumer();
    }

    @Test
    void aStoredEventThatFailsKeepsNoOtherWaiting() throws Exception {
        AtomicBoolean isBroken = new AtomicBoolean(true);
        consume(
                "eventDirectory=" + directory,
                route -> route.process(it -> {
                    if (isBroken.get() && "poison".equals(it.getMessage().getHeader(B2Constants.FILE_NAME))) {
                        throw new IllegalStateException("the route failed");
                    }
                    recordEvent(it);
                }));

        assertThat(post(body(event("1", "b2:ObjectCreated:Upload", "poison")))).isEqualTo(200);
        await().until(() -> !failures.all().isEmpty());
        assertThat(post(body(event("2", "b2:ObjectCreated:Upload", "good")))).isEqualTo(200);
        await().untilAsserted(() -> assertThat(events).containsExactly("ObjectCreated:Upload good"));
        isBroken.set(false);

        await().untilAsserted(() ->
                assertThat(events).containsExactly("ObjectCreated:Upload good", "ObjectCreated:Upload poison"));
        await().untilAsserted(() -> assertThat(names(directory)).containsExactly("lock"));
    }

    @Test
    void aDirectoryIsOfOneConsumer() throws Exception {
        consumeEvents("eventDirectory=" + directory);

        assertThatThrownBy(() -> context().addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from(uri("prefix=other/&eventDirectory=" + directory)).process(it -> {});
                    }
                }))
                .hasStackTraceContaining("write another eventDirectory for each");
    }

    @Test
    void eventsThatCannotBeStoredAreAskedForAgain() throws Exception {
        consumeEvents("eventDirectory=" + directory.resolve("gone"));
        Files.delete(directory.resolve("gone/lock"));
        Files.delete(directory.resolve("gone"));

        assertThat(post(body(event("1", "b2:ObjectCreated:Upload", "a")))).isEqualTo(503);
        Files.createDirectory(directory.resolve("gone"));
        assertThat(post(body(event("1", "b2:ObjectCreated:Upload", "a")))).isEqualTo(200);

        await().untilAsserted(() -> assertThat(events).hasSize(1));
    }

    // Options.

    @Test
    void whatCannotWorkIsRefusedWithAdvice() {
        Map<String, String> refused = Map.of(
                "deleteAfterRead=true", "Option deleteAfterRead is set",
                "minSize=5", "Option minSize is set",
                "eventTypes=everything", "Option eventTypes=everything cannot be: write all",
                "eventTypes=created,", "Option eventTypes=created, cannot be",
                "eventTypes=b2:TestEvent", "Option eventTypes=b2:TestEvent cannot be",
                "notificationSecret=short", "Option notificationSecret is not 32",
                "notificationUrl=http://example.com/x", "write the https address",
                "operation=uploadFile", "it is an option of producers");

        refused.forEach((option, message) -> assertThatThrownBy(() -> context().addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from(uri(option)).process(it -> {});
                    }
                }))
                .as(option)
                .hasStackTraceContaining(message));
    }

    @Test
    void optionsOfEventsAreRefusedWhereVersionsAreDelivered() {
        String versions = "b2:" + bucket + "?eventTypes=all";

        assertThatThrownBy(() -> context().addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from(versions).process(it -> {});
                    }
                }))
                .hasStackTraceContaining("Option eventTypes=all cannot be: it is about events; set deliver=event");
        assertThatThrownBy(() -> context().createConsumerTemplate().receive(uri(""), 10))
                .hasStackTraceContaining("events come by themselves and cannot be asked for");
    }

    // Tools.

    private static final class FailingRepository
            extends org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository {
        private final AtomicBoolean isAway = new AtomicBoolean();

        @Override
        public boolean contains(String key) {
            if (isAway.get()) {
                throw new IllegalStateException("the database is away");
            }
            return super.contains(key);
        }
    }

    private static List<String> names(Path where) throws Exception {
        try (var files = Files.list(where)) {
            return files.map(it -> it.getFileName().toString()).sorted().toList();
        }
    }

    private long answered(int status) {
        return b2().events().deliveries().stream()
                .filter(it -> it.body().contains(bucket) && it.status() == status)
                .count();
    }

    private int post(String body) throws Exception {
        return post(usual(server), body, sign(SECRET, body));
    }

    private int post(String url, String body, String signature) throws Exception {
        return postLater(url, body, signature).get(60, TimeUnit.SECONDS);
    }

    private CompletableFuture<Integer> postLater(String body) throws Exception {
        return postLater(usual(server), body, sign(SECRET, body));
    }

    private CompletableFuture<Integer> postLater(String url, String body, String signature) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.ofString(body));
        if (signature != null) {
            request.header(NotificationSignature.HEADER, signature);
        }
        return HttpClient.newHttpClient()
                .sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode);
    }

    private String body(String... all) {
        return "{\"events\":[" + String.join(",", all) + "]}";
    }

    private String event(String id, String type, String name) {
        return ("{\"accountId\":\"1\",\"bucketId\":\"2\",\"bucketName\":\"%s\",\"eventId\":\"%s\",\"eventTimestamp\":1000,"
                        + "\"eventType\":\"%s\",\"eventVersion\":1,\"matchedRuleName\":\"r\",\"objectName\":\"%s\","
                        + "\"objectSize\":1,\"objectVersionId\":\"v\"}")
                .formatted(bucket, id, type, name);
    }

    private static String sign(String secret, String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return "v1=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }

    private void rule(String name, List<String> types, String prefix, String url, String secret) {
        inBucket(change -> change.put(NotificationRule.of(name, types, NotificationRule.Target.webhook(url, secret))
                .withObjectNamePrefix(prefix)));
    }

    private List<NotificationRule> rules() {
        return inBucket(RuleChange::rules);
    }

    private <T> T inBucket(java.util.function.Function<RuleChange, T> work) {
        try (B2ClientLease lease = component().borrowClient(component().getConfiguration())) {
            OperationScope scope =
                    new OperationScope(lease, component().getConfiguration(), java.time.InstantSource.system());
            return work.apply(new RuleChange(
                    scope,
                    lease.client().getBucket(bucket, CallSettings.DEFAULT).bucketId()));
        }
    }
}
