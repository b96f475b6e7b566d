// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.apache.camel.spi.IdempotentRepository;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.slf4j.LoggerFactory;

import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;

import static org.assertj.core.api.Assertions.assertThat;

/** How often a consumer asks its memory, and that it is never out of date for it. */
class PagedMemoryRouteTest extends ConsumerTestSupport {
    private JdbcConnectionPool database;
    private Counting consumed;

    @BeforeEach
    void openDatabase() {
        database = JdbcConnectionPool.create("jdbc:h2:mem:" + bucket + ";DB_CLOSE_DELAY=-1", "sa", "");
        consumed = new Counting(database);
        context().getRegistry().bind("consumed", consumed);
    }

    @AfterEach
    void closeDatabase() {
        database.dispose();
    }

    @Test
    void aSweepOverKnownVersionsAsksOncePerPage() throws Exception {
        for (int i = 0; i < 1_500; i++) {
            known(put("f%04d".formatted(i), "1"));
        }
        consume("idempotentRepository=#consumed");

        assertThat(polled()).isEmpty();

        assertThat(consumed.questions).hasValue(2);
        assertThat(consumed.single).hasValue(0);
    }

    @Test
    void versionsThatArePassedOverAreNotWrittenInEverySweep() throws Exception {
        for (int i = 0; i < 20; i++) {
            put("f" + i, "old");
            put("f" + i, "new");
        }
        consume("idempotentRepository=#consumed");
        assertThat(polled()).hasSize(20);
        consumed.reset();

        assertThat(polled()).isEmpty();

        assertThat(consumed.questions).hasValue(1);
        assertThat(consumed.single).hasValue(0);
    }

    @Test
    void whatTheLastSweepLeftUndoneIsFoundByThePage() throws Exception {
        for (int i = 0; i < 20; i++) {
            known(put("known" + i, "1"));
        }
        put("a", "1");
        consume("idempotentRepository=#consumed&deleteAfterRead=true");
        b2().faults().add("b2_delete_file_version #1: status 403 access_denied");
        poll();
        assertThat(stored()).contains("a=1");
        consumed.reset();

        poll();

        assertThat(stored()).hasSize(20).doesNotContain("a=1");
        assertThat(consumed.questions).hasValue(2);
        assertThat(consumed.single).hasValueLessThan(10);
    }

    @Test
    void filesOfItsOwnAreKnownByThePage() throws Exception {
        put("in", "1");
        consume("idempotentRepository=#consumed", route -> route.process(this::record)
                .setBody(it -> "out")
                .setHeader("CamelFileName")
                .constant("out")
                .to("b2:" + bucket));
        assertThat(polled()).containsExactly("in=1");
        consumed.reset();

        assertThat(polled()).isEmpty();

        assertThat(consumed.questions).hasValue(2);
        assertThat(consumed.single).hasValue(0);
    }

    @Test
    void versionThatAnotherProcessSettlesAfterThePageWasAskedForIsNotDelivered() throws Exception {
        put("a", "1");
        StoredVersion b = put("b", "1");
        consume("idempotentRepository=#consumed");
        consumed.afterQuestion = keys -> consumed.add(b.fileId());

        assertThat(polled()).containsExactly("a=1");
    }

    @Test
    void versionWhoseKeyIsTakenAwayIsDeliveredAgain() throws Exception {
        StoredVersion a = put("a", "1");
        put("b", "1");
        consume("idempotentRepository=#consumed");
        polled();
        polled();

        consumed.remove(a.fileId());

        assertThat(polled()).containsExactly("a=1");
    }

    @Test
    void whatWasThereBeforeALateStartIsRememberedPageByPage() throws Exception {
        for (int i = 0; i < 1_500; i++) {
            put("f%04d".formatted(i), "1");
        }
        consume("idempotentRepository=#consumed&startFrom=9999-01-01T00:00:00Z");

        assertThat(polled()).isEmpty();

        assertThat(consumed.writes).hasValue(2);
        assertThat(consumed.single).hasValueLessThan(10);
    }

    @Test
    void aRepositoryThatAnswersForOneKeyIsAskedForNewOnesAndAPartOfTheOthers() throws Exception {
        OneByOne remote = new OneByOne();
        context().getRegistry().bind("remote", remote);
        for (int i = 0; i < 3_500; i++) {
            remote.add(put("f%04d".formatted(i), "1").fileId());
        }
        consume("idempotentRepository=#remote");
        assertThat(polled()).isEmpty();
        assertThat(remote.asked).hasSize(3_500);

        Set<String> again = new HashSet<>();
        for (int sweep = 0; sweep < 4; sweep++) {
            remote.asked.clear();
            assertThat(polled()).isEmpty();
            assertThat(remote.asked).hasSizeLessThan(1_500);
            again.addAll(remote.asked);
        }
        assertThat(again).hasSize(3_500);
    }

    @Test
    void aRepositoryThatAnswersForOneKeyTellsOfAFewKeysInEverySweep() throws Exception {
        OneByOne remote = new OneByOne();
        context().getRegistry().bind("remote", remote);
        StoredVersion a = put("a", "1");
        put("b", "1");
        consume("idempotentRepository=#remote");
        polled();
        polled();

        remote.remove(a.fileId());

        assertThat(polled()).containsExactly("a=1");
    }

    /** With {@code -Dsoak=true} and {@code -Xmx2g}: the sweeps over a million known versions that users wait for. */
    @Test
    @EnabledIfSystemProperty(named = "soak", matches = "true")
    void aSweepOverAMillionKnownVersionsTakesSeconds() throws Exception {
        int versions = Integer.getInteger("soak.known", 1_000_000);
        // The files are a formula, and a consumer that starts late makes their keys known, a page at a time.
        try (B2Emulator many = B2Emulator.builder().synthetic("many", versions).start()) {
            bucket = "many";
            String there = "realm=%s&applicationKeyId=%s&applicationKey=%s&idempotentRepository=#consumed"
                    .formatted(many.url(), many.applicationKeyId(), many.applicationKey());
            consume(there + "&startFrom=9999-01-01T00:00:00Z");
            logSweep("that fills the table");
            assertThat(consumed.writes).hasValueGreaterThanOrEqualTo(versions / 1000);
            context().getRouteController().stopRoute(ROUTE);
            context().removeRoute(ROUTE);
            consume(there);

            assertThat(logSweep("of a consumer that remembers nothing itself")).isLessThan(Duration.ofSeconds(30));
            assertThat(logSweep("after it")).isLessThan(Duration.ofSeconds(30));
        }
    }

    private Duration logSweep(String which) {
        consumed.reset();
        long start = System.nanoTime();
        assertThat(polled()).isEmpty();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        LoggerFactory.getLogger(getClass()).info("sweep {} took {} with {} questions", which, took, consumed.questions);
        return took;
    }

    private void known(StoredVersion version) {
        assertThat(consumed.add(version.fileId())).isTrue();
        consumed.reset();
    }

    /** Counts its questions for many keys and for one, and its writes of many. */
    private static final class Counting extends JdbcConsumedRepository {
        final AtomicInteger questions = new AtomicInteger();
        final AtomicInteger single = new AtomicInteger();
        final AtomicInteger writes = new AtomicInteger();
        volatile Consumer<Collection<String>> afterQuestion = keys -> {};

        Counting(JdbcConnectionPool database) {
            super(database, "test");
            start();
        }

        void reset() {
            questions.set(0);
            single.set(0);
            writes.set(0);
        }

        @Override
        public Set<String> containedOf(Collection<String> keys) {
            questions.incrementAndGet();
            Set<String> answer = super.containedOf(keys);
            afterQuestion.accept(keys);
            return answer;
        }

        @Override
        public void addAll(Collection<String> keys) {
            writes.incrementAndGet();
            super.addAll(keys);
        }

        @Override
        public boolean contains(String key) {
            single.incrementAndGet();
            return super.contains(key);
        }

        @Override
        public boolean add(String key) {
            single.incrementAndGet();
            return super.add(key);
        }
    }

    /** As one on the other side of a network. */
    private static final class OneByOne implements IdempotentRepository {
        final Set<String> asked = ConcurrentHashMap.newKeySet();
        private final Set<String> keys = ConcurrentHashMap.newKeySet();

        @Override
        public boolean add(String key) {
            return keys.add(key);
        }

        @Override
        public boolean contains(String key) {
            asked.add(key);
            return keys.contains(key);
        }

        @Override
        public boolean remove(String key) {
            return keys.remove(key);
        }

        @Override
        public boolean confirm(String key) {
            return true;
        }

        @Override
        public void clear() {
            keys.clear();
        }

        @Override
        public void start() {}

        @Override
        public void stop() {}
    }
}
