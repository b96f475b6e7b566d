// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import javax.management.ObjectName;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.lending.B2ClientLease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/** What {@code maxBytesPerSecond} does to uploads and downloads, and who may change it. */
class BandwidthRouteTest extends B2TestSupport {
    private static final Logger LOG = LoggerFactory.getLogger(BandwidthRouteTest.class);

    private static final byte[] CONTENT = new byte[60_000];

    BandwidthRouteTest() {
        testConfiguration().withJMX(true);
    }

    private long millis(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    @Test
    void bothDirectionsTakeTheirTime() {
        String bucket = B2.createBucket();
        String uri = "b2:" + bucket + "?fileName=a&partSize=5MB&maxBytesPerSecond=300KB&operation=";

        // The first tenth of a second may go at once.
        long up = millis(() -> send(uri + "uploadFile", CONTENT, Map.of()));
        long down = millis(() -> assertThat(
                        send(uri + "downloadFile", null, Map.of()).getMessage().getBody(byte[].class))
                .hasSize(CONTENT.length));

        assertThat(up + down).isGreaterThanOrEqualTo(250);
    }

    @Test
    void aLimitThatIsLiftedOverJmxFreesWhatIsUnderWay() throws Exception {
        String bucket = B2.createBucket();
        CompletableFuture<Exchange> slow = CompletableFuture.supplyAsync(
                () -> trySending("b2:" + bucket + "?fileName=a&maxBytesPerSecond=1KB", CONTENT, Map.of()));
        ManagedBeans beans = new ManagedBeans(context());
        await().atMost(Duration.ofSeconds(60)).until(() -> b2().openConnections() > 0 && limited(beans) != null);
        ObjectName account = limited(beans);

        assertThat(slow).isNotDone();
        for (String nothing : List.of("", "  ", "soon")) {
            assertThatThrownBy(() -> beans.invoke(account, "limitBytesPerSecond", nothing))
                    .rootCause()
                    .hasMessageContaining("write")
                    .hasMessageContaining(nothing.isBlank() ? "(\"\")" : nothing);
            assertThat(beans.attribute(account, "BytesPerSecondNow")).isEqualTo(1000L);
        }
        beans.invoke(account, "limitBytesPerSecond", "off");

        assertThat(slow.get(20, TimeUnit.SECONDS).getException()).isNull();
        assertThat(beans.attribute(account, "BytesPerSecondNow")).isEqualTo(-1L);
    }

    private static ObjectName limited(ManagedBeans beans) throws Exception {
        for (ObjectName bean : beans.named("type", "services")) {
            if (beans.attributes(bean).contains("BytesPerSecondNow")
                    && beans.attribute(bean, "BytesPerSecondNow").equals(1000L)) {
                return bean;
            }
        }
        return null;
    }

    @Test
    void whoWaitsForATurnIsWokenUpWhenTheClientIsClosedOrTheThreadInterrupted() throws Exception {
        String bucket = B2.createBucket();
        CompletableFuture<Exchange> ended = new CompletableFuture<>();
        Thread waiting = new Thread(() ->
                ended.complete(trySending("b2:" + bucket + "?fileName=a&maxBytesPerSecond=1KB", CONTENT, Map.of())));
        Thread interrupted =
                new Thread(() -> trySending("b2:" + bucket + "?fileName=b&maxBytesPerSecond=1KB", CONTENT, Map.of()));
        waiting.start();
        interrupted.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> isWaiting(waiting) && isWaiting(interrupted));

        interrupted.interrupt();
        interrupted.join(20_000);
        assertThat(interrupted.isAlive()).isFalse();
        B2Configuration options = component().getConfiguration().copy();
        options.setMaxBytesPerSecond("1KB");
        try (B2ClientLease lease = component().borrowClient(options)) {
            lease.client().close();
        }
        assertThat(ended.get(20, TimeUnit.SECONDS).getException()).isNotNull();
        assertThat(b2().state().names(bucket)).isEmpty();
    }

    private static boolean isWaiting(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().endsWith(".Bandwidth")
                        && frame.getMethodName().equals("take"));
    }

    @Test
    void endpointsThatSayTheSameShareOneLimitAndOthersHaveTheirOwn() {
        B2Configuration options = component().getConfiguration().copy();
        options.setMaxBytesPerSecond("1MB");
        B2Configuration others = component().getConfiguration().copy();
        others.setMaxBytesPerSecond("2MB");
        try (B2ClientLease one = component().borrowClient(options);
                B2ClientLease same = component().borrowClient(options.copy());
                B2ClientLease other = component().borrowClient(others)) {
            assertThat(same.client().bandwidth()).isSameAs(one.client().bandwidth());
            assertThat(other.client().bandwidth()).isNotSameAs(one.client().bandwidth());
        }
    }

    /** With {@code -Dsoak=true}: 30 s at 4 MB a second, with as many transfers, half of them downloads. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    @EnabledIfSystemProperty(named = "soak", matches = "true")
    void halfAMinuteBringsWhatTheLimitSays(int count) throws Exception {
        String bucket = B2.createBucket();
        byte[] large = new byte[2_000_000];
        b2().state().put(bucket, "down", large);
        String uri = "b2:" + bucket + "?maxBytesPerSecond=4MB&partSize=5MB&maxConcurrency=1&operation=";
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        long[] bytes = new long[count];
        long start = System.nanoTime();
        List<CompletableFuture<Void>> all = IntStream.range(0, count)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> {
                            while (System.nanoTime() < end) {
                                if (i % 2 == 0) {
                                    send(uri + "uploadFile&fileName=up" + i, large, Map.of());
                                } else {
                                    send(uri + "downloadFile&fileName=down", null, Map.of())
                                            .getMessage()
                                            .getBody(byte[].class);
                                }
                                bytes[i] += large.length;
                            }
                        },
                        work -> new Thread(work).start()))
                .toList();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(120, TimeUnit.SECONDS);
        double seconds = (System.nanoTime() - start) / 1e9;
        long sum = IntStream.range(0, count).mapToLong(i -> bytes[i]).sum();

        LOG.info(
                "{} transfers: {} bytes per second of 4000000 over {} s, each {}",
                count,
                Math.round(sum / seconds),
                seconds,
                Arrays.toString(bytes));
        assertThat(sum / seconds).isCloseTo(4e6, within(0.2e6));
    }
}
