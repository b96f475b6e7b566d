// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.camelb2.client.retry.Sleeper;
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

/** A worker whose machine, clock and key may be wrong, and what it is given by whom. */
class SyncWorkerTest {
    private static final long NOW = 1_800_000_000_000L;

    private final RunMessageJson json = new RunMessageJson(PlanSigner.of("0123456789abcdef"));
    private final ScheduledExecutorService renewals = Executors.newScheduledThreadPool(1);
    private final List<String> done = new ArrayList<>();
    private final List<RunMessage> answers = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private Outcome outcome = Outcome.DONE;
    private long nowMillis = NOW;
    private String otherTree = "";

    private final SyncWorker worker = new SyncWorker(
            "w",
            new Site(),
            json,
            message -> answers.add(json.read(message)),
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
        public String roots() {
            return "roots";
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
        public PlanResult carryOut(PathPlan plan) {
            done.add(plan.path());
            return PlanResult.of(outcome, "reason");
        }
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

    @Test
    void aWorkerThatSeesAnotherTreeDoesNothing() throws Exception {
        otherTree = "it is not the one";
        take(act(about(7), 1));

        assertThat(done).isEmpty();
        assertThat(lastReason()).contains("it is not the one");
        assertThat(pauses).hasSize(1);
    }
}
