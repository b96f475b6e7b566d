// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.http.ConnectionCounts;
import io.github.camelb2.lending.B2ClientLease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** How long a client stays open: as long as somebody uses it or what it handed out, and a while longer. */
class ClientLifetimeTest extends B2TestSupport {
    private final CountDownLatch isInTheMiddle = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private String bucket;

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                String read = "b2:${header.bucket}?operation=downloadFile&fileName=a.txt";
                String list = "b2:${header.bucket}?operation=listFileNames";
                from("direct:upload").toD("b2:${header.bucket}?fileName=${header.name}", -1);

                from("direct:toD").toD(read, -1).convertBodyTo(String.class);
                from("direct:recipientList")
                        .recipientList(simple(read))
                        .cacheSize(-1)
                        .end()
                        .convertBodyTo(String.class);
                from("direct:enrich").enrich().simple(read).cacheSize(-1).convertBodyTo(String.class);
                from("direct:routingSlip")
                        .routingSlip(simple(read))
                        .cacheSize(-1)
                        .end()
                        .convertBodyTo(String.class);
                from("direct:pollEnrich")
                        .pollEnrich()
                        .simple("b2:${header.bucket}?prefix=a.txt")
                        .timeout(0)
                        .cacheSize(-1)
                        .convertBodyTo(String.class);
                // Each endpoint throws the one before out of the cache.
                from("direct:evicted")
                        .toD(read, 1)
                        .setProperty("kept", body())
                        .toD("b2:${header.bucket}?operation=fileExists&fileName=a.txt", 1)
                        .toD("b2:${header.bucket}?operation=fileExists&fileName=b.txt", 1)
                        .setBody(exchangeProperty("kept"))
                        .convertBodyTo(String.class);
                from("direct:pages")
                        .toD(list, -1)
                        .split(body(), AggregationStrategies.groupedBody())
                        .streaming()
                        .transform(body())
                        .end();

                from("direct:middle")
                        .toD(read, -1)
                        .process(exchange -> {
                            isInTheMiddle.countDown();
                            goOn.await(60, TimeUnit.SECONDS);
                        })
                        .convertBodyTo(String.class);
            }
        };
    }

    @BeforeEach
    void givenAFile() {
        bucket = B2.createBucket();
        b2().state().put(bucket, "a.txt", bytes("content"), Map.of());
    }

    private Map<String, Object> inBucket() {
        return Map.of("bucket", bucket);
    }

    private void lingerFor(long millis) {
        component().getConfiguration().setClientLinger(millis);
    }

    @Test
    void messagesToUncachedEndpointsShareALoginAListingAnUploadUrlAndConnections() {
        for (int i = 0; i < 60; i++) {
            send("direct:upload", "body", Map.of("bucket", bucket, "name", "f" + i));
        }

        assertThat(b2().count("b2_upload_file")).isEqualTo(60);
        assertThat(b2().count("b2_authorize_account")).isEqualTo(1);
        assertThat(b2().count("b2_list_buckets")).isEqualTo(1);
        assertThat(b2().count("b2_get_upload_url")).isEqualTo(1);
        assertThat(component().clients().size()).isEqualTo(1);
        // One for calls, one for uploads.
        assertThat(b2().openConnections()).isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"toD", "recipientList", "enrich", "routingSlip", "pollEnrich", "evicted"})
    void aBodyIsReadAfterTheProducerThatMadeItHasGone(String route) {
        lingerFor(0);

        Exchange answer = send("direct:" + route, null, inBucket());

        assertThat(answer.getMessage().getBody(String.class)).isEqualTo("content");
        // Camel keeps the last producer of a cache of one, and every consumer of pollEnrich.
        assertThat(component().clients().size())
                .as("open clients when the exchange is done")
                .isEqualTo(List.of("evicted", "pollEnrich").contains(route) ? 1 : 0);
    }

    @Test
    void aLoanIsGivenAgainAfterItsClientWasClosed() {
        lingerFor(0);
        B2ClientLease first = component().borrowClient(component().getConfiguration());
        first.close();

        try (B2ClientLease another = first.another()) {
            assertThat(another.client()).isNotSameAs(first.client());
            assertThat(another.client().accountInfo().accountId()).isEqualTo(b2().accountId());
        }
        assertThat(component().clients().size()).isZero();
    }

    @Test
    void aStoppedComponentLendsNothing() throws Exception {
        B2Component component = component();
        B2ClientLease lease = component.borrowClient(component.getConfiguration());
        component.stop();

        assertThatThrownBy(lease::another).hasMessageContaining("stopped");
        component.start();
        lease.another().close();
    }

    @Test
    void theNextPageIsFetchedAfterTheProducerOfTheListingHasGone() {
        lingerFor(0);
        for (int i = 0; i < 1_500; i++) {
            b2().state().put(bucket, "f" + i, new byte[0], Map.of());
        }

        List<?> names = send("direct:pages", null, inBucket()).getMessage().getBody(List.class);

        assertThat(names).hasSize(1_501);
        assertThat(component().clients().size()).isZero();
    }

    @Test
    void aTemplateHandsOutABodyThatOutlivesIt() throws Exception {
        Exchange answer;
        try (ProducerTemplate template = context().createProducerTemplate()) {
            answer = template.request("b2:" + bucket + "?operation=downloadFile&fileName=a.txt", exchange -> {});
        }

        try (InputStream body = answer.getMessage().getBody(InputStream.class)) {
            assertThat(new String(body.readAllBytes())).isEqualTo("content");
        }
    }

    @Test
    void aThousandEndpointsInACacheKeepOneClient() {
        try (B2ClientLease watch = component().borrowClient(component().getConfiguration())) {
            for (int i = 0; i < 1_050; i++) {
                send(
                        "b2:" + bucket + "?operation=fileExists&fileName=a.txt&retryTimeout=" + (60_000 + i),
                        null,
                        Map.of());
            }

            assertThat(watch.client().authorizations().made()).isEqualTo(1);
        }
        assertThat(b2().count("b2_authorize_account")).isEqualTo(1);
    }

    @Test
    void anExchangeUnderWayKeepsItsClientWhileTheContextStops() throws Exception {
        lingerFor(0);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Exchange> answer = threads.submit(() -> send("direct:middle", null, inBucket()));
            assertThat(isInTheMiddle.await(60, TimeUnit.SECONDS)).isTrue();
            B2Component component = component();
            Future<?> stopping = threads.submit(() -> context().stop());
            await().until(() -> context().getStatus().isStopping());
            goOn.countDown();

            assertThat(answer.get(60, TimeUnit.SECONDS).getMessage().getBody()).isEqualTo("content");
            stopping.get(60, TimeUnit.SECONDS);
            assertThat(component.clients().size()).isZero();
            await().until(() -> b2().openConnections() == 0);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void anUnusedClientIsClosedAfterAWhile() {
        lingerFor(200);
        send("direct:upload", "body", Map.of("bucket", bucket, "name", "a"));

        assertThat(component().clients().size()).isEqualTo(1);
        await().until(() -> component().clients().size() == 0);
        await().until(() -> b2().openConnections() == 0);
    }

    @Test
    void aClientThatIsBorrowedAgainStaysOpen() {
        lingerFor(300);
        B2ClientLease first = component().borrowClient(component().getConfiguration());
        first.client().accountInfo();
        first.close();
        B2ClientLease second = component().borrowClient(component().getConfiguration());

        assertThat(second.client()).isSameAs(first.client());
        await().pollDelay(600, TimeUnit.MILLISECONDS)
                .untilAsserted(() -> assertThat(component().clients().size()).isEqualTo(1));
        assertThat(b2().openConnections()).isPositive();
        second.close();
    }

    @Test
    void clientsOfManyKeysDoNotPileUp() {
        for (int i = 0; i < 80; i++) {
            B2Configuration options = component().getConfiguration().copy();
            options.setApplicationKey("K00" + i);
            component().borrowClient(options).close();
        }

        assertThat(component().clients().size()).isEqualTo(50);
    }

    @Test
    void anEndpointThatNeedsMoreConnectionsGetsThemFromTheOpenClient() {
        B2Configuration more = component().getConfiguration().copy();
        more.setMaxConcurrency("50");
        B2Configuration most = component().getConfiguration().copy();
        most.setMaxConnections(2_000);
        try (B2ClientLease first = component().borrowClient(component().getConfiguration());
                B2ClientLease second = component().borrowClient(more)) {
            assertThat(maxConnections(first)).isGreaterThanOrEqualTo(50 * 16);
            try (B2ClientLease third = component().borrowClient(most)) {
                assertThat(maxConnections(third)).isGreaterThanOrEqualTo(2_000);
            }
            assertThat(first.client()).isSameAs(second.client());
        }
    }

    @Test
    void thePoolIsAsSmallAsTheOptionSays() {
        B2Configuration few = component().getConfiguration().copy();
        few.setMaxConnections(2);
        try (B2ClientLease lease = component().borrowClient(few)) {
            assertThat(maxConnections(lease)).isEqualTo(2 * 4);
        }
    }

    private static int maxConnections(B2ClientLease lease) {
        return lease.client().connections().map(ConnectionCounts::max).orElseThrow();
    }

    @Test
    void anExchangeHoldsAClientOnceHoweverManyStepsItTakes() {
        Endpoint endpoint = context().getEndpoint("b2:" + bucket + "?operation=fileExists&fileName=a.txt");
        Exchange exchange = endpoint.createExchange();
        try (B2ClientLease lease = component().borrowClient(component().getConfiguration())) {
            for (int i = 0; i < 3; i++) {
                lease.keepFor(exchange);
            }
            assertThat(exchange.getExchangeExtension().handoverCompletions()).hasSize(1);
        }
    }
}
