// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.actions.ActionKind;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.SyncRun;
import io.github.camelb2.sync.plan.actions.Withheld;
import io.github.camelb2.sync.plan.item.Arrival;
import io.github.camelb2.sync.plan.item.MarkerNames;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.merge.MergeJoin;
import io.github.camelb2.sync.plan.merge.Revisit;
import io.github.camelb2.sync.plan.merge.Spellings;
import io.github.camelb2.sync.plan.merge.UnknownNames;
import io.github.camelb2.sync.plan.path.PathPlanner;
import io.github.camelb2.sync.plan.path.Transfer;
import io.github.camelb2.sync.plan.policy.SyncPolicy;
import io.github.camelb2.sync.plan.policy.Unicode;

/**
 * The plans of one run, made one by one as they are asked for.
 *
 * <p>{@link #hasNext} and {@link #next} never throw because of a scan: what goes wrong comes as a plan with a problem.
 * Iteration belongs to one thread; the counts may be read by any. Paths that need nothing are counted and left out.
 */
public final class SyncPlan implements RunPlans {
    private final MergeJoin scans;
    private final SyncPolicy policy;
    private final NumberedPlans plans;
    private final Transfer transfer;
    private final Comparisons comparisons;
    private final PathPlanner paths;
    private final Predicate<ScanItem.SyncFile> excludedAtDestination;
    private final Function<String, Optional<String>> staysWithoutSource;
    private final UnknownNames unknown;
    private final Spellings spellings = new Spellings();
    private final Unicode unicode;
    private final Guards guards;
    private final RemovalQueue removals;
    private final LastTransfers last;
    private final LongSupplier destinationSeen;
    private final SecondLook secondLook;
    private final Revisit revisit;
    private final MergeJoin.Receiver receiver = new Found();
    private final SecondLook.Receiver lookingAgain = new FoundAgain();

    /** What is given now. */
    private enum Phase {
        /** What moves, while the scans go on. */
        SCANNING,
        /** The scans have ended: transfers are waited for, and the source is looked at again. */
        BARRIER,
        /** What goes. */
        REMOVING,
        /** Nothing goes any more: everything under way is waited for. */
        LAST_BARRIER,
        /** What comes behind all else. */
        LAST
    }

    private final ReadyPlans ready;
    private final Renames renames;
    private volatile Phase phase = Phase.SCANNING;
    private boolean scansBroke;
    /** Why the scans end before their end. */
    private @Nullable String brokenBecause;

    private boolean isLooking;
    private volatile boolean stopped;
    private boolean finished;
    private final AtomicLong compared = new AtomicLong();
    private final AtomicLong comparedByTime = new AtomicLong();
    private final AtomicLong plannedPaths = new AtomicLong();
    private final AtomicLong plannedBytes = new AtomicLong();
    private volatile boolean scansDone;

    SyncPlan(
            Iterator<? extends ScanItem> source,
            Iterator<? extends ScanItem> destination,
            SyncPolicy policy,
            SyncRun run,
            SyncPlanner.PlanSupport support) {
        this.scans = new MergeJoin(source, destination);
        this.policy = policy;
        this.plans = new NumberedPlans(run.id(), support.marks());
        this.unknown = new UnknownNames(policy.excludedAtDestination());
        this.transfer = new Transfer(policy, support.localSha1(), support.cutsTimes());
        this.comparisons = new Comparisons(support.threads(), transfer);
        this.paths = new PathPlanner(policy, run.nowMillis(), transfer, support.revisit()::arrivalOf);
        this.excludedAtDestination = support.excludedAtDestination();
        this.staysWithoutSource = support.staysWithoutSource();
        this.guards =
                new Guards(policy, support.transfers(), support.clockTrouble(), (path, file) -> support.localSha1()
                        .of(new ScanItem.LocalFile(path, file.size(), file.modifiedMillis())));
        this.revisit = support.revisit();
        this.secondLook = new SecondLook(support.revisit(), transfer, guards, policy);
        this.removals = new RemovalQueue(support.spool().get(), guards, unknown);
        this.last = new LastTransfers(support.spool(), support.comesLast());
        this.destinationSeen = support.destinationSeen();
        this.unicode = support.unicode();
        this.ready = new ReadyPlans(support.order());
        this.renames = new Renames(support.renames(), support.lines(), support.localSha1(), support.marks());
    }

    /**
     * Reads the scans on. It never waits for a transfer, because some splitters ask it before they begin the plan that
     * they have just taken; {@link #next} does, before the first removal.
     */
    @Override
    public boolean hasNext() {
        while (!ready.canGive() && !finished && !stopped && !waits()) {
            try {
                if (phase == Phase.REMOVING) {
                    takeRemoval();
                } else if (phase == Phase.LAST) {
                    takeLast();
                } else {
                    advance();
                }
            } catch (RuntimeException e) {
                // Only the spool's disk can fail here; without it nothing may be deleted.
                breakOff(e);
            }
        }
        return !stopped && (!ready.isEmpty() || !finished);
    }

    /** The next plan; one without actions and problems where the removals end with nothing to do. */
    @Override
    public PathPlan next() {
        if (!hasNext()) {
            if (stopped) {
                // Between the caller's question and now.
                return plans.nothing();
            }
            throw new NoSuchElementException();
        }
        PathPlan plan = ready.poll();
        return plan != null ? plan : passBarrier();
    }

    private boolean waits() {
        return phase == Phase.BARRIER || phase == Phase.LAST_BARRIER;
    }

    @Override
    public List<Withheld> withheld() {
        return guards.withheld();
    }

    @Override
    public long destinationNames() {
        return guards.destinationNames();
    }

    @Override
    public boolean vanishedWait() {
        return guards.vanishedWait();
    }

    @Override
    public boolean isAtBarrier() {
        return ready.isEmpty() && phase == Phase.BARRIER && !finished;
    }

    @Override
    public boolean isRemoving() {
        return phase.compareTo(Phase.REMOVING) >= 0;
    }

    @Override
    public long compared() {
        return compared.get();
    }

    @Override
    public long comparedByTime() {
        return comparedByTime.get();
    }

    @Override
    public long plannedPaths() {
        return plannedPaths.get();
    }

    @Override
    public long plannedBytes() {
        return plannedBytes.get();
    }

    @Override
    public boolean isScanned() {
        return scansDone;
    }

    @Override
    public Optional<ScanEnd> scanEnd() {
        boolean isEnd =
                scansDone && !scansBroke && ready.isEmpty() && !isLooking && (finished || phase == Phase.BARRIER);
        return isEnd
                ? Optional.of(new ScanEnd(
                        compared(),
                        comparedByTime(),
                        plannedPaths(),
                        plannedBytes(),
                        guards.counts(),
                        guards.notTried(),
                        guards.hasKeptApart(),
                        unknown.refusedLate()))
                : Optional.empty();
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public void close() {
        finished = true;
        ready.clear();
        comparisons.close();
        renames.close();
        removals.close();
        last.close();
        scans.close();
    }

    private void advance() {
        Comparisons.Compared compared = comparisons.isFull() ? comparisons.await() : comparisons.poll();
        if (compared != null) {
            submit(compared);
        } else if (!scansDone && brokenBecause == null) {
            if (!scans.advance(receiver)) {
                awaitComparisons();
                pairSpellings();
                scansDone = true;
            }
        } else if (!comparisons.isEmpty()) {
            submit(comparisons.await());
        } else if (renames.hasNext()) {
            renames.next().ifPresent(this::submit);
        } else {
            endOfScans();
        }
    }

    private void awaitComparisons() {
        while (!comparisons.isEmpty()) {
            submit(comparisons.await());
        }
    }

    /** What the scans find. */
    private final class Found implements MergeJoin.Receiver {
        @Override
        public void pair(ScanItem.SyncFile from, ScanItem.@Nullable SyncFile to) {
            planPair(from, to);
        }

        @Override
        public void absent(ScanItem.SyncFile file) {
            planAbsent(file);
        }

        @Override
        public void refusedAtSource(ScanItem.Refused refused) {
            unknown.refusedAtSource(refused);
            report(refused, Problem.Kind.SOURCE_REFUSED);
        }

        @Override
        public void excluded(ScanItem.Excluded excluded) {
            unknown.excluded(excluded);
        }

        @Override
        public void refusedAtDestination(ScanItem.Refused refused) {
            unknown.refusedAtDestination(refused);
            report(refused, Problem.Kind.DESTINATION_REFUSED);
        }

        @Override
        public void broken(String side, String reason) {
            awaitComparisons();
            // What came is stored all the same, as soon as it is known whether it can be copied.
            brokenBecause = "the scan of the " + side + " broke off: " + reason;
        }
    }

    /** What the second look finds. */
    private final class FoundAgain implements SecondLook.Receiver {
        @Override
        public void move(ScanItem.SyncFile from, ScanItem.@Nullable SyncFile to) {
            submit(from, to, paths.planPair(from, to, Transfer.Decision.MOVE), 0);
        }

        @Override
        public void notRead(ScanItem.SyncFile first) {
            offer(SecondLook.notReadFrom(first));
        }

        @Override
        public void broken(String reason) {
            endWith(reason);
        }
    }

    private void planPair(ScanItem.SyncFile from, ScanItem.@Nullable SyncFile to) {
        compared.incrementAndGet();
        if (!from.isVisible()) {
            // Nobody reads it there.
            if (to != null) {
                planAbsent(to);
            }
            return;
        }
        if (!MarkerNames.isName(from.path()) || from.size() > 0) {
            // Empty directories are what a disk that is gone leaves.
            guards.sourceFile();
        }
        if (unknown.mayBeAtDestination(from.path())) {
            offer(new Problem(
                    from.path(),
                    Problem.Kind.DESTINATION_REFUSED,
                    "the destination could not be read there, so it is not known what it holds"));
            return;
        }
        if (to != null) {
            guards.destinationName(to);
        }
        if (to == null && waitsForSpelling(Spellings.Kind.NEW, from)) {
            return;
        }
        submitPair(from, to, destinationSeen.getAsLong());
    }

    private void submitPair(ScanItem.SyncFile from, ScanItem.@Nullable SyncFile to, long seen) {
        if (to == null && renames.hold(from, seen)) {
            return;
        }
        Transfer.Decision decision = transfer.decide(from, to);
        if (transfer.lacksSha1(from, to)) {
            comparedByTime.incrementAndGet();
        }
        if (decision == Transfer.Decision.COMPARE && to != null) {
            comparisons.begin(from, to, seen);
        } else {
            submit(from, to, paths.planPair(from, to, decision), seen);
        }
    }

    private void submit(Comparisons.Compared pair) {
        PathPlanner.Outcome outcome;
        if (pair.decision() == null) {
            outcome = PathPlanner.planUnreadable(pair.source(), Objects.requireNonNull(pair.failure()));
            guards.notStored(pair.source().size(), pair.source().modifiedMillis());
            guards.contentNotStored(pair.source().size(), "");
        } else {
            outcome = paths.planPair(pair.source(), pair.destination(), pair.decision());
        }
        submit(pair.source(), pair.destination(), outcome, pair.seenMillis());
    }

    private void submit(
            ScanItem.SyncFile from, ScanItem.@Nullable SyncFile to, PathPlanner.Outcome outcome, long seen) {
        if (outcome.keptApart() || outcome.isRefused()) {
            guards.keptApart(from);
            secondLook.keptApart(from);
        }
        if (!outcome.transfers().isEmpty()) {
            secondLook.moves(from);
        }
        submit(from.path(), to, outcome, PathPlan.Stage.SUPERSEDED, seen);
    }

    /** A file that came, when it is known whether it is one that vanished. */
    private void submit(Renames.Arrived arrived) {
        PathPlanner.Outcome outcome = arrived.action() == null
                ? paths.planPair(arrived.file(), null, Transfer.Decision.MOVE)
                : new PathPlanner.Outcome(List.of(arrived.action()), List.of(), List.of(), false);
        submit(arrived.file(), null, outcome, arrived.seenMillis());
    }

    private boolean waitsForSpelling(Spellings.Kind kind, ScanItem.SyncFile file) {
        return unicode == Unicode.NORMALIZED
                && Spellings.hasOthers(file.path())
                && (spellings.hold(kind, file, destinationSeen.getAsLong()) || kind == Spellings.Kind.VANISHED);
    }

    /**
     * Plans what waited for another spelling. Where each side has one name left over they are the same: equal files stay
     * under both names, and of different ones the new spelling is stored before the old one goes.
     */
    private void pairSpellings() {
        boolean nobodyKnows = spellings.hasOverflowed();
        if (nobodyKnows) {
            offer(new Problem(
                    "",
                    Problem.Kind.SKIPPED,
                    "more names of one side alone have other spellings than can be held, so none of them is removed"));
        }
        for (Spellings.Group group : spellings.release()) {
            boolean isPair = group.isPair() && !nobodyKnows;
            if (isPair
                    && staysAsItIs(
                            group.arrived().get(0).file(),
                            group.vanished().get(0).file())) {
                guards.destinationName(group.vanished().get(0).file());
                continue;
            }
            group.arrived().forEach(held -> submitPair(held.file(), null, held.seenMillis()));
            boolean mayGo = !nobodyKnows && (isPair || group.arrived().isEmpty());
            if (mayGo) {
                group.vanished().forEach(held -> submitAbsent(held.file(), held.seenMillis()));
            }
        }
    }

    /** Of one content: another file of that size and time may have come under the new spelling. */
    private boolean staysAsItIs(ScanItem.SyncFile from, ScanItem.SyncFile to) {
        boolean stays = secondLook.isStoredUnderAnotherName(from, to);
        if (stays && paths.looksDifferent(from, to)) {
            guards.keptApart(from);
        }
        return stays;
    }

    private void planAbsent(ScanItem.SyncFile file) {
        boolean leftAlone = unknown.staysAtDestination(file.path())
                || (policy.excludedAtDestination() == SyncPolicy.ExcludedFiles.LEFT_ALONE
                        && excludedAtDestination.test(file));
        if (leftAlone || unknown.mayBeAtSource(file.path())) {
            return;
        }
        if (revisit.arrivalOf(file) != Arrival.BEFORE) {
            offer(new Problem(
                    file.path(),
                    Problem.Kind.SKIPPED,
                    "it came to the destination after the run had begun, or may have come, so it stays; the next run"
                            + " decides"));
            return;
        }
        Optional<String> stays = staysWithoutSource.apply(file.path());
        if (stays.isPresent()) {
            offer(new Problem(file.path(), Problem.Kind.SKIPPED, stays.get()));
        } else if (!waitsForSpelling(Spellings.Kind.VANISHED, file)) {
            submitAbsent(file, destinationSeen.getAsLong());
        }
    }

    private void submitAbsent(ScanItem.SyncFile file, long seen) {
        renames.vanished(file);
        PathPlanner.Outcome outcome = paths.planAbsent(file);
        if (!outcome.removals().isEmpty()) {
            guards.destinationName(file);
        }
        submit(file.path(), file, outcome, PathPlan.Stage.VANISHED, seen);
    }

    private void submit(
            String path, ScanItem.@Nullable SyncFile to, PathPlanner.Outcome outcome, PathPlan.Stage stage, long seen) {
        if (outcome.isRefused()) {
            guards.notStored(outcome.problems().get(0));
        }
        long after = 0;
        if (!outcome.transfers().isEmpty() || !outcome.problems().isEmpty()) {
            PathPlan plan = plans.transfer(path, to, outcome, seen);
            after = outcome.transfers().isEmpty() ? 0 : plan.planId();
            if (!last.hold(plan)) {
                offer(plan);
            }
        }
        if (to != null && !outcome.removals().isEmpty()) {
            boolean vanishes = outcome.removals().get(0).kind() == ActionKind.DELETE_LOCAL;
            PathPlan.Stage when = vanishes ? PathPlan.Stage.VANISHED : stage;
            PathPlan removal = plans.removal(to, outcome.removals(), when, after, seen);
            secondLook.goes(removal);
            removals.add(removal);
        }
    }

    private void endOfScans() {
        if (brokenBecause != null) {
            endWith(brokenBecause);
        } else if (!unknown.overflow().isEmpty()) {
            endWith(unknown.overflow());
        } else if (removals.isEmpty()) {
            guards.judgeScans().forEach(this::offer);
            endOfRemovals();
        } else {
            phase = Phase.BARRIER;
        }
    }

    /** Ends the scans; what waits is counted as withheld. */
    private void endWith(String reason) {
        scansBroke = true;
        secondLook.skip();
        guards.scanBroke(reason);
        offer(new Problem("", Problem.Kind.SCAN_BROKEN, reason));
        finished = removals.isEmpty() && last.isEmpty();
        phase = Phase.BARRIER;
    }

    /** Gives what the second look finds; where it finds nothing, the first removal that the guards admit. */
    private PathPlan passBarrier() {
        try {
            while (ready.isEmpty() && !stopped && phase == Phase.BARRIER) {
                stepAtBarrier();
            }
            if (ready.isEmpty() && !stopped && phase == Phase.LAST_BARRIER) {
                guards.awaitTransfers();
                phase = Phase.LAST;
            }
        } catch (RuntimeException e) {
            breakOff(e);
        }
        // Where the guards admit no removal, what comes last waits behind a barrier of its own.
        PathPlan plan = hasNext() ? ready.poll() : null;
        return plan == null ? plans.nothing() : plan;
    }

    /** Waits for the transfers, looks, and waits for what was found: between the last look and the removals is nothing. */
    private void stepAtBarrier() {
        if (!isLooking) {
            guards.awaitTransfers();
            isLooking = true;
        } else if (!secondLook.advance(lookingAgain)) {
            isLooking = false;
            if (secondLook.isDone() && ready.isEmpty()) {
                beginRemovals();
            }
        }
    }

    private void beginRemovals() {
        if (!scansBroke) {
            guards.judgeScans().forEach(this::offer);
        }
        removals.open();
        phase = Phase.REMOVING;
    }

    private void takeRemoval() {
        if (removals.hasNext()) {
            removals.next().ifPresent(this::offer);
        } else {
            removals.close();
            endOfRemovals();
        }
    }

    private void endOfRemovals() {
        finished = last.isEmpty();
        phase = finished ? phase : Phase.LAST_BARRIER;
    }

    private void takeLast() {
        if (last.hasNext()) {
            offer(last.next());
        } else {
            last.close();
            finished = true;
        }
    }

    private void breakOff(RuntimeException e) {
        removals.breakOff();
        finished = true;
        offer(new Problem("", Problem.Kind.SCAN_BROKEN, "the plan broke off: " + e.getMessage()));
    }

    private void offer(Problem problem) {
        offer(plans.problem(problem));
    }

    private void offer(PathPlan plan) {
        ready.add(plan);
        count(plan);
    }

    private void count(PathPlan plan) {
        if (!plan.actions().isEmpty()) {
            plannedPaths.incrementAndGet();
            plannedBytes.addAndGet(plan.bytes());
        }
    }

    private void report(ScanItem.Refused refused, Problem.Kind failure) {
        if (refused.weight() != ScanItem.Refused.Weight.SILENT) {
            boolean fails = refused.weight() == ScanItem.Refused.Weight.FAILURE;
            offer(new Problem(refused.path(), fails ? failure : Problem.Kind.SKIPPED, refused.reason()));
        }
    }
}
