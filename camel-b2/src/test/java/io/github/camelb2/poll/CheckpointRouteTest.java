// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.processor.state.FileStateRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.B2Component;
import io.github.camelb2.poll.claim.RecentKeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A sweep goes on where it was after a restart or a kill, and passes over nothing that was not delivered. */
class CheckpointRouteTest extends ConsumerTestSupport {
    private static final String OPTIONS = "idempotentRepository=#known&checkpoint=#state&maxMessagesPerPoll=10";

    @TempDir
    Path directory;

    /** Neither forgets anything when a context stops. */
    private final IdempotentRepository known = new RecentKeys(100_000);

    private final Places state = new Places();

    /** A consumer as a process of its own: it shares only the two repositories. */
    private DefaultCamelContext process(StateRepository<String, String> places) {
        DefaultCamelContext made = new DefaultCamelContext();
        made.getRegistry().bind("failures", failures);
        made.getRegistry().bind("claims", new RecentKeys(1_000));
        made.getRegistry().bind("known", known);
        made.getRegistry().bind("state", places);
        configure(made.getComponent("b2", B2Component.class).getConfiguration());
        return made;
    }

    private static void poll(DefaultCamelContext process) {
        ((B2Consumer) process.getRoute(ROUTE).getConsumer()).run();
    }

    private void files(int count) {
        IntStream.range(0, count).forEach(it -> put("f%03d".formatted(it), "1"));
    }

    private static List<String> expected(int from, int to) {
        return IntStream.range(from, to).mapToObj("f%03d=1"::formatted).toList();
    }

    /** What the first listing since the requests were forgotten began with; empty for the front. */
    private String firstListing() {
        String json = b2().requests("b2_list_file_versions").get(0).json();
        return json.contains("\"startFileName\":\"") ? json.replaceAll(".*\"startFileName\":\"([^\"]*)\".*", "$1") : "";
    }

    private String listedBy(DefaultCamelContext process) {
        b2().resetRequests();
        poll(process);
        return firstListing();
    }

    @Test
    void theSweepGoesOnWhereItWasAfterARestart() throws Exception {
        files(30);
        try (DefaultCamelContext first = process(state)) {
            consumeIn(first, OPTIONS, route -> route.process(this::record));
            poll(first);
            poll(first);
        }
        assertThat(delivered).isEqualTo(expected(0, 20));

        try (DefaultCamelContext second = process(state)) {
            consumeIn(second, OPTIONS, route -> route.process(this::record));
            assertThat(listedBy(second)).isEqualTo("f019");
            put("a-new-one", "1");
            poll(second);
            poll(second);
        }

        List<String> all = new ArrayList<>(expected(0, 30));
        all.add("a-new-one=1");
        assertThat(delivered).isEqualTo(all);
    }

    @Test
    void whatWasUnderWayWhenTheProcessWasKilledIsBehindThePlace() throws Exception {
        files(10);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        try (DefaultCamelContext killed = process(state);
                DefaultCamelContext second = process(state)) {
            String threes = OPTIONS.replace("Poll=10", "Poll=3");
            consumeIn(
                    killed,
                    threes,
                    route -> route.process(it -> {
                        if ("f004".equals(it.getMessage().getHeader("CamelB2FileName"))) {
                            begun.countDown();
                            assertThat(gate.await(60, TimeUnit.SECONDS)).isTrue();
                            throw new IllegalStateException("killed");
                        }
                        record(it);
                    }));
            poll(killed);
            CompletableFuture<Void> stuck = CompletableFuture.runAsync(() -> poll(killed));
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();

            consumeIn(second, OPTIONS, route -> route.process(this::record));
            assertThat(listedBy(second)).isEqualTo("f002");

            assertThat(delivered).containsExactlyInAnyOrderElementsOf(expected(0, 10));
            gate.countDown();
            stuck.get(60, TimeUnit.SECONDS);
        }
        failures.clear();
    }

    @Test
    void whatFailedKeepsThePlaceUntilTheSweepIsAtItsEnd() throws Exception {
        files(40);
        try (DefaultCamelContext first = process(state)) {
            consumeIn(first, OPTIONS, route -> route.process(this::record).process(it -> {
                if ("f013".equals(it.getMessage().getHeader("CamelB2FileName"))) {
                    throw new IllegalStateException("the route failed");
                }
            }));
            poll(first);
            poll(first);
            poll(first);
        }
        delivered.clear();

        try (DefaultCamelContext second = process(state)) {
            consumeIn(second, OPTIONS, route -> route.process(this::record));
            assertThat(listedBy(second)).isEqualTo("f009");
            assertThat(delivered).startsWith("f013=1");
            for (int i = 0; i < 3; i++) {
                poll(second);
            }
            assertThat(delivered).hasSize(11);
            b2().resetRequests();
            poll(second);
            assertThat(firstListing()).isEmpty();
        }
    }

    /** Ten million settled versions are a sweep of an hour, in which nothing is delivered. */
    @Test
    void aSweepThatFindsNothingKeepsItsPlaceFromPageToPage() throws Exception {
        for (int i = 0; i < 2_500; i++) {
            b2().state().putUnkept(bucket, "f%04d".formatted(i), 1);
        }
        try (DefaultCamelContext first = process(state)) {
            consumeIn(first, OPTIONS + "&exclude=.*", route -> route.process(this::record));
            b2().faults().add("b2_list_file_versions #3: status 400 bad_request");
            poll(first);
        }
        failures.clear();

        try (DefaultCamelContext second = process(state)) {
            consumeIn(second, OPTIONS + "&exclude=.*", route -> route.process(this::record));
            assertThat(listedBy(second)).isEqualTo("f1499");
        }
        assertThat(delivered).isEmpty();
    }

    @Test
    void otherFiltersAndOtherBucketsBeginFromTheFront() throws Exception {
        files(30);
        try (DefaultCamelContext first = process(state)) {
            consumeIn(first, OPTIONS, route -> route.process(this::record));
            poll(first);
        }
        for (String other :
                List.of("&exclude=x", "&minSize=1", "&includeVersions=all", "&startFromFileName=f0", "&prefix=f")) {
            try (DefaultCamelContext second = process(state)) {
                consumeIn(second, OPTIONS + other, route -> route.process(this::record));
                assertThat(listedBy(second)).as(other).isIn("", "f0");
            }
        }
        String before = bucket;
        template().requestBody("b2:" + before + "?operation=deleteFiles&prefix=f", (Object) null);
        template().requestBody("b2:" + before + "?operation=deleteBucket", (Object) null);
        b2().state().createBucket(before);
        put("a", "of a new bucket");
        delivered.clear();
        try (DefaultCamelContext third = process(state)) {
            consumeIn(third, OPTIONS, route -> route.process(this::record));
            poll(third);
        }
        assertThat(delivered).containsExactly("a=of a new bucket");
    }

    @Test
    void versionsOfOneNameAreGoneOnWithInTheirMidst() throws Exception {
        for (int i = 0; i < 5; i++) {
            put("a", String.valueOf(i));
        }
        String options = OPTIONS.replace("Poll=10", "Poll=2") + "&includeVersions=all";
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            try (DefaultCamelContext process = process(state)) {
                consumeIn(process, options, route -> route.process(this::record));
                poll(process);
            }
        }
        all.addAll(delivered);
        Collections.sort(all);
        assertThat(all).containsExactly("a=0", "a=1", "a=2", "a=3", "a=4");
    }

    @Test
    void aPlaceThatWasNotWrittenWholeIsTheFrontAndARepositoryThatIsAwayKeepsNothingBack() throws Exception {
        files(20);
        Path file = directory.resolve("places");
        FileStateRepository places = FileStateRepository.fileStateRepository(file.toFile());
        try (DefaultCamelContext first = process(places)) {
            consumeIn(first, OPTIONS, route -> route.process(this::record));
            poll(first);
        }
        String whole = Files.readString(file);
        try (DefaultCamelContext second = process(FileStateRepository.fileStateRepository(file.toFile()))) {
            consumeIn(second, OPTIONS.replace("Poll=10", "Poll=1"), route -> route.process(this::record));
            assertThat(listedBy(second)).isEqualTo("f009");
        }
        Files.writeString(file, whole.substring(0, whole.length() - 20));
        try (DefaultCamelContext third = process(FileStateRepository.fileStateRepository(file.toFile()))) {
            consumeIn(third, OPTIONS, route -> route.process(this::record));
            assertThat(listedBy(third)).isEmpty();
        }
        try (DefaultCamelContext fourth = process(new Away())) {
            consumeIn(fourth, OPTIONS, route -> route.process(this::record));
            put("g", "1");
            poll(fourth);
            poll(fourth);
        }
        assertThat(delivered).hasSize(21).doesNotHaveDuplicates().contains("g=1");
        assertThat(failures.all()).isEmpty();
    }

    @Test
    void whateverFailsAndStopsEachFileIsDeliveredOnce() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        files(60);
        List<String> done = new ArrayList<>();
        for (int life = 0; life < 200 && done.size() < 60; life++) {
            boolean isReliable = life > 12;
            try (DefaultCamelContext process = process(state)) {
                consumeIn(
                        process,
                        OPTIONS.replace("Poll=10", "Poll=" + (1 + random.nextInt(9))),
                        route -> route.process(it -> {
                            if (!isReliable && random.nextInt(8) == 0) {
                                throw new IllegalStateException("the route failed");
                            }
                            done.add(it.getMessage().getHeader("CamelB2FileName") + "=1");
                        }));
                for (int polls = random.nextInt(4); polls >= 0; polls--) {
                    poll(process);
                }
            }
        }
        failures.clear();
        assertThat(done).as("seed " + seed).containsExactlyInAnyOrderElementsOf(expected(0, 60));
    }

    @Test
    void whatSweepsNothingHasNoCheckpoint() {
        context().getRegistry().bind("state", state);
        for (String option : List.of("order=uploadTime", "fileName=a")) {
            assertThatThrownBy(() -> consume("checkpoint=#state&" + option, route -> route.process(this::record)))
                    .hasStackTraceContaining("Option checkpoint")
                    .hasStackTraceContaining("cannot be");
        }
    }

    private static class Places implements StateRepository<String, String> {
        private final Map<String, String> places = new ConcurrentHashMap<>();

        @Override
        public void setState(String key, String value) {
            places.put(key, value);
        }

        @Override
        public String getState(String key) {
            return places.get(key);
        }

        @Override
        public void start() {}

        @Override
        public void stop() {}
    }

    private static final class Away extends Places {
        @Override
        public void setState(String key, String value) {
            throw new IllegalStateException("the database is away");
        }

        @Override
        public String getState(String key) {
            throw new IllegalStateException("the database is away");
        }
    }
}
