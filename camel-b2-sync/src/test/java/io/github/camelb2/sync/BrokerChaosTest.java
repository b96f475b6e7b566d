// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.camelb2.B2Component;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.retry.Sleeper;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.lending.B2ClientLease;
import io.github.camelb2.sync.action.ActionListener;
import io.github.camelb2.sync.action.Location;
import io.github.camelb2.sync.action.Mandate;
import io.github.camelb2.sync.action.bucket.BucketAccess;
import io.github.camelb2.sync.distributed.Coordinator;
import io.github.camelb2.sync.distributed.GivenRun;
import io.github.camelb2.sync.distributed.JdbcEpochs;
import io.github.camelb2.sync.distributed.SyncWorker;
import io.github.camelb2.sync.distributed.Takeover;
import io.github.camelb2.sync.distributed.Term;
import io.github.camelb2.sync.plan.actions.ActionKind;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.SyncRun;
import io.github.camelb2.sync.plan.policy.Direction;
import io.github.camelb2.sync.plan.policy.KeepMode;
import io.github.camelb2.sync.plan.policy.SyncPolicy;
import io.github.camelb2.sync.report.PlanResult;
import io.github.camelb2.sync.report.SyncProgressListener;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.run.SyncEngine;
import io.github.camelb2.sync.run.SyncJob;
import io.github.camelb2.sync.run.SyncSession;
import io.github.camelb2.sync.run.look.SourceLook;
import io.github.camelb2.sync.scan.ScanFilters;
import io.github.camelb2.sync.wire.PlanSigner;
import io.github.camelb2.sync.wire.RunMessage;
import io.github.camelb2.sync.wire.RunMessageJson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random runs over a broker that drops, repeats, delays and reorders messages, with workers and coordinators that are
 * killed at any message: nothing goes before everything is stored, and the end is that of a run in one process.
 */
class BrokerChaosTest extends SyncTestSupport {
    private static final int ORDINARY = 16;
    private static final boolean SOAK = Boolean.getBoolean("soak");
    private static final long FIRST_SEED = Long.getLong("seed", 1);
    private static final int SEEDS = Integer.getInteger("seeds", SOAK ? 1_000 : ORDINARY);

    /** Each has buckets, a broker and a database of its own, and mostly waits. */
    private static final int TOGETHER = Integer.getInteger("together", SOAK ? 12 : 8);

    private static final int WORKERS = 3;
    private static final int OUTSTANDING = 6;
    /** Whoever gets no processor for so long is taken for dead: a soak is run beside other things. */
    private static final Duration LEASE = Duration.ofMillis(Integer.getInteger("lease", SOAK ? 3_000 : 500));

    private static final Duration SILENCE = LEASE.multipliedBy(80);
    private static final Duration AT_MOST = Duration.ofSeconds(SOAK ? 1_200 : 120);
    private static final int IMMORTAL = 1_000_000;
    /** A third of it is the time for a removal. */
    private static final Duration STILL = LEASE;

    private static final RunMessageJson JSON = new RunMessageJson(PlanSigner.of("0123456789abcdef"));

    private final AtomicInteger goneOn = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService renewals = Executors.newScheduledThreadPool(TOGETHER);
    private B2ClientLease lease;
    private SyncEngine engine;

    @BeforeEach
    void login() {
        B2Component component = context.getComponent("b2", B2Component.class);
        lease = component.borrowClient(component.getConfiguration());
        CallSettings calls =
                CallSettings.DEFAULT.withInitialBackoff(Duration.ofMillis(1)).withMaxBackoff(Duration.ofMillis(5));
        BucketAccess access = new BucketAccess(lease.client(), calls, TransferOptions.DEFAULT, Encryption.none());
        engine = new SyncEngine(
                side -> access, side -> access, ActionListener.NONE, SyncProgressListener.NONE, InstantSource.system());
    }

    @AfterEach
    void logout() {
        threads.shutdownNow();
        renewals.shutdownNow();
        lease.close();
    }

    @Test
    void whateverTheBrokerDoesTheEndIsThatOfARunInOneProcess() throws Exception {
        List<Future<?>> together = new ArrayList<>();
        ExecutorService seeds = Executors.newFixedThreadPool(TOGETHER);
        try {
            for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
                Chaos chaos = new Chaos(seed);
                together.add(seeds.submit(() -> {
                    chaos.run();
                    return null;
                }));
            }
            List<Throwable> failed = new ArrayList<>();
            for (Future<?> one : together) {
                try {
                    one.get();
                } catch (ExecutionException e) {
                    failed.add(e.getCause());
                }
            }
            assertThat(failed).isEmpty();
        } finally {
            seeds.shutdownNow();
        }
        if (SEEDS >= 100) {
            // A few seeds may have none: SyncTakeoverTest has one that is sure.
            assertThat(goneOn.get())
                    .as("runs that went on with those of the dead")
                    .isPositive();
        }
    }

    /**
     * When a coordinator goes: with a message, with a connection to the database, or between a commit and its answer.
     *
     * @param isPaused whether it comes back when another has taken over
     */
    private record Mortal(int message, int connection, int commit, boolean isPaused) {
        static final Mortal NOT = new Mortal(-1, -1, -1, false);

        static Mortal of(IntUnaryOperator below) {
            boolean isPaused = below.applyAsInt(3) == 0;
            int when = 1 + below.applyAsInt(40);
            return switch (below.applyAsInt(4)) {
                case 0 -> new Mortal(-1, when, -1, isPaused);
                case 1 -> new Mortal(-1, -1, when, isPaused);
                default -> new Mortal(when, -1, -1, isPaused);
            };
        }
    }

    /** One seed: two buckets, a broker, workers and one or two coordinators. */
    private final class Chaos {
        private final long seed;
        private final Random random;
        private final String from;
        private final String to;
        private final Set<String> gone = ConcurrentHashMap.newKeySet();
        private final String failing;
        private final boolean loses;
        private final int deaths;
        private final JdbcDataSource database = new JdbcDataSource();
        private final int oldVersions;
        private final AtomicBoolean over = new AtomicBoolean();
        /** The queue; guarded by itself. */
        private final List<String> work = new ArrayList<>();

        private final List<String> sent = new CopyOnWriteArrayList<>();
        private final List<Future<?>> paused = new CopyOnWriteArrayList<>();
        private final AtomicInteger complete = new AtomicInteger();
        private final CountDownLatch pausedGoOn = new CountDownLatch(1);
        private final List<String> wrong = new CopyOnWriteArrayList<>();
        private final AtomicInteger names = new AtomicInteger();
        private final AtomicLong newestEpoch = new AtomicLong();
        /** Of the message that a thread is at. */
        private final ThreadLocal<Long> epoch = ThreadLocal.withInitial(() -> 0L);

        private volatile Coordinator coordinator;

        Chaos(long seed) {
            this.seed = seed;
            this.from = "chaos-from-" + seed;
            this.to = "chaos-to-" + seed;
            B2.emulator().state().createBucket(from);
            B2.emulator().state().createBucket(to);
            this.random = new Random(seed);
            this.loses = random.nextInt(3) > 0;
            int files = 3 + random.nextInt(12);
            for (int i = 0; i < files; i++) {
                String name = "f" + i;
                if (random.nextInt(3) > 0) {
                    put(to, name, "old " + i, 5_000);
                }
                if (random.nextInt(4) > 0) {
                    put(from, name, "new " + i, 1_000);
                } else if (!B2.emulator().state().versions(to, name).isEmpty()) {
                    gone.add(name);
                }
            }
            put(from, "always", "here", 1_000);
            failing = random.nextInt(4) == 0 ? "always" : "";
            deaths = random.nextInt(3);
            database.setUrl("jdbc:h2:mem:chaos-" + seed + "-" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
            oldVersions = B2.emulator().state().versions(to).size();
        }

        private static void put(String bucket, String name, String content, long secondsAgo) {
            B2.emulator()
                    .state()
                    .put(
                            bucket,
                            name,
                            content.getBytes(StandardCharsets.UTF_8),
                            Map.of("src_last_modified_millis", String.valueOf(NOW - secondsAgo * 1_000)));
        }

        void run() throws Exception {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                workers.add(threads.submit(this::workUntilTheEnd));
            }
            for (int death = 0; death < deaths; death++) {
                new Reign(Mortal.of(this::below)).run();
            }
            SyncReport report = new Reign(Mortal.NOT).run();
            if (isOfUnendedScan(report)) {
                assertThat(report.actions()).as("seed " + seed).isZero();
                report = new Reign(Mortal.NOT).run();
            }
            judge(report);
            pausedGoOn.countDown();
            for (Future<?> one : paused) {
                one.get(AT_MOST.toSeconds(), TimeUnit.SECONDS);
            }
            over.set(true);
            for (Future<?> worker : workers) {
                worker.get(AT_MOST.toSeconds(), TimeUnit.SECONDS);
            }
            judge(report);
            lateMessagesChangeNothing();
            nothingIsLeftInTheDatabase();
        }

        private boolean isOfUnendedScan(SyncReport report) {
            return report.failures().stream().anyMatch(it -> it.reason().contains("its scans had not come to"));
        }

        private void nothingIsLeftInTheDatabase() throws Exception {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT (SELECT COUNT(*) FROM B2_SYNC_PLAN)" + " + (SELECT COUNT(*) FROM B2_SYNC_SCAN)")) {
                rows.next();
                assertThat(rows.getLong(1)).as("seed " + seed).isZero();
            }
        }

        /** One coordinator from its beginning to its end, its death, or its pause. */
        private final class Reign {
            private final Mortal mortal;
            private final AtomicBoolean dead = new AtomicBoolean();
            private final AtomicInteger messages = new AtomicInteger();
            private final AtomicInteger transactions = new AtomicInteger();
            private final CountDownLatch gone = new CountDownLatch(1);
            private SyncSession session;
            private Coordinator made;

            Reign(Mortal mortal) {
                this.mortal = mortal;
            }

            SyncReport run() throws Exception {
                Future<SyncReport> report = threads.submit(this::coordinate);
                if (mortal.isPaused()) {
                    gone.await(AT_MOST.toSeconds(), TimeUnit.SECONDS);
                    paused.add(report);
                    return null;
                }
                try {
                    return report.get(AT_MOST.toSeconds(), TimeUnit.SECONDS);
                } catch (TimeoutException e) {
                    throw new AssertionError("seed " + seed + ", " + mortal + " hangs: " + stacks(), e);
                }
            }

            private String stacks() {
                StringBuilder all = new StringBuilder();
                Thread.getAllStackTraces().forEach((thread, frames) -> {
                    List<String> ours = Stream.of(frames)
                            .map(StackTraceElement::toString)
                            .filter(frame -> frame.contains("camelb2"))
                            .toList();
                    if (!ours.isEmpty()) {
                        all.append('\n').append(thread.getName()).append(ours);
                    }
                });
                return all.toString();
            }

            private SyncReport coordinate() throws Exception {
                try {
                    SyncReport report = reign();
                    complete.addAndGet(report.isComplete() ? 1 : 0);
                    return report;
                } finally {
                    gone.countDown();
                }
            }

            private SyncReport reign() throws Exception {
                session = engine.open(
                        job(),
                        new SyncRun(
                                UUID.randomUUID().toString(),
                                InstantSource.system().millis()));
                Term term;
                try {
                    term = new JdbcEpochs(mortalDatabase(), STILL, InstantSource.system(), Sleeper.create())
                            .begin("chaos", session.runId());
                } catch (IllegalStateException e) {
                    check(dead.get() || mortal.isPaused(), "it did not begin: " + e);
                    return session.finish();
                }
                newestEpoch.accumulateAndGet(term.epoch(), Math::max);
                if (term.unfinished().flatMap(Term.Unfinished::left).isPresent()) {
                    goneOn.incrementAndGet();
                }
                GivenRun run = session.givenElsewhere(term.plans(), "options of a run");
                Takeover.of(run, term, "options of a run", runId -> true);
                made = new Coordinator(
                        run,
                        new RunMessage.About("chaos", session.runId(), term.epoch(), "options", "roots"),
                        JSON,
                        broker(),
                        new Coordinator.Patience(OUTSTANDING, LEASE, SILENCE),
                        term,
                        InstantSource.system(),
                        InstantSource.system());
                if (!dead.get()) {
                    coordinator = made;
                }
                if (!run.isStopped()) {
                    made.run();
                }
                if (!dead.get()) {
                    term.end();
                }
                return session.finish();
            }

            private Coordinator.Broker broker() {
                return new Coordinator.Broker() {
                    @Override
                    public void send(String message) {
                        if (messages.incrementAndGet() == mortal.message()) {
                            goes();
                        }
                        if (!dead.get()) {
                            sent.add(message);
                            deliver(message);
                            check(made.outstanding() <= OUTSTANDING, "too many plans are out");
                        }
                    }

                    @Override
                    public void deadLetter(String message) {
                        wrong.add("a plan was given up: " + message);
                    }
                };
            }

            /** The dead say and hear nothing; the paused do so until the run of another has ended. */
            private void goes() {
                coordinator = null;
                gone.countDown();
                if (mortal.isPaused()) {
                    try {
                        pausedGoOn.await(AT_MOST.toSeconds(), TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        dead.set(true);
                    }
                } else {
                    dead.set(true);
                    if (session != null) {
                        session.stop();
                    }
                }
            }

            /** Whoever is dead has no connection, and whoever is paused waits for one. */
            private DataSource mortalDatabase() {
                return (DataSource) Proxy.newProxyInstance(
                        getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, arguments) -> {
                            if (transactions.incrementAndGet() == mortal.connection()
                                    || (gone.getCount() == 0 && mortal.isPaused())) {
                                goes();
                            }
                            if (dead.get()) {
                                throw new SQLException("it is dead");
                            }
                            Connection real = database.getConnection();
                            return transactions.get() == mortal.commit() ? dyingAtCommit(real) : real;
                        });
            }

            /** What it committed is there, and it did not live to know. */
            private Connection dyingAtCommit(Connection real) {
                return (Connection) Proxy.newProxyInstance(
                        getClass().getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                            Object answer = method.invoke(real, arguments);
                            if (method.getName().equals("commit")) {
                                goes();
                                if (dead.get()) {
                                    throw new SQLException("the answer was lost");
                                }
                            }
                            return answer;
                        });
            }
        }

        private SyncJob job() {
            return new SyncJob(
                    "chaos",
                    new Location.Bucket(from, ""),
                    new Location.Bucket(to, ""),
                    SyncPolicy.of(Direction.B2_TO_B2).withKeepMode(KeepMode.DELETE),
                    ScanFilters.NONE,
                    1,
                    SyncReport.Mode.REAL);
        }

        private void check(boolean holds, String otherwise) {
            if (!holds) {
                wrong.add(otherwise);
            }
        }

        private boolean oneOf(int many) {
            synchronized (random) {
                return random.nextInt(many) == 0;
            }
        }

        /** Into the queue: not at all, once or twice, at any place. */
        private void deliver(String message) {
            synchronized (work) {
                boolean isLost = loses && oneOf(15) && !isLastChance(message);
                for (int copies = isLost ? 0 : oneOf(8) ? 2 : 1; copies > 0; copies--) {
                    boolean isReordered = oneOf(4) && !work.isEmpty();
                    work.add(isReordered ? work.size() - 1 : work.size(), message);
                }
                work.notifyAll();
            }
        }

        private void workUntilTheEnd() {
            SyncWorker worker = null;
            while (!over.get()) {
                AtomicInteger left = new AtomicInteger(2 + below(10));
                worker = worker(left);
                while (left.get() > 0 && !over.get()) {
                    String message = take();
                    if (message != null && isLastChance(message)) {
                        act(worker(new AtomicInteger(IMMORTAL)), message);
                    } else if (message != null) {
                        act(worker, message);
                    }
                }
            }
        }

        /** Chance may not bury a plan, which it does to one of a thousand: nobody dies of these, nor are they lost. */
        private static boolean isLastChance(String message) {
            return message.contains("\"attempt\":4,") || message.contains("\"attempt\":5,");
        }

        private int below(int bound) {
            synchronized (random) {
                return random.nextInt(bound);
            }
        }

        private String take() {
            synchronized (work) {
                try {
                    if (work.isEmpty()) {
                        work.wait(20);
                    }
                } catch (InterruptedException e) {
                    over.set(true);
                }
                return work.isEmpty() ? null : work.remove(0);
            }
        }

        private void act(SyncWorker worker, String message) {
            try {
                epoch.set(JSON.read(message).about().epoch());
                worker.take(message);
            } catch (Exception e) {
                wrong.add("a worker failed: " + e);
            }
        }

        /** One that dies when it has said so much: before or after it did what it was given. */
        private SyncWorker worker(AtomicInteger left) {
            String name = "w" + names.incrementAndGet();
            SyncWorker.Replies replies = message -> {
                if (left.decrementAndGet() > 0) {
                    answer(message, left.get() > IMMORTAL / 2);
                }
            };
            return new SyncWorker(
                    name, new Site(left), JSON, replies, InstantSource.system(), renewals, Sleeper.create());
        }

        private void answer(String message, boolean isSafe) {
            Coordinator alive = coordinator;
            int copies = loses && oneOf(15) && !isSafe ? 0 : oneOf(8) ? 2 : 1;
            for (int i = 0; i < copies && alive != null; i++) {
                // A coordinator that stands still holds no worker up.
                threads.execute(() -> alive.answer(message));
            }
        }

        private final class Site implements SyncWorker.Site {
            private final AtomicInteger left;
            private final SourceLook look = new SourceLook(InstantSource.system(), Duration.ofSeconds(1));

            private Site(AtomicInteger left) {
                this.left = left;
            }

            @Override
            public String sync() {
                return "chaos";
            }

            @Override
            public String options() {
                return "options";
            }

            @Override
            public boolean isHere(String roots) {
                return roots.equals("roots");
            }

            @Override
            public long serviceMillis() {
                return InstantSource.system().millis();
            }

            @Override
            public long serviceMillisNow() {
                return serviceMillis();
            }

            @Override
            public Optional<String> otherTree(String runId) {
                return Optional.empty();
            }

            @Override
            public String worded(String text) {
                return text;
            }

            @Override
            public void admit(PathPlan plan, long destinationNames) {}

            @Override
            public PlanResult carryOut(PathPlan plan, Mandate mandate, Consumer<String> largeFiles) {
                check(
                        !over.get() || left.get() < Integer.MAX_VALUE - 10_000,
                        "a late plan was looked at: " + plan.path());
                if (oneOf(20) && left.get() < IMMORTAL / 2) {
                    left.set(0);
                }
                if (plan.path().equals(failing) && plan.stage() == PathPlan.Stage.TRANSFER) {
                    return PlanResult.of(PlanResult.Outcome.FAILED, "it fails wherever it is tried");
                }
                if (plan.stage() != PathPlan.Stage.TRANSFER && mandate.loss().isEmpty()) {
                    long now = newestEpoch.get();
                    check(epoch.get() >= now, plan.path() + " is removed for a run that is taken over");
                }
                if (plan.stage() == PathPlan.Stage.VANISHED) {
                    check(failing.isEmpty(), plan.path() + " goes although a transfer failed");
                    check(tree(to).entrySet().containsAll(tree(from).entrySet()), plan.path() + " goes too early");
                }
                return left.get() > 0 ? engine.carryOut(job(), plan, look, mandate) : died(plan, mandate);
            }

            /** Killed at once, or when it was done. */
            private PlanResult died(PathPlan plan, Mandate mandate) {
                return oneOf(2)
                        ? PlanResult.of(PlanResult.Outcome.FAILED, "nobody hears this")
                        : engine.carryOut(job(), plan, look, mandate);
            }
        }

        private Map<String, String> tree(String bucket) {
            Map<String, String> contents = new TreeMap<>();
            for (String name : B2.emulator().state().names(bucket)) {
                try {
                    contents.put(name, new String(B2.emulator().state().bytes(bucket, name), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException e) {
                    // Another worker has just removed it.
                    contents.remove(name);
                }
            }
            return contents;
        }

        private void judge(SyncReport report) {
            String told = "seed " + seed + ": " + report + ", " + report.failures();
            assertThat(wrong).as(told).isEmpty();
            if (failing.isEmpty()) {
                assertThat(report.isComplete()).as(told).isTrue();
                assertThat(tree(to)).as(told).isEqualTo(tree(from));
            } else {
                assertThat(report.isComplete()).as(told).isFalse();
                assertThat(report.failureCount()).as(told).isOne();
                assertThat(tree(to).keySet()).as(told).containsAll(gone);
            }
            if (failing.isEmpty()) {
                // One that was to die may have come to its end, and then the next found little to do.
                boolean isOfAll = deaths == 0
                        || complete.get() == 1
                                && report.skips().stream()
                                        .anyMatch(it -> it.reason().contains("tells of both"));
                if (isOfAll) {
                    assertThat(report.done(ActionKind.COPY).actions())
                            .as(told)
                            .isEqualTo(tree(from).size());
                    assertThat(report.done(ActionKind.DELETE).actions())
                            .as(told)
                            .isEqualTo(oldVersions);
                }
            }
        }

        /** After the run, its messages come once more, and others that were tampered with. */
        private void lateMessagesChangeNothing() throws Exception {
            SyncWorker worker = worker(new AtomicInteger(Integer.MAX_VALUE));
            List<?> before = B2.emulator().state().versions(to);
            worker.take(JSON.write(new RunMessage.RunStarted(
                    new RunMessage.About("chaos", "later", Long.MAX_VALUE, "options", "roots"))));
            for (String message : sent) {
                worker.take(message);
                byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
                bytes[below(bytes.length)] ^= (byte) (1 << below(7));
                try {
                    worker(new AtomicInteger(Integer.MAX_VALUE)).take(new String(bytes, StandardCharsets.UTF_8));
                    wrong.add("a message that was tampered with was taken: " + message);
                } catch (IllegalArgumentException e) {
                    assertThat(e).hasMessageNotContaining("0123456789abcdef");
                }
            }
            assertThat(B2.emulator().state().versions(to)).as("seed " + seed).isEqualTo(before);
            assertThat(wrong).as("seed " + seed).isEmpty();
        }
    }
}
