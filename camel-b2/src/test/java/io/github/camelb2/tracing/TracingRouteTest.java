// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.tracing;

import java.util.List;
import java.util.Map;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.B2TestSupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Spans of steps and of the calls below them. */
class TracingRouteTest extends B2TestSupport {
    @RegisterExtension
    static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

    private String bucket;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext made = super.createCamelContext();
        made.getRegistry()
                .bind("tracer", Tracer.class, TELEMETRY.getOpenTelemetry().getTracer("test"));
        new OpenTelemetryTracer().init(made);
        return made;
    }

    @Override
    protected void configure(B2Configuration options) {
        super.configure(options);
        options.setPartSize("2000");
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:upload").toD("b2:${header.bucket}");
                from("direct:tapped").wireTap("direct:upload");
            }
        };
    }

    @BeforeEach
    void givenABucket() {
        bucket = B2.createBucket();
    }

    private void upload(String to, int bytes, String name) {
        template().sendBodyAndHeaders(to, new byte[bytes], Map.of("bucket", bucket, "CamelB2FileName", name));
    }

    private static List<SpanData> named(String name) {
        return TELEMETRY.getSpans().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    private static String tag(SpanData span, String key) {
        return span.getAttributes().get(AttributeKey.stringKey(key));
    }

    @Test
    void theCallsOfALargeFileAreBelowItsStepAlsoOnOtherThreads() {
        upload("direct:upload", 9_000, "large");

        SpanData step = named("uploadFile").get(0);
        assertThat(tag(step, "b2.bucket")).isEqualTo(bucket);
        assertThat(tag(step, "b2.operation")).isEqualTo("uploadFile");
        assertThat(tag(step, "b2.file.id")).isNotBlank();
        assertThat(named("b2_upload_part")).hasSize(5).allSatisfy(part -> {
            assertThat(part.getParentSpanId()).isEqualTo(step.getSpanId());
            assertThat(part.getTraceId()).isEqualTo(step.getTraceId());
            assertThat(tag(part, "b2.bucket")).isEqualTo(bucket);
            assertThat(part.getAttributes().get(AttributeKey.longKey("b2.bytes")))
                    .isPositive();
        });
        assertThat(named("b2_finish_large_file")).singleElement().satisfies(call -> assertThat(call.getParentSpanId())
                .isEqualTo(step.getSpanId()));
        assertThat(named("b2_authorize_account")).singleElement().satisfies(call -> assertThat(call.getTraceId())
                .isEqualTo(step.getTraceId()));
    }

    @Test
    void aTryThatFailsIsASpanWithAnErrorAndTheNextOneIsAnother() {
        b2().faults().add("b2_upload_file #1: status 503");

        upload("direct:upload", 10, "retried");

        assertThat(named("b2_upload_file"))
                .extracting(span -> span.getStatus().getStatusCode())
                .containsExactly(StatusCode.ERROR, StatusCode.UNSET);
        assertThat(tag(named("b2_upload_file").get(0), "error.type")).isEqualTo("service_unavailable");
        assertThat(named("uploadFile"))
                .allSatisfy(step -> assertThat(step.getStatus().getStatusCode()).isNotEqualTo(StatusCode.ERROR));
    }

    @Test
    void aStepThatFailsIsAnErrorWithItsCall() {
        fail("b2:" + bucket + "?operation=getFileInfo", null, Map.of("CamelB2FileId", "4_none"));

        SpanData call = named("b2_get_file_info").get(0);
        assertThat(call.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        SpanData step = named("getFileInfo").get(0);
        assertThat(call.getParentSpanId()).isEqualTo(step.getSpanId());
        assertThat(step.getAttributes().asMap().toString()).contains("error");
    }

    @Test
    void aTappedCopyIsInTheTraceOfItsMessage() {
        upload("direct:tapped", 10, "copy");

        await().untilAsserted(() -> assertThat(named("b2_upload_file")).hasSize(1));
        await().untilAsserted(() -> assertThat(named("tapped")).hasSizeGreaterThan(0));
        SpanData call = named("b2_upload_file").get(0);
        assertThat(call.getTraceId()).isEqualTo(named("tapped").get(0).getTraceId());
    }

    @Test
    void whatARouteReadsOfAConsumedFileIsInItsTrace() throws Exception {
        upload("direct:upload", 100, "consumed");
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("b2:" + bucket + "?initialDelay=0")
                        .convertBodyTo(byte[].class)
                        .to("mock:read");
            }
        });

        await().untilAsserted(() -> assertThat(named("consume")).isNotEmpty());
        SpanData exchange = named("consume").get(0);
        assertThat(tag(exchange, "b2.file.name")).isEqualTo("consumed");
        assertThat(named("b2_download_file_by_id")).singleElement().satisfies(call -> assertThat(call.getTraceId())
                .isEqualTo(exchange.getTraceId()));
    }
}
