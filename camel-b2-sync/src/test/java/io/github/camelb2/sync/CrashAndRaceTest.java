// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.B2Component;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.client.transfer.plan.WorkerCount;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;
import io.github.camelb2.lending.B2ClientLease;
import io.github.camelb2.sync.action.ActionListener;
import io.github.camelb2.sync.action.Location;
import io.github.camelb2.sync.action.bucket.BucketAccess;
import io.github.camelb2.sync.plan.actions.SyncRun;
import io.github.camelb2.sync.plan.policy.CompareMode;
import io.github.camelb2.sync.plan.policy.KeepMode;
import io.github.camelb2.sync.plan.policy.MaxDelete;
import io.github.camelb2.sync.plan.policy.NewerFileMode;
import io.github.camelb2.sync.plan.policy.Preserve;
import io.github.camelb2.sync.plan.policy.SyncPolicy;
import io.github.camelb2.sync.plan.policy.TrackRenames;
import io.github.camelb2.sync.plan.policy.TransferOrder;
import io.github.camelb2.sync.report.SyncProgressListener;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.run.SyncEngine;
import io.github.camelb2.sync.run.SyncJob;
import io.github.camelb2.sync.run.SyncSession;
import io.github.camelb2.sync.run.TransferRules;
import io.github.camelb2.sync.scan.ScanFilters;
import io.github.camelb2.sync.scan.disk.FileTimes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Random trees that change while they are synced, a service that fails at random, and runs that are abandoned at random
 * moments. After each run: what was in the destination and still lives in the source is in the destination, no name
 * shows anything but what it showed at one time in the source, in order, and no run is called complete that is not. What
 * somebody else stores, edits or moves in at the destination during a run is there behind it.
 */
class CrashAndRaceTest extends SyncTestSupport {
    private static final boolean SOAK = Boolean.getBoolean("soak");
    /** A soak kills JVMs; otherwise a run is killed by abandoning its objects. */
    private static final boolean KILLS_FOR_REAL = SOAK;

    private static final List<String> CALLS = List.of(
            "b2_list_file_versions",
            "b2_upload_file",
            "b2_hide_file",
            "b2_delete_file_version",
            "b2_download_file_by_id",
            "b2_get_upload_url");
    private static final Logger LOG = LoggerFactory.getLogger(CrashAndRaceTest.class);
    private static final int ROUNDS = 4;
    private static final int SEEDS = SOAK ? Integer.getInteger("seeds", 1_000) : 40;
    private static final Duration AT_MOST = SOAK ? Duration.ofHours(1) : Duration.ofSeconds(9);
    private static final List<String> NAMES = List.of("a", "b", "c", "d/x", "d/y", "e/f/g", "e/h", "z");
    private static final List<String> UP_FAULTS = List.of(
            "b2_upload_file 25%% seed %d: status 503",
            "b2_upload_file 20%% seed %d: lose-answer",
            "b2_upload_file file NAME: status 403 access_denied",
            "b2_upload_file file NAME: status 403 access_denied",
            "b2_upload_file 30%% seed %d: delay 20ms",
            "b2_copy_file 30%% seed %d: status 503",
            "b2_copy_file 30%% seed %d: lose-answer",
            "b2_copy_file 30%% seed %d: status 400 bad_request",
            "b2_copy_file 50%% seed %d: delay 20ms",
            "b2_delete_file_version 30%% seed %d: status 500",
            "b2_delete_file_version 30%% seed %d: lose-answer",
            "b2_hide_file 30%% seed %d: lose-answer",
            "b2_list_file_versions 15%% seed %d: status 503");
    private static final List<String> DOWN_FAULTS = List.of(
            "b2_download_file_by_id 25%% seed %d: status 503",
            "b2_download_file_by_id 25%% seed %d: drop response 1",
            "b2_download_file_by_id 60%% seed %d: delay 20ms",
            "b2_download_file_by_id 60%% seed %d: delay 20ms",
            "b2_list_file_versions 15%% seed %d: status 503");

    /** A service that takes its time, or most runs have ended when they are killed. */
    private static final List<String> SLOW_FAULTS = List.of(
            "b2_list_file_versions: delay 10ms",
            "b2_upload_file: delay 40ms",
            "b2_delete_file_version: delay 30ms",
            "b2_hide_file: delay 30ms",
            "b2_download_file_by_id: delay 40ms");

    private final AtomicInteger kills = new AtomicInteger();
    private B2ClientLease lease;
    private ExecutorService threads;

    /** A run was abandoned: nothing of it goes on. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** How a run ended; a killed one is never complete. */
    private record Outcome(boolean isKilled, boolean isComplete, String text) {
        static final Outcome KILLED = new Outcome(true, false, "killed");

        static Outcome of(SyncReport report) {
            return new Outcome(false, report.isComplete(), report + " " + report.failures());
        }
    }

    /** What names held, in the order that it came about. */
    private static final class History {
        private final Map<String, List<String>> contents = new HashMap<>();

        synchronized void put(String name, String content) {
            contents.computeIfAbsent(name, key -> new ArrayList<>()).add(content);
        }

        synchronized int index(String name, String content) {
            return contents.getOrDefault(name, List.of()).lastIndexOf(content);
        }
    }

    @BeforeEach
    void borrow() {
        B2Component component = context.getComponent("b2", B2Component.class);
        lease = component.borrowClient(component.getConfiguration());
        threads = Executors.newCachedThreadPool();
    }

    @AfterEach
    void giveBack() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        lease.close();
    }

    @Test
    void nothingThatIsWantedIsLostOnTheWayUp() throws Exception {
        play(Up::new);
    }

    @Test
    void nothingThatIsWantedIsLostOnTheWayDown() throws Exception {
        play(Down::new);
    }

    private interface Game {
        Play of(long seed) throws IOException;
    }

    /** A soak goes on after a seed that fails, and tells them all. */
    private void play(Game game) throws Exception {
        long end = System.nanoTime() + AT_MOST.toNanos();
        long first = Long.getLong("seed", 0L);
        List<Throwable> failures = new ArrayList<>();
        int seeds = 0;
        for (; seeds < SEEDS && System.nanoTime() < end; seeds++) {
            try {
                game.of(first + seeds).play();
            } catch (AssertionError | Exception e) {
                if (!SOAK) {
                    throw e;
                }
                failures.add(e);
                LOG.warn("seed {} failed", first + seeds, e);
            }
            if (SOAK && seeds % 10 == 9) {
                LOG.warn("{} seeds from {}, {} JVMs killed, {} failures", seeds + 1, first, kills, failures.size());
            }
        }
        assertThat(seeds).isPositive();
        assertThat(failures).isEmpty();
    }

    /** What both directions have in common: runs, kills, and a tree on the disk. */
    private abstract class Play {
        final long seed;
        final Random random;
        final int realKill;
        /** Whether all files have one size and one time, and are told by their content. */
        final boolean looksAlike;

        final Path root;
        final String place;
        final History history = new History();
        final AtomicInteger writes = new AtomicInteger();
        /** When a run had certainly begun. */
        volatile long runningSince;

        Play(long seed, String way, boolean looksAlike) throws IOException {
            this.looksAlike = looksAlike;
            this.seed = seed;
            this.random = new Random(seed);
            this.realKill = KILLS_FOR_REAL ? random.nextInt(ROUNDS) : -1;
            this.root = Files.createDirectory(temp.resolve(way + seed));
            this.place = B2.bucketName(way + seed);
            B2.emulator().state().createBucket(place);
        }

        abstract SyncJob job(KeepMode keepMode);

        abstract void play() throws Exception;

        /** Any round may be killed; for real, one of each seed is, because a JVM costs a second. */
        int killAt(int round) {
            boolean isKilled = KILLS_FOR_REAL ? round == realKill : random.nextInt(3) == 0;
            return isKilled ? 1 + random.nextInt(6) : Integer.MAX_VALUE;
        }

        /** A run to its end, or to the action at which it is abandoned; with real kills, to the death of its JVM. */
        Outcome run(KeepMode keepMode, int killAt, Runnable meanwhile) throws Exception {
            return KILLS_FOR_REAL && killAt < Integer.MAX_VALUE
                    ? runAndKill(keepMode, meanwhile)
                    : runHere(keepMode, killAt, meanwhile);
        }

        private Outcome runHere(KeepMode keepMode, int killAt, Runnable meanwhile) throws Exception {
            AtomicInteger actions = new AtomicInteger();
            ActionListener listener = event -> {
                if (actions.incrementAndGet() >= killAt) {
                    throw new Killed();
                }
            };
            CallSettings calls = CallSettings.DEFAULT
                    .withInitialBackoff(Duration.ofMillis(1))
                    .withMaxBackoff(Duration.ofMillis(5))
                    .withRetryTimeout(Duration.ofMillis(30));
            BucketAccess access = new BucketAccess(lease.client(), calls, TransferOptions.DEFAULT, Encryption.none());
            SyncEngine engine = new SyncEngine(
                    side -> access, side -> access, listener, SyncProgressListener.NONE, InstantSource.system());
            SyncRun run = new SyncRun(
                    UUID.randomUUID().toString(), InstantSource.system().millis());
            SyncSession session = engine.open(job(keepMode), run);
            try (Meanwhile others = new Meanwhile(meanwhile, 300_000)) {
                session.executeAll(threads);
            }
            return actions.get() >= killAt ? Outcome.KILLED : Outcome.of(session.finish());
        }

        /** A run in a JVM of its own, which is killed with -9 a while after its first request, unless it ends before. */
        private Outcome runAndKill(KeepMode keepMode, Runnable meanwhile) throws Exception {
            SLOW_FAULTS.forEach(B2.emulator().faults()::add);
            Set<SocketAddress> clients = B2.emulator().clients();
            long before = requests();
            Path log = temp.resolve("log-" + place);
            Process process = SyncProcess.start(B2.emulator(), log, "48m", uri(keepMode));
            await().atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> !process.isAlive() || requests() > before);
            boolean killed;
            try (Meanwhile others = new Meanwhile(meanwhile, 3_000_000)) {
                killed = !process.waitFor(random.nextInt(1 + random.nextInt(400)), TimeUnit.MILLISECONDS);
                process.destroyForcibly().waitFor();
            }
            SyncProcess.awaitSilence(B2.emulator(), clients);
            if (killed) {
                kills.incrementAndGet();
                return Outcome.KILLED;
            }
            String told = Files.readString(log);
            assertThat(told).as("seed %d", seed).contains("FIGURES");
            return new Outcome(false, process.exitValue() == 0, told);
        }

        abstract String uri(KeepMode keepMode);

        String options(KeepMode keepMode) {
            String keep =
                    switch (keepMode) {
                        case NO_DELETE -> "noDelete";
                        case DELETE -> "delete";
                        case KEEP_BEFORE_DELETE -> "keepBeforeDelete&keepDays=1";
                    };
            return "&compareMode=" + (looksAlike ? "sha1" : "modTime") + "&keepMode=" + keep
                    + "&maxDelete=unlimited&outageTimeout=200&workers=" + (1 + random.nextInt(5));
        }

        private long requests() {
            return CALLS.stream().mapToLong(call -> B2.emulator().count(call)).sum();
        }

        /** Does something again and again until it is closed. */
        private final class Meanwhile implements AutoCloseable {
            private final AtomicBoolean over = new AtomicBoolean();
            private final Future<?> mover;

            Meanwhile(Runnable what, long pauseNanos) {
                runningSince = System.nanoTime();
                mover = threads.submit(() -> {
                    while (!over.get()) {
                        LockSupport.parkNanos(pauseNanos);
                        if (random.nextInt(6) == 0) {
                            what.run();
                        }
                    }
                });
            }

            @Override
            public void close() throws Exception {
                over.set(true);
                mover.get(60, TimeUnit.SECONDS);
            }
        }

        /** Times of files are those of the last tick of a clock: what comes sooner may have been there before. */
        boolean isRunningForLong() {
            return System.nanoTime() - runningSince > 20_000_000L;
        }

        void fail(List<String> faults) {
            B2.emulator().faults().clear();
            for (int i = random.nextInt(4); i > 0; i--) {
                String fault = faults.get(random.nextInt(faults.size()));
                B2.emulator()
                        .faults()
                        .add(String.format(fault.replace("NAME", name(random)), 1 + random.nextInt(1_000)));
            }
        }

        String name(Random of) {
            return NAMES.get(of.nextInt(NAMES.size()));
        }

        /** Unlike any other content, of a size that others have too. */
        String fresh() {
            return String.format("%04d%s", writes.incrementAndGet(), looksAlike ? "" : "x".repeat(writes.get() % 3));
        }

        void write(String name, String content) throws IOException {
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            Path next = root.resolveSibling("next-" + seed + "-" + UUID.randomUUID());
            Files.writeString(next, content);
            // Each write has a time of its own, or a change could not be seen by times.
            long later = looksAlike ? 0 : Integer.parseInt(content.substring(0, 4)) * 1_000L;
            Files.setLastModifiedTime(next, FileTimes.of(NOW + later));
            history.put(name, content);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        }

        Map<String, String> disk() {
            return tree(root);
        }

        Map<String, String> shown() {
            Map<String, String> shown = new TreeMap<>();
            for (String name : B2.emulator().state().names(place)) {
                shown.put(name, new String(B2.emulator().state().bytes(place, name), StandardCharsets.UTF_8));
            }
            return shown;
        }

        Set<String> stored() {
            Set<String> stored = new HashSet<>();
            for (StoredVersion version : B2.emulator().state().versions(place)) {
                if (!version.action().equals("hide")) {
                    stored.add(new String(B2.emulator().state().bytes(version.fileId()), StandardCharsets.UTF_8));
                }
            }
            return stored;
        }

        KeepMode keepMode() {
            return random.nextBoolean() ? KeepMode.DELETE : KeepMode.values()[random.nextInt(KeepMode.values().length)];
        }

        SyncPolicy policy(SyncPolicy base, KeepMode keepMode) {
            SyncPolicy policy = base.withMaxDelete(MaxDelete.UNLIMITED)
                    .withCompare(looksAlike ? CompareMode.SHA1 : CompareMode.MOD_TIME, 0);
            return switch (keepMode) {
                case NO_DELETE -> policy;
                case DELETE -> policy.withKeepMode(KeepMode.DELETE);
                case KEEP_BEFORE_DELETE -> policy.withKeepDays(1);
            };
        }
    }

    private final class Up extends Play {
        /** What the user moved during the run: where a content is then, no scan can know. */
        private final Set<String> moved = new HashSet<>();

        private final Map<String, Integer> lastShown = new HashMap<>();
        /** What somebody else stored at the destination during the run. */
        private final Set<String> foreign = ConcurrentHashMap.newKeySet();

        private final Set<String> foreignNames = ConcurrentHashMap.newKeySet();
        private volatile String movedTo = "nothing";

        /** Half of the seeds copy what was moved inside B2, in some order. */
        private final TransferRules transfers;

        Up(long seed) throws IOException {
            super(seed, "up", seed % 3 == 2);
            transfers = new TransferRules(
                    TransferOrder.values()[(int) (seed % 4 == 0 ? 0 : seed % 3)],
                    seed % 2 == 0 ? TrackRenames.OFF : TrackRenames.SHA1,
                    Optional.empty(),
                    Preserve.NOTHING);
        }

        @Override
        SyncJob job(KeepMode keepMode) {
            SyncPolicy policy = policy(
                    SyncPolicy.of(io.github.camelb2.sync.plan.policy.Direction.LOCAL_TO_B2)
                            .withNewerFileMode(NewerFileMode.REPLACE),
                    keepMode);
            return new SyncJob(
                            "crash",
                            new Location.Directory(root),
                            new Location.Bucket(place, ""),
                            policy,
                            ScanFilters.NONE,
                            WorkerCount.of(1 + random.nextInt(5)),
                            SyncReport.Mode.REAL,
                            Duration.ofMillis(200),
                            Duration.ofMillis(50),
                            false,
                            Optional.empty(),
                            Optional.empty())
                    .withTransfers(transfers);
        }

        @Override
        String uri(KeepMode keepMode) {
            return "b2-sync:crash?source=" + root + "&destination=b2://" + place + "&newerFileMode=replace"
                    + options(keepMode);
        }

        @Override
        void play() throws Exception {
            for (int i = 0; i < 6; i++) {
                change(random);
            }
            for (int round = 0; round < ROUNDS; round++) {
                String what = "seed " + seed + ", round " + round;
                moved.clear();
                Set<String> before = new HashSet<>(shown().values());
                for (int i = random.nextInt(5); i > 0; i--) {
                    change(random);
                }
                moved.clear();
                foreign.clear();
                fail(UP_FAULTS);
                if (random.nextBoolean() && Files.exists(root.resolve(movedTo))) {
                    // What makes a move dangerous: its new name cannot be stored.
                    B2.emulator().faults().add("b2_upload_file file " + movedTo + ": status 403 access_denied");
                }
                boolean isQuiet = random.nextBoolean();
                int killAt = killAt(round);
                Random mover = new Random(seed * 31 + round);
                KeepMode keepMode = keepMode();

                Outcome outcome = run(keepMode, killAt, isQuiet ? () -> {} : () -> changeEitherSide(mover));

                check(what + ", " + keepMode + ", " + outcome.text(), before);
                if (outcome.isComplete() && isQuiet) {
                    checkComplete(what + ", " + outcome.text(), keepMode);
                }
            }
            if (disk().isEmpty()) {
                write("a", fresh());
            }
            B2.emulator().faults().clear();
            Outcome last = run(KeepMode.DELETE, Integer.MAX_VALUE, () -> {});
            assertThat(last.isComplete()).as("seed %d: %s", seed, last.text()).isTrue();
            checkComplete("seed " + seed + ", last run", KeepMode.DELETE);
        }

        private void check(String what, Set<String> before) {
            Set<String> lives = new HashSet<>(disk().values());
            Set<String> wanted = new HashSet<>(before);
            wanted.retainAll(lives);
            wanted.removeAll(moved);
            assertThat(stored()).as(what).containsAll(wanted).containsAll(foreign);
            shown().forEach((name, content) -> {
                if (foreignNames.contains(name)) {
                    return;
                }
                int index = history.index(name, content);
                assertThat(index).as("%s: %s shows %s", what, name, content).isNotNegative();
                assertThat(index)
                        .as("%s: %s shows %s again", what, name, content)
                        .isGreaterThanOrEqualTo(lastShown.getOrDefault(name, 0));
                lastShown.put(name, index);
            });
        }

        private void checkComplete(String what, KeepMode keepMode) {
            if (keepMode == KeepMode.NO_DELETE) {
                assertThat(shown()).as(what).containsAllEntriesOf(disk());
            } else {
                assertThat(shown())
                        .as("%s, of %s", what, B2.emulator().state().versions(place))
                        .isEqualTo(disk());
            }
        }

        private void changeEitherSide(Random of) {
            if (of.nextInt(4) > 0) {
                change(of);
            } else if (isRunningForLong()) {
                String name = of.nextBoolean() ? name(of) : "foreign" + of.nextInt(3);
                String content = fresh();
                foreignNames.add(name);
                long later = of.nextBoolean() ? 0 : writes.get() * 1_000L;
                B2.emulator()
                        .state()
                        .put(
                                place,
                                name,
                                content.getBytes(StandardCharsets.UTF_8),
                                Map.of("src_last_modified_millis", String.valueOf(NOW + later)));
                foreign.add(content);
            }
        }

        private void change(Random of) {
            try {
                String one = name(of);
                String other = name(of);
                switch (of.nextInt(6)) {
                    case 0, 1 -> write(one, fresh());
                    case 2, 3 -> move(one, other);
                    case 4 -> swap(one, other);
                    default -> remove(one);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void remove(String name) throws IOException {
            if (disk().size() > 2) {
                Files.deleteIfExists(root.resolve(name));
            }
        }

        private void move(String from, String to) throws IOException {
            if (from.equals(to) || !Files.exists(root.resolve(from)) || disk().size() < 3) {
                return;
            }
            String content = Files.readString(root.resolve(from));
            Files.createDirectories(root.resolve(to).getParent());
            history.put(to, content);
            moved.add(content);
            movedTo = to;
            Files.move(root.resolve(from), root.resolve(to), StandardCopyOption.ATOMIC_MOVE);
        }

        private void swap(String one, String other) throws IOException {
            try {
                if (one.equals(other)) {
                    return;
                }
                String first = Files.readString(root.resolve(one));
                String second = Files.readString(root.resolve(other));
                Path aside = root.resolveSibling("aside-" + seed);
                history.put(one, second);
                history.put(other, first);
                moved.add(first);
                moved.add(second);
                Files.move(root.resolve(one), aside, StandardCopyOption.ATOMIC_MOVE);
                Files.move(root.resolve(other), root.resolve(one), StandardCopyOption.ATOMIC_MOVE);
                Files.move(aside, root.resolve(other), StandardCopyOption.ATOMIC_MOVE);
            } catch (NoSuchFileException e) {
                // One of them does not exist.
                return;
            }
        }
    }

    private final class Down extends Play {
        private final Map<String, String> edits = new TreeMap<>();

        Down(long seed) throws IOException {
            super(seed, "down", false);
        }

        @Override
        SyncJob job(KeepMode keepMode) {
            SyncPolicy base = SyncPolicy.of(io.github.camelb2.sync.plan.policy.Direction.B2_TO_LOCAL);
            return new SyncJob(
                    "crash",
                    new Location.Bucket(place, ""),
                    new Location.Directory(root),
                    policy(
                            keepMode == KeepMode.NO_DELETE ? base : base.withNewerFileMode(NewerFileMode.REPLACE),
                            keepMode),
                    ScanFilters.NONE,
                    WorkerCount.of(1 + random.nextInt(5)),
                    SyncReport.Mode.REAL,
                    Duration.ofMillis(200),
                    Duration.ofMillis(50),
                    false,
                    Optional.empty(),
                    Optional.empty());
        }

        @Override
        String uri(KeepMode keepMode) {
            return "b2-sync:crash?source=b2://" + place + "&destination=" + root
                    + (keepMode == KeepMode.NO_DELETE ? "" : "&newerFileMode=replace") + options(keepMode);
        }

        @Override
        void play() throws Exception {
            for (int i = 0; i < 6; i++) {
                changeBucket(random);
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = random.nextInt(4); i > 0; i--) {
                    changeBucket(random);
                }
                fail(DOWN_FAULTS);
                boolean isQuiet = random.nextBoolean();
                int killAt = killAt(round);
                Random user = new Random(seed * 31 + round);
                KeepMode keepMode = random.nextBoolean() ? KeepMode.DELETE : KeepMode.NO_DELETE;
                String what = "seed " + seed + ", round " + round + ", " + keepMode;
                if (keepMode == KeepMode.DELETE) {
                    edits.clear();
                }

                Outcome outcome = run(keepMode, killAt, isQuiet ? () -> {} : () -> edit(user));

                // What a user wrote is there, whatever the run did.
                assertThat(disk()).as(what).containsAllEntriesOf(edits);
                withoutTemporary(disk()).forEach((name, content) -> assertThat(history.index(name, content))
                        .as("%s: %s holds %s", what, name, content)
                        .isNotNegative());
                if (outcome.isComplete() && isQuiet) {
                    checkComplete(what + ", " + outcome.text(), keepMode);
                }
            }
            B2.emulator().faults().clear();
            Outcome last = run(KeepMode.DELETE, Integer.MAX_VALUE, () -> {});
            assertThat(last.isComplete()).as("seed %d: %s", seed, last.text()).isTrue();
            checkComplete("seed " + seed + ", last run", KeepMode.DELETE);
        }

        private void checkComplete(String what, KeepMode keepMode) {
            if (keepMode == KeepMode.NO_DELETE) {
                assertThat(disk()).as(what).containsAllEntriesOf(shown());
            } else {
                assertThat(withoutTemporary(disk())).as(what).isEqualTo(shown());
            }
        }

        /** Those of abandoned runs stay while this JVM holds their locks. */
        private Map<String, String> withoutTemporary(Map<String, String> files) {
            Map<String, String> rest = new TreeMap<>(files);
            rest.keySet().removeIf(name -> name.contains(".b2.sync.tmp") || name.endsWith(".b2tmp"));
            return rest;
        }

        /**
         * A user's edit is newer than anything in the bucket. It comes to a free name, or to a file that is not being
         * replaced: between the last look at one that is and its renaming a moment remains, which an overloaded machine
         * makes long enough to be met (and which others prove to be guarded: SyncBarrierTest).
         */
        private void edit(Random of) {
            String name = name(of);
            if (edits.size() > 3 || isBeingReplaced(name) || !isRunningForLong()) {
                return;
            }
            if (of.nextInt(4) == 0) {
                moveIn();
                return;
            }
            String content = fresh();
            try {
                Path file = root.resolve(name);
                Files.createDirectories(file.getParent());
                history.put(name, content);
                Path next = root.resolveSibling("edit-" + seed);
                Files.writeString(next, content);
                Files.setLastModifiedTime(next, FileTimes.of(NOW + 86_400_000L + writes.get() * 1_000L));
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
                edits.put(name, content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** A directory whose file has been as it is for long. */
        private void moveIn() {
            String content = fresh();
            String name = "moved" + writes.get();
            try {
                Path aside = Files.createDirectories(root.resolveSibling("aside-" + seed + "-" + name));
                Files.writeString(aside.resolve("one"), content);
                history.put(name + "/one", content);
                Files.setLastModifiedTime(aside, FileTimes.of(NOW));
                Files.move(aside, root.resolve(name), StandardCopyOption.ATOMIC_MOVE);
                edits.put(name + "/one", content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private boolean isBeingReplaced(String name) {
            try {
                return !Files.readString(root.resolve(name)).equals(shown().get(name));
            } catch (IOException e) {
                // Nothing is there.
                return false;
            }
        }

        private void changeBucket(Random of) {
            String name = name(of);
            if (of.nextInt(4) == 0 && shown().size() > 2 && shown().containsKey(name)) {
                B2.emulator().state().hide(place, name);
                return;
            }
            String content = fresh();
            history.put(name, content);
            B2.emulator()
                    .state()
                    .put(
                            place,
                            name,
                            content.getBytes(StandardCharsets.UTF_8),
                            Map.of("src_last_modified_millis", String.valueOf(NOW + writes.get() * 1_000L)));
        }
    }
}
