// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.HttpResponseAware;
import org.junit.jupiter.api.Test;

import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.api.B2UnauthorizedException;

import static org.assertj.core.api.Assertions.assertThat;

/** How a route tells the failures of B2 apart. */
class ErrorRouteTest extends B2TestSupport {
    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                onException(B2NotFoundException.class)
                        .handled(true)
                        .setBody(simple("absent: ${exception.httpResponseCode} ${exception.httpResponseStatus}"));
                onException(B2UnauthorizedException.class)
                        .handled(true)
                        .setBody(simple("refused: ${exception.httpResponseCode}"));
                from("direct:get").toD("b2:${header.bucket}?operation=${header.op}");
            }
        };
    }

    @Test
    void eachKindIsHandledByItsTypeAndKnowsTheStatusOfTheAnswer() {
        String bucket = B2.createBucket();

        assertThat(answer(bucket, "downloadFile")).isEqualTo("absent: 404 not_found");
        assertThat(answer(bucket, "hideFile")).startsWith("absent: 4");
        b2().faults().add("b2_get_upload_url: status 401 unauthorized");
        assertThat(answer(bucket, "uploadFile")).isEqualTo("refused: 401");
    }

    @Test
    void whatOtherPartsOfCamelAskOfAFailureIsTheHttpStatus() {
        Exception failure = fail("b2:" + B2.createBucket() + "?operation=hideFile&fileName=none", null, Map.of());

        assertThat(failure).isInstanceOfSatisfying(HttpResponseAware.class, aware -> {
            assertThat(aware.getHttpResponseCode()).isBetween(400, 404);
            assertThat(aware.getHttpResponseStatus()).isNotEmpty();
        });
    }

    private String answer(String bucket, String operation) {
        Exchange exchange = trySending(
                "direct:get", "body", Map.of("bucket", bucket, "op", operation, B2Constants.FILE_NAME, "none.txt"));
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(String.class);
    }
}
