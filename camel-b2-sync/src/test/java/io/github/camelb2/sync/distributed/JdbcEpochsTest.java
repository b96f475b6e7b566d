// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.cost.Bill;
import io.github.camelb2.client.retry.Sleeper;
import io.github.camelb2.sync.plan.ScanEnd;
import io.github.camelb2.sync.plan.actions.Expected;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.report.PlanResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Which coordinator holds a sync, in each database that is there. */
class JdbcEpochsTest {
    private static final Duration PATIENCE = Duration.ofMillis(200);
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static EmbeddedPostgres postgres;
    private static MariaDb mariaDb;

    @TempDir
    static Path directory;

    static Stream<String> databases() {
        return Stream.of("H2", "H2 as MariaDB");
    }

    @AfterAll
    static void stop() throws Exception {
        if (postgres != null) {
            postgres.close();
        }
        if (mariaDb != null) {
            mariaDb.close();
        }
    }

    private static DataSource database(String kind) throws Exception {
        if (kind.equals("MariaDB")) {
            assumeTrue(MariaDb.isInstalled(), "MariaDB is not installed: install mariadb-server");
            mariaDb = mariaDb == null ? MariaDb.start(directory) : mariaDb;
            return mariaDb.newDatabase();
        }
        int number = DATABASES.incrementAndGet();
        if (kind.equals("PostgreSQL")) {
            postgres = postgres == null ? EmbeddedPostgres.start() : postgres;
            try (var connection = postgres.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE epochs_" + number);
            }
            return postgres.getDatabase("postgres", "epochs_" + number);
        }
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setUrl("jdbc:h2:mem:epochs_" + number + ";DB_CLOSE_DELAY=-1"
                + (kind.contains("MariaDB") ? ";MODE=MariaDB;DATABASE_TO_LOWER=TRUE" : ""));
        return h2;
    }

    private static Epochs epochs(DataSource database) {
        return new JdbcEpochs(database, PATIENCE, InstantSource.system(), Sleeper.create());
    }

    @ParameterizedTest
    @MethodSource("databases")
    void eachRunHasALaterEpochAndWhoeverDiesIsTakenOver(String kind) throws Exception {
        DataSource database = database(kind);
        Term first = epochs(database).begin("photos", "run-1");
        assertThat(first.unfinished()).isEmpty();
        assertThat(first.holds("TRANSFERRING")).isTrue();
        first.end();

        Term second = epochs(database).begin("photos", "run-2");
        assertThat(second.epoch()).isGreaterThan(first.epoch());
        assertThat(second.unfinished()).isEmpty();
        assertThat(second.holds("TRANSFERRING")).isTrue();

        // The second dies here.
        Term third = epochs(database).begin("photos", "run-3");
        assertThat(third.epoch()).isGreaterThan(second.epoch());
        assertThat(third.unfinished()).contains(new Term.Unfinished("run-2", "TRANSFERRING", Optional.empty()));
        assertThat(second.holds("REMOVING")).isFalse();
        second.end();
        assertThat(third.holds("REMOVING")).isTrue();
        assertThat(epochs(database).begin("Photos", "other").unfinished()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PostgreSQL", "MariaDB"})
    @Tag("full")
    void whoeverDiesIsTakenOverOnServersToo(String kind) throws Exception {
        eachRunHasALaterEpochAndWhoeverDiesIsTakenOver(kind);
        whatARunLeftIsReadByWhoeverTakesOverAndByNobodyElse(kind);
        largeFilesAreKnownUntilTheyAreGoneAlsoByLaterRuns(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PostgreSQL", "MariaDB"})
    @Tag("full")
    void whoeverLivesIsNotTakenOverAndOfManyOneTakesOverOnServersToo(String kind) throws Exception {
        whoeverLivesIsNotTakenOver(kind);
        ofManyThatTakeOverAtOnceOneDoes(kind);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void whatARunLeftIsReadByWhoeverTakesOverAndByNobodyElse(String kind) throws Exception {
        DataSource database = database(kind);
        Term dead = epochs(database).begin("photos", "run-1");
        for (int i = 1; i <= 2_500; i++) {
            dead.plans().keep(plan(i));
        }
        dead.plans().ended(plan(7), "w", RESULT);
        dead.plans().ended(plan(8), "w", RESULT);
        dead.plans().again(plan(8));
        dead.plans().attempted(plan(9), 3);
        dead.plans().scanned("options", END);
        dead.plans().ended(plan(2_000), "w", RESULT);
        assertThat(dead.holds("TRANSFERRING")).isTrue();

        Term next = epochs(database).begin("photos", "run-2");

        assertThat(next.unfinished())
                .contains(new Term.Unfinished("run-1", "TRANSFERRING", Optional.of(new Term.Left("options", END))));
        assertThatThrownBy(() -> dead.plans().scanned("options", END)).hasMessageContaining("taken");
        dead.end();
        Map<Long, PlanLedger.Kept> read = new TreeMap<>();
        long beats = beats(database);
        next.plans().read(kept -> read.put(kept.plan().planId(), kept));
        assertThat(beats(database)).as("who reads for long says that it lives").isEqualTo(beats + 3);
        assertThat(read).hasSize(2_500);
        assertThat(read.get(5L)).isEqualTo(new PlanLedger.Kept(plan(5), 1, "", Optional.empty()));
        assertThat(read.get(7L)).isEqualTo(new PlanLedger.Kept(plan(7), 1, "w", Optional.of(RESULT)));
        assertThat(read.get(8L).end()).isEmpty();
        assertThat(read.get(9L).attempt()).isEqualTo(3);
        assertThat(read.get(2_000L).end()).isPresent();
        next.end();
        assertThat(rows(database)).isZero();
        assertThat(epochs(database).begin("photos", "run-3").unfinished()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void largeFilesAreKnownUntilTheyAreGoneAlsoByLaterRuns(String kind) throws Exception {
        DataSource database = database(kind);
        Term dead = epochs(database).begin("files", "run-1");
        BegunFile first = new BegunFile("4_z1", 7, "\u00e4\uD83D\uDE00/1", false);
        dead.plans().begun(first);
        dead.plans().begun(new BegunFile("4_z2", 8, "b", false));
        dead.plans().begun(new BegunFile("4_z3", 9, "c", false));
        dead.plans().begun(new BegunFile("4_z3", 9, "c", true));
        dead.plans().gone("4_z2");
        dead.plans().scanned("options", END);

        Term next = epochs(database).begin("files", "run-2");

        assertThat(next.plans().begunFiles()).containsExactlyInAnyOrder(first, new BegunFile("4_z3", 9, "c", true));
        next.plans().gone("4_z3");
        next.end();
        Term later = epochs(database).begin("files", "run-3");
        BegunFile ofNoPlan = new BegunFile("4_z1", BegunFile.OF_OTHER_RUN, first.path(), false);
        assertThat(later.plans().begunFiles()).containsExactly(ofNoPlan);
        later.plans().begun(new BegunFile("4_z1", 5, first.path(), false));

        // It dies while it scans: its plans are nobody's.
        Term last = epochs(database).begin("files", "run-4");
        assertThat(last.plans().begunFiles()).containsExactly(ofNoPlan);
        assertThat(epochs(database).begin("others", "run-5").plans().begunFiles())
                .isEmpty();
    }

    @Test
    void aRunWhoseScansHadNotEndedLeavesNothing() throws Exception {
        DataSource database = database("H2");
        Term dead = epochs(database).begin("photos", "run-1");
        dead.plans().keep(plan(1));
        assertThat(dead.holds("SCANNING")).isTrue();
        assertThat(rows(database)).isOne();

        Term next = epochs(database).begin("photos", "run-2");

        assertThat(next.unfinished()).contains(new Term.Unfinished("run-1", "SCANNING", Optional.empty()));
        assertThat(rows(database)).isZero();
    }

    @Test
    void whatComesLateDoesNotOpenARunThatHasEnded() throws Exception {
        DataSource database = database("H2");
        Term term = epochs(database).begin("photos", "run-1");
        term.end();

        term.plans().ended(plan(1), "w", RESULT);
        assertThat(term.holds("TRANSFERRING")).isTrue();

        assertThat(epochs(database).begin("photos", "run-2").unfinished()).isEmpty();
        assertThat(rows(database)).isZero();
    }

    /** A run that was broken off: the next one begins at once, and gives nothing before its removals are too old. */
    @Test
    void whoeverLeavesRemovalsAtTheBrokerHasTheNextRunWaitForThem() throws Exception {
        DataSource database = database("H2");
        Term term = epochs(database).begin("photos", "run-1");
        assertThat(term.settling()).isZero();
        assertThat(term.removalTime()).isLessThan(PATIENCE.dividedBy(2));
        term.leavesRemovals();
        term.end();

        Term next = epochs(database).begin("photos", "run-2");

        assertThat(next.unfinished()).isEmpty();
        assertThat(next.settling()).isEqualTo(term.removalTime());
        next.end();
        assertThat(epochs(database).begin("photos", "run-3").settling()).isZero();
    }

    /** A machine that was paused: some of its clocks stood still with it. */
    @Test
    void whoeverStoodStillAsksTheDatabaseBeforeItRemovesAnything() throws Exception {
        DataSource database = database("H2");
        AtomicLong ahead = new AtomicLong();
        InstantSource clock = () -> InstantSource.system().instant().plusMillis(ahead.get());
        Term paused = new JdbcEpochs(database, PATIENCE, clock, Sleeper.create()).begin("photos", "run-1");
        assertThat(paused.holds("REMOVING")).isTrue();
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE B2_SYNC_RUN SET epoch = epoch + 1");
        }
        ahead.set(PATIENCE.toMillis());

        assertThat(paused.mayRemove()).isFalse();
        assertThat(paused.loss()).contains("another coordinator has taken sync photos over");
    }

    private static final PlanResult RESULT =
            new PlanResult(PlanResult.Outcome.DONE, List.of(new PlanResult.Done(0, "id")), "", List.of(), Bill.NOTHING);
    private static final ScanEnd END = new ScanEnd(
            1,
            2,
            3,
            4,
            new ScanEnd.Counts(5, 6, 7, 8, 9, 10, 11),
            Optional.empty(),
            true,
            Set.of("dir/\u00e4\uD83D\uDE00"));

    private static PathPlan plan(int number) {
        String path = "\u00e4\uD83D\uDE00/" + number;
        return new PathPlan(
                "run-1",
                number,
                path,
                new Expected.Nothing(),
                List.of(new SyncAction.Upload(path, number, 1_700_000_000_000L)),
                List.of());
    }

    private static long beats(DataSource database) throws Exception {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT beat FROM B2_SYNC_RUN")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static long rows(DataSource database) throws Exception {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT (SELECT COUNT(*) FROM B2_SYNC_PLAN) + (SELECT COUNT(*) FROM B2_SYNC_SCAN)")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void whoeverLivesIsNotTakenOver() throws Exception {
        whoeverLivesIsNotTakenOver("H2");
    }

    private void whoeverLivesIsNotTakenOver(String kind) throws Exception {
        DataSource database = database(kind);
        Term alive = epochs(database).begin("photos", "run-1");
        ExecutorService beats = Executors.newSingleThreadExecutor();
        Future<?> beating = beats.submit(() -> {
            Sleeper sleeper = Sleeper.create();
            while (alive.holds("SCANNING")) {
                sleeper.sleep(Duration.ofMillis(10));
            }
            return null;
        });
        try {
            assertThatThrownBy(() -> epochs(database).begin("photos", "run-2"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("still under way with another coordinator");
            assertThat(beating.isDone()).isFalse();
        } finally {
            beats.shutdownNow();
        }
    }

    @Test
    void ofManyThatTakeOverAtOnceOneDoes() throws Exception {
        ofManyThatTakeOverAtOnceOneDoes("H2");
    }

    private void ofManyThatTakeOverAtOnceOneDoes(String kind) throws Exception {
        DataSource database = database(kind);
        Term dead = epochs(database).begin("photos", "dead");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<Term>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String run = "run-" + i;
            all.add(threads.submit(() -> epochs(database).begin("photos", run)));
        }
        int taken = 0;
        for (Future<Term> one : all) {
            try {
                assertThat(one.get().epoch()).isGreaterThan(dead.epoch());
                taken++;
            } catch (java.util.concurrent.ExecutionException e) {
                assertThat(e).hasRootCauseInstanceOf(IllegalStateException.class);
            }
        }
        threads.shutdownNow();
        assertThat(taken).isOne();
    }

    @Test
    void aDatabaseThatIsGoneLetsNothingBeRemoved() throws Exception {
        JdbcDataSource database = (JdbcDataSource) database("H2");
        Term term = epochs(database).begin("photos", "run-1");
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("DROP TABLE B2_SYNC_RUN");
        }

        assertThat(term.holds("TRANSFERRING")).isTrue();
        assertThat(term.holds("REMOVING")).isFalse();
        assertThatThrownBy(
                        () -> new JdbcEpochs(new JdbcDataSource(), PATIENCE, InstantSource.system(), Sleeper.create())
                                .begin("photos", "run-2"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ledger");
    }
}
