// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.metrics;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executors;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.search.MeterNotFoundException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.account.InMemoryAccountInfoRepository;
import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.api.SentRequest;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.http.Transport;
import io.github.camelb2.observe.B2Observers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The meters of routes, made by themselves where a registry is bound. */
class MetersRouteTest extends B2TestSupport {
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private String bucket;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext made = super.createCamelContext();
        made.getRegistry().bind("anyName", meters);
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
                from("direct:read")
                        .toD("b2:${header.bucket}?operation=downloadFile&fileName=a")
                        .convertBodyTo(byte[].class);
            }
        };
    }

    @BeforeEach
    void givenABucket() {
        bucket = B2.createBucket();
    }

    private void upload(int bytes) {
        send("b2:" + bucket, new byte[bytes], Map.of("CamelB2FileName", "a"));
    }

    @Test
    void requestsAreTimedByCallClassAndOutcome() {
        b2().faults().add("b2_upload_part #2: status 503");
        upload(7_000);

        assertThat(meters.get("camel.b2.requests")
                        .tag("call", "b2_upload_part")
                        .tag("transactionClass", "A")
                        .tag("outcome", "SUCCESS")
                        .tag("camelContext", context().getName())
                        .timer()
                        .count())
                .isEqualTo(4);
        assertThat(meters.get("camel.b2.requests")
                        .tag("outcome", "SERVER_ERROR")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("camel.b2.retries")
                        .tag("reason", "service_unavailable")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("camel.b2.logins").counter().count()).isEqualTo(1);
        assertThat(meters.get("camel.b2.sent")
                        .tag("call", "b2_upload_part")
                        .counter()
                        .count())
                .isGreaterThanOrEqualTo(7_000);
    }

    @Test
    void whatIsBilledIsCountedAsTheClientCountsIt() {
        upload(10);
        template().requestBodyAndHeader("direct:read", null, "bucket", bucket);

        assertThat(meters.get("camel.b2.received").counter().count()).isEqualTo(10);
        assertThat(billed("A")).isEqualTo(b2().count("b2_get_upload_url") + b2().count("b2_upload_file") - before());
        assertThat(billed("B")).isEqualTo(1);
        assertThat(billed("C")).isGreaterThanOrEqualTo(1);
    }

    /** Requests of the tests before this one: the emulator is shared. */
    private long before() {
        return b2().count("b2_get_upload_url") + b2().count("b2_upload_file") - 2;
    }

    private double billed(String transactionClass) {
        return meters.get("camel.b2.transactions")
                .tag("transactionClass", transactionClass)
                .counter()
                .count();
    }

    @Test
    void connectionsAreThoseOfThePool() {
        upload(10);

        assertThat(meters.get("camel.b2.connections.leased").gauge().value()).isZero();
        assertThat(meters.get("camel.b2.connections.pending").gauge().value()).isZero();
        assertThat(meters.get("camel.b2.concurrency.tuned").gauge().value()).isEqualTo(10);
        assertThat(meters.get("camel.b2.connections.max").gauge().value()).isGreaterThanOrEqualTo(64);
    }

    @Test
    void aConsumersVersionsAreCountedByRoute() throws Exception {
        upload(10);
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("b2:" + bucket + "?initialDelay=0").routeId("inbox").to("mock:inbox");
            }
        });

        await().ignoreException(MeterNotFoundException.class).untilAsserted(() -> {
            for (String state : new String[] {"seen", "claimed", "delivered", "succeeded"}) {
                assertThat(meters.get("camel.b2.consumer.versions")
                                .tag("routeId", "inbox")
                                .tag("state", state)
                                .counter()
                                .count())
                        .as(state)
                        .isEqualTo(1);
            }
            assertThat(meters.get("camel.b2.consumer.lag")
                            .tag("routeId", "inbox")
                            .timer()
                            .count())
                    .isEqualTo(1);
        });
    }

    @Test
    void noTagNamesABucketOrAFile() {
        upload(10);

        assertThat(meters.getMeters()).isNotEmpty();
        for (Meter meter : meters.getMeters()) {
            assertThat(meter.getId().getTags().toString())
                    .doesNotContain(bucket)
                    .doesNotContain("\"a\"");
        }
    }

    @Test
    void aBeanThatAsksForBucketsGoesBeforeTheMetersThatAreMadeByThemselves() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("meters", meters);
            context.getRegistry().bind("b2Meters", new B2Meters(meters, context.getName(), B2Meters.Detail.BUCKETS));

            B2Observers.of(context).calls().onRequest(request("photos", 503));

            assertThat(meters.get("camel.b2.requests").timers()).singleElement().satisfies(timer -> {
                assertThat(timer.getId().getTag("bucket")).isEqualTo("photos");
                assertThat(timer.getId().getTag("outcome")).isEqualTo("SERVER_ERROR");
                assertThat(timer.count()).isEqualTo(1);
            });
        }
    }

    @Test
    void ofSeveralRegistriesTheOneThatWritesToAllIsTaken() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext();
                B2Client client = clientThatTalksToNobody()) {
            context.getRegistry().bind("one", meters);
            context.getRegistry().bind("other", new SimpleMeterRegistry());
            CompositeMeterRegistry both = new CompositeMeterRegistry();
            both.add(meters);
            context.getRegistry().bind("both", both);

            B2Observers.of(context).opened(client);
            B2Observers.of(context).calls().onRequest(request("photos", 200));

            assertThat(both.get("camel.b2.requests").timer().count()).isEqualTo(1);
        }
    }

    private static B2Client clientThatTalksToNobody() {
        return B2Client.builder()
                .repository(new InMemoryAccountInfoRepository())
                .transport(new Transport(HttpClients.createMinimal(), null, InstantSource.system(), "test"))
                .parts(Executors.newSingleThreadExecutor())
                .build();
    }

    private static SentRequest request(String bucket, int status) {
        return new SentRequest(
                "b2_hide_file",
                bucket,
                TransactionClass.A,
                1,
                status,
                "",
                1,
                Instant.EPOCH,
                Duration.ofSeconds(1),
                0,
                0);
    }

    @ParameterizedTest
    @CsvSource({
        "503 service_unavailable, service_unavailable",
        "401 expired_auth_token, expired_auth_token",
        "503 made_up_by_a_proxy, status_5xx",
        "429 , status_4xx",
        "no answer, no_answer"
    })
    void reasonsOfRetriesAreFew(String reason, String tag) {
        assertThat(RetryReason.of(reason)).isEqualTo(tag);
    }
}
