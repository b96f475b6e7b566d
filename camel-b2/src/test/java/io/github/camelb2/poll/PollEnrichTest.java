// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.util.List;
import java.util.Map;

import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2Endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Those who ask for one file at a time. */
class PollEnrichTest extends ConsumerTestSupport {
    @Test
    void pollEnrichWithADynamicNameUsesOneEndpointForAllNames() throws Exception {
        for (int i = 0; i < 30; i++) {
            put("f" + i, "content " + i);
        }
        route("pollEnrich", "");
        int before = context().getEndpoints().size();

        for (int i = 0; i < 30; i++) {
            assertThat(enrich("f" + i)).isEqualTo("content " + i);
        }

        assertThat(context().getEndpoints()).hasSizeLessThanOrEqualTo(before + 1);
        assertThat(threads("B2")).isLessThan(5);
    }

    @Test
    void pollWithADynamicNameUsesOneEndpointToo() throws Exception {
        put("a", "1");
        put("b", "2");
        route("poll", "");
        int before = context().getEndpoints().size();

        assertThat(enrich("a")).isEqualTo("1");
        assertThat(enrich("b")).isEqualTo("2");

        assertThat(context().getEndpoints()).hasSizeLessThanOrEqualTo(before + 1);
    }

    /** What was fetched on the way names nothing that is stored later. */
    @Test
    void enrichedMessageIsNotDescribedAsTheFile() throws Exception {
        put("settings.json", "{}");
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:settings").pollEnrich(uri("fileName=settings.json"), 5_000);
            }
        });

        Exchange answer = send("direct:settings", "x", Map.of());

        assertThat(answer.getMessage().getBody(String.class)).isEqualTo("{}");
        assertThat(answer.getMessage().getHeaders())
                .doesNotContainKeys(Exchange.FILE_NAME, Exchange.FILE_CONTENT_TYPE, Exchange.FILE_LAST_MODIFIED)
                .containsEntry(B2Constants.FILE_NAME, "settings.json");
    }

    @Test
    void fileThatIsNotThereGivesNothing() throws Exception {
        route("pollEnrich", "");

        assertThat(enrich("missing")).isNull();
    }

    @Test
    void versionIsDeletedWhenTheEnrichedExchangeIsDone() throws Exception {
        put("a", "1");
        route("pollEnrich", "&deleteAfterRead=true");

        assertThat(enrich("a")).isEqualTo("1");

        assertThat(stored()).isEmpty();
    }

    @Test
    void versionStaysWhenTheEnrichedExchangeFails() throws Exception {
        put("a", "1");
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:failing")
                        .pollEnrich()
                        .simple("b2:" + bucket + "?fileName=${header.name}&deleteAfterRead=true")
                        .timeout(0)
                        .throwException(new IllegalStateException("after enriching"));
            }
        });

        Exchange failed =
                template().request("direct:failing", it -> it.getMessage().setHeader("name", "a"));

        assertThat(failed.getException()).hasMessage("after enriching");
        assertThat(stored()).containsExactly("a=1");
    }

    @Test
    void nameThatIsMissingIsRefusedByOption() throws Exception {
        route("pollEnrich", "");

        assertThatThrownBy(() -> template().requestBody("direct:enrich", "no header"))
                .rootCause()
                .hasMessageContaining("Option fileName=${header.name} cannot be");
    }

    @Test
    void consumerTemplateGivesOneVersionAtATime() throws Exception {
        put("a", "1");
        put("b", "1");
        ConsumerTemplate consumer = context().createConsumerTemplate();
        try (consumer) {
            String uri = "b2:" + bucket + "?deleteAfterRead=true";

            assertThat(consumer.receiveBody(uri, 5_000, String.class)).isEqualTo("1");
            assertThat(stored()).containsExactly("b=1");
            assertThat(consumer.receiveBody(uri, 5_000, String.class)).isEqualTo("1");
            assertThat(consumer.receiveBodyNoWait(uri)).isNull();
        }
        assertThat(stored()).isEmpty();
    }

    @Test
    void consumerTemplateWaitsForAVersion() throws Exception {
        ConsumerTemplate consumer = context().createConsumerTemplate();
        try (consumer) {
            String uri = "b2:" + bucket + "?delay=20";
            assertThat(consumer.receive(uri, 50)).isNull();

            put("a", "1");

            assertThat(consumer.receiveBody(uri, 5_000, String.class)).isEqualTo("1");
        }
    }

    @Test
    void browsingShowsWhatIsThereAndConsumesNothing() throws Exception {
        put("a", "old");
        put("a", "1");
        put("b", "1");
        put("c", "1");
        consume("exclude=c");
        polled();
        B2Endpoint endpoint = (B2Endpoint) b2Consumer().getEndpoint();

        assertThat(namesOf(endpoint.getExchanges())).containsExactly("a", "b");
        assertThat(namesOf(endpoint.getExchanges(1, null))).containsExactly("a");
        endpoint.setBrowseLimit(1);
        assertThat(namesOf(endpoint.getExchanges())).containsExactly("a");
        assertThat(b2().count("b2_download_file_by_id")).isEqualTo(2);
    }

    private static List<String> namesOf(List<Exchange> exchanges) {
        return exchanges.stream()
                .map(it -> it.getMessage().getHeader(B2Constants.FILE_NAME, String.class))
                .toList();
    }

    private void route(String kind, String options) throws Exception {
        String uri = "b2:" + bucket + "?fileName=${header.name}" + options;
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                if (kind.equals("poll")) {
                    from("direct:enrich").poll(uri, 0).convertBodyTo(String.class);
                } else {
                    from("direct:enrich")
                            .setBody(constant(null))
                            .pollEnrich()
                            .simple(uri)
                            .timeout(0)
                            .convertBodyTo(String.class);
                }
            }
        });
    }

    private String enrich(String name) {
        return template().requestBodyAndHeaders("direct:enrich", null, Map.of("name", name), String.class);
    }

    private static long threads(String part) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(it -> it.getName().contains(part))
                .count();
    }
}
