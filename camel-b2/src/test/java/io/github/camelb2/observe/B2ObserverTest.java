// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.observe;

import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToLongFunction;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.B2Operations;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.TransactionCounts;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.SentRequest;
import io.github.camelb2.client.api.TransactionClass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What observers in the registry hear of producers and consumers, and that none of them disturbs the work. */
class B2ObserverTest extends B2TestSupport {
    private static final class Heard implements B2Observer {
        final List<SentRequest> requests = Collections.synchronizedList(new ArrayList<>());
        final List<SentRequest> ofMessages = Collections.synchronizedList(new ArrayList<>());
        final List<String> events = Collections.synchronizedList(new ArrayList<>());
        final Map<ConsumerEvent.Kind, Long> consumed = new ConcurrentHashMap<>();
        final List<B2Client> clients = Collections.synchronizedList(new ArrayList<>());
        final List<Duration> lags = Collections.synchronizedList(new ArrayList<>());
        volatile long downloaded;

        @Override
        public ClientListener calls() {
            return new ClientListener() {
                @Override
                public void onRequest(SentRequest request) {
                    requests.add(request);
                }

                @Override
                public void onDownloaded(SentRequest request, long bytes) {
                    downloaded += bytes;
                }

                @Override
                public void onRetry(String call, String reason, int attempt, Duration wait) {
                    events.add("retry " + call + " " + reason);
                }

                @Override
                public void onAuthorized(String applicationKeyId) {
                    events.add("login");
                }

                @Override
                public void onUploadResumed(String fileName, long bytes) {
                    events.add("resumed " + fileName + " at " + bytes);
                }
            };
        }

        @Override
        public ClientListener message(Exchange exchange) {
            return new ClientListener() {
                @Override
                public void onRequest(SentRequest request) {
                    ofMessages.add(request);
                }
            };
        }

        @Override
        public void opened(B2Client client) {
            clients.add(client);
        }

        @Override
        public void consumed(ConsumerEvent event) {
            consumed.merge(event.kind(), event.versions(), Long::sum);
            if (event.kind() == ConsumerEvent.Kind.DELIVERED) {
                lags.add(event.lag());
            }
        }
    }

    /** Fails at whatever it is asked or told. */
    private static final class Broken implements B2Observer {
        @Override
        public ClientListener calls() {
            return new ClientListener() {
                @Override
                public void onRequest(SentRequest request) {
                    throw new IllegalStateException("broken");
                }
            };
        }

        @Override
        public ClientListener message(Exchange exchange) {
            throw new IllegalStateException("broken");
        }

        @Override
        public Runnable carry(Runnable task) {
            throw new NoClassDefFoundError("broken");
        }

        @Override
        public void opened(B2Client client) {
            throw new IllegalStateException("broken");
        }

        @Override
        public void consumed(ConsumerEvent event) {
            throw new IllegalStateException("broken");
        }
    }

    private final Heard heard = new Heard();
    private String bucket;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext made = super.createCamelContext();
        made.getRegistry().bind("broken", new Broken());
        made.getRegistry().bind("heard", heard);
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

    @Test
    void everyRequestIsHeardAsTheServiceSawIt() {
        b2().resetRequests();
        b2().faults().add("b2_upload_part #2: status 503");

        send("b2:" + bucket, new byte[7_000], Map.of("CamelB2FileName", "a"));
        template().requestBodyAndHeader("direct:read", null, "bucket", bucket);

        assertThat(b2().count("b2_upload_part")).isEqualTo(5);
        for (String call :
                heard.requests.stream().map(SentRequest::call).distinct().toList()) {
            assertThat(heard.requests)
                    .as(call)
                    .filteredOn(request -> request.call().equals(call))
                    .hasSize((int) b2().count(call));
        }
        assertThat(heard.ofMessages).hasSameSizeAs(heard.requests);
        assertThat(sum(SentRequest::sent)).isBetween(7_000L, 7_000 + ofFailed() + 4 * 40);
        assertThat(heard.downloaded).isEqualTo(7_000);
        assertThat(heard.events).contains("retry b2_upload_part 503 service_unavailable", "login");
        assertThat(heard.requests)
                .filteredOn(it -> it.call().equals("b2_upload_part"))
                .allMatch(it -> it.bucket().equals(bucket));
    }

    private long ofFailed() {
        return heard.requests.stream()
                .filter(it -> it.call().equals("b2_upload_part") && it.status() != 200)
                .mapToLong(SentRequest::sent)
                .sum();
    }

    private long sum(ToLongFunction<SentRequest> figure) {
        return heard.requests.stream().mapToLong(figure).sum();
    }

    @Test
    void theClientsOwnCountsAreThoseOfItsRequests() {
        send("b2:" + bucket, bytes("hello"), Map.of("CamelB2FileName", "a"));
        template().requestBodyAndHeader("direct:read", null, "bucket", bucket);
        fail("b2:" + bucket, null, operation(B2Operations.getFileInfo, "absent"));

        B2Client client = heard.clients.get(0);
        assertThat(heard.clients).hasSize(1);
        assertThat(client.transactions())
                .isEqualTo(
                        new TransactionCounts(of(TransactionClass.A), of(TransactionClass.B), of(TransactionClass.C)));
        assertThat(client.traffic().sent())
                .as("with the SHA-1 behind the content")
                .isEqualTo(5 + 40);
        assertThat(client.traffic().received()).isEqualTo(5);
    }

    private long of(TransactionClass wanted) {
        return heard.requests.stream()
                .filter(it -> it.transactionClass() == wanted)
                .mapToLong(SentRequest::transactions)
                .sum();
    }

    @Test
    void aListingIsBilledByTheThousandEntriesThatItAnswers() {
        for (int i = 0; i < 2_001; i++) {
            b2().state().put(bucket, "f" + i, new byte[0]);
        }

        send("b2:" + bucket + "?operation=listFileNames", null, Map.of("CamelB2MaxFileCount", 10_000));

        assertThat(heard.requests)
                .filteredOn(it -> it.call().equals("b2_list_file_names"))
                .extracting(SentRequest::transactions)
                .containsExactly(3);
    }

    @Test
    void theContextOfTheLogGoesWithATaskAndDoesNotStay() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        CarryingExecutor carrying = new CarryingExecutor(threads, new B2Observer() {});
        try (MDC.MDCCloseable here = MDC.putCloseable("camel.exchangeId", "1")) {
            assertThat(carrying.submit(() -> MDC.get("camel.exchangeId")).get()).isEqualTo("1");
        }
        assertThat(threads.submit(() -> MDC.get("camel.exchangeId")).get()).isNull();

        carrying.shutdown();
        assertThat(threads.isShutdown()).isTrue();
    }

    @Test
    void aConsumerTellsWhatBecomesOfVersions() throws Exception {
        send("b2:" + bucket, bytes("good"), Map.of("CamelB2FileName", "good"));
        send("b2:" + bucket, bytes("bad"), Map.of("CamelB2FileName", "sub/bad"));

        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("b2:" + bucket + "?delay=60000&initialDelay=0&includeBody=true")
                        .routeId("inbox")
                        .convertBodyTo(InputStream.class)
                        .filter(header("CamelB2FileName").contains("bad"))
                        .throwException(new IllegalArgumentException("bad"));
            }
        });

        await().untilAsserted(() -> assertThat(heard.consumed)
                .containsEntry(ConsumerEvent.Kind.SEEN, 2L)
                .containsEntry(ConsumerEvent.Kind.CLAIMED, 2L)
                .containsEntry(ConsumerEvent.Kind.DELIVERED, 2L)
                .containsEntry(ConsumerEvent.Kind.SUCCEEDED, 1L)
                .containsEntry(ConsumerEvent.Kind.FAILED, 1L));
        assertThat(heard.lags).allMatch(lag -> !lag.isNegative() && lag.compareTo(Duration.ofMinutes(5)) < 0);
    }
}
