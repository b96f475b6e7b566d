// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.transform;

import java.time.Instant;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.cloudevents.CloudEvent;
import org.apache.camel.spi.DataType;
import org.junit.jupiter.api.Test;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2TestSupport;

import static org.assertj.core.api.Assertions.assertThat;

class B2CloudEventDataTypeTransformerTest extends B2TestSupport {
    private static final Map<String, Object> FOUND = Map.of(
            B2Constants.BUCKET_NAME, "media",
            B2Constants.FILE_NAME, "in/a.csv",
            B2Constants.FILE_ID, "4_z1",
            B2Constants.ACTION, "upload",
            B2Constants.FOUND_CONTENT_TYPE, "text/csv",
            B2Constants.UPLOAD_TIMESTAMP, 1_700_000_000_000L);

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").transformDataType(new DataType("b2:application-cloudevents"));
            }
        };
    }

    @Test
    void versionBecomesAnEvent() {
        Exchange exchange = send("direct:in", "content", FOUND);

        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(CloudEvent.CAMEL_CLOUD_EVENT_VERSION, "1.0")
                .containsEntry(CloudEvent.CAMEL_CLOUD_EVENT_ID, "4_z1")
                .containsEntry(CloudEvent.CAMEL_CLOUD_EVENT_TYPE, "org.apache.camel.event.b2.getFile")
                .containsEntry(CloudEvent.CAMEL_CLOUD_EVENT_SOURCE, "b2.bucket.media")
                .containsEntry(CloudEvent.CAMEL_CLOUD_EVENT_SUBJECT, "in/a.csv")
                .containsEntry(CloudEvent.CAMEL_CLOUD_EVENT_CONTENT_TYPE, "text/csv")
                .containsEntry(
                        CloudEvent.CAMEL_CLOUD_EVENT_TIME,
                        Instant.ofEpochMilli(1_700_000_000_000L).toString());
        assertThat(exchange.getMessage().getBody()).isEqualTo("content");
    }

    @Test
    void hideMarkerIsAnEventOfItsOwnType() {
        Exchange exchange = send(
                "direct:in",
                null,
                Map.of(B2Constants.BUCKET_NAME, "media", B2Constants.FILE_NAME, "a", B2Constants.ACTION, "hide"));

        assertThat(exchange.getMessage().getHeader(CloudEvent.CAMEL_CLOUD_EVENT_TYPE))
                .isEqualTo("org.apache.camel.event.b2.hideFile");
    }

    @Test
    void headersThatAreSetStay() {
        Exchange exchange = send("direct:in", null, Map.of(CloudEvent.CAMEL_CLOUD_EVENT_TYPE, "mine"));

        assertThat(exchange.getMessage().getHeader(CloudEvent.CAMEL_CLOUD_EVENT_TYPE))
                .isEqualTo("mine");
        assertThat(exchange.getMessage().getHeader(CloudEvent.CAMEL_CLOUD_EVENT_ID))
                .isEqualTo(exchange.getExchangeId());
    }
}
