// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.cost.Bill;
import io.github.camelb2.sync.plan.ScanEnd;
import io.github.camelb2.sync.plan.actions.Expected;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.report.PlanResult;
import io.github.camelb2.sync.report.PlanResult.Outcome;
import io.github.camelb2.sync.wire.PlanSigner;
import io.github.camelb2.sync.wire.RunMessage;
import io.github.camelb2.sync.wire.RunMessageJson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The coordinator with a clock, a broker and workers that are simulated: nothing waits. */
class CoordinatorTest {
    private static final boolean SOAK = Boolean.getBoolean("soak");
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration SILENCE = Duration.ofMinutes(5);

    private final RunMessageJson json = new RunMessageJson(PlanSigner.of("0123456789abcdef"));
    private final RunMessage.About about = new RunMessage.About("photos", "run-1", 7, "options", "roots");
    private final Clock clock = new Clock();
    private final Plans plans = new Plans();
    private final Queue queue = new Queue();
    private Term.Unfinished before;
    private boolean isTakenOver;
    private boolean leavesRemovals;
    private Duration settling = Duration.ZERO;

    private static final class Clock implements InstantSource {
        private long millis = 1_000_000;
        private Runnable onRead = () -> {};

        @Override
        public Instant instant() {
            Instant now = Instant.ofEpochMilli(millis);
            onRead.run();
            return now;
        }
    }

    /** A run whose transfers are numbers. */
    private static final class Plans implements GivenRun {
        private long count;
        private long next;
        private long ended;
        private long lost;
        private String gaveUp = "";
        private int attempts = 1;
        private boolean areRemovals;
        private Runnable stopsWhenAsked = () -> {};
        private final Map<Outcome, Long> outcomes = new TreeMap<>();
        private final List<String> notes = new ArrayList<>();
        private final List<String> troubles = new ArrayList<>();
        private final Map<String, BegunFile> kept = new TreeMap<>();
        private final List<String> cancelled = new ArrayList<>();
        private List<BegunFile> begunBefore = List.of();
        private boolean isAllStored;
        private int leftFiles;
        private String last = "";

        @Override
        public String runId() {
            return "run-1";
        }

        @Override
        public boolean hasNext() {
            return gaveUp.isEmpty() && next < count;
        }

        @Override
        public PathPlan next() {
            stopsWhenAsked.run();
            next++;
            String path = "dir/file-" + next;
            if (areRemovals) {
                return new PathPlan(
                        "run-1",
                        next,
                        path,
                        PathPlan.Stage.VANISHED,
                        0,
                        0,
                        new Expected.Newest("id"),
                        List.of(new SyncAction.Delete(path, "id", SyncAction.Delete.Note.NEWEST)),
                        List.of(),
                        "");
            }
            return new PathPlan(
                    "run-1",
                    next,
                    path,
                    new Expected.Nothing(),
                    List.of(new SyncAction.Upload(path, 10, 1_700_000_000_000L)),
                    List.of(new Problem(path, Problem.Kind.SKIPPED, "/home/coordinator/" + path + " is a pipe")));
        }

        @Override
        public void begun(PathPlan plan) {}

        @Override
        public void goOn(ScanEnd end) {}

        @Override
        public int attempts(PathPlan plan) {
            return attempts;
        }

        @Override
        public void attempted(PathPlan plan, int attempt) {}

        @Override
        public boolean isRemoving() {
            return false;
        }

        @Override
        public void ended(PathPlan plan, String worker, PlanResult result) {
            ended++;
            outcomes.merge(result.outcome(), 1L, Long::sum);
            last = result.reason();
        }

        @Override
        public void lost(PathPlan plan) {
            lost++;
        }

        @Override
        public void note(String path, String reason) {
            notes.add(reason);
        }

        @Override
        public void trouble(String reason) {
            troubles.add(reason);
        }

        @Override
        public List<BegunFile> begunFiles() {
            return begunBefore;
        }

        @Override
        public void keep(BegunFile file) {
            kept.put(file.fileId(), file);
        }

        @Override
        public void forget(String fileId) {
            kept.remove(fileId);
        }

        @Override
        public boolean isAllStored() {
            return isAllStored;
        }

        @Override
        public void endFiles(List<BegunFile> unwanted, int left) {
            unwanted.forEach(file -> cancelled.add(file.fileId()));
            leftFiles = left;
        }

        @Override
        public void giveUp(String reason) {
            gaveUp = gaveUp.isEmpty() ? reason : gaveUp;
        }

        @Override
        public boolean isStopped() {
            return !gaveUp.isEmpty();
        }

        @Override
        public boolean isScanned() {
            // Then no other message is between the plans.
            return false;
        }

        @Override
        public long destinationNames() {
            return 0;
        }
    }

    private static final class Queue implements Coordinator.Broker {
        private final Deque<String> messages = new ArrayDeque<>();
        private final List<String> dead = new ArrayList<>();
        private boolean isAway;
        private long bytes;

        @Override
        public void send(String message) throws IOException {
            if (isAway) {
                throw new IOException("the broker is away");
            }
            messages.add(message);
            bytes += message.length();
        }

        @Override
        public void deadLetter(String message) {
            dead.add(message);
        }
    }

    private Coordinator coordinator(int outstanding) {
        return new Coordinator(
                plans,
                about,
                json,
                queue,
                new Coordinator.Patience(outstanding, LEASE, SILENCE),
                new Term() {
                    @Override
                    public long epoch() {
                        return 7;
                    }

                    @Override
                    public Optional<Unfinished> unfinished() {
                        return Optional.ofNullable(before);
                    }

                    @Override
                    public PlanLedger plans() {
                        return PlanLedger.NONE;
                    }

                    @Override
                    public boolean mayRemove() {
                        return !isTakenOver;
                    }

                    @Override
                    public boolean holds(String state) {
                        return !isTakenOver;
                    }

                    @Override
                    public String loss() {
                        return "another coordinator has taken sync photos over";
                    }

                    @Override
                    public Duration removalTime() {
                        return LEASE.dividedBy(3);
                    }

                    @Override
                    public Duration settling() {
                        return settling;
                    }

                    @Override
                    public void leavesRemovals() {
                        leavesRemovals = true;
                    }

                    @Override
                    public void end() {}
                },
                clock,
                clock);
    }

    /** The next plan in the queue. */
    private RunMessage.Act taken() {
        return (RunMessage.Act) json.read(queue.messages.remove());
    }

    private String answer(RunMessage.Act act, Outcome outcome, String fileId) {
        PlanResult result =
                new PlanResult(outcome, List.of(new PlanResult.Done(0, fileId)), "reason", List.of(), Bill.NOTHING);
        return json.write(
                new RunMessage.Result(about, "w", act.seq(), act.plan().planId(), result));
    }

    private void pass(Coordinator coordinator, Duration time) {
        for (long passed = 0; passed < time.toMillis(); passed += LEASE.toMillis() / 10) {
            clock.millis += LEASE.toMillis() / 10;
            coordinator.tick();
        }
    }

    @Test
    void aPlanThatIsGivenWhileTheRunStopsIsNotWaitedForForEver() {
        plans.count = 1;
        Coordinator coordinator = coordinator(10);
        plans.next = 0;
        plans.stopsWhenAsked = () -> {
            plans.giveUp("stopped");
            coordinator.tick();
        };
        coordinator.giveNext();

        pass(coordinator, LEASE.multipliedBy(2));

        assertThat(coordinator.outstanding()).isZero();
        assertThat(plans.lost).isOne();
    }

    @Test
    void aPlanThatKilledWorkersUnderAnotherCoordinatorHasFewerTriesLeft() {
        plans.count = 1;
        plans.attempts = 4;
        Coordinator coordinator = coordinator(10);
        coordinator.giveNext();
        assertThat(taken().attempt()).isEqualTo(4);
        coordinator.answer(json.write(new RunMessage.Progress(about, "w", 1, 1, "")));
        pass(coordinator, LEASE.multipliedBy(2));
        coordinator.answer(json.write(new RunMessage.Progress(about, "w", 2, 1, "")));
        pass(coordinator, LEASE.multipliedBy(2));

        assertThat(plans.outcomes).containsExactly(Map.entry(Outcome.POISON, 1L));
    }

    @Test
    void whatAWorkerOfTheRunBeforeStoredBesideAnotherIsToldOfWithBothIds() {
        plans.count = 2;
        before = new Term.Unfinished("run-0", "TRANSFERRING", Optional.empty());
        Coordinator coordinator = coordinator(10);
        coordinator.giveNext();
        coordinator.giveNext();
        RunMessage.About old = new RunMessage.About(about.sync(), "run-0", 3, about.options(), about.roots());
        RunMessage.Act first = taken();
        RunMessage.Act second = taken();
        PlanResult stored =
                new PlanResult(Outcome.DONE, List.of(new PlanResult.Done(0, "old")), "", List.of(), Bill.NOTHING);

        coordinator.answer(
                json.write(new RunMessage.Result(old, "w", 9, first.plan().planId(), stored)));
        assertThat(plans.ended).isZero();
        coordinator.answer(answer(first, Outcome.DONE, "new"));
        coordinator.answer(answer(second, Outcome.DONE, "new"));
        coordinator.answer(
                json.write(new RunMessage.Result(old, "w", 10, second.plan().planId(), stored)));

        assertThat(plans.ended).isEqualTo(2);
        assertThat(plans.notes).hasSize(2).allMatch(note -> note.contains("old") && note.contains("new"));
    }

    private String progress(RunMessage.About of, String worker, long planId, String largeFile) {
        return json.write(new RunMessage.Progress(of, worker, 1, planId, largeFile));
    }

    /** One plan is given; a worker begins a large file for it. */
    private Coordinator begun(String worker) {
        plans.count = 1;
        Coordinator coordinator = coordinator(10);
        coordinator.begin();
        queue.messages.clear();
        coordinator.giveNext();
        coordinator.answer(progress(about, worker, 1, "large-1"));
        assertThat(plans.kept).containsOnlyKeys("large-1");
        return coordinator;
    }

    @Test
    void aLargeFileOfADeadWorkerIsCancelledWhenAnotherHasStoredItsFile() {
        Coordinator coordinator = begun("dead");
        pass(coordinator, LEASE.multipliedBy(2));
        coordinator.answer(progress(about, "w", 1, "large-2"));
        queue.messages.remove();
        coordinator.answer(answer(taken(), Outcome.DONE, "large-2"));

        assertThat(plans.kept).containsOnlyKeys("large-1");
        assertThat(plans.kept.get("large-1").isStored()).isTrue();
        coordinator.endFiles();

        assertThat(plans.cancelled).containsExactly("large-1");
        assertThat(plans.leftFiles).isZero();
    }

    @Test
    void aLargeFileThatIsFinishedIsForgotten() {
        Coordinator coordinator = begun("w");
        coordinator.answer(answer(taken(), Outcome.DONE, "large-1"));

        coordinator.endFiles();

        assertThat(plans.kept).isEmpty();
        assertThat(plans.cancelled).isEmpty();
    }

    /** Messages overtake each other. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatComesBehindTheEndOfALargeFileBeginsItNotAnew(boolean isKnown) {
        plans.count = 1;
        Coordinator coordinator = coordinator(10);
        coordinator.giveNext();
        if (isKnown) {
            coordinator.answer(progress(about, "w", 1, "large-1"));
        }
        coordinator.answer(answer(taken(), Outcome.DONE, "large-1"));
        coordinator.answer(progress(about, "w", 1, "large-1"));

        coordinator.endFiles();

        assertThat(plans.kept).isEmpty();
        assertThat(plans.leftFiles).isZero();
    }

    @Test
    void aLargeFileWhoseWorkerIsHeardOfBehindTheEndStays() {
        Coordinator coordinator = begun("slow");
        pass(coordinator, LEASE.multipliedBy(2));
        queue.messages.remove();
        coordinator.answer(answer(taken(), Outcome.DONE, "large-2"));
        clock.onRead = () -> {
            clock.onRead = () -> {};
            clock.millis++;
            coordinator.answer(progress(about, "slow", 1, ""));
        };

        coordinator.endFiles();

        assertThat(plans.cancelled).isEmpty();
        assertThat(plans.leftFiles).isOne();
    }

    /** It said that it is not at work on it, so that nobody waits for its silence. */
    @Test
    void aLargeFileThatALivingWorkerLeftIsCancelledAtOnceWhenAnotherHasStoredItsFile() {
        Coordinator coordinator = begun("w2");
        RunMessage.Act first = taken();
        coordinator.answer(json.write(
                new RunMessage.Result(about, "w2", first.seq(), 1, PlanResult.of(Outcome.OUTAGE, "B2 is away"))));
        pass(coordinator, LEASE.dividedBy(2));
        coordinator.answer(answer(taken(), Outcome.DONE, "other"));

        coordinator.endFiles();

        assertThat(plans.cancelled).containsExactly("large-1");
    }

    @Test
    void ofAPlanThatFailedItStaysUnlessAllThatIsWantedIsStored() {
        Coordinator coordinator = begun("w");
        coordinator.answer(answer(taken(), Outcome.FAILED, ""));

        coordinator.endFiles();
        assertThat(plans.cancelled).isEmpty();
        assertThat(plans.leftFiles).isOne();
        plans.isAllStored = true;
        coordinator.endFiles();
        assertThat(plans.cancelled).containsExactly("large-1");
    }

    @Test
    void whoeverHasLostTheSyncCancelsNothing() {
        Coordinator coordinator = begun("dead");
        pass(coordinator, LEASE.multipliedBy(2));
        queue.messages.remove();
        coordinator.answer(answer(taken(), Outcome.DONE, "other"));
        isTakenOver = true;

        coordinator.endFiles();

        assertThat(plans.cancelled).isEmpty();
        assertThat(plans.gaveUp).contains("taken sync");
    }

    @Test
    void whatARunBeforeHadBegunIsCancelledWhenItsWorkersAreSilentAndItsFileIsStored() {
        plans.begunBefore = List.of(new BegunFile("stored", 1, "a", true), new BegunFile("wanted", 0, "b", false));
        before = new Term.Unfinished("run-0", "TRANSFERRING", Optional.empty());
        Coordinator coordinator = coordinator(10);
        coordinator.begin();
        pass(coordinator, LEASE.multipliedBy(2));

        coordinator.endFiles();

        assertThat(plans.cancelled).containsExactly("stored");
        assertThat(plans.leftFiles).isOne();
    }

    /** A worker of the run that is gone on with may live. */
    @Test
    void aWorkerOfTheRunBeforeIsHeardToo() {
        before = new Term.Unfinished("run-0", "TRANSFERRING", Optional.empty());
        RunMessage.About old = new RunMessage.About(about.sync(), "run-0", 3, about.options(), about.roots());
        plans.count = 1;
        Coordinator coordinator = coordinator(10);
        coordinator.begin();
        queue.messages.clear();
        coordinator.giveNext();
        coordinator.answer(progress(old, "old", 1, "large-1"));
        coordinator.answer(answer(taken(), Outcome.DONE, "other"));
        pass(coordinator, LEASE.multipliedBy(2));
        clock.onRead = () -> {
            clock.onRead = () -> {};
            clock.millis++;
            coordinator.answer(progress(old, "old", 1, ""));
        };

        coordinator.endFiles();
        assertThat(plans.cancelled).isEmpty();
        pass(coordinator, LEASE.multipliedBy(2));
        coordinator.endFiles();
        assertThat(plans.cancelled).containsExactly("large-1");
    }

    @Test
    void noMoreThanTenThousandLargeFilesAreRemembered() {
        Coordinator coordinator = begun("w");
        for (int i = 0; i < 10_100; i++) {
            coordinator.answer(progress(about, "w", 1, "made-up-" + i));
        }

        assertThat(plans.kept).hasSize(10_000);
    }

    @Test
    void aPlanThatKillsItsWorkersIsGivenFiveTimesAndBuried() {
        plans.count = 1;
        Coordinator coordinator = coordinator(10);
        coordinator.giveNext();
        for (int attempt = 1; attempt <= Coordinator.MAX_ATTEMPTS; attempt++) {
            RunMessage.Act act = taken();
            assertThat(act.attempt()).isEqualTo(attempt);
            coordinator.answer(json.write(new RunMessage.Progress(
                    about, "w" + attempt, act.seq(), act.plan().planId(), "")));
            pass(coordinator, LEASE.plusSeconds(6));
        }

        assertThat(plans.outcomes).containsOnly(Map.entry(Outcome.POISON, 1L));
        assertThat(plans.gaveUp).isEmpty();
        assertThat(queue.dead).hasSize(1);
        assertThat(queue.messages).isEmpty();
        assertThat(coordinator.outstanding()).isZero();
    }

    @Test
    void aWorkerThatSaysThatItIsAtItKeepsThePlan() {
        plans.count = 1;
        Coordinator coordinator = coordinator(10);
        coordinator.giveNext();
        RunMessage.Act act = taken();
        for (int i = 0; i < 30; i++) {
            coordinator.answer(json.write(
                    new RunMessage.Progress(about, "w", act.seq(), act.plan().planId(), "")));
            pass(coordinator, LEASE.dividedBy(3));
        }
        coordinator.answer(answer(act, Outcome.DONE, "id"));

        assertThat(queue.messages).isEmpty();
        assertThat(plans.outcomes).containsOnly(Map.entry(Outcome.DONE, 1L));
    }

    @Test
    void aPlanMayWaitInTheQueueAsLongAsWorkersAreBusyBeforeIt() {
        plans.count = 3;
        Coordinator coordinator = coordinator(10);
        coordinator.giveNext();
        coordinator.giveNext();
        coordinator.giveNext();
        RunMessage.Act first = taken();
        for (int i = 0; i < 30; i++) {
            coordinator.answer(json.write(new RunMessage.Progress(
                    about, "w", first.seq(), first.plan().planId(), "")));
            pass(coordinator, LEASE.dividedBy(3));
        }

        assertThat(queue.messages).hasSize(2);
    }

    @Test
    void aPlanThatWasLostBeforeOthersIsGivenAgain() {
        plans.count = 2;
        Coordinator coordinator = coordinator(10);
        coordinator.giveNext();
        coordinator.giveNext();
        RunMessage.Act lost = taken();
        coordinator.answer(answer(taken(), Outcome.DONE, "id"));
        pass(coordinator, LEASE.plusSeconds(6));

        assertThat(taken().plan().planId()).isEqualTo(lost.plan().planId());
    }

    @Test
    void aSecondVersionOfAnotherLiveWorkerIsToldOfWithBothIds() {
        plans.count = 1;
        Coordinator coordinator = coordinator(10);
        coordinator.giveNext();
        RunMessage.Act act = taken();
        coordinator.answer(answer(act, Outcome.DONE, "version-1"));
        coordinator.answer(answer(act, Outcome.DONE, "version-1"));
        coordinator.answer(answer(act, Outcome.DONE, "version-2"));
        coordinator.answer(answer(act, Outcome.DONE, "version-2"));

        assertThat(plans.ended).isOne();
        assertThat(plans.notes).singleElement().asString().contains("version-1", "version-2");
    }

    @Test
    void silenceEndsTheRunAndWhatIsOutIsLost() {
        plans.count = 5;
        Coordinator coordinator = coordinator(3);
        coordinator.giveNext();
        coordinator.giveNext();
        pass(coordinator, SILENCE.plus(LEASE).plus(LEASE));

        assertThat(plans.gaveUp).contains("no worker has answered");
        assertThat(plans.lost).isEqualTo(2);
        assertThat(coordinator.giveNext()).isFalse();
    }

    @Test
    void whileTheBrokerIsAwayNothingCountsAsTried() {
        plans.count = 1;
        Coordinator coordinator = coordinator(3);
        coordinator.giveNext();
        RunMessage.Act act = taken();
        coordinator.answer(json.write(
                new RunMessage.Progress(about, "w", act.seq(), act.plan().planId(), "")));
        queue.isAway = true;
        pass(coordinator, LEASE.multipliedBy(3));
        queue.isAway = false;
        pass(coordinator, LEASE);

        assertThat(taken().attempt()).isEqualTo(2);
        assertThat(plans.gaveUp).isEmpty();
    }

    @Test
    void whoeverIsTakenOverGivesUp() {
        plans.count = 1;
        Coordinator coordinator = coordinator(3);
        isTakenOver = true;
        coordinator.tick();

        assertThat(plans.gaveUp).contains("another coordinator has taken sync photos over");
    }

    /** As a broker does with what was delivered too often, or that somebody purges. */
    @Test
    void allPlansThatTheBrokerDropsAreGivenAgain() {
        plans.count = 4;
        Coordinator coordinator = coordinator(10);
        for (int i = 0; i < 4; i++) {
            coordinator.giveNext();
        }
        queue.messages.clear();
        for (int i = 0; plans.ended < 4 && i < 10; i++) {
            pass(coordinator, LEASE.dividedBy(2));
            while (!queue.messages.isEmpty()) {
                coordinator.answer(answer(taken(), Outcome.DONE, "id"));
            }
        }

        assertThat(plans.outcomes).containsOnly(Map.entry(Outcome.DONE, 4L));
        assertThat(plans.gaveUp).isEmpty();
    }

    private String from(String worker, RunMessage.Act act, Outcome outcome) {
        PlanResult result = PlanResult.of(outcome, "because of " + worker);
        return json.write(
                new RunMessage.Result(about, worker, act.seq(), act.plan().planId(), result));
    }

    /** A worker finds the plan too late each time; it is given to the broker again, for hours. */
    @Test
    void aPlanMayWaitInALongQueueForHours() {
        plans.count = 1;
        Coordinator coordinator = coordinator(10);
        coordinator.giveNext();
        for (int tenMinutes = 0; tenMinutes < 30; tenMinutes++) {
            RunMessage.Act act = taken();
            clock.millis = act.validUntilMillis() + 1;
            coordinator.answer(from("w", act, Outcome.DECLINED));
            pass(coordinator, LEASE);
        }
        coordinator.answer(answer(taken(), Outcome.DONE, "id"));

        assertThat(plans.outcomes).containsOnly(Map.entry(Outcome.DONE, 1L));
    }

    /** One machine is set up wrongly, and all others are at long transfers. */
    @Test
    void aWorkerThatTakesNothingFailsNoPlanThatOthersMayTake() {
        plans.count = 2;
        Coordinator coordinator = coordinator(10);
        coordinator.giveNext();
        coordinator.giveNext();
        RunMessage.Act longOne = taken();
        for (int i = 0; i < 50; i++) {
            coordinator.answer(from("wrong", taken(), Outcome.DECLINED));
            for (int third = 0; third < 3; third++) {
                coordinator.answer(json.write(new RunMessage.Progress(
                        about, "right", longOne.seq(), longOne.plan().planId(), "")));
                pass(coordinator, LEASE.dividedBy(3));
            }
        }
        coordinator.answer(from("right", longOne, Outcome.DONE));
        coordinator.answer(from("right", taken(), Outcome.DONE));

        assertThat(plans.outcomes).containsOnly(Map.entry(Outcome.DONE, 2L));
        assertThat(plans.gaveUp).isEmpty();
    }

    @Test
    void whatAllWorkersDeclineFails() {
        plans.count = 1;
        Coordinator coordinator = coordinator(10);
        coordinator.giveNext();
        for (int i = 0; plans.ended == 0 && i < 30; i++) {
            coordinator.answer(from("w" + i % 3, taken(), Outcome.DECLINED));
            pass(coordinator, Duration.ofSeconds(15));
        }

        assertThat(plans.outcomes).containsOnly(Map.entry(Outcome.FAILED, 1L));
        assertThat(plans.last).contains("no worker takes it: because of w");
    }

    /** Its keys for B2 are wrong, or its own disk is full. */
    @Test
    void whatEndsTheRunForOneWorkerAloneIsLeftToOthers() {
        plans.count = 2;
        Coordinator coordinator = coordinator(10);
        coordinator.giveNext();
        coordinator.giveNext();
        coordinator.answer(from("wrong", taken(), Outcome.FATAL));
        coordinator.answer(from("right", taken(), Outcome.DONE));
        pass(coordinator, LEASE.multipliedBy(2));
        coordinator.answer(from("wrong", taken(), Outcome.FATAL));
        pass(coordinator, LEASE.dividedBy(2));
        coordinator.answer(from("right", taken(), Outcome.DONE));

        assertThat(plans.outcomes).containsOnly(Map.entry(Outcome.DONE, 2L));
    }

    @Test
    void whatEndsTheRunForAllEndsIt() {
        plans.count = 3;
        Coordinator coordinator = coordinator(10);
        coordinator.giveNext();
        coordinator.giveNext();
        coordinator.giveNext();
        coordinator.answer(from("w", taken(), Outcome.DONE));
        coordinator.answer(from("w", taken(), Outcome.FATAL));
        assertThat(plans.outcomes).containsOnly(Map.entry(Outcome.DONE, 1L), Map.entry(Outcome.FATAL, 1L));

        coordinator.answer(from("another", taken(), Outcome.FATAL));
        pass(coordinator, LEASE);
        coordinator.answer(from("another", taken(), Outcome.FATAL));
        assertThat(plans.outcomes).containsEntry(Outcome.FATAL, 2L);
    }

    @Test
    void theFirstPlanWaitsForRemovalsOfAnotherCoordinator() {
        plans.count = 2;
        settling = Duration.ofMillis(200);
        long begun = System.nanoTime();
        Coordinator coordinator = coordinator(10);
        coordinator.begin();
        assertThat(queue.messages).hasSize(1);
        coordinator.giveNext();
        coordinator.giveNext();

        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(settling.toNanos());
        assertThat(queue.messages).hasSize(3);
    }

    @Test
    void noMessageNamesAPathOfTheMachine() {
        plans.count = 1;
        Coordinator coordinator = coordinator(10);
        coordinator.giveNext();

        assertThat(queue.messages)
                .singleElement()
                .asString()
                .contains("dir/file-1")
                .doesNotContain("/home");
    }

    /** Whoever takes over waits longer than that: none of a coordinator that is gone is begun any more. */
    @Test
    void aRemovalMayBeBegunForAThirdOfTheLeaseAndIsGivenAgainWhenItComesTooLate() {
        plans.count = 1;
        plans.areRemovals = true;
        Coordinator coordinator = coordinator(10);
        coordinator.giveNext();
        RunMessage.Act act = taken();
        assertThat(act.validUntilMillis()).isEqualTo(clock.millis + LEASE.toMillis() / 3);

        clock.millis = act.validUntilMillis() + 1;
        coordinator.answer(from("w", act, Outcome.DECLINED));
        RunMessage.Act again = taken();
        assertThat(again.validUntilMillis()).isEqualTo(clock.millis + LEASE.toMillis() / 3);
        coordinator.answer(answer(again, Outcome.DONE, "id"));

        assertThat(plans.outcomes).containsOnly(Map.entry(Outcome.DONE, 1L));
    }

    @Test
    void aCoordinatorThatIsTakenOverGivesNoRemovalAgain() {
        plans.count = 2;
        plans.areRemovals = true;
        Coordinator coordinator = coordinator(10);
        coordinator.giveNext();
        RunMessage.Act act = taken();
        isTakenOver = true;
        clock.millis = act.validUntilMillis() + 1;
        coordinator.answer(from("w", act, Outcome.DECLINED));

        assertThat(queue.messages).isEmpty();
        assertThat(plans.gaveUp).contains("another coordinator has taken sync photos over");
        assertThat(coordinator.giveNext()).isFalse();
        pass(coordinator, LEASE.multipliedBy(2));
        assertThat(coordinator.outstanding()).isZero();
        assertThat(plans.lost).isOne();
    }

    @Test
    void aRemovalThatComesTooLateAlsoAloneFails() {
        plans.count = 1;
        plans.areRemovals = true;
        Coordinator coordinator = coordinator(10);
        coordinator.giveNext();
        long begun = clock.millis;
        for (int i = 0; plans.ended == 0 && i < 30; i++) {
            RunMessage.Act act = taken();
            clock.millis = act.validUntilMillis() + 1;
            coordinator.answer(from("w", act, Outcome.DECLINED));
        }

        assertThat(plans.outcomes).containsOnly(Map.entry(Outcome.FAILED, 1L));
        assertThat(clock.millis - begun).isGreaterThan(SILENCE.toMillis());
        assertThat(plans.last).contains("make leaseTime longer");
    }

    /** Else two workers would be at it. */
    @Test
    void aWorkerThatDeclinesAnEarlierGivingChangesNothing() {
        plans.count = 1;
        Coordinator coordinator = coordinator(10);
        coordinator.giveNext();
        RunMessage.Act first = taken();
        coordinator.answer(json.write(
                new RunMessage.Progress(about, "w", first.seq(), first.plan().planId(), "")));
        pass(coordinator, LEASE.plusSeconds(6));
        RunMessage.Act second = taken();
        coordinator.answer(from("w", first, Outcome.DECLINED));
        pass(coordinator, LEASE.dividedBy(2));

        assertThat(queue.messages).isEmpty();
        coordinator.answer(answer(second, Outcome.DONE, "id"));
        assertThat(plans.outcomes).containsOnly(Map.entry(Outcome.DONE, 1L));
    }

    @Test
    void aCoordinatorThatHearsOfALaterRunGivesUp() {
        plans.count = 1;
        Coordinator coordinator = coordinator(10);
        coordinator.giveNext();
        coordinator.answer(
                json.write(new RunMessage.RunStarted(new RunMessage.About("videos", "other", 9, "options", "roots"))));
        assertThat(plans.gaveUp).isEmpty();

        coordinator.answer(
                json.write(new RunMessage.RunStarted(new RunMessage.About("photos", "run-2", 8, "options", "roots"))));

        assertThat(plans.gaveUp).contains("a later run of sync photos, of epoch 8");
    }

    @Test
    void whatAWorkerOfAnEarlierRunPutOnTopOfANewerVersionKeepsThisOneFromBeingComplete() {
        plans.count = 1;
        Coordinator coordinator = coordinator(10);
        RunMessage.About old = new RunMessage.About("photos", "run-0", 3, "options", "roots");
        coordinator.answer(json.write(new RunMessage.Result(
                old, "w", 1, 1, PlanResult.of(Outcome.COVERED, "version A came on top of version B"))));
        coordinator.answer(
                json.write(new RunMessage.Result(old, "w", 1, 1, PlanResult.of(Outcome.CHANGED, "nothing was done"))));

        assertThat(plans.troubles).singleElement().asString().contains("run-0", "version A", "version B");
    }

    /** That run is over, and has been complete. */
    @Test
    void whatAWorkerOfAnEarlierRunStoredASecondTimeIsToldOfOnce() {
        plans.count = 1;
        Coordinator coordinator = coordinator(10);
        RunMessage.About old = new RunMessage.About("photos", "run-0", 3, "options", "roots");
        PlanResult twice = new PlanResult(
                Outcome.DONE,
                List.of(new PlanResult.Done(0, "version-B")),
                "",
                List.of(new Problem("a.txt", Problem.Kind.SKIPPED, "versions version-A and version-B hold the same")),
                Bill.NOTHING);
        for (int i = 0; i < 2; i++) {
            coordinator.answer(json.write(new RunMessage.Result(old, "w", 1, 1, twice)));
        }

        assertThat(plans.notes).singleElement().asString().contains("run-0", "version-A", "version-B");
        assertThat(plans.troubles).isEmpty();
    }

    @Test
    void aRunThatIsBrokenOffWithRemovalsAtTheBrokerSaysSo() throws Exception {
        plans.count = 1;
        plans.areRemovals = true;
        Coordinator coordinator = coordinator(10);
        Thread running = new Thread(coordinator::run);
        running.start();
        await().until(() -> coordinator.outstanding() == 1 && queue.messages.size() == 2);
        running.interrupt();
        running.join();

        assertThat(leavesRemovals).isTrue();
    }

    @Test
    void answersOfOtherRunsAndWithoutTheKeyChangeNothing() {
        plans.count = 1;
        Coordinator coordinator = coordinator(3);
        coordinator.giveNext();
        RunMessage.Act act = taken();
        for (RunMessage.About other : List.of(
                new RunMessage.About("photos", "run-1", 6, "options", "roots"),
                new RunMessage.About("photos", "run-0", 7, "options", "roots"),
                new RunMessage.About("videos", "run-1", 7, "options", "roots"))) {
            coordinator.answer(json.write(new RunMessage.Result(
                    other, "w", act.seq(), act.plan().planId(), PlanResult.of(Outcome.DONE, ""))));
        }
        String forged = new RunMessageJson(PlanSigner.of("another key, not that"))
                .write(new RunMessage.Result(
                        about, "w", act.seq(), act.plan().planId(), PlanResult.of(Outcome.DONE, "")));

        assertThatThrownBy(() -> coordinator.answer(forged)).hasMessageContaining("not signed");
        assertThat(plans.ended).isZero();
        assertThat(coordinator.outstanding()).isOne();
    }

    /** With -Dsoak=true ten million, of which some are lost, repeated and declined. */
    @Test
    void memoryGrowsWithWhatIsOutAndNotWithTheFiles() {
        plans.count = Long.getLong("plans", SOAK ? 10_000_000 : 5_000);
        int outstanding = 1_000;
        Coordinator coordinator = coordinator(outstanding);
        Random random = new Random(1);
        long begun = System.nanoTime();
        long most = 0;
        while (plans.ended < plans.count && plans.gaveUp.isEmpty()) {
            while (coordinator.outstanding() < outstanding && coordinator.giveNext()) {
                most = Math.max(most, coordinator.outstanding());
            }
            for (int i = 0; i < outstanding / 2 && !queue.messages.isEmpty(); i++) {
                RunMessage message = json.read(queue.messages.remove());
                if (message instanceof RunMessage.Act act && random.nextInt(1_000) > 0) {
                    Outcome outcome = random.nextInt(500) == 0 ? Outcome.DECLINED : Outcome.DONE;
                    String answer = answer(act, outcome, "id-" + act.plan().planId());
                    coordinator.answer(answer);
                    if (random.nextInt(100) == 0) {
                        coordinator.answer(answer);
                    }
                }
            }
            clock.millis += 6_000;
            coordinator.tick();
        }

        double seconds = (System.nanoTime() - begun) / 1e9;
        assertThat(plans.gaveUp).isEmpty();
        assertThat(plans.outcomes).containsOnly(Map.entry(Outcome.DONE, plans.count));
        assertThat(plans.notes).isEmpty();
        assertThat(most).isLessThanOrEqualTo(outstanding);
        if (SOAK) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            System.out.printf(
                    "%,d plans in %.0f s: %,.0f a second with both ends in one thread; %d bytes a plan on the wire;"
                            + " heap at the end %d MiB%n",
                    plans.count,
                    seconds,
                    plans.count / seconds,
                    queue.bytes / plans.count,
                    (runtime.totalMemory() - runtime.freeMemory()) >> 20);
        }
        assertThat(plans.last).isEqualTo("reason");
    }
}
