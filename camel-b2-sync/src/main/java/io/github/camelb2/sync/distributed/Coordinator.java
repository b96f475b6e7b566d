// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.retry.Sleeper;
import io.github.camelb2.sync.distributed.Leases.Lease;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.report.PlanResult;
import io.github.camelb2.sync.report.PlanResult.Outcome;
import io.github.camelb2.sync.wire.RunMessage;
import io.github.camelb2.sync.wire.RunMessageJson;

/**
 * Gives the plans of one run to a broker and takes the answers of the workers. The order comes from the run and its ledger:
 * the broker may lose, repeat, delay and reorder messages as it likes.
 *
 * <p>One thread calls {@link #run}; {@link #answer} and {@link #tick} are for any. The monitor guards leases and times;
 * nothing is sent and nobody is told while it is held.
 */
public final class Coordinator {
    private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);

    /** So often a plan is given to workers that die or break off over it. */
    static final int MAX_ATTEMPTS = 5;

    /** So often a plan is given to workers that do not take it, or that find B2 away while others do not. */
    private static final int MAX_REFUSALS = 10;

    private static final int MAX_REMEMBERED = 10_000;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final Duration SHORTEST_VALIDITY = Duration.ofMinutes(10);
    private static final int TICKS_PER_LEASE = 10;

    /** So often a removal comes too late although it is given alone; one of many versions gets on each time. */
    private static final int MAX_LATES = 100;

    /** Where messages go. */
    public interface Broker {
        /** @throws Exception if the broker does not take it now */
        void send(String message) throws Exception;

        /** A plan that no worker can carry out. */
        void deadLetter(String message) throws Exception;
    }

    /**
     * How patient a run is.
     *
     * @param outstanding how many plans may be out at once
     * @param lease       how long a worker may be silent about a plan
     * @param silence     how long the broker, or all workers together, may be silent before the run gives up
     */
    public record Patience(int outstanding, Duration lease, Duration silence) {}

    private final GivenRun run;
    private final RunMessage.About about;
    private final RunMessageJson json;
    private final Broker broker;
    private final Patience patience;
    private final Term term;
    private final InstantSource clock;
    private final InstantSource service;
    private final Sleeper sleeper = Sleeper.create();
    private final Leases leases;
    private final RemovalWindow removals;
    private final long settledNanos;
    private final WorkersHeard workers = new WorkersHeard();
    private final BegunFiles begunFiles = new BegunFiles();
    /** The versions that the last transfers made, by plan. */
    private final Map<Long, Stored> stored = remembering();
    /** The same, of plans that are out again because a coordinator died. */
    private final Map<Long, String> storedBefore = remembering();
    /** What people were told once. */
    private final Map<String, Boolean> told = remembering();
    /** The run before; empty if none. */
    private final String goesOnWith;

    private long heardMillis;
    private long probedMillis;
    private long wellMillis;
    private long awaySinceMillis;
    private long refusedSinceMillis;
    private long fatalSinceMillis;
    /** Since when no removal was answered, because each comes too late although it is given alone; 0 if they are. */
    private long lateSinceMillis;

    private boolean isScanTold;

    private record Stored(String path, String fileId) {}

    private static <K, V> Map<K, V> remembering() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MAX_REMEMBERED;
            }
        };
    }

    /**
     * @param term    says whether this coordinator still holds the sync, and whose plans it goes on with
     * @param clock   of this machine, for how long things take
     * @param service the clock of B2, which workers know too, whatever their own say
     */
    public Coordinator(
            GivenRun run,
            RunMessage.About about,
            RunMessageJson json,
            Broker broker,
            Patience patience,
            Term term,
            InstantSource clock,
            InstantSource service) {
        this.run = run;
        this.about = about;
        this.json = json;
        this.broker = broker;
        this.patience = patience;
        this.term = term;
        this.clock = clock;
        this.service = service;
        this.goesOnWith = term.unfinished().map(Term.Unfinished::runId).orElse("");
        this.leases = new Leases(patience.lease().toMillis());
        this.settledNanos = System.nanoTime() + term.settling().toNanos();
        this.removals = new RemovalWindow(patience.outstanding(), term.removalTime());
        this.heardMillis = clock.millis();
    }

    /** Gives out all plans, and returns when each has its answer or the run has given up. */
    public void run() {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "b2-sync-leases-" + about.sync());
            thread.setDaemon(true);
            return thread;
        });
        long period = Math.max(1, patience.lease().toMillis() / TICKS_PER_LEASE);
        timer.scheduleWithFixedDelay(this::tickOrGiveUp, period, period, TimeUnit.MILLISECONDS);
        try {
            begin();
            while (giveNext()) {
                LOG.trace("{} plans are out", outstanding());
            }
            awaitAll();
            tell(new RunMessage.RunEnded(about));
            endFiles();
        } finally {
            sleeper.close();
            timer.shutdownNow();
            List<Lease> left = takeAll();
            long now = service.millis();
            if (left.stream().anyMatch(lease -> lease.isRemoval() && lease.validUntilMillis() >= now)) {
                term.leavesRemovals();
            }
            lose(left);
        }
    }

    /** Tells the workers that there will be plans. */
    void begin() {
        List<BegunFile> before = run.begunFiles();
        synchronized (this) {
            begunFiles.know(before, clock.millis());
        }
        tell(new RunMessage.RunStarted(about));
    }

    private void tickOrGiveUp() {
        try {
            tick();
        } catch (RuntimeException | Error e) {
            LOG.warn("The leases of {} cannot be kept", about, e);
            run.giveUp("the coordinator broke off: " + e);
        }
    }

    /** Gives the next plan when there is room for one more; false when there is none. */
    boolean giveNext() {
        if (!awaitRoom() || !run.hasNext() || !settle()) {
            return false;
        }
        tellScanned();
        PathPlan plan = run.next();
        tellScanned();
        if (!plan.actions().isEmpty() && awaitRoomFor(plan) && mayBeGiven(plan)) {
            run.begun(plan);
            give(plan);
        }
        return true;
    }

    /** Until no removal of a run before can be begun any more, of which nobody here knows; the scans go on meanwhile. */
    private boolean settle() {
        long left = settledNanos - System.nanoTime();
        while (left > 0 && !run.isStopped()) {
            pauseFor(Duration.ofNanos(Math.min(left, LOOK_AGAIN.toNanos())));
            left = settledNanos - System.nanoTime();
        }
        return !run.isStopped();
    }

    private void tellScanned() {
        if (run.isScanned() && !isScanTold) {
            isScanTold = true;
            tell(new RunMessage.ScanEnded(about));
        }
    }

    /** Nothing goes where another coordinator has taken over. */
    private boolean mayBeGiven(PathPlan plan) {
        if (Leases.isRemoval(plan) && !term.mayRemove()) {
            run.giveUp(term.loss());
            return false;
        }
        return true;
    }

    /** What one worker told, once: it may come late, more than once, or from another run. */
    public void answer(String text) {
        RunMessage message = json.read(text);
        boolean isLater =
                message.about().sync().equals(about.sync()) && message.about().epoch() > about.epoch();
        if (isLater) {
            run.giveUp("a worker knows of a later run of sync " + about.sync() + ", of epoch "
                    + message.about().epoch() + "; without a ledger epochs are times, so look at the clocks of the"
                    + " machines that coordinate");
        } else if (!message.about().equals(about)) {
            LOG.debug("An answer to {} changes nothing in {}", message.about(), about);
            ofAnotherRun(message);
        } else if (message instanceof RunMessage.Progress progress) {
            progress(progress);
        } else if (message instanceof RunMessage.Result result) {
            result(result);
        }
    }

    private void ofAnotherRun(RunMessage message) {
        boolean isOfThisSync = message.about().sync().equals(about.sync());
        if (isOfThisSync
                && message instanceof RunMessage.Result answer
                && answer.result().outcome() == Outcome.COVERED) {
            run.trouble("a worker that went on with run " + answer.about().runId() + ": "
                    + answer.result().reason());
        } else if (isOfThisSync && message instanceof RunMessage.Result answer) {
            tellSkips(answer);
            ofRunBefore(message);
        } else {
            ofRunBefore(message);
        }
    }

    /** Whoever went on with a run that is over has nobody else to tell what people should know. */
    private void tellSkips(RunMessage.Result answer) {
        String runId = answer.about().runId();
        if (answer.result().outcome().isWell() && !runId.equals(goesOnWith)) {
            answer.result()
                    .skips()
                    .forEach(skip ->
                            noteOnce(skip.path(), "a worker that went on with run " + runId + ": " + skip.reason()));
        }
    }

    /** Messages may come more than once. */
    private void noteOnce(String path, String reason) {
        boolean isNew;
        synchronized (this) {
            isNew = told.put(path + '\n' + reason, true) == null;
        }
        if (isNew) {
            run.note(path, reason);
        }
    }

    /** A worker of the run that is gone on with may have lived on, and stored what another one stores again. */
    private void ofRunBefore(RunMessage message) {
        if (!message.about().runId().equals(goesOnWith)) {
            return;
        }
        if (message instanceof RunMessage.Progress progress) {
            begunFile(progress);
        } else if (message instanceof RunMessage.Result answer) {
            endedFiles(answer);
            storedBefore(answer);
        }
    }

    private void storedBefore(RunMessage.Result answer) {
        if (answer.result().outcome().isWell()) {
            synchronized (this) {
                if (leases.find(answer.planId()).isPresent()) {
                    storedBefore.putIfAbsent(answer.planId(), answer.result().fileId());
                    return;
                }
            }
            late(answer.planId(), answer.result().fileId());
        }
    }

    private void progress(RunMessage.Progress progress) {
        synchronized (this) {
            long now = heard(progress.seq(), progress.worker());
            // Those that take plans may be at long ones, while one that takes none is quick.
            refusedSinceMillis = 0;
            leases.find(progress.planId()).ifPresent(lease -> leases.renew(lease, now));
        }
        begunFile(progress);
    }

    /** A worker tells of the large file that it is at, or that it lives. */
    private void begunFile(RunMessage.Progress progress) {
        Optional<BegunFile> begun = Optional.empty();
        synchronized (this) {
            long now = clock.millis();
            begunFiles.heard(progress.planId(), progress.worker(), now);
            if (!progress.largeFile().isEmpty()) {
                begun = known(progress).flatMap(file -> begunFiles.begun(file, progress.worker(), now));
            }
        }
        begun.ifPresent(run::keep);
    }

    /** Empty if that plan has long had its end, or the file is what was stored for it: messages overtake each other. */
    private Optional<BegunFile> known(RunMessage.Progress progress) {
        Stored ended = stored.get(progress.planId());
        String id = progress.largeFile();
        if (ended != null) {
            return ended.fileId().equals(id)
                    ? Optional.empty()
                    : Optional.of(new BegunFile(id, progress.planId(), ended.path(), true));
        }
        return leases.find(progress.planId())
                .map(lease -> new BegunFile(id, progress.planId(), lease.plan().path(), false));
    }

    /** A worker is not at work on its large file any more, and may have finished it. */
    private void endedFiles(RunMessage.Result answer) {
        PlanResult result = answer.result();
        if (result.outcome() == Outcome.DECLINED) {
            // It may have been asked a second time, and be at work because of the first.
            return;
        }
        BegunFiles.Change change;
        synchronized (this) {
            begunFiles.left(answer.planId(), answer.worker());
            change = result.outcome().isWell()
                    ? begunFiles.stored(answer.planId(), result.fileId())
                    : BegunFiles.Change.NONE;
        }
        change.stored().forEach(run::keep);
        change.gone().forEach(run::forget);
    }

    private long heard(long seq, String worker) {
        heardMillis = clock.millis();
        workers.heard(worker, heardMillis);
        leases.heard(seq, heardMillis);
        return heardMillis;
    }

    private void result(RunMessage.Result answer) {
        endedFiles(answer);
        PlanResult result = answer.result();
        Lease lease;
        boolean isAgain = false;
        @Nullable String before = null;
        synchronized (this) {
            long now = heard(answer.seq(), answer.worker());
            refusedSinceMillis = result.outcome() == Outcome.DECLINED ? refusedSinceMillis : 0;
            lease = leases.find(answer.planId()).orElse(null);
            if (lease != null) {
                result = weigh(lease, answer, now);
                isAgain = result.outcome() == Outcome.DECLINED;
            }
            if (isAgain) {
                // It leaves its room to others.
                notifyAll();
            } else if (lease != null) {
                end(lease, answer);
                if (result.outcome().isWell() && lease.plan().stage() == PathPlan.Stage.TRANSFER) {
                    stored.put(lease.plan().planId(), new Stored(lease.plan().path(), result.fileId()));
                }
                before = storedBefore.remove(answer.planId());
            }
        }
        giveHeld();
        if (lease != null && !isAgain) {
            end(lease, answer.worker(), result);
        } else if (lease == null && result.outcome().isWell()) {
            late(answer.planId(), result.fileId());
        }
        if (before != null) {
            late(answer.planId(), before);
        }
    }

    private void end(Lease lease, RunMessage.Result answer) {
        leases.end(lease);
        if (lease.isRemoval()) {
            lateSinceMillis = 0;
        }
        if (lease.isRemoval() && answer.seq() == lease.seq()) {
            removals.answered(Duration.ofMillis(clock.millis() - lease.givenMillis()));
        }
    }

    /** What an answer comes to: {@code DECLINED} if the plan goes out again. */
    private PlanResult weigh(Lease lease, RunMessage.Result answer, long now) {
        PlanResult result = answer.result();
        String worker = answer.worker();
        boolean isOfAnotherGiving = answer.seq() != lease.seq()
                && switch (result.outcome()) {
                    case DECLINED, OUTAGE, POISON -> true;
                    default -> false;
                };
        if (isOfAnotherGiving) {
            // Somebody may be at the last one.
            return PlanResult.of(Outcome.DECLINED, result.reason());
        }
        return switch (result.outcome()) {
            case DECLINED -> declined(lease, worker, result, now);
            case FATAL -> fatal(lease, worker, result, now);
            case OUTAGE -> outage(lease, result, now);
            case POISON -> {
                if (lease.attempt() >= MAX_ATTEMPTS) {
                    yield result;
                }
                leases.countAttempt(lease);
                leases.giveAt(lease, now);
                yield PlanResult.of(Outcome.DECLINED, result.reason());
            }
            case DONE, ALREADY_DONE -> {
                wellMillis = now;
                awaySinceMillis = 0;
                fatalSinceMillis = 0;
                workers.didWell(worker);
                yield result;
            }
            case CHANGED, COVERED, FAILED, CLASHED -> result;
        };
    }

    private PlanResult declined(Lease lease, String worker, PlanResult result, long now) {
        if (service.millis() >= lease.validUntilMillis()) {
            return late(lease, result, now);
        }
        refusedSinceMillis = refusedSinceMillis == 0 ? now : refusedSinceMillis;
        boolean isForAll = now - refusedSinceMillis > patience.silence().toMillis();
        lease.decliners().add(worker);
        boolean mayAnotherTakeIt =
                workers.isAnotherAlive(lease.decliners(), now - patience.lease().toMillis());
        if (isForAll || (lease.declines() >= MAX_REFUSALS && !mayAnotherTakeIt)) {
            return PlanResult.of(isForAll ? Outcome.FATAL : Outcome.FAILED, "no worker takes it: " + result.reason());
        }
        leases.declined(lease, now + pause(lease.declines()));
        return result;
    }

    /** The queue is long, and nobody's fault. */
    private PlanResult late(Lease lease, PlanResult result, long now) {
        if (!lease.isRemoval()) {
            leases.giveAt(lease, now);
            return result;
        }
        if (removals.isSmallest()) {
            leases.countLate(lease);
            lateSinceMillis = lateSinceMillis == 0 ? now : lateSinceMillis;
        }
        removals.late(lease.seq(), leases.lastSeq());
        boolean areAll = lateSinceMillis > 0
                && now - lateSinceMillis > patience.silence().toMillis();
        if (areAll || lease.lates() >= MAX_LATES) {
            return PlanResult.of(
                    Outcome.FAILED,
                    "no worker could carry it out within " + term.removalTime().toMillis()
                            + " ms, although it was given alone: make leaseTime longer; the last one said: "
                            + result.reason());
        }
        leases.hold(lease);
        return result;
    }

    /** What ends the run, unless it is only about a worker that never did anything well: its keys, or its disk. */
    private PlanResult fatal(Lease lease, String worker, PlanResult result, long now) {
        fatalSinceMillis = fatalSinceMillis == 0 ? now : fatalSinceMillis;
        boolean isForAll = now - fatalSinceMillis >= patience.lease().toMillis();
        if (isForAll || workers.hasDoneWell(worker)) {
            return result;
        }
        leases.declined(lease, now + pause(lease.declines()));
        return PlanResult.of(Outcome.DECLINED, worker + ": " + result.reason());
    }

    /** The service is away for everybody, or for that file alone. */
    private PlanResult outage(Lease lease, PlanResult result, long now) {
        awaySinceMillis = awaySinceMillis == 0 ? now : awaySinceMillis;
        if (now - awaySinceMillis > patience.silence().toMillis()) {
            return PlanResult.of(
                    Outcome.FATAL,
                    "B2 has been away for " + (now - awaySinceMillis) / 1000 + " s, longer than outageTimeout: "
                            + result.reason());
        }
        boolean isItsOwn = lease.outages() >= MAX_ATTEMPTS
                && wellMillis > now - patience.lease().toMillis();
        if (isItsOwn) {
            return PlanResult.of(Outcome.FAILED, result.reason());
        }
        leases.outage(lease, now + pause(lease.outages()));
        return PlanResult.of(Outcome.DECLINED, result.reason());
    }

    private long pause(int times) {
        long lease = patience.lease().toMillis();
        return Math.min(Math.min(LONGEST_PAUSE.toMillis(), lease), lease / 50 << Math.min(times, 10));
    }

    private void end(Lease lease, String worker, PlanResult result) {
        if (result.outcome() == Outcome.POISON) {
            bury(lease);
        }
        run.ended(lease.plan(), worker, result);
        synchronized (this) {
            notifyAll();
        }
    }

    /** Two workers that both lived may both have stored it: the second version is seen, and told of. */
    private void late(long planId, String second) {
        String first;
        synchronized (this) {
            Stored known = stored.get(planId);
            first = known == null ? "" : known.fileId();
        }
        if (!first.isEmpty() && !second.isEmpty() && !first.equals(second)) {
            noteOnce(
                    "",
                    "two workers stored the file of path plan " + planId + ", because one was taken for dead:"
                            + " versions " + first + " and " + second + " hold the same; old versions go where keepMode"
                            + " removes them");
        }
    }

    private void bury(Lease lease) {
        try {
            broker.deadLetter(json.write(lastAct(lease)));
        } catch (Exception e) {
            LOG.warn("The plan for {}, which no worker can carry out, did not get to the dead letters", about, e);
        }
    }

    private void give(PathPlan plan) {
        Lease lease;
        synchronized (this) {
            if (leases.isEmpty()) {
                heardMillis = clock.millis();
            }
            lease = leases.give(plan, run.attempts(plan));
        }
        sendPatiently(lease);
    }

    /**
     * The message that gives a plan, as of now; empty if it is not given any more. A removal is stamped before it is asked
     * whether this coordinator may remove anything: wherever it stands still, the stamp is too old then, or the answer no.
     */
    private Optional<String> message(Lease lease) {
        Duration validity = SHORTEST_VALIDITY.compareTo(patience.lease().multipliedBy(TICKS_PER_LEASE)) > 0
                ? SHORTEST_VALIDITY
                : patience.lease().multipliedBy(TICKS_PER_LEASE);
        synchronized (this) {
            Duration time = lease.isRemoval() ? term.removalTime() : validity;
            leases.validUntil(lease, clock.millis(), service.millis() + time.toMillis());
        }
        RunMessage.Act act = lastAct(lease);
        return mayBeGiven(lease.plan()) ? Optional.of(json.write(act)) : Optional.empty();
    }

    private RunMessage.Act lastAct(Lease lease) {
        return new RunMessage.Act(
                about,
                lease.seq(),
                lease.attempt(),
                patience.lease().toMillis(),
                lease.validUntilMillis(),
                run.destinationNames(),
                lease.plan().withSignature("").withoutProblems());
    }

    /** While the broker is away the run pauses. */
    private void sendPatiently(Lease lease) {
        long since = clock.millis();
        for (int tries = 0; !run.isStopped(); tries++) {
            try {
                Optional<String> message = message(lease);
                if (message.isPresent()) {
                    broker.send(message.get());
                }
                return;
            } catch (Exception e) {
                LOG.debug("The broker does not take a plan of {}", about, e);
                long away = clock.millis() - since;
                if (away > patience.silence().toMillis()) {
                    run.giveUp("the broker has been away for " + away / 1000 + " s, longer than outageTimeout: " + e);
                    return;
                }
                pauseFor(Duration.ofMillis(pause(tries)));
            }
        }
    }

    private void pauseFor(Duration time) {
        try {
            sleeper.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            run.giveUp("the run was interrupted");
        }
    }

    /** What has no answer to wait for; if it is lost, nothing is. */
    private void tell(RunMessage message) {
        try {
            broker.send(json.write(message));
        } catch (Exception e) {
            LOG.debug("The broker does not take {}", message, e);
        }
    }

    /** Looks what has become due: leases that ended, plans that may be lost, silence. */
    void tick() {
        if (!term.holds(state())) {
            run.giveUp(term.loss());
        }
        long now = clock.millis();
        if (run.isStopped()) {
            lose(stopped(now));
            return;
        }
        List<Lease> due;
        synchronized (this) {
            due = leases.due(now);
        }
        due.forEach(this::giveAgain);
        giveHeld();
        probe(now);
        if (isSilent(now)) {
            run.giveUp(
                    "no worker has answered for " + patience.silence().toSeconds() + " s, longer than outageTimeout");
        }
    }

    private String state() {
        if (run.isRemoving()) {
            return "REMOVING";
        }
        return run.isScanned() ? "TRANSFERRING" : "SCANNING";
    }

    private synchronized boolean isSilent(long now) {
        return !leases.isEmpty() && now - heardMillis > patience.silence().toMillis();
    }

    private void giveAgain(Lease lease) {
        boolean isOver;
        synchronized (this) {
            if (leases.find(lease.plan().planId()).isEmpty()) {
                return;
            }
            boolean isCounted = !leases.isToBeGiven(lease);
            isOver = isCounted && lease.attempt() >= MAX_ATTEMPTS;
            if (!isCounted && lease.isRemoval() && !removals.hasRoom(leases.removalsOut())) {
                leases.hold(lease);
                return;
            }
            if (isOver) {
                leases.end(lease);
            } else {
                if (isCounted) {
                    leases.countAttempt(lease);
                }
                leases.giveAgain(lease);
                // It is as good a probe as any.
                probedMillis = clock.millis();
            }
        }
        if (isOver) {
            end(
                    lease,
                    "",
                    PlanResult.of(
                            Outcome.POISON,
                            "it was given to workers " + MAX_ATTEMPTS + " times, and none answered within the lease"));
        } else {
            sendAgain(lease);
        }
    }

    /** Removals that came back go out again as far as there is room. */
    private void giveHeld() {
        while (!run.isStopped()) {
            Lease lease;
            synchronized (this) {
                lease = removals.hasRoom(leases.removalsOut())
                        ? leases.nextHeld().orElse(null)
                        : null;
                if (lease == null) {
                    return;
                }
                leases.giveAgain(lease);
            }
            sendAgain(lease);
        }
    }

    private void sendAgain(Lease lease) {
        if (lease.attempt() > 1) {
            run.attempted(lease.plan(), lease.attempt());
        }
        try {
            Optional<String> message = message(lease);
            if (message.isPresent()) {
                broker.send(message.get());
            }
        } catch (Exception e) {
            LOG.debug("The broker does not take a plan of {} again", about, e);
            synchronized (this) {
                leases.giveAt(lease, clock.millis() + pause(1));
            }
        }
    }

    /** Nobody speaks: the last plans in the queue may be lost, and then no later one tells. */
    private void probe(long now) {
        Lease lease;
        synchronized (this) {
            long since = Math.max(heardMillis, probedMillis);
            lease = now - since > patience.lease().toMillis()
                    ? leases.oldestWaiting().orElse(null)
                    : null;
            if (lease == null) {
                return;
            }
            probedMillis = now;
            leases.giveAgain(lease);
        }
        sendAgain(lease);
    }

    /** After a stop nothing is given again: what a worker is at ends within its lease, or is lost. */
    private synchronized List<Lease> stopped(long now) {
        // Each time: one may just have been given by a thread that has not seen the stop.
        leases.heard(Long.MAX_VALUE, now);
        List<Lease> lost = leases.due(now);
        lost.addAll(leases.takeHeld());
        lost.forEach(leases::end);
        return lost;
    }

    private synchronized List<Lease> takeAll() {
        return leases.takeAll();
    }

    private void lose(List<Lease> lost) {
        lost.forEach(lease -> run.lost(lease.plan()));
        synchronized (this) {
            notifyAll();
        }
    }

    /**
     * What workers that died had begun costs until somebody cancels it, and nobody else knows of it. Only what is certain
     * to have no worker is cancelled: one that lives on says so within its lease.
     */
    void endFiles() {
        List<BegunFile> unwanted;
        int left;
        boolean isAllStored = !run.isStopped() && run.isAllStored();
        Predicate<BegunFile> isUnwanted = file -> isAllStored || file.isStored();
        synchronized (this) {
            awaitSilence(isUnwanted);
            unwanted = run.isStopped()
                    ? List.of()
                    : begunFiles.unwanted(
                            isUnwanted, clock.millis() - patience.lease().toMillis());
            left = begunFiles.size() - unwanted.size();
        }
        if (!unwanted.isEmpty() && !term.holds(state())) {
            run.giveUp(term.loss());
            return;
        }
        if (!unwanted.isEmpty() || left > 0) {
            run.endFiles(unwanted, left);
        }
    }

    private void awaitSilence(Predicate<BegunFile> isUnwanted) {
        long asked = clock.millis();
        long lease = patience.lease().toMillis();
        try {
            while (!run.isStopped() && begunFiles.isAnyInDoubt(isUnwanted, clock.millis() - lease, asked)) {
                wait(Math.max(1, lease / TICKS_PER_LEASE));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            run.giveUp("the run was interrupted");
        }
    }

    private synchronized boolean awaitRoom() {
        await(patience.outstanding() - 1);
        return !run.isStopped();
    }

    /** A removal is given when workers get at it soon; false if it is not given any more. */
    private synchronized boolean awaitRoomFor(PathPlan plan) {
        if (!Leases.isRemoval(plan)) {
            return true;
        }
        try {
            while (!run.isStopped() && (leases.areSomeHeld() || !removals.hasRoom(leases.removalsOut()))) {
                wait(patience.lease().toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            run.giveUp("the run was interrupted");
        }
        return !run.isStopped();
    }

    private void awaitAll() {
        if (run.isStopped()) {
            tell(new RunMessage.RunEnded(about));
        }
        synchronized (this) {
            await(0);
        }
    }

    /** Until no more than so many are out; {@link #tick} sees to it that this ends. */
    private void await(int most) {
        try {
            while (leases.size() > most && (most == 0 || !run.isStopped())) {
                wait(patience.lease().toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            run.giveUp("the run was interrupted");
        }
    }

    /** How many plans are out. */
    public synchronized int outstanding() {
        return leases.size();
    }
}
