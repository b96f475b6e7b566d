// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.event;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.camelb2.emulator.B2EmulatorExtension;
import io.github.camelb2.emulator.RawB2;

import static org.assertj.core.api.Assertions.assertThat;

/** Webhooks as their receiver sees them. */
class WebhookTest {

    private static final String SECRET = "0123456789abcdefghijklmnopqrstuv";
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final B2EmulatorExtension B2 = new B2EmulatorExtension();

    private record Received(byte[] body, String signature, String custom, Headers headers) {

        List<JsonNode> events() throws IOException {
            List<JsonNode> events = new ArrayList<>();
            JSON.readTree(body).get("events").forEach(events::add);
            return events;
        }
    }

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger status = new AtomicInteger(200);
    private HttpServer receiver;
    private RawB2 b2;
    private String bucketId;

    @BeforeEach
    void listen() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/hook", exchange -> {
            received.add(new Received(
                    exchange.getRequestBody().readAllBytes(),
                    exchange.getRequestHeaders().getFirst("X-Bz-Event-Notification-Signature"),
                    exchange.getRequestHeaders().getFirst("X-Custom"),
                    exchange.getRequestHeaders()));
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        receiver.start();
        b2 = RawB2.login(B2.emulator());
        bucketId = b2.createBucket(B2.bucketName());
    }

    @AfterEach
    void stop() {
        B2.emulator().events().alsoSignWith(null);
        B2.emulator().events().signTestEventsWith(null);
        receiver.stop(0);
    }

    /** {@code target} are further members of the target. */
    private RawB2.Answer rule(String types, String target) throws Exception {
        return b2.call(
                "b2_set_bucket_notification_rules",
                "{'bucketId':'" + bucketId + "','eventNotificationRules':[{'name':'my-rule','isEnabled':true,"
                        + "'objectNamePrefix':'in/','eventTypes':[" + types + "]"
                        + ",'targetConfiguration':{'targetType':'webhook','url':'http://127.0.0.1:"
                        + receiver.getAddress().getPort()
                        + "/hook','hmacSha256SigningSecret':'" + SECRET
                        + "','customHeaders':[{'name':'X-Custom','value':'mine'}]" + target + "}}]}");
    }

    private void put(String name) {
        B2.emulator().state().put(B2.bucketName(), name, new byte[5]);
    }

    private List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        for (Received one : received) {
            one.events().forEach(event -> {
                if (event.hasNonNull("objectName")) {
                    names.add(event.get("objectName").textValue());
                }
            });
        }
        return names;
    }

    private void await(String... names) {
        Awaitility.await().untilAsserted(() -> assertThat(names()).containsExactly(names));
    }

    private static String hmac(byte[] body, String secret) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(), "HmacSHA256"));
        return "v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    }

    @Test
    void uploadIsAnnouncedAndSigned() throws Exception {
        RawB2.Answer set = rule("'b2:ObjectCreated:*'", "");
        assertThat(set.json().at("/eventNotificationRules/0/isSuspended").booleanValue())
                .isFalse();

        put("out/a");
        put("in/a");

        await("in/a");
        Received last = received.get(received.size() - 1);
        JsonNode event = last.events().get(0);
        assertThat(event.get("eventType").textValue()).isEqualTo("b2:ObjectCreated:Upload");
        assertThat(event.get("bucketName").textValue()).isEqualTo(B2.bucketName());
        assertThat(event.get("matchedRuleName").textValue()).isEqualTo("my-rule");
        assertThat(event.get("objectSize").intValue()).isEqualTo(5);
        assertThat(event.get("eventVersion").intValue()).isEqualTo(1);
        assertThat(event.get("objectVersionId").textValue())
                .isEqualTo(B2.emulator()
                        .state()
                        .versions(B2.bucketName(), "in/a")
                        .get(0)
                        .fileId());
        assertThat(last.signature()).isEqualTo(hmac(last.body(), SECRET));
        assertThat(last.custom()).isEqualTo("mine");
    }

    @Test
    void newRuleIsGreetedWithATestEvent() throws Exception {
        rule("'b2:ObjectCreated:*'", "");

        Awaitility.await().until(() -> received.size() == 1);
        assertThat(received.get(0).events().get(0).get("eventType").textValue()).isEqualTo("b2:TestEvent");
        assertThat(received.get(0).events().get(0).get("eventId").textValue()).matches("[0-9a-f]{64}");
        assertThat(received.get(0).events().get(0).has("objectName")).isFalse();
        assertThat(received.get(0).events().get(0).has("objectVersionId")).isFalse();
    }

    @Test
    void hidingAndDeletingHaveTheirOwnTypes() throws Exception {
        put("in/a");
        rule("'b2:HideMarkerCreated:Hide','b2:ObjectDeleted:Delete'", "");
        String marker = B2.emulator().state().hide(B2.bucketName(), "in/a").fileId();
        b2.call("b2_delete_file_version", "{'fileName':'in/a','fileId':'" + marker + "'}");

        await("in/a", "in/a");
        assertThat(received.get(1).events().get(0).get("eventType").textValue()).isEqualTo("b2:HideMarkerCreated:Hide");
        assertThat(received.get(2).events().get(0).get("eventType").textValue()).isEqualTo("b2:ObjectDeleted:Delete");
    }

    @Test
    void severalSignaturesDuringKeyRotation() throws Exception {
        String next = "vutsrqponmlkjihgfedcba9876543210";
        rule("'b2:ObjectCreated:*'", "");
        Awaitility.await().until(() -> received.size() == 1);
        B2.emulator().events().alsoSignWith(next);

        put("in/a");

        await("in/a");
        Received last = received.get(1);
        assertThat(last.signature()).isEqualTo(hmac(last.body(), SECRET) + "," + hmac(last.body(), next));
    }

    @Test
    void lostRepeatedAndOvertakenDeliveries() throws Exception {
        rule("'b2:ObjectCreated:*'", "");
        Awaitility.await().until(() -> received.size() == 1);
        B2.emulator().faults().add("webhook #1: lose\nwebhook #2: duplicate\nwebhook #3: hold");

        put("in/lost");
        put("in/twice");
        put("in/late");
        put("in/last");

        await("in/twice", "in/twice", "in/last", "in/late");
        assertThat(received.get(1).body()).isEqualTo(received.get(2).body());
    }

    @Test
    void heldDeliveryComesAloneIfNothingOvertakesIt() throws Exception {
        rule("'b2:ObjectCreated:*'", "");
        Awaitility.await().until(() -> received.size() == 1);
        B2.emulator().faults().add("webhook #1: hold");

        put("in/late");

        await("in/late");
    }

    @Test
    void eventsTravelInBatches() throws Exception {
        B2.emulator().faults().add("webhook #1: delay 300ms");
        rule("'b2:ObjectCreated:*'", ",'maxEventsPerBatch':10");
        for (int i = 0; i < 20; i++) {
            put("in/" + (char) ('a' + i));
        }

        Awaitility.await().untilAsserted(() -> assertThat(names()).hasSize(20).doesNotHaveDuplicates());
        assertThat(received).hasSizeLessThan(10);
    }

    @Test
    void requestIsAsB2SendsIt() throws Exception {
        rule("'b2:ObjectCreated:*'", "");

        Awaitility.await().until(() -> received.size() == 1);
        assertThat(received.get(0).headers().getFirst("Content-Type")).isEqualTo("application/json; charset=UTF-8");
        assertThat(received.get(0).headers().getFirst("User-Agent")).isEqualTo("B2/EventNotifications");
        assertThat(received.get(0).headers().getFirst("Accept-Encoding")).isEqualTo("gzip");
        assertThat(new String(received.get(0).body(), StandardCharsets.UTF_8)).contains("\n  \"events\"");
    }

    @Test
    void testEventMayBeSignedWithAnotherSecret() throws Exception {
        B2.emulator().events().signTestEventsWith("another-secret");
        rule("'b2:ObjectCreated:*'", "");
        Awaitility.await().until(() -> received.size() == 1);

        put("in/a");

        Awaitility.await().until(() -> received.size() == 2);
        assertThat(received.get(0).signature()).isEqualTo(hmac(received.get(0).body(), "another-secret"));
        assertThat(received.get(1).signature()).isEqualTo(hmac(received.get(1).body(), SECRET));
    }

    @Test
    void answerOtherThan200IsTriedAgain() throws Exception {
        rule("'b2:ObjectCreated:*'", "");
        Awaitility.await().until(() -> received.size() == 1);
        status.set(204);

        put("in/a");

        Awaitility.await().until(() -> received.size() == 4);
    }

    @Test
    void targetThatKeepsFailingHasItsRuleSuspended() throws Exception {
        rule("'b2:ObjectCreated:*'", "");
        Awaitility.await().until(() -> received.size() == 1);
        status.set(500);

        put("in/a");

        Awaitility.await().untilAsserted(() -> assertThat(
                        b2.call("b2_get_bucket_notification_rules", "{'bucketId':'" + bucketId + "'}")
                                .json()
                                .at("/eventNotificationRules/0")
                                .findValuesAsText("suspensionReason"))
                .containsExactly("The target answered 500"));
        assertThat(names()).containsExactly("in/a", "in/a", "in/a");
        assertThat(B2.emulator().events().deliveries().stream().filter(one -> one.status() == 500))
                .hasSize(3);
        put("in/b");
        assertThat(names()).doesNotContain("in/b");
    }
}
