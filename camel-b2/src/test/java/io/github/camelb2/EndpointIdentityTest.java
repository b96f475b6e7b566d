// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.ScheduledPollConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.api.B2UnauthorizedException;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.call.KeyCalls.CreateKey;
import io.github.camelb2.client.model.key.ApplicationKey;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.lending.B2ClientLease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Two endpoints that differ in a secret alone are two endpoints, wherever Camel keeps producers and consumers. */
class EndpointIdentityTest extends B2TestSupport {
    private static final String ALICE = key('a');
    private static final String BOB = key('b');

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private String bucket;

    public EndpointIdentityTest() {
        testConfiguration().withJMX(true);
    }

    private static String key(char each) {
        return Base64.getEncoder()
                .encodeToString(String.valueOf(each).repeat(32).getBytes());
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext made = super.createCamelContext();
        made.getManagementStrategy().getManagementAgent().setRegisterAlways(true);
        Properties properties = new Properties();
        properties.setProperty("tenant.key", ALICE);
        made.getPropertiesComponent().setInitialProperties(properties);
        return made;
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                String upload = "b2:${header.bucket}?fileName=${header.name}&serverSideEncryption=SSE-C";
                String read = "b2:${header.bucket}?fileName=${header.name}&operation=downloadFile"
                        + "&serverSideEncryption=SSE-C";
                from("direct:toD").toD(upload + "&customerKey=RAW(${header.k})");
                from("direct:recipientList").recipientList(simple(upload + "&customerKey=RAW(${header.k})"));
                from("direct:routingSlip").routingSlip(simple(upload + "&customerKey=RAW(${header.k})"));
                from("direct:uncached").toD(upload + "&customerKey=RAW(${header.k})", -1);
                from("direct:enrich")
                        .enrich()
                        .simple(read + "&customerKey=RAW(${header.k})")
                        .convertBodyTo(String.class);
                from("direct:pollEnrich")
                        .pollEnrich()
                        .simple("b2:${header.bucket}?serverSideEncryption=SSE-C&prefix=${header.name}"
                                + "&customerKey=RAW(${header.k})")
                        .timeout(0)
                        .convertBodyTo(String.class);
            }
        };
    }

    @BeforeEach
    void givenABucket() {
        bucket = B2.createBucket();
    }

    private Map<String, Object> tenant(String name, String key) {
        return Map.of("bucket", bucket, "name", name, "k", key);
    }

    @Test
    void everyMessageIsEncryptedWithTheKeyOfItsOwnTenant() {
        for (String entry : List.of("toD", "recipientList", "routingSlip", "uncached")) {
            send("direct:" + entry, "of Alice", tenant(entry, ALICE));
            send("direct:" + entry, "of Bob", tenant(entry, BOB));
            send("direct:" + entry, "of Alice", tenant(entry, ALICE));
        }

        assertThat(keysOfUploads())
                .containsExactly(ALICE, BOB, ALICE, ALICE, BOB, ALICE, ALICE, BOB, ALICE, ALICE, BOB, ALICE);
    }

    @Test
    void aTemplateKeepsTheProducersOfTwoKeysApart() throws Exception {
        try (ProducerTemplate template = context().createProducerTemplate()) {
            template.sendBody(upload("a", ALICE), "of Alice");
            template.sendBody(upload("a", BOB), "of Bob");
            template.sendBody(upload("a", ALICE), "of Alice");
        }

        assertThat(keysOfUploads()).containsExactly(ALICE, BOB, ALICE);
    }

    @Test
    void enrichReadsWithTheKeyOfEachMessage() {
        send(upload("a", ALICE), "of Alice", Map.of());
        send(upload("b", BOB), "of Bob", Map.of());

        assertThat(body(send("direct:enrich", null, tenant("a", ALICE)))).isEqualTo("of Alice");
        assertThat(body(send("direct:enrich", null, tenant("b", BOB)))).isEqualTo("of Bob");
        assertThat(trySending("direct:enrich", null, tenant("a", BOB)).getException())
                .isNotNull();
    }

    @Test
    void pollEnrichReadsWithTheKeyOfEachMessage() {
        send(upload("same", ALICE), "of Alice", Map.of());
        assertThat(body(send("direct:pollEnrich", null, tenant("same", ALICE)))).isEqualTo("of Alice");

        send(upload("same", BOB), "of Bob", Map.of());
        assertThat(body(send("direct:pollEnrich", null, tenant("same", BOB)))).isEqualTo("of Bob");
    }

    private static String body(Exchange exchange) {
        return exchange.getMessage().getBody(String.class);
    }

    private String upload(String name, String key) {
        return "b2:" + bucket + "?fileName=" + name + "&serverSideEncryption=SSE-C&customerKey=RAW(" + key + ")";
    }

    private List<String> keysOfUploads() {
        return b2().requests("b2_upload_file").stream()
                .map(request -> request.header("X-Bz-Server-Side-Encryption-Customer-Key"))
                .map(found -> found.orElse(""))
                .toList();
    }

    @Test
    void twoRoutesConsumeOneBucketWithTwoKeys() throws Exception {
        ApplicationKey first = newKey("first");
        ApplicationKey second = newKey("second");
        b2().state().put(bucket, "a.txt", bytes("a"), Map.of());

        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (ApplicationKey key : List.of(first, second)) {
                    // The same key id for both: no option but the secret tells them apart where ids are shown.
                    from("b2:" + bucket + "?delay=100&initialDelay=0&applicationKeyId=" + key.applicationKeyId()
                                    + "&applicationKey=RAW(" + key.applicationKey() + ")")
                            .process(exchange -> seen.add(key.keyName()));
                }
                for (String key : List.of(ALICE, BOB)) {
                    from("b2:" + bucket + "?delay=100&initialDelay=0&serverSideEncryption=SSE-C&customerKey=RAW(" + key
                                    + ")")
                            .process(exchange -> seen.add(key));
                }
            }
        });

        await().until(() -> seen.size() == 4);
        assertThat(seen).containsExactlyInAnyOrder("first", "second", ALICE, BOB);
    }

    /** With the id of the new key from the start, so that nothing but the secret changes. */
    @Test
    void aSecretThatIsMendedTakesEffectWhileTheContextRuns() throws Exception {
        ApplicationKey key = newKey("rotated");
        try (ProducerTemplate template = context().createProducerTemplate()) {
            String right = withKey(key);
            String wrong = right.replace(key.applicationKey(), "K001wrong");

            assertThatThrownBy(() -> template.sendBody(wrong, "body"))
                    .hasRootCauseInstanceOf(B2UnauthorizedException.class);
            template.sendBody(right, "body");
            assertThatThrownBy(() -> template.sendBody(wrong, "body"))
                    .hasRootCauseInstanceOf(B2UnauthorizedException.class);
        }

        assertThat(b2().state().versions(bucket, "a")).hasSize(1);
    }

    /** Neither the endpoint nor its producer is made anew. */
    @Test
    void aKeyOfTheComponentIsRotatedWhileRoutesRun() throws Exception {
        ApplicationKey old = newKey("old");
        ApplicationKey fresh = newKey("fresh");
        B2Configuration account = component().getConfiguration();
        setKey(account, old.applicationKeyId(), old.applicationKey());
        Endpoint endpoint = context().getEndpoint("b2:" + bucket + "?fileName=a");
        try (ProducerTemplate template = context().createProducerTemplate()) {
            template.sendBody(endpoint, "with the old key");
            setKey(account, fresh.applicationKeyId(), fresh.applicationKey());
            template.sendBody(endpoint, "with the fresh key");
            template.sendBody(endpoint, "with the fresh key");
        }

        assertThat(b2().state().versions(bucket, "a")).hasSize(3);
        List<String> keys = b2().requests("b2_authorize_account").stream()
                .map(request -> request.header("Authorization").orElseThrow().substring("Basic ".length()))
                .map(basic -> new String(Base64.getDecoder().decode(basic)))
                .map(pair -> pair.substring(0, pair.indexOf(':')))
                .toList();
        assertThat(keys).endsWith(old.applicationKeyId(), fresh.applicationKeyId());
    }

    @Test
    void aKeyOfTheComponentIsRotatedWhileAConsumerRuns() throws Exception {
        ApplicationKey old = newKey("old");
        ApplicationKey fresh = newKey("fresh");
        B2Configuration account = component().getConfiguration();
        setKey(account, old.applicationKeyId(), old.applicationKey());
        List<String> seen = new CopyOnWriteArrayList<>();
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("b2:" + bucket + "?startScheduler=false&startFrom=now")
                        .routeId("rotated")
                        .process(it -> seen.add(it.getMessage().getBody(String.class)));
            }
        });
        ScheduledPollConsumer consumer =
                (ScheduledPollConsumer) context().getRoute("rotated").getConsumer();
        consumer.run();
        b2().state().put(bucket, "a", "1".getBytes(StandardCharsets.UTF_8));
        consumer.run();
        b2().state().put(bucket, "b", "2".getBytes(StandardCharsets.UTF_8));

        setKey(account, fresh.applicationKeyId(), fresh.applicationKey());
        consumer.run();
        consumer.run();

        assertThat(seen).containsExactly("1", "2");
        assertThat(loginsOf(fresh)).isEqualTo(1);
        context().getRouteController().stopRoute("rotated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"property", "bean"})
    void aKeyThatAnEndpointRefersToIsRotatedWhileRoutesRun(String kind) throws Exception {
        ApplicationKey old = newKey("old");
        ApplicationKey fresh = newKey("fresh");
        refer(old);
        String key = "&applicationKeyId=#" + kind + ":the.id&applicationKey=#" + kind + ":the.key";
        List<String> seen = new CopyOnWriteArrayList<>();
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:referred").to("b2:" + bucket + "?fileName=a" + key);
                from("b2:" + bucket + "?startScheduler=false&startFrom=now" + key)
                        .routeId("referred")
                        .process(it -> seen.add(it.getMessage().getBody(String.class)));
            }
        });
        ScheduledPollConsumer consumer =
                (ScheduledPollConsumer) context().getRoute("referred").getConsumer();
        consumer.run();
        send("direct:referred", "1", Map.of());
        consumer.run();
        b2().resetRequests();

        refer(fresh);
        send("direct:referred", "2", Map.of());
        consumer.run();

        assertThat(seen).containsExactly("1", "2");
        assertThat(loginsOf(fresh)).isEqualTo(1);
        assertThat(loginsOf(old)).isZero();
        context().getRouteController().stopRoute("referred");
    }

    private void refer(ApplicationKey key) {
        Properties properties = new Properties();
        properties.setProperty("the.id", key.applicationKeyId());
        properties.setProperty("the.key", key.applicationKey());
        context().getPropertiesComponent().setOverrideProperties(properties);
        context().getRegistry().bind("the.id", key.applicationKeyId());
        context().getRegistry().bind("the.key", key.applicationKey());
    }

    private long loginsOf(ApplicationKey key) {
        return b2().requests("b2_authorize_account").stream()
                .map(request -> request.header("Authorization").orElseThrow().substring("Basic ".length()))
                .map(basic -> new String(Base64.getDecoder().decode(basic)))
                .filter(pair -> pair.startsWith(key.applicationKeyId() + ":"))
                .count();
    }

    @Test
    void anEndpointWithAKeyOfItsOwnKeepsItWhenThatOfTheComponentIsRotated() throws Exception {
        ApplicationKey own = newKey("own");
        try (ProducerTemplate template = context().createProducerTemplate()) {
            template.sendBody(withKey(own), "one");
            setKey(component().getConfiguration(), "0011", "K001gone");
            template.sendBody(withKey(own), "two");
        }

        assertThat(b2().state().versions(bucket, "a")).hasSize(2);
    }

    private static void setKey(B2Configuration options, String id, String key) {
        options.setApplicationKeyId(id);
        options.setApplicationKey(key);
    }

    @Test
    void aReloadedRouteAndATemplateUseTheNewValueOfAProperty() throws Exception {
        String uri = "b2:" + bucket + "?fileName=a&serverSideEncryption=SSE-C&customerKey=#property:tenant.key";
        try (ProducerTemplate template = context().createProducerTemplate()) {
            template.sendBody(uri, "of Alice");
            Properties changed = new Properties();
            changed.setProperty("tenant.key", BOB);
            context().getPropertiesComponent().setOverrideProperties(changed);
            // What a reload of routes does with endpoints.
            context().getEndpointRegistry().clear();
            template.sendBody(uri, "of Bob");
        }

        assertThat(keysOfUploads()).containsExactly(ALICE, BOB);
    }

    @Test
    void theSameSecretIsTheSameEndpointAndAnotherOneIsNot() {
        Endpoint alice = context().getEndpoint(upload("a", ALICE));
        Endpoint bob = context().getEndpoint(upload("a", BOB));

        assertThat(context().getEndpoint(upload("a", ALICE))).isSameAs(alice);
        assertThat(alice).isNotEqualTo(bob);
        assertThat(alice.hashCode()).isNotEqualTo(bob.hashCode());
        assertThat(alice.getEndpointKey()).isNotEqualTo(bob.getEndpointKey());
        assertThat(alice.getEndpointUri()).isEqualTo(bob.getEndpointUri());
    }

    /** One who sees it tries every key that he can think of, on a context of his own. */
    @Test
    void nothingThatIsShownTellsASecretToOneWhoGuesses() throws Exception {
        Endpoint here = context().getEndpoint(upload("a", ALICE));
        try (CamelContext other = new DefaultCamelContext()) {
            other.getComponent("b2", B2Component.class)
                    .setConfiguration(component().getConfiguration().copy());
            Endpoint there = other.getEndpoint(upload("a", ALICE));

            assertThat(there.getEndpointUri()).isEqualTo(here.getEndpointUri());
            assertThat(there.getEndpointKey()).isNotEqualTo(here.getEndpointKey());
        }
    }

    @Test
    void bothEndpointsAreInJmxWithoutTheirSecrets() throws Exception {
        context().getEndpoint(upload("jmx", ALICE));
        context().getEndpoint(upload("jmx", BOB));

        List<String> names = new ManagedBeans(context())
                .values().stream()
                        .filter(value -> value.contains("fileName=jmx"))
                        .toList();
        assertThat(names).isNotEmpty().noneMatch(value -> value.contains(ALICE) || value.contains(BOB));
        assertThat(
                        context()
                                .getManagementStrategy()
                                .getManagementAgent()
                                .getMBeanServer()
                                .queryNames(null, null)
                                .stream()
                                .map(Objects::toString)
                                .filter(name -> name.contains("type=endpoints") && name.contains("fileName=jmx")))
                .hasSize(2);
    }

    private ApplicationKey newKey(String name) {
        try (B2ClientLease lease = component().borrowClient(component().getConfiguration())) {
            return lease.client()
                    .call(
                            CreateKey.of(
                                    List.of(
                                            Capability.READ_FILES,
                                            Capability.WRITE_FILES,
                                            Capability.LIST_BUCKETS,
                                            Capability.LIST_FILES),
                                    name),
                            CallSettings.DEFAULT);
        }
    }

    private String withKey(ApplicationKey key) {
        return "b2:" + bucket + "?fileName=a&applicationKeyId=" + key.applicationKeyId() + "&applicationKey=RAW("
                + key.applicationKey() + ")";
    }
}
