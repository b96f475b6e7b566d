// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.github.camelb2.client.api.B2UnauthorizedException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.sync.action.ActionEvent;
import io.github.camelb2.sync.action.ActionRunner;
import io.github.camelb2.sync.plan.actions.ActionKind;
import io.github.camelb2.sync.plan.actions.Expected;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.plan.actions.SyncAction.Delete.Note;
import io.github.camelb2.sync.report.ReportCollector;
import io.github.camelb2.sync.report.SyncReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PathPlanExecutorTest {
    /** Does nothing but keep a list, and fails where it is told to. */
    private static final class Recorder extends ActionRunner {
        private final List<String> done = new ArrayList<>();
        private final Set<String> failing = new HashSet<>();
        private final Set<String> locked = new HashSet<>();
        private ResumePoint resumePoint = ResumePoint.BEGINNING;

        @Override
        public String upload(SyncAction.Upload action) throws IOException {
            return record(action, "stored");
        }

        @Override
        public String hide(SyncAction.Hide action) throws IOException {
            return record(action, "marker");
        }

        @Override
        public String delete(SyncAction.Delete action) throws IOException {
            return record(action, action.fileId());
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
            done.add("check " + storedFileId);
            return 0;
        }

        @Override
        public ResumePoint findResumePoint(PathPlan plan) {
            return resumePoint;
        }

        private String record(SyncAction action, String id) throws IOException {
            if (locked.contains(id)) {
                throw new B2UnauthorizedException(new ErrorDetails(
                        "b2_delete_file_version", "a", 401, "access_denied", "Access Denied", "", null));
            }
            if (failing.contains(action.line())) {
                throw new IOException("no");
            }
            done.add(action.line());
            return id;
        }
    }

    private final Recorder runner = new Recorder();
    private final ReportCollector report = new ReportCollector();
    private final List<ActionEvent> events = new ArrayList<>();
    private final PathPlanExecutor executor =
            new PathPlanExecutor(runner, SyncReport.Mode.REAL, events::add, report, InstantSource.system());

    private static final PathPlan REPLACE = new PathPlan(
            "r",
            1,
            "a",
            new Expected.Newest("old"),
            List.of(
                    new SyncAction.Upload("a", 10, 1),
                    new SyncAction.Delete("a", "old", Note.OLD_VERSION),
                    new SyncAction.Delete("a", "older", Note.OLD_VERSION)),
            List.of());

    @Test
    void actionsAreDoneInOrderAndTheDestinationIsCheckedOnceBeforeTheFirstDelete() throws Exception {
        executor.execute(REPLACE);

        assertThat(runner.done)
                .containsExactly("upload a", "check stored", "delete a (old version)", "delete a (old version)");
        assertThat(events).extracting(ActionEvent::fileId).containsExactly("stored", "old", "older");
        assertThat(report().done(ActionKind.UPLOAD).bytes()).isEqualTo(10);
        assertThat(report().done(ActionKind.DELETE).actions()).isEqualTo(2);
    }

    @Test
    void nothingIsDeletedAfterAFailedUpload() {
        runner.failing.add("upload a");

        assertThatThrownBy(() -> executor.execute(REPLACE)).hasMessage("upload a: no");

        assertThat(runner.done).isEmpty();
        assertThat(events).singleElement().satisfies(event -> assertThat(event.failure())
                .hasMessage("no"));
        assertThat(report().failures()).containsExactly(new Problem("a", Problem.Kind.ACTION_FAILED, "upload a: no"));
    }

    @Test
    void planThatIsRepeatedGoesOnWhereItStoppedAndIsNoFailureAnyMore() throws Exception {
        runner.failing.add("delete a (old version)");
        assertThatThrownBy(() -> executor.execute(REPLACE)).hasMessageContaining("delete a (old version)");
        runner.failing.clear();

        executor.execute(REPLACE);
        executor.execute(REPLACE);

        assertThat(runner.done)
                .containsExactly("upload a", "check stored", "delete a (old version)", "delete a (old version)");
        assertThat(report().isComplete()).isTrue();
    }

    @Test
    void failedPlansTakeBoundedMemoryAndTheOldestGoOnFromWhatTheDestinationHolds() throws Exception {
        runner.failing.add("upload a");
        int plans = PathPlanExecutor.MAX_REMEMBERED + 10;
        for (int id = 1; id <= plans; id++) {
            PathPlan plan = withId(id);
            assertThatThrownBy(() -> executor.execute(plan)).hasMessage("upload a: no");
        }
        assertThat(executor.remembered()).isEqualTo(PathPlanExecutor.MAX_REMEMBERED);
        assertThat(report().failureCount()).isEqualTo(plans);

        runner.failing.clear();
        runner.resumePoint = new ActionRunner.ResumePoint(1, "theirs");
        executor.execute(withId(1));
        executor.execute(withId(1));

        assertThat(runner.done).containsExactly("check theirs", "delete a (old version)", "delete a (old version)");
        assertThat(report().failureCount()).isEqualTo(plans - 1);
        assertThat(executor.hasFailed(withId(1))).isFalse();
        assertThat(executor.hasFailed(withId(2))).isTrue();
    }

    private static PathPlan withId(long id) {
        return new PathPlan("r", id, "a", REPLACE.expected(), REPLACE.actions(), List.of());
    }

    @Test
    void versionThatCannotBeDeletedIsHiddenAndKeepsItsMarker() throws Exception {
        SyncAction.Delete oldest = new SyncAction.Delete("a", "oldest", Note.OLD_VERSION);
        runner.locked.add("oldest");

        executor.execute(vanished(2, oldest, new SyncAction.Delete("a", "newest", Note.NEWEST)));
        assertThat(runner.done).containsExactly("check ", "hide   a", "delete a ");

        runner.done.clear();
        executor.execute(vanished(3, oldest, new SyncAction.Delete("a", "marker", Note.HIDE_MARKER)));
        assertThat(runner.done).containsExactly("check ");

        runner.done.clear();
        runner.locked.add("newest");
        executor.execute(vanished(4, new SyncAction.Delete("a", "newest", Note.NEWEST)));
        assertThat(runner.done).containsExactly("check ", "hide   a");
        assertThat(report().isComplete()).isTrue();
        assertThat(report().skips()).isNotEmpty();
    }

    private static PathPlan vanished(long id, SyncAction... actions) {
        return new PathPlan(
                "r",
                id,
                "a",
                PathPlan.Stage.VANISHED,
                0,
                0,
                new Expected.Newest("newest"),
                List.of(actions),
                List.of(),
                "");
    }

    @Test
    void dryRunTellsTheSameAndDoesNothing() throws Exception {
        new PathPlanExecutor(runner, SyncReport.Mode.DRY_RUN, events::add, report, InstantSource.system())
                .execute(REPLACE);

        assertThat(runner.done).isEmpty();
        assertThat(events).extracting(event -> event.action().line()).containsExactlyElementsOf(REPLACE.lines());
        assertThat(report().done(ActionKind.UPLOAD).bytes()).isEqualTo(10);
    }

    @Test
    void planThatSomebodyElseCarriedOutIsNotDoneAgain() throws Exception {
        runner.resumePoint = new ActionRunner.ResumePoint(1, "theirs");

        executor.executeForeign(REPLACE);

        assertThat(runner.done).containsExactly("check theirs", "delete a (old version)", "delete a (old version)");
    }

    @Test
    void actionOfAnotherDirectionIsRefused() {
        PathPlan download = new PathPlan(
                "r", 2, "a", new Expected.Nothing(), List.of(new SyncAction.Download("a", "i", 1, 1)), List.of());

        assertThatThrownBy(() -> executor.execute(download)).hasMessageContaining("does not do \"dnload a\"");
    }

    @Test
    void listenerThatFailsMakesTheRunIncompleteButStopsNothing() throws Exception {
        new PathPlanExecutor(
                        runner,
                        SyncReport.Mode.REAL,
                        event -> {
                            throw new IllegalStateException("queue is gone");
                        },
                        report,
                        InstantSource.system())
                .execute(REPLACE);

        assertThat(runner.done).hasSize(4);
        assertThat(report().failures().get(0).reason())
                .contains("could not be reported")
                .contains("queue is gone");
    }

    @Test
    void reportListsTheFirstThousandAndCountsAll() {
        for (int i = 1; i <= 1_500; i++) {
            report.problem(i, new Problem("p" + i, Problem.Kind.ACTION_FAILED, "no"));
        }

        assertThat(report().failures()).hasSize(1_000);
        assertThat(report().failureCount()).isEqualTo(1_500);
    }

    private SyncReport report() {
        return report.report("r", "n", SyncReport.Mode.REAL, Duration.ZERO, 0, 0);
    }
}
