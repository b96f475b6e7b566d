// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.camelb2.client.retry.Sleeper;
import io.github.camelb2.sync.action.ActionListener;
import io.github.camelb2.sync.action.ActionRunner;
import io.github.camelb2.sync.action.LocalSide;
import io.github.camelb2.sync.action.Location;
import io.github.camelb2.sync.action.Sides;
import io.github.camelb2.sync.action.local.Temporaries;
import io.github.camelb2.sync.plan.LastLook;
import io.github.camelb2.sync.plan.SyncPlanner;
import io.github.camelb2.sync.plan.actions.Expected;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.plan.actions.SyncRun;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.merge.Revisit;
import io.github.camelb2.sync.plan.path.Likeness;
import io.github.camelb2.sync.plan.policy.SyncPolicy;
import io.github.camelb2.sync.plan.spool.PlanSpool;
import io.github.camelb2.sync.planfile.PlannedPath;
import io.github.camelb2.sync.report.ReportCollector;
import io.github.camelb2.sync.report.SyncProgress;
import io.github.camelb2.sync.report.SyncProgressListener;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.report.WithheldMemory;
import io.github.camelb2.sync.run.limit.RunBudget;
import io.github.camelb2.sync.run.limit.RunLimits;
import io.github.camelb2.sync.run.look.SourceLook;
import io.github.camelb2.sync.scan.ScanFilters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SyncSessionTest {
    private static final int WORKERS = 4;

    private final ExecutorService pool = Executors.newFixedThreadPool(WORKERS);
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final AtomicInteger pulled = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger mostAhead = new AtomicInteger();
    private final Set<String> uploaded = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile String failing = "";
    private final ReportCollector collected = new ReportCollector();

    @AfterEach
    void stop() {
        pool.shutdownNow();
        callers.shutdownNow();
    }

    @Test
    void noMorePlansArePulledThanWorkersHaveInHand() {
        SyncSession session = session(files(5_000));

        session.executeAll(pool);
        SyncReport report = session.finish();

        assertThat(uploaded).hasSize(5_000);
        assertThat(report.isComplete()).isTrue();
        assertThat(report.compared()).isEqualTo(5_000);
        assertThat(mostAhead.get()).isBetween(1, WORKERS);
        assertThat(session.peakUnderWay()).isBetween(1L, (long) WORKERS);
    }

    @Test
    void planThatIsCarriedOutTwiceCountsOnce() throws Exception {
        SyncSession session = session(files(3));
        PathPlan first = session.next();
        session.execute(first);
        session.execute(first);
        session.execute(first);

        PathPlan second = session.next();
        PathPlan third = session.next();

        assertThat(session.peakUnderWay()).isEqualTo(2);
        session.execute(second);
        session.execute(third);
        assertThat(session.hasNext()).isFalse();
        assertThat(session.finish().isComplete()).isTrue();
        assertThat(uploaded).hasSize(3);
    }

    @Test
    void oneFailureIsReportedAndTheRestGoesOn() {
        failing = "000007";
        SyncSession session = session(files(20));

        session.executeAll(pool);
        SyncReport report = session.finish();

        assertThat(uploaded).hasSize(19);
        assertThat(report.failures()).extracting(Problem::path).containsExactly("000007");
    }

    @Test
    void stopEndsTheScanAndLetsActionsUnderWayEnd() throws Exception {
        gate = new CountDownLatch(1);
        SyncSession session = session(files(1_000_000));
        var run = callers.submit(() -> session.executeAll(pool));
        await().until(() -> pulled.get() == WORKERS);

        session.stop();
        gate.countDown();
        run.get();
        SyncReport report = session.finish();

        assertThat(uploaded).hasSize(WORKERS);
        assertThat(report.failures()).extracting(Problem::kind).containsExactly(Problem.Kind.INTERRUPTED);
        assertThat(report.failures().get(0).reason()).startsWith("interrupted");
        assertThat(Thread.interrupted()).isFalse();
    }

    /** Nothing has failed, and nobody has seen the rest of the source. */
    @Test
    void runThatIsStoppedWhileItScansIsIncomplete() {
        AtomicReference<SyncSession> session = new AtomicReference<>();
        Iterator<ScanItem> files = files(3);
        session.set(session(new Iterator<>() {
            @Override
            public boolean hasNext() {
                return files.hasNext();
            }

            @Override
            public ScanItem next() {
                session.get().stop();
                return files.next();
            }
        }));

        session.get().executeAll(pool);
        SyncReport report = session.get().finish();

        assertThat(uploaded).isEmpty();
        assertThat(report.isComplete()).isFalse();
        assertThat(report.failures()).extracting(Problem::kind).containsExactly(Problem.Kind.INTERRUPTED);
    }

    @Test
    void planThatIsNotReadToItsEndIsReportedAsInterrupted() throws Exception {
        SyncSession session = session(files(3));
        session.execute(session.next());

        SyncReport report = session.finish();

        assertThat(report.failures().get(0).reason()).contains("not carried out to its end");
    }

    @Test
    void plansThatTheRouteLeftOutAreSkips() throws Exception {
        SyncSession session = session(files(3));
        session.leftOut(session.next());
        session.execute(session.next());
        session.execute(session.next());
        assertThat(session.hasNext()).isFalse();

        SyncReport report = session.finish();

        assertThat(report.isComplete()).isTrue();
        assertThat(report.skips().get(0).reason()).startsWith("1 path plans were taken out of the route");
    }

    @Test
    void plansThatNeverComeBackMakeTheRunIncomplete() throws Exception {
        SyncSession session = session(files(2));
        PathPlan again = session.next();
        session.next();
        session.execute(again);
        session.execute(again);
        assertThat(session.hasNext()).isFalse();

        SyncReport report = session.finish();

        assertThat(report.isComplete()).isFalse();
        assertThat(report.failures()).extracting(Problem::kind).containsExactly(Problem.Kind.NOT_RETURNED);
        assertThat(report.failures().get(0).reason()).startsWith("1 path plans were handed out and never came back");
    }

    @Test
    void poolThatIsShutDownInterruptsTheRun() {
        pool.shutdown();
        SyncSession session = session(files(3));

        session.executeAll(pool);

        assertThat(session.finish().failures()).extracting(Problem::kind).containsExactly(Problem.Kind.INTERRUPTED);
    }

    @Test
    void figuresEndWithWhatTheReportSays() {
        SyncSession session = session(files(10));
        session.executeAll(pool);
        session.finish();

        SyncProgress progress = session.progress();

        assertThat(progress.phase()).isEqualTo(SyncProgress.Phase.ENDED);
        assertThat(progress.done()).isEqualTo(10);
        assertThat(progress.bytesMoved()).isEqualTo(100).isEqualTo(progress.bytesPlanned());
        assertThat(progress.timeLeft())
                .hasValueSatisfying(left -> assertThat(left).isZero());
    }

    /** Whoever sees that a run has given up makes its report. */
    @Test
    void nobodySeesThatARunGaveUpBeforeItsReportHasTheReason() throws Exception {
        SyncSession session = session(files(3));
        Thread limit = new Thread(() -> session.endByLimit("the time is over"));
        synchronized (collected) {
            limit.start();
            await().until(() -> limit.getState() == Thread.State.BLOCKED);

            assertThat(session.hasGivenUp()).isFalse();
        }
        limit.join();

        assertThat(session.hasGivenUp()).isTrue();
        assertThat(session.hasNext()).isFalse();
        assertThat(session.finish().failures()).extracting(Problem::kind).containsExactly(Problem.Kind.GAVE_UP);
    }

    @Test
    void nobodySeesThatAPlanFileIsGivenUpBeforeItsReportHasTheReason() throws Exception {
        SyncJob job = job();
        AtomicInteger asked = new AtomicInteger();
        PlannedPath nothing =
                new PlannedPath(new PathPlan("run", 1, "a", new Expected.Nothing(), List.of(), List.of()), "");
        PlannedRun run = new PlannedRun(
                job,
                "run",
                sides(),
                executor(),
                collected,
                listener(),
                Optional.empty(),
                PlanSpool::onHeap,
                new LastLook(job.policy(), file -> "", () -> false, Optional::empty, Revisit.NONE),
                InstantSource.system());
        Iterator<PlannedPath> endless = Stream.generate(() -> nothing)
                .peek(next -> asked.incrementAndGet())
                .iterator();
        var report = callers.submit(() -> run.run(endless, pool));
        await().until(() -> asked.get() > 0);
        Thread limit = new Thread(() -> run.stop("the time is over"));
        synchronized (collected) {
            limit.start();
            await().until(() -> limit.getState() == Thread.State.BLOCKED);
            int before = asked.get();

            await().until(() -> asked.get() > before + 1);
        }
        limit.join();

        assertThat(report.get().failures()).extracting(Problem::kind).containsExactly(Problem.Kind.GAVE_UP);
    }

    private static Iterator<ScanItem> files(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> (ScanItem) new ScanItem.LocalFile(String.format("%06d", i), 10, 1))
                .iterator();
    }

    private SyncSession session(Iterator<ScanItem> source) {
        SyncJob job = job();
        SyncRun run = new SyncRun("run", 0);
        Iterator<ScanItem> counted = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return source.hasNext();
            }

            @Override
            public ScanItem next() {
                mostAhead.accumulateAndGet(pulled.incrementAndGet() - done.get(), Math::max);
                return source.next();
            }
        };
        return new SyncSession(
                job,
                run,
                SyncPlanner.plan(counted, List.<ScanItem>of().iterator(), job.policy(), run),
                executor(),
                collected,
                listener(),
                new MemoryLedger(PlanSpool::onHeap, Duration.ofMillis(50)),
                new Outage(Duration.ofSeconds(1), Duration.ofMillis(1), InstantSource.system(), Sleeper.create()),
                Optional.empty(),
                Optional.empty(),
                sides(),
                new SourceLook(InstantSource.system(), Duration.ofMinutes(1)),
                InstantSource.system(),
                new WithheldMemory());
    }

    private static SyncJob job() {
        return new SyncJob(
                "test",
                new Location.Directory(Path.of("/nowhere")),
                new Location.Bucket("b", ""),
                SyncPolicy.of(io.github.camelb2.sync.plan.policy.Direction.LOCAL_TO_B2),
                ScanFilters.NONE,
                WORKERS,
                SyncReport.Mode.REAL);
    }

    private PathPlanExecutor executor() {
        return new PathPlanExecutor(
                runner(), SyncReport.Mode.REAL, ActionListener.NONE, collected, InstantSource.system());
    }

    private RunListener listener() {
        return new RunListener(
                "test",
                SyncReport.Mode.REAL,
                collected,
                SyncProgressListener.NONE,
                InstantSource.system(),
                new RunBudget(RunLimits.NONE));
    }

    private static Sides sides() {
        return new Sides(
                new LocalSide(
                        Path.of("/nowhere"),
                        LocalSide.Rules.byDefault(Path.of("/nowhere")),
                        new Temporaries(Path.of("/"), "x")),
                new LocalSide(
                        Path.of("/nowhere"),
                        LocalSide.Rules.byDefault(Path.of("/nowhere")),
                        new Temporaries(Path.of("/"), "x")),
                file -> false,
                Likeness.EXACT);
    }

    private ActionRunner runner() {
        return new ActionRunner() {
            @Override
            public String upload(SyncAction.Upload action) throws IOException {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                } finally {
                    done.incrementAndGet();
                }
                if (action.path().equals(failing)) {
                    throw new IOException("no");
                }
                uploaded.add(action.path());
                return "id";
            }

            @Override
            public Optional<String> checkTransfer(PathPlan plan, SyncAction action) {
                return Optional.empty();
            }

            @Override
            public void checkSource(PathPlan plan) {}

            @Override
            public void checkVersions(SyncAction action) {}

            @Override
            public int checkDestination(PathPlan plan, String storedFileId) {
                return 0;
            }

            @Override
            public ResumePoint findResumePoint(PathPlan plan) {
                return ResumePoint.BEGINNING;
            }
        };
    }
}
