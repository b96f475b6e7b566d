// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

import javax.management.ObjectName;

import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultComponentResolver;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

import io.github.camelb2.B2Component;
import io.github.camelb2.CapturedLogs;
import io.github.camelb2.ManagedBeans;
import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.call.NotificationCalls.GetBucketNotificationRules;
import io.github.camelb2.client.call.NotificationCalls.SetBucketNotificationRules;
import io.github.camelb2.client.model.bucket.NotificationRule;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.lending.B2ClientLease;
import io.github.camelb2.poll.claim.RecentKeys;
import io.github.camelb2.poll.notify.NotificationSignature;
import io.github.camelb2.poll.notify.SignedRequests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Webhooks of the emulator, over real HTTP, to a consumer whose own poll comes once an hour. */
class NotificationRouteTest extends ConsumerTestSupport {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String OTHER_SECRET = "ffffffffffffffffffffffffffffffff";

    private VertxPlatformHttpServer server;

    @BeforeEach
    void startServer() throws Exception {
        VertxPlatformHttpServerConfiguration settings = new VertxPlatformHttpServerConfiguration();
        settings.setBindHost("127.0.0.1");
        settings.setBindPort(0);
        server = new VertxPlatformHttpServer(settings);
        context().addService(server, true, true);
    }

    NotificationRouteTest() {
        testConfiguration().withJMX(true);
    }

    @Override
    protected String uri(String options) {
        return super.uri(options).replace("startScheduler=false", "initialDelay=0&delay=1h&notifications=true")
                + "&notificationSecret=" + SECRET;
    }

    private String address() {
        return "http://127.0.0.1:" + server.getServer().actualPort() + "/hooks/b2";
    }

    /** Starts the route and waits for its first poll, so that only notifications can tell of what comes next. */
    private void consumeNotified(Steps steps) throws Exception {
        consume("notificationUrl=" + address(), steps);
        await().until(() -> b2Consumer().isConsumerReady() && !b2Consumer().isPolling());
    }

    private void consumeNotified() throws Exception {
        consumeNotified(route -> route.process(this::record));
    }

    @Test
    void newVersionIsDeliveredWithoutWaitingForThePoll() throws Exception {
        consumeNotified();

        put("a", "1");
        put("dir/été+b", "2");

        await().untilAsserted(() -> assertThat(delivered).containsExactlyInAnyOrder("a=1", "dir/été+b=2"));
        assertThat(b2Consumer().getCounter()).isEqualTo(1);
    }

    /** A rule that somebody made for the whole bucket tells of more than the route consumes. */
    @Test
    void nameOutsideOfWhatIsConsumedIsLeftAloneWhoeverTellsOfIt() throws Exception {
        consume("prefix=in/&delimiter=/&deleteAfterRead=true", route -> route.process(this::record));
        await().until(() -> b2Consumer().isConsumerReady() && !b2Consumer().isPolling());
        rule("whole-bucket", address().replace("/hooks/b2", "/b2/" + bucket), SECRET);

        put("other.txt", "not of this route");
        put("in/folder/a.txt", "behind the delimiter");
        put("in/a.txt", "a");

        await().until(() -> changesDelivered() == 3);
        await().untilAsserted(
                        () -> assertThat(b2().state().names(bucket)).containsExactly("in/folder/a.txt", "other.txt"));
        assertThat(delivered).containsExactly("in/a.txt=a");
    }

    @Test
    void notificationThatComesTwiceDeliversOnce() throws Exception {
        consumeNotified();
        b2().faults().add("webhook: duplicate");

        put("a", "1");

        await().until(() -> changesDelivered() == 2);
        await().untilAsserted(() -> assertThat(delivered).containsExactly("a=1"));
        poll();
        assertThat(delivered).containsExactly("a=1");
    }

    @Test
    void notificationsInTheWrongOrderDeliverEverything() throws Exception {
        consumeNotified();
        b2().faults().add("webhook #1: hold");

        for (String name : List.of("a", "b", "c", "d")) {
            put(name, "1");
        }

        await().untilAsserted(() -> assertThat(delivered).containsExactlyInAnyOrder("a=1", "b=1", "c=1", "d=1"));
    }

    @Test
    void pollCatchesWhatNoNotificationToldOf() throws Exception {
        consumeNotified();
        b2().faults().add("webhook: lose");
        put("a", "1");

        poll();

        assertThat(delivered).containsExactly("a=1");
    }

    @Test
    void failureOfTheRepositoryDoesNotEndTheNotifications() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        context().getRegistry().bind("failing", new MemoryIdempotentRepository() {
            @Override
            public boolean contains(String key) {
                if (broken.get()) {
                    throw new DataAccessResourceFailureException("the database is away");
                }
                return super.contains(key);
            }

            @Override
            public boolean add(String key) {
                if (broken.get()) {
                    throw new DataAccessResourceFailureException("the database is away");
                }
                return super.add(key);
            }
        });
        consume("idempotentRepository=#failing&notificationUrl=" + address(), route -> route.process(this::record));
        await().until(() -> b2Consumer().isConsumerReady() && !b2Consumer().isPolling());
        put("a", "1");
        await().until(() -> changesDelivered() == 1);

        broken.set(false);
        put("b", "2");

        await().untilAsserted(() -> assertThat(delivered).contains("b=2"));
        poll();
        assertThat(delivered).containsExactlyInAnyOrder("b=2", "a=1");
    }

    @Test
    void pollAndNotificationShareOneMemory() throws Exception {
        consumeNotified();

        for (int i = 0; i < 50; i++) {
            put("f" + i, "1");
            if (i % 10 == 0) {
                poll();
            }
        }
        poll();

        await().untilAsserted(() -> assertThat(delivered).hasSize(50));
        await().until(() -> changesDelivered() == 50 && claims.isEmpty());
        poll();
        assertThat(delivered).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void b2IsAnsweredBeforeTheVersionIsProcessed() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        consumeNotified(route -> route.process(it -> {
            assertThat(gate.await(60, TimeUnit.SECONDS)).isTrue();
            record(it);
        }));

        put("a", "1");

        await().until(() -> changesDelivered() == 1);
        assertThat(delivered).isEmpty();
        gate.countDown();
        await().untilAsserted(() -> assertThat(delivered).containsExactly("a=1"));
    }

    @Test
    void onlyTheLatestVersionIsDeliveredAndTheOlderNever() throws Exception {
        consumeNotified();
        b2().faults().add("webhook #1: lose");
        put("a", "1");
        await().until(() -> b2().faults().fired() == 1);

        put("a", "2");

        await().untilAsserted(() -> assertThat(delivered).containsExactly("a=2"));
        poll();
        assertThat(delivered).containsExactly("a=2");
    }

    @Test
    void strangersAreRefused() throws Exception {
        consumeNotified();
        put("a", "1");
        await().untilAsserted(() -> assertThat(delivered).containsExactly("a=1"));
        await().until(() -> changesDelivered() == 1 && claims.isEmpty());
        String body = b2().events()
                .deliveries()
                .get(b2().events().deliveries().size() - 1)
                .body();
        delivered.clear();

        assertThat(post(body, null)).isEqualTo(401);
        assertThat(post(body, "v1=" + "0".repeat(64))).isEqualTo(401);
        assertThat(post(body.replace("\"a\"", "\"b\""), signatureOf(body))).isEqualTo(401);
        assertThat(post("x".repeat(SignedRequests.MAX_BYTES + 10), "v1=00")).isEqualTo(413);
        assertThat(post(body, signatureOf(body))).as("replayed").isEqualTo(200);

        poll();
        assertThat(delivered).isEmpty();
    }

    @Test
    void deliveriesSignedWithAnotherSecretAreCountedInJmxAndHealthAndLoggedOnce() throws Exception {
        consumeNotified();
        HealthCheck health = (HealthCheck) b2Consumer().getHealthCheck();
        assertThat(health.call().getDetails()).doesNotContainKey("b2.notificationsSignedWithOtherSecret");

        try (CapturedLogs logs = CapturedLogs.open()) {
            for (int i = 0; i < 3; i++) {
                assertThat(post("{\"n\":" + i + "}", "v1=" + "0".repeat(64))).isEqualTo(401);
            }
            assertThat(logs.lines())
                    .filteredOn(it -> it.contains("another secret"))
                    .hasSize(1);
        }

        ManagedBeans beans = new ManagedBeans(context());
        List<ObjectName> consumers = beans.named("type", "consumers").stream()
                .filter(it -> it.toString().contains("B2Consumer"))
                .toList();
        assertThat(consumers).hasSize(1);
        assertThat(beans.attribute(consumers.get(0), "NotificationsSignedWithOtherSecret"))
                .isEqualTo(3L);
        assertThat(health.call().getDetails()).containsEntry("b2.notificationsSignedWithOtherSecret", 3L);
        assertThat(health.call().getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void oneOfTwoSecretsIsEnoughWhileTheyAreChanged() throws Exception {
        rule("rule-of-a-user", address().replace("/hooks/b2", "/b2/" + bucket), OTHER_SECRET);
        b2().events().alsoSignWith(SECRET);
        try {
            consume("", route -> route.process(this::record));
            await().until(() -> b2Consumer().isConsumerReady() && !b2Consumer().isPolling());

            put("a", "1");

            await().untilAsserted(() -> assertThat(delivered).containsExactly("a=1"));
        } finally {
            b2().events().alsoSignWith(null);
        }
    }

    @Test
    void ruleIsSetUpOnceBesideTheOthers() throws Exception {
        rule("some-other-rule", "http://127.0.0.1:9/", OTHER_SECRET, "elsewhere/");
        b2().resetRequests();
        consume("prefix=in/&notificationUrl=" + address(), route -> route.process(this::record));
        context().getRouteController().stopRoute(ROUTE);
        context().getRouteController().startRoute(ROUTE);

        assertThat(b2().count("b2_set_bucket_notification_rules")).isEqualTo(1);
        assertThat(rules()).hasSize(2).anySatisfy(it -> {
            assertThat(it.objectNamePrefix()).isEqualTo("in/");
            assertThat(it.eventTypes()).containsExactly("b2:ObjectCreated:*");
            assertThat(it.targetConfiguration().url()).isEqualTo(address());
        });
    }

    @Test
    void ruleOfAnotherAddressOrSecretIsSetAnew() throws Exception {
        consume("prefix=in/&notificationUrl=" + address(), route -> route.process(this::record));
        String name = rules().get(0).name();
        context().getRouteController().stopRoute(ROUTE);
        rule(name, "http://127.0.0.1:9/old", OTHER_SECRET, "in/");

        context().getRouteController().startRoute(ROUTE);

        assertThat(rules()).hasSize(1).allSatisfy(it -> {
            assertThat(it.targetConfiguration().url()).isEqualTo(address());
            assertThat(it.targetConfiguration().hmacSha256SigningSecret()).isEqualTo(SECRET);
        });
    }

    @Test
    void ruleThatB2SuspendedIsSetAnew() throws Exception {
        consume("prefix=in/&notificationUrl=" + address(), route -> route.process(this::record));
        context().getRouteController().stopRoute(ROUTE);
        put("in/a", "nobody answers");
        await().until(() -> Boolean.TRUE.equals(rules().get(0).isSuspended()));

        context().getRouteController().startRoute(ROUTE);

        assertThat(rules()).hasSize(1).allSatisfy(it -> assertThat(it.isSuspended())
                .isNotEqualTo(true));
        await().untilAsserted(() -> assertThat(delivered).containsExactly("in/a=nobody answers"));
    }

    /** It was looked at again and again, thousands of times a minute, and nothing else was. */
    @Test
    void notificationWhoseRouteFailsIsLookedAtOnce() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        consumeNotified(route -> route.process(this::record).process(it -> {
            if (delivered.get(delivered.size() - 1).startsWith("poison")) {
                tries.incrementAndGet();
                throw new IllegalStateException("the route failed");
            }
        }));
        long listings = b2().count("b2_list_file_versions");

        for (int i = 0; i < 20; i++) {
            put("poison", String.valueOf(i));
        }
        await().until(() -> tries.get() > 0);
        put("good", "1");
        await().untilAsserted(() -> assertThat(delivered).contains("good=1"));
        await().until(() -> changesDelivered() == 21);

        // One look now, and one more if a second has gone by since; all others are left to the poll.
        assertThat(tries.get()).isBetween(1, 4);
        assertThat(b2().count("b2_list_file_versions") - listings).isLessThanOrEqualTo(tries.get() + 2);
    }

    @Test
    void twoConsumersOfOneBucketReceiveAtTwoPaths() throws Exception {
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri("prefix=one/")).routeId("one").process(e -> record(e));
                from(uri("prefix=two/")).routeId("two").process(e -> record(e));
            }
        });

        int first = post("{}", "v1=00", "/b2/" + bucket);
        String second = "/b2/" + bucket + "/" + digestOf("two/");

        assertThat(first).isEqualTo(401);
        assertThat(post("{}", "v1=00", second)).isEqualTo(401);
    }

    @Test
    void twoConsumersCannotReceiveAtOneAddress() throws Exception {
        consume("prefix=one/&notificationUrl=" + address(), route -> route.process(this::record));

        assertThatThrownBy(() -> context().addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from(uri("prefix=two/&notificationUrl=" + address())).process(e -> record(e));
                    }
                }))
                .hasStackTraceContaining("Option notificationUrl=")
                .hasStackTraceContaining("write another path");
    }

    private static String digestOf(String prefix) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest((prefix + "\n").getBytes());
        return HexFormat.of().formatHex(digest).substring(0, 16);
    }

    @Test
    void stoppedRouteReceivesNothing() throws Exception {
        consumeNotified();

        context().getRouteController().stopRoute(ROUTE);

        assertThat(post("{}", "v1=00")).isEqualTo(404);
    }

    @Test
    void withoutTheHttpServerTheMessageNamesTheArtifact() throws Exception {
        try (DefaultCamelContext bare = new DefaultCamelContext()) {
            ComponentResolver usual = new DefaultComponentResolver();
            bare.getCamelContextExtension()
                    .addContextPlugin(ComponentResolver.class, (name, where) -> resolve(usual, name, where));
            bare.getRegistry().bind("failures", failures);
            bare.getRegistry().bind("claims", new RecentKeys(10));
            configure(bare.getComponent("b2", B2Component.class).getConfiguration());

            assertThatThrownBy(() -> consumeIn(bare, "", route -> route.process(this::record)))
                    .hasStackTraceContaining("notifications=true needs the component platform-http")
                    .hasStackTraceContaining("org.apache.camel:camel-platform-http-main");
        }
    }

    private static Component resolve(ComponentResolver usual, String name, CamelContext where) throws Exception {
        return name.equals("platform-http") ? null : usual.resolveComponent(name, where);
    }

    /** How many events about files the consumer has answered with success; one request may hold several. */
    private long changesDelivered() {
        return b2().events().deliveries().stream()
                .filter(it -> it.body().contains(bucket) && it.isAccepted())
                .mapToLong(it -> it.body().split("b2:ObjectCreated:", -1).length - 1)
                .sum();
    }

    private String signatureOf(String body) {
        return b2().events().deliveries().stream()
                .filter(it -> it.body().equals(body))
                .findFirst()
                .orElseThrow()
                .signature();
    }

    private int post(String body, String signature) throws Exception {
        return post(body, signature, "/hooks/b2");
    }

    private int post(String body, String signature, String path) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(address().replace("/hooks/b2", path)))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (signature != null) {
            request.header(NotificationSignature.HEADER, signature);
        }
        return CompletableFuture.supplyAsync(() -> HttpClient.newHttpClient()
                        .sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
                        .join()
                        .statusCode())
                .get(60, TimeUnit.SECONDS);
    }

    private void rule(String name, String url, String secret) {
        rule(name, url, secret, "");
    }

    private void rule(String name, String url, String secret, String prefix) {
        withBucket((client, id) -> client.call(SetBucketNotificationRules.of(
                id,
                List.of(NotificationRule.of(
                                name, List.of("b2:ObjectCreated:*"), NotificationRule.Target.webhook(url, secret))
                        .withObjectNamePrefix(prefix)))));
    }

    private List<NotificationRule> rules() {
        return withBucket((client, id) -> client.call(GetBucketNotificationRules.of(id)))
                .eventNotificationRules();
    }

    private <T> T withBucket(BiFunction<B2Client, String, T> work) {
        try (B2ClientLease lease = component().borrowClient(component().getConfiguration())) {
            return work.apply(
                    lease.client(),
                    lease.client().getBucket(bucket, CallSettings.DEFAULT).bucketId());
        }
    }
}
