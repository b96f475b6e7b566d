// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.notify;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.CapturedLogs;

import static org.assertj.core.api.Assertions.assertThat;

class NotificationReceiverTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

    private final List<String> names = new ArrayList<>();
    private final NotificationReceiver receiver = new NotificationReceiver(SECRET, "media", names::add, () -> NOW);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b2:ObjectCreated:Upload",
                "b2:ObjectCreated:MultipartUpload",
                "b2:ObjectCreated:Copy",
                "b2:HideMarkerCreated:Hide"
            })
    void newVersionIsPassedOn(String type) throws Exception {
        Webhook.Answer answer = receive(event("1", type, NOW, "media", "in/a.csv"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(names).containsExactly("in/a.csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"b2:ObjectDeleted:Delete", "b2:TestEvent", ""})
    void otherEventsAreAcceptedAndLeftOut(String type) throws Exception {
        Webhook.Answer answer = receive(event("1", type, NOW, "media", "in/a.csv"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(names).isEmpty();
    }

    @Test
    void unsignedRequestIsRefused() {
        byte[] body = body(event("1", "b2:ObjectCreated:Upload", NOW, "media", "a"));

        assertThat(receiver.receive(null, body).status()).isEqualTo(401);
        assertThat(receiver.receive(" ", body).status()).isEqualTo(401);
        assertThat(names).isEmpty();
    }

    @Test
    void requestSignedWithAnotherSecretIsRefused() throws Exception {
        byte[] body = body(event("1", "b2:ObjectCreated:Upload", NOW, "media", "a"));

        assertThat(receiver.receive(sign("ffffffffffffffffffffffffffffffff", body), body)
                        .status())
                .isEqualTo(401);
        assertThat(names).isEmpty();
    }

    /** As B2's console sends it: the key is none that anybody has set. */
    @Test
    void testEventOfTheConsoleIsAnsweredAndNotActedOn() throws Exception {
        byte[] body = body(event("1", "b2:TestEvent", NOW, "media", "a"));

        assertThat(receiver.receive(sign("ffffffffffffffffffffffffffffffff", body), body)
                        .status())
                .isEqualTo(200);
        assertThat(names).isEmpty();
        assertThat(receiver.signedWithAnotherSecret()).isZero();
    }

    @Test
    void testEventDoesNotCarryOthersThrough() throws Exception {
        byte[] body = body(event("1", "b2:TestEvent", NOW, "media", "a") + ","
                + event("2", "b2:ObjectCreated:Upload", NOW, "media", "b"));

        assertThat(receiver.receive(sign("ffffffffffffffffffffffffffffffff", body), body)
                        .status())
                .isEqualTo(401);
        assertThat(names).isEmpty();
        assertThat(receiver.signedWithAnotherSecret()).isEqualTo(1);
    }

    @Test
    void strangersFillNoLog() {
        byte[] body = body(event("1", "b2:ObjectCreated:Upload", NOW, "media", "a"));
        try (CapturedLogs logs = CapturedLogs.open()) {
            for (int i = 0; i < 100; i++) {
                receiver.receive(null, body);
            }

            assertThat(logs.lines()).filteredOn(it -> it.contains("Refused")).hasSize(1);
        }
    }

    @Test
    void signedRubbishIsRefused() throws Exception {
        for (String text : List.of("", "no json", "{}", "[]", "{\"events\":{}}")) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            assertThat(receiver.receive(sign(SECRET, body), body).status())
                    .as(text)
                    .isEqualTo(400);
        }
    }

    @Test
    void bodyThatIsTooLargeIsRefusedBeforeItIsSearched() throws Exception {
        byte[] body = new byte[SignedRequests.MAX_BYTES + 1];

        assertThat(receiver.receive(sign(SECRET, body), body).status()).isEqualTo(413);
    }

    @Test
    void oldEventIsNotActedOn() throws Exception {
        Instant old = NOW.minus(NotificationReceiver.LIFE).minus(Duration.ofSeconds(1));

        assertThat(receive(event("1", "b2:ObjectCreated:Upload", old, "media", "a"))
                        .status())
                .isEqualTo(200);
        assertThat(names).isEmpty();
    }

    @Test
    void eventFromTheFutureIsNotActedOn() throws Exception {
        Instant future = NOW.plus(NotificationReceiver.LIFE).plus(Duration.ofSeconds(1));

        receive(event("1", "b2:ObjectCreated:Upload", future, "media", "a"));

        assertThat(names).isEmpty();
    }

    @Test
    void repeatedEventIsActedOnOnce() throws Exception {
        String event = event("1", "b2:ObjectCreated:Upload", NOW, "media", "a");

        receive(event);
        Webhook.Answer answer = receive(event);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(names).containsExactly("a");
    }

    @Test
    void eventOfAnotherBucketIsLeftOut() throws Exception {
        receive(event("1", "b2:ObjectCreated:Upload", NOW, "other", "a"));

        assertThat(names).isEmpty();
    }

    @Test
    void nameThatFindsNoRoomIsNotCountedAsAccepted() throws Exception {
        NotificationReceiver full = new NotificationReceiver(SECRET, "media", name -> false, () -> NOW);
        byte[] body = body(event("1", "b2:ObjectCreated:Upload", NOW, "media", "a"));

        assertThat(full.receive(sign(SECRET, body), body).text()).isEqualTo("accepted 0 of 1");
    }

    private Webhook.Answer receive(String event) throws Exception {
        byte[] body = body(event);
        return receiver.receive(sign(SECRET, body), body);
    }

    private static byte[] body(String event) {
        return ("{\"events\":[" + event + "]}").getBytes(StandardCharsets.UTF_8);
    }

    private static String event(String id, String type, Instant at, String bucket, String name) {
        return "{\"accountId\":\"1\",\"bucketId\":\"2\",\"bucketName\":\"%s\",\"eventId\":\"%s\",\"eventTimestamp\":%d,\"eventType\":\"%s\",\"eventVersion\":1,\"matchedRuleName\":\"r\",\"objectName\":\"%s\",\"objectSize\":1,\"objectVersionId\":\"v\"}"
                .formatted(bucket, id, at.toEpochMilli(), type, name);
    }

    private static String sign(String secret, byte[] body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return "v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    }
}
