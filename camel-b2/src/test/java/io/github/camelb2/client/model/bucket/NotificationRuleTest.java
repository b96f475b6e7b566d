// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.bucket;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import io.github.camelb2.client.model.json.Json;

import static org.assertj.core.api.Assertions.assertThat;

class NotificationRuleTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** As B2 was seen to answer it, with members that nobody knows yet at every level. */
    private static final String ANSWER = """
            {"eventTypes":["b2:HideMarkerCreated:*","b2:ObjectCreated:*"],"isEnabled":true,"isSuspended":false,
             "name":"rule-1","objectNamePrefix":"in/","suspensionReason":"","retryPolicy":{"most":[1,2]},
             "targetConfiguration":{"customHeaders":[{"name":"X-A","value":"v"}],
             "hmacSha256SigningSecret":"0123456789abcdefghijABCDEFGHIJ12","maxEventsPerBatch":7,"targetType":"webhook",
             "url":"https://example.com/hook","tlsProfile":"strict"}}""";

    private static NotificationRule read(String json) throws Exception {
        return Json.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), NotificationRule.class);
    }

    @Test
    void batchSizeIsPartOfTheTarget() throws Exception {
        assertThat(read(ANSWER).targetConfiguration().maxEventsPerBatch()).isEqualTo(7);

        JsonNode written = JSON.readTree(Json.write(NotificationRule.of(
                "rule-1",
                List.of("b2:ObjectCreated:*"),
                NotificationRule.Target.webhook("https://x", null).withMaxEventsPerBatch(50))));

        assertThat(written.at("/targetConfiguration/maxEventsPerBatch").intValue())
                .isEqualTo(50);
        assertThat(written.has("maxEventsPerBatch")).isFalse();
    }

    @Test
    void ruleThatIsReadAndWrittenIsTheSameUnknownMembersIncluded() throws Exception {
        assertThat(JSON.readTree(Json.write(read(ANSWER)))).isEqualTo(JSON.readTree(ANSWER));
    }

    @Test
    void ruleThatIsChangedKeepsWhatIsNotKnown() throws Exception {
        NotificationRule moved = read(ANSWER).withObjectNamePrefix("out/").withEnabled(false);

        JsonNode written = JSON.readTree(Json.write(moved));

        assertThat(written.at("/retryPolicy/most/1").intValue()).isEqualTo(2);
        assertThat(written.at("/targetConfiguration/tlsProfile").textValue()).isEqualTo("strict");
    }

    @Test
    void rulesAreComparedWithoutOrderAndWithoutWhatB2Adds() throws Exception {
        NotificationRule wanted = NotificationRule.of(
                        "rule-1",
                        List.of("b2:ObjectCreated:*", "b2:HideMarkerCreated:*"),
                        NotificationRule.Target.webhook("https://example.com/hook", "0123456789abcdefghijABCDEFGHIJ12")
                                .withMaxEventsPerBatch(7)
                                .withCustomHeaders(List.of(new NotificationRule.Header("X-A", "v"))))
                .withObjectNamePrefix("in/");

        assertThat(read(ANSWER).doesTheSameAs(wanted)).isTrue();
        assertThat(wanted.doesTheSameAs(read(ANSWER))).isTrue();
        assertThat(wanted.withObjectNamePrefix("out/").doesTheSameAs(read(ANSWER)))
                .isFalse();
        assertThat(wanted.withEnabled(false).doesTheSameAs(read(ANSWER))).isFalse();
    }

    @Test
    void valuesOfUnknownMembersAreNotShown() throws Exception {
        String text = read(ANSWER.replace("strict", "s3cret")).toString();

        assertThat(text).contains("tlsProfile").doesNotContain("s3cret");
    }
}
