package io.github.camelb2.sync.plan;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.camelb2.sync.plan.Given.NOW;
import static io.github.camelb2.sync.plan.Given.across;
import static io.github.camelb2.sync.plan.Given.at;
import static io.github.camelb2.sync.plan.Given.b2;
import static io.github.camelb2.sync.plan.Given.daysAgo;
import static io.github.camelb2.sync.plan.Given.down;
import static io.github.camelb2.sync.plan.Given.hiddenDaysAgo;
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
    private static final SyncPolicy DOWN_DELETE = down().withKeepMode(KeepMode.DELETE);
    private static final SyncPolicy ACROSS_DELETE = across().withKeepMode(KeepMode.DELETE);

    /** Keeps the source from being empty; it sorts after every other name and needs nothing. */
    private static final ScanItem.LocalFile KEPT_LOCAL = local("zz", daysAgo(9));

    private static final ScanItem.RemoteFile KEPT_B2 = b2("zz", daysAgo(9));

    @ParameterizedTest
    @MethodSource({"transfers", "absentAtSource", "keepDays", "newerDestinations", "compareModes"})
    void pairComesToTheseLines(ScanItem source, ScanItem destination, SyncPolicy policy, List<String> expected) {
        boolean fromLocal = policy.direction() == Direction.LOCAL_TO_B2;
        ScanItem keptAtSource = fromLocal ? KEPT_LOCAL : KEPT_B2;
        ScanItem keptAtDestination = policy.direction().isToLocal() ? KEPT_LOCAL : KEPT_B2;

        List<PathPlan> plans = plans(listOf(source, keptAtSource), listOf(destination, keptAtDestination), policy);

        assertThat(lines(plans)).isEqualTo(expected);
        assertThat(problems(plans)).isEmpty();
    }

    static Stream<Arguments> transfers() {
        return Stream.of(
                arguments(null, null, up(), List.of()),
                arguments(local("a.txt", at(100)), null, up(), List.of("upload a.txt")),
                arguments(b2("a.txt", at(100)), null, down(), List.of("dnload a.txt")),
                arguments(b2("a.txt", at(100)), null, across(), List.of("copy a.txt")),
                arguments(local("dir/a.txt", at(100)), null, up().withKeepDays(1), List.of("upload dir/a.txt")),
                arguments(local("dir/a.txt", at(100)), null, UP_DELETE, List.of("upload dir/a.txt")),
                arguments(b2("dir/a.txt", at(100)), null, across().withKeepDays(1), List.of("copy dir/a.txt")),
                arguments(b2("dir/a.txt", at(100)), null, DOWN_DELETE, List.of("dnload dir/a.txt")),
                arguments(local("a.txt", at(100)), b2("a.txt", at(100)), up(), List.of()),
                arguments(local("a.txt", at(100)), b2("a.txt", at(100), at(50)), up(), List.of()),
                arguments(b2("a.txt", at(100)), local("a.txt", at(100)), down(), List.of()),
                arguments(b2("a.txt", at(100)), b2("a.txt", at(100)), across(), List.of()),
                arguments(local("a.txt", at(200)), b2("a.txt", at(100)), up(), List.of("upload a.txt")),
                arguments(b2("a.txt", at(200)), local("a.txt", at(100)), down(), List.of("dnload a.txt")),
                arguments(b2("a.txt", at(200)), b2("a.txt", at(100)), across(), List.of("copy a.txt")),
                arguments(
                        local("a.txt", at(100)),
                        b2("a.txt", at(100), at(50)),
                        UP_DELETE,
                        List.of("delete a.txt (old version)")),
                arguments(
                        local("a.txt", at(300)),
                        b2("a.txt", at(200), at(100)),
                        UP_DELETE,
                        List.of("upload a.txt", "delete a.txt (old version)", "delete a.txt (old version)")),
                arguments(b2("a.txt", at(300)), local("a.txt", at(200)), DOWN_DELETE, List.of("dnload a.txt")),
                // A hidden source does not travel, and does not take the newest copy away.
                arguments(
                        b2("a.txt", hiddenDaysAgo(1)),
                        b2("a.txt", daysAgo(2), daysAgo(3)),
                        ACROSS_DELETE,
                        List.of("delete a.txt (old version)")),
                arguments(b2("a.txt", hiddenDaysAgo(1)), b2("a.txt", daysAgo(2)), across(), List.of()),
                arguments(b2("a.txt", hiddenDaysAgo(1)), null, down(), List.of()),
                arguments(b2("a.txt", hiddenDaysAgo(1)), local("a.txt", daysAgo(2)), down(), List.of()),
                arguments(
                        b2("a.txt", hiddenDaysAgo(1)),
                        local("a.txt", daysAgo(2)),
                        DOWN_DELETE,
                        List.of("delete a.txt")),
                // Hidden at the destination counts as absent, whatever the times and the mode say.
                arguments(local("a.txt", daysAgo(5)), b2("a.txt", hiddenDaysAgo(1)), up(), List.of("upload a.txt")),
                arguments(
                        local("a.txt", daysAgo(5)),
                        b2("a.txt", hiddenDaysAgo(1), daysAgo(5)),
                        up().withCompare(CompareMode.NONE, 0),
                        List.of("upload a.txt")),
                arguments(
                        local("a.txt", daysAgo(5)),
                        b2("a.txt", hiddenDaysAgo(1), daysAgo(5)),
                        UP_DELETE,
                        List.of("upload a.txt", "delete a.txt (hide marker)", "delete a.txt (old version)")));
    }

    static Stream<Arguments> absentAtSource() {
        return Stream.of(
                arguments(null, b2("a.txt", at(100)), up(), List.of()),
                arguments(null, b2("a.txt", at(100)), UP_DELETE, List.of("delete a.txt ")),
                arguments(null, b2("a.txt", at(100)), ACROSS_DELETE, List.of("delete a.txt ")),
                arguments(null, local("a.txt", at(100)), down(), List.of()),
                arguments(null, local("a.txt", at(100)), DOWN_DELETE, List.of("delete a.txt")),
                arguments(null, b2("a.txt", at(100), 10_000_000_000L, ""), UP_DELETE, List.of("delete a.txt ")),
                arguments(
                        null,
                        b2("a.txt", at(200), at(100)),
                        UP_DELETE,
                        List.of("delete a.txt ", "delete a.txt (old version)")),
                arguments(
                        null,
                        b2("a.txt", hiddenDaysAgo(1), daysAgo(2), daysAgo(4)),
                        UP_DELETE,
                        List.of(
                                "delete a.txt (hide marker)",
                                "delete a.txt (old version)",
                                "delete a.txt (old version)")));
    }

    static Stream<Arguments> keepDays() {
        return Stream.of(
                keeping(1, null, List.of("hide   a", "delete a (old version)"), daysAgo(0), daysAgo(2), daysAgo(4)),
                keeping(2, null, List.of("hide   a", "delete a (old version)"), daysAgo(1), daysAgo(3), daysAgo(5)),
                keeping(1, null, List.of("delete a (old version)"), hiddenDaysAgo(0), daysAgo(2), daysAgo(4)),
                keeping(5, null, List.of(), hiddenDaysAgo(2), daysAgo(4), daysAgo(6)),
                keeping(2, null, List.of("delete a (old version)"), hiddenDaysAgo(2), daysAgo(4), daysAgo(6)),
                keeping(
                        1,
                        null,
                        List.of("delete a (hide marker)", "delete a (old version)", "delete a (old version)"),
                        hiddenDaysAgo(2),
                        daysAgo(4),
                        daysAgo(6)),
                keeping(1, daysAgo(3), List.of("delete a (old version)"), daysAgo(3), daysAgo(4)),
                keeping(1, daysAgo(3), List.of(), daysAgo(3)),
                keeping(
                        2,
                        daysAgo(0),
                        List.of("upload a", "delete a (old version)"),
                        daysAgo(1),
                        daysAgo(3),
                        daysAgo(5)),
                keeping(
                        7,
                        daysAgo(5),
                        List.of("delete a (hide marker)", "delete a (old version)"),
                        daysAgo(5),
                        hiddenDaysAgo(10),
                        daysAgo(20)),
                // Once a version is too old everything below it goes, whatever its time says.
                keeping(7, daysAgo(5), List.of("delete a (old version)"), daysAgo(5), daysAgo(10), daysAgo(3)),
                keeping(10, null, List.of("hide   a", "delete a (old version)"), daysAgo(5), daysAgo(15), daysAgo(25)),
                // Fractions count, and a version exactly at the limit is not yet too old.
                keeping(0.5, daysAgo(0.4), List.of(), daysAgo(0.4), daysAgo(0.5), daysAgo(0.6)),
                keeping(
                        0.5,
                        daysAgo(0.4),
                        List.of("delete a (old version)"),
                        daysAgo(0.4),
                        daysAgo(0.51),
                        daysAgo(0.6)));
    }

    private static Arguments keeping(double days, Given.At source, List<String> expected, Given.At... versions) {
        ScanItem file = source == null ? null : local("a", source);
        return arguments(file, b2("a", versions), up().withKeepDays(days), expected);
    }

    static Stream<Arguments> newerDestinations() {
        SyncPolicy replace = up().withNewerFileMode(NewerFileMode.REPLACE);
        SyncPolicy skip = up().withNewerFileMode(NewerFileMode.SKIP);
        return Stream.of(
                arguments(local("a.txt", at(100)), b2("a.txt", at(200)), skip, List.of()),
                arguments(local("a.txt", at(100)), b2("a.txt", at(200)), replace, List.of("upload a.txt")),
                arguments(
                        local("a.txt", at(100)),
                        b2("a.txt", at(200)),
                        replace.withKeepMode(KeepMode.DELETE),
                        List.of("upload a.txt", "delete a.txt (old version)")),
                arguments(
                        local("a.txt", at(100)),
                        b2("a.txt", at(105)),
                        up().withCompare(CompareMode.MOD_TIME, 5),
                        List.of()),
                arguments(
                        b2("a.txt", at(100)),
                        local("a.txt", at(200)),
                        down().withNewerFileMode(NewerFileMode.REPLACE),
                        List.of("dnload a.txt")));
    }

    static Stream<Arguments> compareModes() {
        SyncPolicy bySize = up().withCompare(CompareMode.SIZE, 0);
        SyncPolicy byNothing = up().withCompare(CompareMode.NONE, 0);
        return Stream.of(
                arguments(local("a.txt", at(200)), b2("a.txt", at(100)), byNothing, List.of()),
                arguments(local("a.txt", at(100), 11), b2("a.txt", at(200)), byNothing, List.of()),
                arguments(local("a.txt", at(200), 10), b2("a.txt", at(100)), bySize, List.of()),
                arguments(local("a.txt", at(100), 11), b2("a.txt", at(200)), bySize, List.of("upload a.txt")),
                arguments(
                        local("a.txt", at(100), 11),
                        b2("a.txt", at(200)),
                        up().withCompare(CompareMode.SIZE, 1),
                        List.of()),
                arguments(
                        local("a.txt", at(200), 11),
                        b2("a.txt", at(100)),
                        bySize.withKeepMode(KeepMode.DELETE),
                        List.of("upload a.txt", "delete a.txt (old version)")));
    }

    @ParameterizedTest
    @MethodSource("olderSources")
    void olderSourceFailsItsPathWithBothTimes(ScanItem source, ScanItem destination, SyncPolicy policy, String why) {
        List<PathPlan> plans = plans(List.of(source), List.of(destination), policy);

        assertThat(lines(plans)).isEmpty();
        assertThat(problems(plans))
                .containsExactly(new Problem(
                        "a.txt",
                        Problem.Kind.DESTINATION_NEWER,
                        why + ", unless a valid newer_file_mode is provided (newerFileMode=skip or replace)"));
    }

    static Stream<Arguments> olderSources() {
        return Stream.of(
                arguments(
                        local("a.txt", at(100)),
                        b2("a.txt", at(200)),
                        UP_DELETE,
                        "source file is older than destination: local://a.txt with a time of 100"
                                + " cannot be synced to b2://a.txt with a time of 200"),
                arguments(
                        b2("a.txt", at(100)),
                        local("a.txt", at(200)),
                        DOWN_DELETE,
                        "source file is older than destination: b2://a.txt with a time of 100"
                                + " cannot be synced to local://a.txt with a time of 200"),
                arguments(
                        b2("a.txt", at(100)),
                        b2("a.txt", at(200)),
                        ACROSS_DELETE,
                        "source file is older than destination: b2://a.txt with a time of 100"
                                + " cannot be synced to b2://a.txt with a time of 200"));
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

    private static List<ScanItem> listOf(ScanItem item, ScanItem last) {
        return item == null ? List.of(last) : List.of(item, last);
    }
}
