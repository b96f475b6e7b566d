// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.plan.actions.SyncRun;
import io.github.camelb2.sync.plan.item.ContentSha1;
import io.github.camelb2.sync.plan.item.Reach;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.policy.KeepMode;
import io.github.camelb2.sync.plan.policy.SyncPolicy;
import io.github.camelb2.sync.plan.policy.UploadMode;
import io.github.camelb2.sync.plan.spool.PlanSpool;

import static io.github.camelb2.sync.plan.Given.NOW;
import static io.github.camelb2.sync.plan.Given.at;
import static io.github.camelb2.sync.plan.Given.b2;
import static io.github.camelb2.sync.plan.Given.daysAgo;
import static io.github.camelb2.sync.plan.Given.lines;
import static io.github.camelb2.sync.plan.Given.local;
import static io.github.camelb2.sync.plan.Given.plans;
import static io.github.camelb2.sync.plan.Given.problems;
import static io.github.camelb2.sync.plan.Given.up;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Names, versions and options on the left, the lines they come to on the right. */
class PlanTableTest {
    private static final SyncPolicy UP_DELETE = up().withKeepMode(KeepMode.DELETE);

    @ParameterizedTest
    @MethodSource("io.github.camelb2.sync.plan.PlanCases#all")
    void pairComesToTheseLines(PlanCases.Case given) {
        List<PathPlan> plans = plans(given.sources(), given.destinations(), given.policy());

        assertThat(lines(plans)).isEqualTo(given.lines());
        assertThat(problems(plans)).extracting(Problem::reason).isEqualTo(given.problems());
        assertThat(problems(plans)).allMatch(problem -> problem.kind() == Problem.Kind.DESTINATION_NEWER);
    }

    @ParameterizedTest
    @MethodSource("incremental")
    void appendedFileIsUploadedIncrementallyOnlyWhenItCanBe(
            long localSize, long remoteSize, String sha1, Class<? extends SyncAction> expected) {
        SyncPolicy policy = up().withUploadMode(UploadMode.INCREMENTAL, 1000);

        List<PathPlan> plans = plans(
                List.of(local("a.txt", daysAgo(0), localSize)),
                List.of(b2("a.txt", daysAgo(1), remoteSize, sha1)),
                policy);

        assertThat(lines(plans)).containsExactly("upload a.txt");
        assertThat(plans.get(0).actions().get(0)).isInstanceOf(expected);
    }

    static Stream<Arguments> incremental() {
        String sha1 = "0123456789abcdef0123456789abcdef01234567";
        return Stream.of(
                arguments(2000, 1000, sha1, SyncAction.IncrementalUpload.class),
                arguments(2000, 1000, "unverified:" + sha1, SyncAction.IncrementalUpload.class),
                arguments(2000, 999, sha1, SyncAction.Upload.class),
                arguments(2000, 1000, "", SyncAction.Upload.class),
                arguments(2000, 1000, "none", SyncAction.Upload.class),
                arguments(2000, 2001, sha1, SyncAction.Upload.class));
    }

    @Test
    void namesAreMergedByTheirBytes() {
        List<PathPlan> plans = plans(
                List.of(local("a b/bar", at(1)), local("a/foo", at(1)), local("a0", at(1)), local("\uFFFD", at(1))),
                List.of(b2("a b/bar", at(1)), b2("a/foo", at(1)), b2("\uFFFD", at(1)), b2("😀", at(1))),
                UP_DELETE);

        assertThat(lines(plans)).containsExactly("upload a0", "delete '😀' ");
    }

    @Test
    void excludedFileIsLeftAloneUnlessDeleteExcludedSaysOtherwise() {
        List<ScanItem> source = List.of(
                local("a.txt", at(1)),
                new ScanItem.Excluded("b.txt", Reach.NAME),
                new ScanItem.Excluded("d", Reach.TREE));
        List<ScanItem> destination =
                List.of(b2("b.txt", at(1)), b2("c.txt", at(1)), b2("d/x.txt", at(1)), b2("e.txt", at(1)));

        SyncPolicy asB2sdk = UP_DELETE.withExcludedAtDestination(SyncPolicy.ExcludedFiles.TREATED_AS_ABSENT);

        assertThat(lines(plans(source, destination, UP_DELETE)))
                .containsExactly("upload a.txt", "delete c.txt ", "delete e.txt ");
        assertThat(lines(plans(source, destination, asB2sdk)))
                .containsExactly("upload a.txt", "delete b.txt ", "delete c.txt ", "delete d/x.txt ", "delete e.txt ");
    }

    @Test
    void destinationFileThatTheFiltersNameIsLeftAlone() {
        SyncPlanner.PlanSupport support = new SyncPlanner.PlanSupport(
                PlanSpool::onHeap, ContentSha1.NONE, file -> file.path().endsWith(".bak"));

        List<PathPlan> plans = Given.drain(SyncPlanner.plan(
                List.of(local("a", at(1))).iterator(),
                List.of(b2("b", at(1)), b2("c.bak", at(1))).iterator(),
                UP_DELETE,
                new SyncRun("run", NOW),
                support));

        assertThat(lines(plans)).containsExactly("upload a", "delete b ");
    }
}
