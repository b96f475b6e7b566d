// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.camelb2.client.retry.Sleeper;
import io.github.camelb2.sync.action.Mandate;
import io.github.camelb2.sync.plan.actions.Expected;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.report.PlanResult;
import io.github.camelb2.sync.report.PlanResult.Outcome;
import io.github.camelb2.sync.wire.PlanSigner;
import io.github.camelb2.sync.wire.RunMessage;
import io.github.camelb2.sync.wire.RunMessageJson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A worker whose machine, clock and key may be wrong, and what it is given by whom. */
class SyncWorkerTest {
    private static final long NOW = 1_800_000_000_000L;

    private final RunMessageJson json = new RunMessageJson(PlanSigner.of("0123456789abcdef"));
    private final ScheduledExecutorService renewals = Executors.newScheduledThreadPool(1);
    private final List<String> done = new ArrayList<>();
    private final List<RunMessage> answers = new CopyOnWriteArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private Outcome outcome = Outcome.DONE;
    private volatile long nowMillis = NOW;
    private Consumer<Mandate> meanwhile = mandate -> {};
    private volatile boolean isBrokerAway;
    private String otherTree = "";
    private Consumer<Consumer<String>> begins = largeFiles -> {};

    private final SyncWorker worker = new SyncWorker(
            "w",
            new Site(),
            json,
            this::send,
            (InstantSource) () -> Instant.ofEpochMilli(nowMillis),
            renewals,
            new Sleeper() {
                @Override
                public boolean sleep(Duration time) {
                    return pauses.add(time);
                }

                @Override
                public boolean isClosed() {
                    return false;
                }

                @Override
                public void close() {}
            });

    private final class Site implements SyncWorker.Site {
        @Override
        public String sync() {
            return "photos";
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
            return nowMillis;
        }

        @Override
        public long serviceMillisNow() {
            return nowMillis;
        }

        @Override
        public Optional<String> otherTree(String runId) {
            return Optional.of(otherTree).filter(it -> !it.isEmpty());
        }

        @Override
        public String worded(String text) {
            return text.replace("/home/worker", "…");
        }

        @Override
        public void admit(PathPlan plan, long destinationNames) {}

        @Override
        public PlanResult carryOut(PathPlan plan, Mandate mandate, Consumer<String> largeFiles) {
            meanwhile.accept(mandate);
            if (mandate.loss().isPresent()) {
                return PlanResult.of(Outcome.DECLINED, mandate.loss().get());
            }
            done.add(plan.path());
            begins.accept(largeFiles);
            return PlanResult.of(outcome, "reason");
        }
    }

    private void send(String message) throws IOException {
        RunMessage read = json.read(message);
        if (isBrokerAway && read instanceof RunMessage.Progress) {
            throw new IOException("the broker is away");
        }
        answers.add(read);
    }

    @AfterEach
    void stop() {
        renewals.shutdownNow();
    }

    private static RunMessage.About about(long epoch) {
        return new RunMessage.About("photos", "run-" + epoch, epoch, "options", "roots");
    }

    private static RunMessage.Act act(RunMessage.About about, int number) {
        String path = "file-" + number;
        PathPlan plan = new PathPlan(
                about.runId(),
                number,
                path,
                new Expected.Nothing(),
                List.of(new SyncAction.Upload(path, 1, 1)),
                List.of());
        return new RunMessage.Act(about, number, 1, 60_000, NOW + 600_000, 0, plan);
    }

    private void take(RunMessage message) throws Exception {
        worker.take(json.write(message));
    }

    private String lastReason() {
        RunMessage.Result last = (RunMessage.Result) answers.get(answers.size() - 1);
        assertThat(last.result().outcome()).isEqualTo(Outcome.DECLINED);
        return last.result().reason();
    }

    @Test
    void whatComesAgainIsAnsweredAgainAndDoneOnce() throws Exception {
        take(act(about(7), 1));
        take(act(about(7), 1));

        assertThat(done).containsExactly("file-1");
        assertThat(answers)
                .hasSize(2)
                .allMatch(it -> ((RunMessage.Result) it).result().outcome().isWell());
    }

    @Test
    void nothingOfARunThatHasEndedIsDone() throws Exception {
        take(new RunMessage.RunEnded(about(7)));
        take(act(about(7), 1));

        assertThat(done).isEmpty();
        assertThat(answers).isEmpty();
    }

    @Test
    void anOlderRunChangesNothingAndItsCoordinatorLearnsWhy() throws Exception {
        take(new RunMessage.RunStarted(about(7)));
        take(act(about(6), 1));

        assertThat(done).isEmpty();
        assertThat(lastReason())
                .contains("a later run of this sync, of epoch 7")
                .contains("clocks");
    }

    /** It would bury the plans of all others. */
    @Test
    void aWorkerWithAnotherKeyDoesNotEmptyTheQueue() throws Exception {
        String ofOthers = new RunMessageJson(PlanSigner.of("another key, not that")).write(act(about(7), 1));
        for (int i = 0; i < 7; i++) {
            assertThatThrownBy(() -> worker.take(ofOthers)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(pauses).hasSize(7).startsWith(Duration.ofMillis(100), Duration.ofMillis(200));
        assertThat(pauses.get(6)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));

        // Once one is read, what cannot be read is a stranger's, and holds nobody up.
        take(act(about(7), 1));
        assertThatThrownBy(() -> worker.take(ofOthers)).isInstanceOf(IllegalArgumentException.class);
        assertThat(pauses).hasSize(7);
        assertThat(done).hasSize(1);
    }

    @Test
    void aWorkerWhoseClockIsAheadDoesNotEmptyTheQueue() throws Exception {
        nowMillis = NOW + 3_600_000;
        take(act(about(7), 1));

        assertThat(lastReason()).contains("clocks of two machines differ");
        assertThat(pauses).hasSize(1);
    }

    /** A long queue is no fault of the worker. */
    @Test
    void whatWaitedTooLongIsGivenBackAtOnceByAWorkerThatDoesWell() throws Exception {
        take(act(about(7), 1));
        nowMillis = NOW + 3_600_000;
        take(act(about(7), 2));

        assertThat(lastReason()).contains("too late");
        assertThat(pauses).isEmpty();
    }

    @Test
    void aWorkerThatFindsItsAccountOrDiskWrongDoesNotEmptyTheQueue() throws Exception {
        outcome = Outcome.FATAL;
        take(act(about(7), 1));
        take(act(about(7), 2));

        assertThat(pauses).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
    }

    private static RunMessage.Act removal(RunMessage.About about, int number, long validUntilMillis) {
        String path = "file-" + number;
        PathPlan plan = new PathPlan(
                about.runId(),
                number,
                path,
                PathPlan.Stage.VANISHED,
                0,
                0,
                new Expected.Newest("id"),
                List.of(new SyncAction.Delete(path, "id", SyncAction.Delete.Note.NEWEST)),
                List.of(),
                "");
        return new RunMessage.Act(about, number, 1, 60_000, validUntilMillis, 0, plan);
    }

    /** Its coordinator may have been taken over by then. */
    @Test
    void aRemovalThatTakesTooLongIsBrokenOff() throws Exception {
        meanwhile = mandate -> nowMillis += 20_001;
        take(removal(about(7), 1, NOW + 20_000));

        assertThat(done).isEmpty();
        assertThat(lastReason()).contains("too late");
    }

    @Test
    void aRemovalThatComesAgainMeanwhileMayGoOn() throws Exception {
        meanwhile = mandate -> {
            nowMillis += 20_001;
            try {
                take(removal(about(7), 1, NOW + 40_000));
                assertThat(mandate.loss()).isPresent();
                RunMessage.Act later = removal(about(7), 1, NOW + 40_000);
                take(new RunMessage.Act(about(7), 2, 1, 60_000, NOW + 40_000, 0, later.plan()));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
        take(removal(about(7), 1, NOW + 20_000));

        assertThat(done).hasSize(1);
        assertThat(answers)
                .singleElement()
                .extracting(it -> ((RunMessage.Result) it).seq())
                .isEqualTo(2L);
    }

    /** As a machine that was paused, by whatever clock shows it. */
    @Test
    void aTransferWhoseWorkerStoodStillIsBrokenOff() throws Exception {
        meanwhile = mandate -> nowMillis += 61_000;
        take(act(about(7), 1));

        assertThat(done).isEmpty();
        assertThat(lastReason()).contains("its lease was lost", "61 s");
    }

    @Test
    void aTransferWhoseWorkerCannotSayThatItIsAtItIsBrokenOff() throws Exception {
        isBrokerAway = true;
        meanwhile = mandate -> await().until(() -> mandate.loss().isPresent());
        RunMessage.Act act = act(about(7), 1);
        take(new RunMessage.Act(act.about(), 1, 1, 60, act.validUntilMillis(), 0, act.plan()));

        assertThat(done).isEmpty();
        assertThat(lastReason()).contains("its lease was lost");
    }

    @Test
    void whatIsAtWorkEndsWhenALaterRunIsHeardOf() throws Exception {
        meanwhile = mandate -> {
            assertThat(mandate.loss()).isEmpty();
            try {
                take(new RunMessage.RunStarted(about(8)));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
        take(act(about(7), 1));

        assertThat(done).isEmpty();
        assertThat(lastReason()).contains("a later run of this sync, of epoch 8");
    }

    @Test
    void whoeverCoordinatesAnOlderRunIsToldOfTheLaterOne() throws Exception {
        take(new RunMessage.RunStarted(about(7)));
        take(act(about(6), 1));

        assertThat(answers).hasSize(2).first().isEqualTo(new RunMessage.RunStarted(about(7)));
    }

    @Test
    void noReasonNamesAPathOfTheMachine() throws Exception {
        otherTree = "/home/worker/photos is not the one";
        take(act(about(7), 1));

        assertThat(lastReason()).contains("…/photos is not the one").doesNotContain("/home");
    }

    @Test
    void aWorkerThatSeesAnotherTreeDoesNothing() throws Exception {
        otherTree = "it is not the one";
        take(act(about(7), 1));

        assertThat(done).isEmpty();
        assertThat(lastReason()).contains("it is not the one");
        assertThat(pauses).hasSize(1);
    }

    @Test
    void aLargeFileIsToldOfAtOnceAndNotAfterItsPlan() throws Exception {
        List<Consumer<String>> late = new ArrayList<>();
        begins = largeFiles -> {
            late.add(largeFiles);
            largeFiles.accept("large-1");
            await().until(() -> !told().isEmpty());
        };

        worker.take(json.write(act(about(1), 1)));
        late.get(0).accept("large-2");

        assertThat(told()).containsExactly("large-1");
        assertThat(answers.get(answers.size() - 1)).isInstanceOf(RunMessage.Result.class);
    }

    private List<String> told() {
        return answers.stream()
                .filter(RunMessage.Progress.class::isInstance)
                .map(message -> ((RunMessage.Progress) message).largeFile())
                .toList();
    }
}
