// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.policy.CompareMode;
import io.github.camelb2.sync.plan.policy.Direction;
import io.github.camelb2.sync.plan.policy.KeepMode;
import io.github.camelb2.sync.plan.policy.NewerFileMode;
import io.github.camelb2.sync.plan.policy.Removals;
import io.github.camelb2.sync.plan.policy.SyncPolicy;

import static io.github.camelb2.sync.plan.Given.across;
import static io.github.camelb2.sync.plan.Given.at;
import static io.github.camelb2.sync.plan.Given.b2;
import static io.github.camelb2.sync.plan.Given.daysAgo;
import static io.github.camelb2.sync.plan.Given.down;
import static io.github.camelb2.sync.plan.Given.hiddenDaysAgo;
import static io.github.camelb2.sync.plan.Given.local;
import static io.github.camelb2.sync.plan.Given.up;

/** Names, versions and options on the left, the lines they come to on the right: for the planner, and for whole syncs. */
public final class PlanCases {
    /** The time that the tables count days from. */
    public static final long NOW = Given.NOW;

    private static final SyncPolicy UP_DELETE = up().withKeepMode(KeepMode.DELETE);
    private static final SyncPolicy DOWN_DELETE = down().withKeepMode(KeepMode.DELETE);
    private static final SyncPolicy ACROSS_DELETE = across().withKeepMode(KeepMode.DELETE);

    /** Keeps the source from being empty; it sorts after every other name and needs nothing. */
    private static final ScanItem.LocalFile KEPT_LOCAL = local("zz", daysAgo(9));

    private static final ScanItem.RemoteFile KEPT_B2 = b2("zz", daysAgo(9));

    private PlanCases() {}

    /**
     * One row.
     *
     * @param source      what the source has of the name; null for nothing
     * @param destination what the destination has of it; null for nothing
     * @param policy      the options
     * @param lines       what is done
     * @param problems    why something is not
     */
    public record Case(
            @Nullable ScanItem source,
            @Nullable ScanItem destination,
            SyncPolicy policy,
            List<String> lines,
            List<String> problems) {

        /** Everything at the source, in order. */
        public List<ScanItem> sources() {
            return listOf(source, policy.direction() == Direction.LOCAL_TO_B2 ? KEPT_LOCAL : KEPT_B2);
        }

        /** Everything at the destination, in order. */
        public List<ScanItem> destinations() {
            return listOf(destination, policy.direction().isToLocal() ? KEPT_LOCAL : KEPT_B2);
        }

        private static List<ScanItem> listOf(@Nullable ScanItem item, ScanItem last) {
            return item == null ? List.of(last) : List.of(item, last);
        }
    }

    /** Every row of every table. */
    public static Stream<Case> all() {
        return Stream.of(transfers(), absentAtSource(), keepDays(), newerDestinations(), compareModes(), olderSources())
                .flatMap(rows -> rows);
    }

    private static Case pair(
            @Nullable ScanItem source, @Nullable ScanItem destination, SyncPolicy policy, List<String> lines) {
        return new Case(source, destination, policy, lines, List.of());
    }

    private static Case refused(ScanItem source, ScanItem destination, SyncPolicy policy, String why) {
        String reason = why + ", unless a valid newer_file_mode is provided (newerFileMode=skip or replace)";
        return new Case(source, destination, policy, List.of(), List.of(reason));
    }

    private static Stream<Case> transfers() {
        return Stream.of(
                pair(null, null, up(), List.of()),
                pair(local("a.txt", at(100)), null, up(), List.of("upload a.txt")),
                pair(b2("a.txt", at(100)), null, down(), List.of("dnload a.txt")),
                pair(b2("a.txt", at(100)), null, across(), List.of("copy a.txt")),
                pair(local("dir/a.txt", at(100)), null, up().withKeepDays(1), List.of("upload dir/a.txt")),
                pair(local("dir/a.txt", at(100)), null, UP_DELETE, List.of("upload dir/a.txt")),
                pair(b2("dir/a.txt", at(100)), null, across().withKeepDays(1), List.of("copy dir/a.txt")),
                pair(b2("dir/a.txt", at(100)), null, DOWN_DELETE, List.of("dnload dir/a.txt")),
                pair(local("a.txt", at(100)), b2("a.txt", at(100)), up(), List.of()),
                pair(local("a.txt", at(100)), b2("a.txt", at(100), at(50)), up(), List.of()),
                pair(b2("a.txt", at(100)), local("a.txt", at(100)), down(), List.of()),
                pair(b2("a.txt", at(100)), b2("a.txt", at(100)), across(), List.of()),
                pair(local("a.txt", at(200)), b2("a.txt", at(100)), up(), List.of("upload a.txt")),
                pair(b2("a.txt", at(200)), local("a.txt", at(100)), down(), List.of("dnload a.txt")),
                pair(b2("a.txt", at(200)), b2("a.txt", at(100)), across(), List.of("copy a.txt")),
                pair(
                        local("a.txt", at(100)),
                        b2("a.txt", at(100), at(50)),
                        UP_DELETE,
                        List.of("delete a.txt (old version)")),
                pair(
                        local("a.txt", at(300)),
                        b2("a.txt", at(200), at(100)),
                        UP_DELETE,
                        List.of("upload a.txt", "delete a.txt (old version)", "delete a.txt (old version)")),
                pair(b2("a.txt", at(300)), local("a.txt", at(200)), DOWN_DELETE, List.of("dnload a.txt")),
                // A hidden source is none.
                pair(
                        b2("a.txt", hiddenDaysAgo(1)),
                        b2("a.txt", daysAgo(2), daysAgo(3)),
                        ACROSS_DELETE,
                        List.of("delete a.txt (old version)", "delete a.txt ")),
                pair(b2("a.txt", hiddenDaysAgo(1)), b2("a.txt", daysAgo(2)), across(), List.of()),
                pair(b2("a.txt", hiddenDaysAgo(1)), null, down(), List.of()),
                pair(b2("a.txt", hiddenDaysAgo(1)), local("a.txt", daysAgo(2)), down(), List.of()),
                pair(b2("a.txt", hiddenDaysAgo(1)), local("a.txt", daysAgo(2)), DOWN_DELETE, List.of("delete a.txt")),
                // Hidden at the destination counts as absent, whatever the times and the mode say.
                pair(local("a.txt", daysAgo(5)), b2("a.txt", hiddenDaysAgo(1)), up(), List.of("upload a.txt")),
                pair(
                        local("a.txt", daysAgo(5)),
                        b2("a.txt", hiddenDaysAgo(1), daysAgo(5)),
                        up().withCompare(CompareMode.NONE, 0),
                        List.of("upload a.txt")),
                pair(
                        local("a.txt", daysAgo(5)),
                        b2("a.txt", hiddenDaysAgo(1), daysAgo(5)),
                        UP_DELETE,
                        List.of("upload a.txt", "delete a.txt (old version)", "delete a.txt (hide marker)")));
    }

    private static Stream<Case> absentAtSource() {
        return Stream.of(
                pair(null, b2("a.txt", at(100)), up(), List.of()),
                pair(null, b2("a.txt", at(100)), UP_DELETE, List.of("delete a.txt ")),
                pair(null, b2("a.txt", at(100)), ACROSS_DELETE, List.of("delete a.txt ")),
                pair(null, local("a.txt", at(100)), down(), List.of()),
                pair(null, local("a.txt", at(100)), DOWN_DELETE, List.of("delete a.txt")),
                pair(null, b2("a.txt", at(100), 10_000_000_000L, ""), UP_DELETE, List.of("delete a.txt ")),
                pair(
                        null,
                        b2("a.txt", at(200), at(100)),
                        UP_DELETE,
                        List.of("delete a.txt (old version)", "delete a.txt ")),
                pair(
                        null,
                        b2("a.txt", hiddenDaysAgo(1), daysAgo(2), daysAgo(4)),
                        UP_DELETE,
                        List.of(
                                "delete a.txt (old version)",
                                "delete a.txt (old version)",
                                "delete a.txt (hide marker)")));
    }

    private static Stream<Case> keepDays() {
        return Stream.of(
                keeping(1, null, List.of("hide   a", "delete a (old version)"), daysAgo(0), daysAgo(2), daysAgo(4)),
                keeping(2, null, List.of("hide   a", "delete a (old version)"), daysAgo(1), daysAgo(3), daysAgo(5)),
                keeping(1, null, List.of("delete a (old version)"), hiddenDaysAgo(0), daysAgo(2), daysAgo(4)),
                keeping(5, null, List.of(), hiddenDaysAgo(2), daysAgo(4), daysAgo(6)),
                keeping(2, null, List.of("delete a (old version)"), hiddenDaysAgo(2), daysAgo(4), daysAgo(6)),
                keeping(
                        1,
                        null,
                        List.of("delete a (old version)", "delete a (old version)", "delete a (hide marker)"),
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
                        List.of("delete a (old version)", "delete a (hide marker)"),
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

    private static Case keeping(double days, Given.At source, List<String> expected, Given.At... versions) {
        ScanItem file = source == null ? null : local("a", source);
        SyncPolicy asB2sdk =
                up().withKeepDays(days).withRemovals(Removals.SAFE.withKeepDaysFrom(Removals.KeepDaysFrom.MOD_TIME));
        return pair(file, b2("a", versions), asB2sdk, expected);
    }

    private static Stream<Case> newerDestinations() {
        SyncPolicy replace = up().withNewerFileMode(NewerFileMode.REPLACE);
        SyncPolicy skip = up().withNewerFileMode(NewerFileMode.SKIP);
        return Stream.of(
                pair(local("a.txt", at(100)), b2("a.txt", at(200)), skip, List.of()),
                pair(local("a.txt", at(100)), b2("a.txt", at(200)), replace, List.of("upload a.txt")),
                pair(
                        local("a.txt", at(100)),
                        b2("a.txt", at(200)),
                        replace.withKeepMode(KeepMode.DELETE),
                        List.of("upload a.txt", "delete a.txt (old version)")),
                pair(
                        local("a.txt", at(100)),
                        b2("a.txt", at(105)),
                        up().withCompare(CompareMode.MOD_TIME, 5),
                        List.of()),
                pair(
                        b2("a.txt", at(100)),
                        local("a.txt", at(200)),
                        down().withNewerFileMode(NewerFileMode.REPLACE),
                        List.of("dnload a.txt")));
    }

    private static Stream<Case> compareModes() {
        SyncPolicy bySize = up().withCompare(CompareMode.SIZE, 0);
        SyncPolicy byNothing = up().withCompare(CompareMode.NONE, 0);
        return Stream.of(
                pair(local("a.txt", at(200)), b2("a.txt", at(100)), byNothing, List.of()),
                pair(local("a.txt", at(100), 11), b2("a.txt", at(200)), byNothing, List.of()),
                pair(local("a.txt", at(200), 10), b2("a.txt", at(100)), bySize, List.of()),
                pair(local("a.txt", at(100), 11), b2("a.txt", at(200)), bySize, List.of("upload a.txt")),
                pair(
                        local("a.txt", at(100), 11),
                        b2("a.txt", at(200)),
                        up().withCompare(CompareMode.SIZE, 1),
                        List.of()),
                pair(
                        local("a.txt", at(200), 11),
                        b2("a.txt", at(100)),
                        bySize.withKeepMode(KeepMode.DELETE),
                        List.of("upload a.txt", "delete a.txt (old version)")));
    }

    private static Stream<Case> olderSources() {
        return Stream.of(
                refused(
                        local("a.txt", at(100)),
                        b2("a.txt", at(200)),
                        UP_DELETE,
                        "source file is older than destination: local://a.txt with a time of 100"
                                + " cannot be synced to b2://a.txt with a time of 200"),
                refused(
                        b2("a.txt", at(100)),
                        local("a.txt", at(200)),
                        DOWN_DELETE,
                        "source file is older than destination: b2://a.txt with a time of 100"
                                + " cannot be synced to local://a.txt with a time of 200"),
                refused(
                        b2("a.txt", at(100)),
                        b2("a.txt", at(200)),
                        ACROSS_DELETE,
                        "source file is older than destination: b2://a.txt with a time of 100"
                                + " cannot be synced to b2://a.txt with a time of 200"));
    }
}
