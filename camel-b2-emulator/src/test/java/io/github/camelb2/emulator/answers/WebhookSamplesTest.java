// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.answers;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

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

/** Event notifications are sent as B2 was seen to send them. */
class WebhookSamplesTest {

    @RegisterExtension
    static final B2EmulatorExtension B2 = new B2EmulatorExtension();

    private static final ObjectMapper JSON = new ObjectMapper();

    private record Received(String method, Headers headers, String body) {}

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private HttpServer receiver;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            received.add(new Received(
                    exchange.getRequestMethod(),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    @Test
    void everyKindOfEventLooksLikeItsSample() throws Exception {
        JsonNode known = known();
        RawB2 b2 = RawB2.login(B2.emulator());
        String bucketId = b2.createBucket(B2.bucketName());
        b2.call(
                "b2_set_bucket_notification_rules",
                "{'bucketId':'" + bucketId + "','eventNotificationRules':[{'name':'my-rule','isEnabled':true,"
                        + "'objectNamePrefix':'','eventTypes':['b2:ObjectCreated:*','b2:ObjectDeleted:*',"
                        + "'b2:HideMarkerCreated:*'],'targetConfiguration':{'targetType':'webhook',"
                        + "'url':'http://127.0.0.1:" + receiver.getAddress().getPort()
                        + "','hmacSha256SigningSecret':'0123456789abcdefghijklmnopqrstuv'}}]}");
        String fileId = b2.upload(bucketId, "a.txt", new byte[5]).text("fileId");
        b2.call("b2_copy_file", "{'sourceFileId':'" + fileId + "','fileName':'b.txt'}");
        b2.call("b2_hide_file", "{'bucketId':'" + bucketId + "','fileName':'a.txt'}");
        b2.call("b2_delete_file_version", "{'fileName':'a.txt','fileId':'" + fileId + "'}");

        Awaitility.await().until(() -> received.size() == 5);

        List<String> types = new ArrayList<>();
        for (Received one : received) {
            assertLikeTheRequest(known.get("request"), one);
            for (JsonNode event : JSON.readTree(one.body()).get("events")) {
                types.add(event.get("eventType").textValue());
                assertThat(Sample.differences(sample(known, event), event))
                        .as(event.toString())
                        .isEmpty();
            }
        }
        assertThat(types).containsExactlyInAnyOrderElementsOf(known.findValuesAsText("eventType"));
    }

    private static JsonNode known() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                WebhookSamplesTest.class.getResourceAsStream("/b2-answers/webhooks/requests.json"))) {
            return JSON.readTree(in);
        }
    }

    private static void assertLikeTheRequest(JsonNode seen, Received one) {
        assertThat(one.method()).isEqualTo(seen.get("method").textValue());
        for (Map.Entry<String, JsonNode> header : seen.get("headers").properties()) {
            String value = one.headers().getFirst(header.getKey());
            assertThat(value).as(header.getKey()).isNotNull();
            assertThat(Sample.isText(header.getValue().textValue(), value))
                    .as(header.getKey() + ": " + value)
                    .isTrue();
        }
        assertThat(one.headers()).containsKey("Content-Length");
        assertThat(one.body()).startsWith(seen.get("bodyBegins").textValue());
    }

    private static JsonNode sample(JsonNode known, JsonNode event) {
        for (JsonNode sample : known.get("samples")) {
            if (sample.at("/event/eventType").equals(event.get("eventType"))) {
                return sample.get("event");
            }
        }
        throw new AssertionError("no sample of " + event);
    }
}
