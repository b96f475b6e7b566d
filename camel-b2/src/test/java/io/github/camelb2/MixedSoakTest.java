// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

import com.sun.management.UnixOperatingSystemMXBean;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.client.call.KeyCalls.CreateKey;
import io.github.camelb2.client.call.KeyCalls.DeleteKey;
import io.github.camelb2.client.model.key.ApplicationKey;
import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.lending.B2ClientLease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One context uploads, another consumes and deletes, while one request in twelve fails in every way there is, both
 * contexts are stopped and made anew in turn, and their key is replaced and deleted.
 *
 * <p>What must hold: every content arrives whole; one arrives twice for no other reasons than a lost answer, an upload
 * that failed and was done again, or a reader that was stopped between its work and its delete; logins stay rare; heap,
 * threads, handles and connections stay flat. The figures are logged. {@code -Dsoak=true} for half an hour.
 */
@Timeout(3_600)
class MixedSoakTest {
    private static final Logger LOG = LoggerFactory.getLogger(MixedSoakTest.class);
    private static final Duration TIME =
            Duration.ofSeconds(Integer.getInteger("soak.seconds", Boolean.getBoolean("soak") ? 1_800 : 8));
    private static final Duration BETWEEN_RESTARTS =
            TIME.dividedBy(TIME.toSeconds() > 300 ? 60 : TIME.toSeconds() > 30 ? 12 : 4);
    private static final int CALLERS = 4;
    private static final int BACKLOG = 100;
    private static final String BUCKET = "mixed-soak";
    private static final List<String> FAULTS = List.of(
            "* 2% seed 1: status 503 service_unavailable",
            "* 1% seed 2: status 500 internal_error",
            "* 1% seed 3: drop request 60",
            "* 1% seed 4: drop response 30",
            "* 1% seed 5: lose-answer",
            "b2_* 0.3% seed 6: expire-token",
            "b2_upload_* 1% seed 7: status 400 bad_request",
            "b2_upload_* 1% seed 8: flip request 7",
            "b2_upload_* 1% seed 9: status 401 expired_auth_token",
            "* 0.5% seed 10: status 429 too_many_requests",
            "b2_upload_* 0.5% seed 11: reject 503");
    /** The rules above behind which work is done whose answer nobody gets. */
    private static final List<Integer> LOSING = List.of(1, 3, 4);

    private static final int EXPIRING = 5;

    /** How often each number arrived; of a fixed size, because the heap is watched. */
    private final AtomicIntegerArray arrivals = new AtomicIntegerArray(2_000_000);

    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger arrivedAgain = new AtomicInteger();
    private final List<String> damaged = new CopyOnWriteArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger doneAgain = new AtomicInteger();
    private final AtomicInteger interrupted = new AtomicInteger();
    private final AtomicInteger rotations = new AtomicInteger();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    private final List<Used> used = new ArrayList<>();

    private B2Emulator b2;
    private volatile Credentials key;
    private volatile DefaultCamelContext writer;
    private volatile DefaultCamelContext reader;

    private record Used(long heap, long handles, int threads) {}

    @BeforeEach
    void givenServiceAndContexts() throws Exception {
        b2 = B2Emulator.builder().minPartSize(1_000).recommendedPartSize(10_000).start();
        b2.state().createBucket(BUCKET);
        key = new Credentials(b2.applicationKeyId(), b2.applicationKey());
        key = newKey();
        writer = writer();
        reader = reader();
    }

    @AfterEach
    void stop() throws Exception {
        callers.shutdownNow();
        writer.close();
        reader.close();
        b2.close();
    }

    private DefaultCamelContext context() {
        DefaultCamelContext made = new DefaultCamelContext();
        made.getShutdownStrategy().setTimeUnit(TimeUnit.SECONDS);
        made.getShutdownStrategy().setTimeout(30);
        made.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
        configure(made.getComponent("b2", B2Component.class).getConfiguration(), key);
        return made;
    }

    private void configure(B2Configuration options, Credentials credentials) {
        options.setRealm(b2.url());
        options.setApplicationKeyId(credentials.applicationKeyId());
        options.setApplicationKey(credentials.applicationKey());
        options.setInitialBackoff(5);
        options.setMaxBackoff(100);
        options.setRetryTimeout(30_000);
    }

    private DefaultCamelContext writer() throws Exception {
        DefaultCamelContext made = context();
        made.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:up").to("b2:" + BUCKET + "?maxConcurrency=3");
            }
        });
        made.start();
        return made;
    }

    private DefaultCamelContext reader() throws Exception {
        DefaultCamelContext made = context();
        made.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("b2:" + BUCKET + "?deleteAfterRead=true&includeVersions=all&initialDelay=0&delay=20"
                                + "&maxMessagesPerPoll=50&bridgeErrorHandler=false")
                        .routeId("reader")
                        .process(MixedSoakTest.this::check);
            }
        });
        made.start();
        return made;
    }

    /** What was uploaded under a number: mostly small, one in eight in parts. */
    private static byte[] content(int number) {
        Random random = new Random(number);
        byte[] content = new byte[number % 8 == 0 ? 25_000 + random.nextInt(10_000) : 10 + random.nextInt(4_000)];
        random.nextBytes(content);
        return content;
    }

    private void check(Exchange exchange) throws Exception {
        int number = Integer.parseInt(exchange.getMessage()
                .getHeader(B2Constants.FILE_NAME, String.class)
                .substring(1));
        try (InputStream body = exchange.getMessage().getBody(InputStream.class)) {
            if (!Arrays.equals(body.readAllBytes(), content(number))) {
                damaged.add("f" + number);
            }
        }
        (arrivals.incrementAndGet(number) == 1 ? arrived : arrivedAgain).incrementAndGet();
    }

    @Test
    void nothingIsLostAndNothingGrows() throws Exception {
        FAULTS.forEach(b2.faults()::add);
        Instant start = Instant.now();
        long logins = b2.count("b2_authorize_account");
        List<Future<?>> work = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            work.add(callers.submit(this::uploadUntilTheEnd));
        }

        int restarts = disturb(start);
        stopping.set(true);
        for (Future<?> each : work) {
            each.get(120, TimeUnit.SECONDS);
        }
        long fired = b2.faults().fired();
        long lost =
                LOSING.stream().mapToLong(i -> b2.faults().fired(FAULTS.get(i))).sum();
        long expired = b2.faults().fired(FAULTS.get(EXPIRING));
        b2.faults().clear();
        await().atMost(Duration.ofMinutes(3)).until(() -> arrived.get() == next.get());
        await().atMost(Duration.ofMinutes(1))
                .until(() -> b2.state().names(BUCKET).isEmpty());

        long twice = arrivedAgain.get();
        logins = b2.count("b2_authorize_account") - logins;
        LOG.info(
                "{} uploads in {} s, {} requests failed, {} of them with their answer lost; {} uploads done again, {} arrived twice;"
                        + " {} restarts, {} keys, {} logins; at first {}, at last {}",
                next,
                Duration.between(start, Instant.now()).toSeconds(),
                fired,
                lost,
                doneAgain,
                twice,
                restarts,
                rotations,
                logins,
                used.get(0),
                used.get(used.size() - 1));
        assertThat(damaged).isEmpty();
        assertThat(fired).isGreaterThan(20);
        assertThat(rotations.get()).isPositive();
        assertThat(twice)
                .as("explained by lost answers, repeated uploads and stopped readers")
                .isLessThanOrEqualTo(lost + doneAgain.get() + interrupted.get());
        staysRare(logins, restarts, expired);
        staysFlat();
    }

    /** Two for each restart with a new key, which logs in to make and delete it as well, and two for each token that ended. */
    private static void staysRare(long logins, int restarts, long expired) {
        assertThat(logins).isLessThanOrEqualTo(4L + 4L * restarts + 2L * expired);
    }

    private void staysFlat() {
        Used warm = used.get(Math.min(1, used.size() - 1));
        Used last = used.get(used.size() - 1);
        assertThat(last.heap() - warm.heap()).as("growth of the heap").isLessThan(48L << 20);
        assertThat(last.handles() - warm.handles()).as("handles").isLessThan(64);
        assertThat(last.threads() - warm.threads()).as("threads").isLessThan(32);
    }

    private void uploadUntilTheEnd() {
        while (!stopping.get()) {
            // The reader is slower; what waits for it must not grow.
            await().atMost(Duration.ofMinutes(2)).until(() -> next.get() - arrived.get() < BACKLOG);
            int number = next.getAndIncrement();
            while (!upload(number)) {
                doneAgain.incrementAndGet();
            }
        }
    }

    private boolean upload(int number) {
        DefaultCamelContext through = writer;
        if (!through.isStarted()) {
            await().atMost(Duration.ofMinutes(1)).until(() -> writer.isStarted());
            through = writer;
        }
        try (ProducerTemplate template = through.createProducerTemplate()) {
            Exchange done = template.request("direct:up", exchange -> {
                exchange.getMessage().setBody(content(number));
                exchange.getMessage().setHeader(B2Constants.FILE_NAME, "f" + number);
            });
            return done.getException() == null;
        } catch (Exception stoppedMeanwhile) {
            LOG.debug("upload {} goes to the next context", number, stoppedMeanwhile);
            return false;
        }
    }

    /** Restarts the one and the other context, every fourth time with a new key; answers how often. */
    private int disturb(Instant start) throws Exception {
        int restarts = 0;
        while (Duration.between(start, Instant.now()).compareTo(TIME) < 0) {
            Instant until = Instant.now().plus(BETWEEN_RESTARTS);
            await().atMost(BETWEEN_RESTARTS.plusMinutes(1))
                    .until(() -> Instant.now().isAfter(until));
            Credentials old = key;
            boolean rotates = restarts % 4 == 0;
            if (rotates) {
                key = newKey();
                rotations.incrementAndGet();
            }
            if (rotates || restarts % 2 == 0) {
                restartWriter();
            }
            if (rotates || restarts % 2 == 1) {
                restartReader();
            }
            if (rotates) {
                withMaster(lease -> lease.client().call(DeleteKey.of(old.applicationKeyId())));
            }
            restarts++;
            used.add(measure());
            LOG.info("{} uploads, {}", next, used.get(used.size() - 1));
        }
        return restarts;
    }

    private void restartWriter() throws Exception {
        DefaultCamelContext old = writer;
        old.stop();
        writer = writer();
        old.close();
    }

    private void restartReader() throws Exception {
        DefaultCamelContext old = reader;
        interrupted.addAndGet(2);
        old.stop();
        reader = reader();
        old.close();
    }

    private interface Use {
        void with(B2ClientLease lease);
    }

    private void withMaster(Use use) throws Exception {
        try (DefaultCamelContext own = new DefaultCamelContext()) {
            B2Component component = own.getComponent("b2", B2Component.class);
            configure(component.getConfiguration(), new Credentials(b2.applicationKeyId(), b2.applicationKey()));
            own.start();
            try (B2ClientLease lease = component.borrowClient(component.getConfiguration())) {
                use.with(lease);
            }
        }
    }

    private Credentials newKey() throws Exception {
        List<ApplicationKey> made = new ArrayList<>();
        withMaster(lease -> made.add(lease.client()
                .call(CreateKey.of(
                        List.of(
                                Capability.LIST_BUCKETS,
                                Capability.LIST_FILES,
                                Capability.READ_FILES,
                                Capability.WRITE_FILES,
                                Capability.DELETE_FILES),
                        "soak-" + rotations.get()))));
        return new Credentials(
                made.get(0).applicationKeyId(), String.valueOf(made.get(0).applicationKey()));
    }

    private static Used measure() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        long handles = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
        return new Used(runtime.totalMemory() - runtime.freeMemory(), handles, Thread.activeCount());
    }
}
