// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.sync.plan.actions.Expected;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.Problem.Kind;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.plan.actions.TransferOutcomes;
import io.github.camelb2.sync.plan.actions.Withheld;
import io.github.camelb2.sync.plan.item.Arrival;
import io.github.camelb2.sync.plan.item.ContentSha1;
import io.github.camelb2.sync.plan.item.Reach;
import io.github.camelb2.sync.plan.item.RemoteVersion;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.item.ScanItem.Broken;
import io.github.camelb2.sync.plan.item.ScanItem.Refused;
import io.github.camelb2.sync.plan.merge.Revisit;
import io.github.camelb2.sync.plan.merge.Shields;
import io.github.camelb2.sync.plan.policy.CompareMode;
import io.github.camelb2.sync.plan.policy.KeepMode;
import io.github.camelb2.sync.plan.policy.MaxDelete;
import io.github.camelb2.sync.plan.policy.NewerFileMode;
import io.github.camelb2.sync.plan.policy.SyncPolicy;
import io.github.camelb2.sync.plan.spool.PlanSpool;

import static io.github.camelb2.sync.plan.Given.RUN;
import static io.github.camelb2.sync.plan.Given.across;
import static io.github.camelb2.sync.plan.Given.at;
import static io.github.camelb2.sync.plan.Given.b2;
import static io.github.camelb2.sync.plan.Given.daysAgo;
import static io.github.camelb2.sync.plan.Given.destructive;
import static io.github.camelb2.sync.plan.Given.down;
import static io.github.camelb2.sync.plan.Given.drain;
import static io.github.camelb2.sync.plan.Given.hiddenDaysAgo;
import static io.github.camelb2.sync.plan.Given.lines;
import static io.github.camelb2.sync.plan.Given.local;
import static io.github.camelb2.sync.plan.Given.plans;
import static io.github.camelb2.sync.plan.Given.problems;
import static io.github.camelb2.sync.plan.Given.up;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a plan must never do, whatever the scans deliver. */
class PlanSafetyTest {
    private static final SyncPolicy DELETE = up().withKeepMode(KeepMode.DELETE);

    @Test
    void brokenSourceDeletesNothingWhereverItBreaks() {
        List<ScanItem> names = List.of(local("a", at(2)), local("c", at(2)), local("e", at(2)));
        List<ScanItem> destination = List.of(b2("a", at(1)), b2("b", at(1)), b2("d", at(1)), b2("f", at(1)));

        for (int whole = 0; whole <= names.size(); whole++) {
            List<ScanItem> source = new ArrayList<>(names.subList(0, whole));
            source.add(new Broken("", "connection reset"));

            List<PathPlan> plans = plans(source, destination, DELETE);

            assertThat(Given.destructive(plans)).isEmpty();
            assertThat(problems(plans))
                    .containsExactly(
                            new Problem("", Kind.SCAN_BROKEN, "the scan of the source broke off: connection reset"));
        }
    }

    @Test
    void scanThatThrowsEndsThePlanInsteadOfThrowing() {
        Iterator<ScanItem> source = Stream.<ScanItem>of(local("a", at(1)), local("b", at(1)))
                .peek(file -> {
                    if (file.path().equals("b")) {
                        throw new IllegalStateException("disk gone");
                    }
                })
                .iterator();

        List<PathPlan> plans =
                drain(SyncPlanner.plan(source, List.of(b2("0", at(1))).iterator(), DELETE, RUN));

        assertThat(lines(plans)).containsExactly("upload a");
        assertThat(problems(plans))
                .extracting(Problem::reason)
                .containsExactly("the scan of the source broke off: disk gone");
    }

    @Test
    void brokenDestinationEndsThePlanAndDeletesNothing() {
        List<PathPlan> plans = plans(
                List.of(local("a", at(1)), local("c", at(1)), local("d", at(1))),
                List.of(b2("a", at(1)), b2("b", at(1)), new Broken("b", "503")),
                DELETE);

        assertThat(lines(plans)).isEmpty();
        assertThat(problems(plans)).extracting(Problem::kind).containsExactly(Kind.SCAN_BROKEN);
    }

    @Test
    void wrongOrderEndsThePlanAndDeletesNothing() {
        List<PathPlan> plans = plans(
                List.of(local("b", at(1)), local("a", at(1)), local("c", at(1))),
                List.of(b2("0", at(1)), b2("a", at(1))),
                DELETE);

        assertThat(lines(plans)).containsExactly("upload b");
        assertThat(problems(plans))
                .extracting(Problem::reason)
                .containsExactly(
                        "the scan of the source broke off: the scan of the source is out of order: \"a\" came after \"b\"");
    }

    @Test
    void sameNameTwiceIsOutOfOrder() {
        List<PathPlan> plans = plans(List.of(local("a", at(1)), local("a", at(1))), List.of(), DELETE);

        assertThat(problems(plans)).extracting(Problem::kind).containsExactly(Kind.SCAN_BROKEN);
    }

    @Test
    void nothingAtOrUnderARefusedNameIsDeletedOrHidden() {
        List<ScanItem> source = List.of(
                local("a", at(1)),
                new Refused("dir", Reach.NAME, "no permission"),
                new Refused("tree", Reach.TREE, "no permission"));
        List<ScanItem> destination = List.of(
                b2("dir", at(1)),
                b2("dir-x", at(1)),
                b2("dir/x", at(1)),
                b2("dir0", at(1)),
                b2("tree", at(1)),
                b2("tree-x", at(1)),
                b2("tree/x/y", at(1)),
                b2("tree0", at(1)));

        assertThat(lines(plans(source, destination, DELETE)))
                .containsExactly("upload a", "delete dir-x ", "delete dir0 ", "delete tree-x ", "delete tree0 ");
        assertThat(lines(plans(source, destination, up().withKeepDays(1))))
                .filteredOn(line -> line.startsWith("hide"))
                .containsExactly("hide   dir-x", "hide   dir0", "hide   tree-x", "hide   tree0");
    }

    @Test
    void unreadableRootProtectsEverything() {
        List<PathPlan> plans =
                plans(List.of(new Refused("", Reach.NAME, "gone")), List.of(b2("a", at(1)), b2("b", at(1))), DELETE);

        assertThat(lines(plans)).isEmpty();
    }

    @Test
    void pathUnderAnUnreadableDestinationFailsAlone() {
        List<PathPlan> plans = plans(
                List.of(b2("a", at(1)), b2("d/x", at(1)), b2("e", at(1))),
                List.of(new Refused("d", Reach.TREE, "no permission")),
                down());

        assertThat(lines(plans)).containsExactly("dnload a", "dnload e");
        assertThat(problems(plans)).extracting(Problem::path).containsExactly("d", "d/x");
    }

    @Test
    void newerDestinationFailsAloneAndKeepsItsVersions() {
        List<PathPlan> plans = plans(
                List.of(local("a", at(1)), local("b", at(9))), List.of(b2("a", at(5), at(3)), b2("b", at(5))), DELETE);

        assertThat(lines(plans)).containsExactly("upload b", "delete b (old version)");
        assertThat(problems(plans)).extracting(Problem::path).containsExactly("a");
    }

    /** What cannot be compared may be what moved there: its old name is the only copy, whether it vanished or was replaced. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingThatMayHaveMovedGoesWhereAContentCannotBeCompared(boolean isUp) {
        SyncPolicy policy = (isUp ? up() : down()).withKeepMode(KeepMode.DELETE).withCompare(CompareMode.SHA1, 0);
        ScanItem here = local("b", at(7));
        ScanItem there = b2("b", at(1), 10, "0".repeat(40));
        List<ScanItem> source = List.of(local("a", at(9), 11), isUp ? here : there);
        List<ScanItem> destination = isUp
                ? List.of(b2("a", at(7)), there, b2("vanished", at(3)))
                : List.of(local("a", at(7)), here, local("vanished", at(3)));
        if (!isUp) {
            source = List.of(b2("a", at(9), 11, ""), there);
        }

        List<PathPlan> plans = drain(SyncPlanner.plan(
                source.iterator(),
                destination.iterator(),
                policy,
                RUN,
                new SyncPlanner.PlanSupport(
                        PlanSpool::onHeap,
                        file -> {
                            throw new IOException("it was edited");
                        },
                        file -> false)));

        assertThat(destructive(plans)).isEmpty();
        assertThat(problems(plans)).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("b");
            assertThat(problem.kind()).isEqualTo(Kind.ACTION_FAILED);
            assertThat(problem.reason()).contains("its content cannot be compared: it was edited");
        });
    }

    @Test
    void sourceWithoutFilesDeletesNothing() {
        List<ScanItem> destination = List.of(b2("a", at(1)));

        List<List<? extends ScanItem>> emptySources = List.of(
                List.of(),
                List.of(new ScanItem.Excluded("x", Reach.NAME)),
                List.of(new Refused("x", Reach.NAME, "bad name")),
                List.of(b2("x", hiddenDaysAgo(1))));
        for (List<? extends ScanItem> source : emptySources) {
            List<PathPlan> plans = plans(source, destination, across().withKeepMode(KeepMode.DELETE));

            assertThat(lines(plans)).isEmpty();
            assertThat(problems(plans)).extracting(Problem::kind).contains(Kind.EMPTY_SOURCE);
        }
    }

    @Test
    void emptySourceEmptiesTheDestinationWhenAllowed() {
        List<PathPlan> plans =
                plans(List.of(), List.of(b2("a", at(1))), DELETE.withEmptySource(SyncPolicy.EmptySource.ALLOWED));

        assertThat(lines(plans)).containsExactly("delete a ");
        assertThat(problems(plans)).isEmpty();
    }

    @Test
    void removalsBeyondTheLimitAreWithheldAndTransfersAreNot() {
        List<ScanItem> source = List.of(local("a", at(9)), local("b", at(9)));
        List<ScanItem> destination = List.of(b2("b", at(1)), b2("c", at(1)), b2("d", at(1), at(0)));

        assertThat(lines(plans(source, destination, DELETE.withMaxDelete(MaxDelete.of(2)))))
                .containsExactly(
                        "upload a",
                        "upload b",
                        "delete b (old version)",
                        "delete c ",
                        "delete d (old version)",
                        "delete d ");
        List<PathPlan> over = plans(source, destination, DELETE.withMaxDelete(MaxDelete.of(1)));
        assertThat(lines(over)).containsExactly("upload a", "upload b", "delete b (old version)");
        assertThat(problems(over)).extracting(Problem::kind).containsExactly(Kind.TOO_MANY_DELETES);
        assertThat(problems(over).get(0).reason()).contains("2 of the 3 names").contains("set maxDelete to 2");
    }

    /** A source that lacks so many names is likely the wrong one, and what somebody has hidden can be shown again. */
    @Test
    void hiddenNamesStayWhereTooManyOthersWouldGo() {
        List<ScanItem> source = List.of(local("a", at(9)));
        List<ScanItem> destination =
                List.of(b2("c", at(1)), b2("d", at(1)), b2("precious", hiddenDaysAgo(1), daysAgo(2)));

        assertThat(lines(plans(source, destination, DELETE.withMaxDelete(MaxDelete.of(1)))))
                .containsExactly("upload a");
        assertThat(lines(plans(source, destination, DELETE.withMaxDelete(MaxDelete.of(2)))))
                .contains("delete precious (old version)");
    }

    /** What nobody sees and what the sync leaves alone does not make the limit for the rest larger. */
    @Test
    void namesThatAreLeftAloneDoNotRaiseTheLimit() {
        List<ScanItem> hidden = new ArrayList<>();
        List<ScanItem> excluded = new ArrayList<>();
        List<ScanItem> impossible = new ArrayList<>();
        List<ScanItem> refused = new ArrayList<>();
        List<ScanItem> unknown = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            for (List<ScanItem> each : List.of(hidden, excluded, impossible, refused, unknown)) {
                each.add(b2(String.format("a%03d", i), at(1)));
            }
        }
        for (int i = 0; i < 300; i++) {
            hidden.add(b2(String.format("h%03d", i), hiddenDaysAgo(3), daysAgo(5)));
            excluded.add(b2(String.format("h%03d.tmp", i), at(1)));
            impossible.add(b2(String.format("h%03d/", i), at(1)));
            refused.add(new Refused(String.format("h%03d", i), Reach.NAME, Refused.Weight.SKIP, "a link"));
            unknown.add(b2(String.format("h/%03d", i), at(1)));
        }
        List<ScanItem> source = List.of(local("a000", at(1)));

        List<PathPlan> withHidden = plans(source, hidden, up().withKeepDays(300));
        List<PathPlan> withExcluded = drain(SyncPlanner.plan(
                source.iterator(),
                excluded.iterator(),
                DELETE,
                RUN,
                new SyncPlanner.PlanSupport(
                        PlanSpool::onHeap, ContentSha1.NONE, file -> file.path().endsWith(".tmp"))));

        SyncPlanner.PlanSupport forDisk = withImpossible(
                path -> path.endsWith("/") ? Optional.of("a local file cannot end in '/'") : Optional.empty());
        List<PathPlan> withImpossible =
                drain(SyncPlanner.plan(source.iterator(), impossible.iterator(), DELETE, RUN, forDisk));
        List<PathPlan> withRefused = plans(source, refused, DELETE);
        List<ScanItem> unreadable = List.of(source.get(0), new Refused("h", Reach.TREE, "unreadable"));
        List<PathPlan> withUnknown = plans(unreadable, unknown, DELETE);

        for (List<PathPlan> plans : List.of(withHidden, withExcluded, withImpossible, withRefused, withUnknown)) {
            assertThat(lines(plans)).isEmpty();
            assertThat(problems(plans))
                    .filteredOn(problem -> problem.kind() == Kind.TOO_MANY_DELETES)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.reason()).contains("149 of the 150 names"));
        }
    }

    private static SyncPlanner.PlanSupport withImpossible(Function<String, Optional<String>> impossible) {
        SyncPlanner.PlanSupport support = SyncPlanner.PlanSupport.DEFAULT;
        return new SyncPlanner.PlanSupport(
                support.spool(),
                support.localSha1(),
                support.excludedAtDestination(),
                support.transfers(),
                support.clockTrouble(),
                support.destinationSeen(),
                support.unicode(),
                support.cutsTimes(),
                support.threads(),
                impossible,
                support.revisit(),
                support.order(),
                support.renames(),
                support.lines(),
                support.marks(),
                support.comesLast());
    }

    /** Another writer's newer version lies below ours, because it came between our listing and our upload. */
    @ParameterizedTest
    @CsvSource({"RAISE_ERROR, false", "SKIP, false", "REPLACE, true"})
    void oldVersionThatIsNewerThanWhatIsShownStays(NewerFileMode mode, boolean isRemoved) {
        List<PathPlan> plans = plans(
                List.of(local("a", at(10))), List.of(b2("a", at(10), at(99), at(5))), DELETE.withNewerFileMode(mode));

        assertThat(destructive(plans)
                        .map(action -> ((SyncAction.Delete) action).fileId())
                        .toList())
                .isEqualTo(isRemoved ? List.of("id_a_2", "id_a_1") : List.of("id_a_2"));
        assertThat(problems(plans)).hasSize(isRemoved ? 0 : 1).allMatch(problem -> problem.kind() == Kind.SKIPPED);
    }

    /** The same, and the name has vanished: what shows that the version below was newer stays with it, out of sight. */
    @ParameterizedTest
    @CsvSource({
        "RAISE_ERROR, DELETE, MOD_TIME, false",
        "SKIP, DELETE, MOD_TIME, false",
        "SKIP, DELETE, SHA1, false",
        "SKIP, DELETE, SIZE, false",
        "SKIP, DELETE, NONE, false",
        "REPLACE, DELETE, MOD_TIME, true",
        "SKIP, KEEP_BEFORE_DELETE, MOD_TIME, false",
        "REPLACE, KEEP_BEFORE_DELETE, MOD_TIME, true"
    })
    void oldVersionThatIsNewerThanWhatWasShownStaysWhereTheNameGoes(
            NewerFileMode newer, KeepMode keep, CompareMode compare, boolean isRemoved) {
        SyncPolicy policy = (keep == KeepMode.DELETE ? DELETE : up().withKeepDays(1))
                .withCompare(compare, 0)
                .withNewerFileMode(newer);
        List<ScanItem> source = List.of(local("k", at(1)));
        ScanItem shown = b2("a", daysAgo(30), daysAgo(20), daysAgo(40));
        ScanItem hidden = b2("a", hiddenDaysAgo(5), daysAgo(30), daysAgo(20), daysAgo(40));

        List<PathPlan> vanishes = plans(source, List.of(shown, b2("k", at(1))), policy);
        List<PathPlan> vanished = plans(source, List.of(hidden, b2("k", at(1))), policy);

        assertThat(deletedIds(vanishes)).isEqualTo(isRemoved ? deletedIds(vanishes) : List.of("id_a_2"));
        assertThat(deletedIds(vanished))
                .isEqualTo(isRemoved ? List.of("id_a_3", "id_a_2", "id_a_1", "id_a_0") : List.of("id_a_3"));
        assertThat(deletedIds(vanishes).contains("id_a_1")).isEqualTo(isRemoved);
        assertThat(lines(vanishes).contains("hide   a")).isEqualTo(!isRemoved || keep == KeepMode.KEEP_BEFORE_DELETE);
        for (List<PathPlan> plans : List.of(vanishes, vanished)) {
            assertThat(problems(plans)).hasSize(isRemoved ? 0 : 1).allMatch(problem -> problem.kind() == Kind.SKIPPED);
        }
    }

    /** A file that was removed and came back older than it was: who hid it had seen it, so it is no other writer's. */
    @Test
    void versionThatWasHiddenBeforeAnOlderOneCameGoesAsAnyOther() {
        ScanItem source = local("a", daysAgo(30));
        ScanItem there = b2("a", daysAgo(30), hiddenDaysAgo(25), daysAgo(20), daysAgo(15));
        ScanItem back = b2("a", hiddenDaysAgo(25), daysAgo(20));

        List<PathPlan> same = plans(List.of(source), List.of(there), up().withKeepDays(1));
        List<PathPlan> stored = plans(List.of(source), List.of(back), DELETE);

        assertThat(deletedIds(same)).containsExactly("id_a_1");
        assertThat(problems(same)).singleElement().satisfies(problem -> assertThat(problem.reason())
                .contains("id_a_3"));
        assertThat(deletedIds(stored)).containsExactly("id_a_1", "id_a_0");
        assertThat(problems(stored)).isEmpty();
    }

    private static List<String> deletedIds(List<PathPlan> plans) {
        return destructive(plans)
                .filter(SyncAction.Delete.class::isInstance)
                .map(action -> ((SyncAction.Delete) action).fileId())
                .toList();
    }

    @Test
    void plansThatDeleteComeAfterAllOthers() {
        List<PathPlan> plans =
                plans(List.of(local("b", at(9)), local("z", at(9))), List.of(b2("a", at(1)), b2("b", at(1))), DELETE);

        assertThat(lines(plans)).containsExactly("upload b", "upload z", "delete a ", "delete b (old version)");
        assertThat(plans).extracting(PathPlan::expected).contains(new Expected.Newest("id_b_0", 10, 1, 1));
    }

    @Test
    void firstPlanComesBeforeTheScanIsRead() {
        Iterator<ScanItem> endless = IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> (ScanItem) local(String.format("%09d", i), at(1)))
                .iterator();

        SyncPlan plan = SyncPlanner.plan(endless, List.<ScanItem>of().iterator(), up(), RUN);

        assertThat(plan.next().lines()).containsExactly("upload 000000000");
        assertThat(endless.next().path()).isEqualTo("000000001");
    }

    @Test
    void spoolThatFailsEndsThePlanWithoutDeletes() {
        PlanSpool full = new PlanSpool() {
            @Override
            public void add(PathPlan plan) {
                throw new java.io.UncheckedIOException(new IOException("No space left on device"));
            }

            @Override
            public Iterator<PathPlan> drain() {
                throw new AssertionError("drained although nothing was stored");
            }

            @Override
            public void close() {}
        };

        List<PathPlan> plans = drain(SyncPlanner.plan(
                List.of(local("b", at(1))).iterator(),
                List.of(b2("a", at(1))).iterator(),
                DELETE,
                RUN,
                new SyncPlanner.PlanSupport(() -> full, ContentSha1.NONE, file -> false)));

        assertThat(lines(plans)).isEmpty();
        assertThat(problems(plans).get(0).reason()).contains("No space left on device");
    }

    @Test
    void contentIsComparedWhereBothSidesKnowIt() {
        String one = "1".repeat(40);
        String two = "2".repeat(40);
        SyncPlanner.PlanSupport support = new SyncPlanner.PlanSupport(PlanSpool::onHeap, file -> one, file -> false);

        List<PathPlan> plans = drain(SyncPlanner.plan(
                List.of(
                                local("changed", daysAgo(3)),
                                local("longer", daysAgo(3), 11),
                                local("same", daysAgo(3)),
                                local("unknown", daysAgo(3)))
                        .iterator(),
                List.of(
                                b2("changed", daysAgo(1), 10, two),
                                b2("longer", daysAgo(1), 10, one),
                                b2("same", daysAgo(9), 10, one),
                                b2("unknown", daysAgo(9), 10, "none"))
                        .iterator(),
                up().withCompare(CompareMode.SHA1, 0),
                RUN,
                support));

        assertThat(lines(plans)).containsExactly("upload changed", "upload longer", "upload unknown");
    }

    /** A disk may have cut the time off, or the file was edited within the same two seconds: the content tells. */
    @ParameterizedTest
    @CsvSource({
        "1000000, 1000000, 2, false", // the very time: nothing is read
        "1000000, 1000700, 1, false",
        "1000000, 1000700, 2, true",
        "1000000, 1001990, 2, true",
        "1000700, 1000705, 2, true",
        "1000000, 1002000, 1, true", // no disk cuts so much off
        "1000703, 1000704, 1, true", // no disk holds 3 ms and cuts 1 off
        "-1000, -700, 1, false", // Java cuts it off
        "-1000, -700, 2, true",
    })
    void sameSizeEditIsFoundByItsContentWhereTheTimeMayHaveBeenCutOff(
            long onDisk, long wanted, String contentThere, boolean moves) {
        SyncPlanner.PlanSupport support =
                new SyncPlanner.PlanSupport(PlanSpool::onHeap, file -> "1".repeat(40), file -> false);

        List<PathPlan> plans = drain(SyncPlanner.plan(
                List.of(b2("a", at(wanted), 10, contentThere.repeat(40))).iterator(),
                List.of(local("a", at(onDisk))).iterator(),
                down(),
                RUN,
                support));

        assertThat(lines(plans)).isEqualTo(moves ? List.of("dnload a") : List.of());
    }

    /** B2 knows no SHA-1 of large files that were uploaded without one. */
    @ParameterizedTest
    @CsvSource({
        "1000000, 1000700, true, false",
        "1000000, 1000700, false, true",
        "1000000, 1001990, true, false",
        "1000000, 1002000, true, true",
        "-1000, -700, false, false",
    })
    void onlyADiskThatIsKnownForItHoldsCutTimesWhereNothingElseTells(
            long onDisk, long wanted, boolean isCoarse, boolean moves) {
        SyncPlanner.PlanSupport support = SyncPlanner.PlanSupport.DEFAULT.withCutsTimes(() -> isCoarse);

        List<PathPlan> plans = drain(SyncPlanner.plan(
                List.of(b2("a", at(wanted), 10, "none")).iterator(),
                List.of(local("a", at(onDisk))).iterator(),
                down(),
                RUN,
                support));

        assertThat(lines(plans)).isEqualTo(moves ? List.of("dnload a") : List.of());
    }

    /** The scans go on, and what moves moves, while a large file is read. */
    @Test
    void comparisonOfContentHoldsNothingUp() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        ContentSha1 slow = file -> {
            reading.countDown();
            try {
                told.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return "2".repeat(40);
        };
        SyncPlan plan = SyncPlanner.plan(
                List.of(local("a", at(1)), local("b", at(1)), local("c", at(1))).iterator(),
                List.of(b2("a", at(1), 10, "1".repeat(40))).iterator(),
                up().withCompare(CompareMode.SHA1, 0),
                RUN,
                new SyncPlanner.PlanSupport(PlanSpool::onHeap, slow, file -> false)
                        .withThreads(() -> PlanThreads.of(Executors.newFixedThreadPool(2))));

        assertThat(plan.next().lines()).containsExactly("upload b");
        assertThat(plan.next().lines()).containsExactly("upload c");
        reading.await();
        assertThat(plan.plannedPaths()).isEqualTo(2);
        told.countDown();
        assertThat(plan.next().lines()).containsExactly("upload a");
        assertThat(plan.hasNext()).isFalse();
        plan.close();
    }

    @Test
    void filesWhoseContentCannotBeComparedAreCounted() {
        SyncPlan plan = SyncPlanner.plan(
                List.of(local("a", at(1)), local("b", at(1)), local("c", at(1), 9))
                        .iterator(),
                List.of(b2("a", at(1), 10, "none"), b2("b", at(2), 10, ""), b2("c", at(1), 10, "none"))
                        .iterator(),
                up().withCompare(CompareMode.SHA1, 0),
                RUN);

        drain(plan);

        assertThat(plan.comparedByTime()).isEqualTo(2);
    }

    @Test
    void unreadableContentFailsItsPathAlone() {
        List<PathPlan> plans = plans(
                List.of(local("a", at(1)), local("b", at(1))),
                List.of(b2("a", at(1), 10, "1".repeat(40))),
                up().withCompare(CompareMode.SHA1, 0));

        assertThat(lines(plans)).containsExactly("upload b");
        assertThat(problems(plans)).extracting(Problem::path).containsExactly("a");
    }

    @Test
    void lockedVersionStaysAndItsNameIsHidden() {
        RemoteVersion newest = version("new", RemoteVersion.Kind.UPLOAD, 0);
        RemoteVersion held = version("held", RemoteVersion.Kind.UPLOAD, RemoteVersion.LEGAL_HOLD);
        RemoteVersion free = version("free", RemoteVersion.Kind.UPLOAD, Given.NOW);
        RemoteVersion marker = version("marker", RemoteVersion.Kind.HIDE, 0);
        List<ScanItem> source = List.of(local("z", at(1)));

        List<PathPlan> visible = plans(
                source, List.of(new ScanItem.RemoteFile("a", List.of(newest, held, free)), b2("z", at(1))), DELETE);
        assertThat(lines(visible)).containsExactly("hide   a", "delete a (old version)", "delete a ");
        assertThat(problems(visible)).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.SKIPPED);
            assertThat(problem.reason()).isEqualTo("version held is under legal hold and stays");
        });

        List<PathPlan> hidden = plans(
                source, List.of(new ScanItem.RemoteFile("a", List.of(marker, held, free)), b2("z", at(1))), DELETE);
        assertThat(lines(hidden)).containsExactly("delete a (old version)");

        // An expired marker stays too: what it hides cannot be deleted yet.
        List<PathPlan> expired = plans(
                source,
                List.of(new ScanItem.RemoteFile("a", List.of(marker, held, free)), b2("z", at(1))),
                up().withKeepDays(1));
        assertThat(lines(expired)).containsExactly("delete a (old version)");
    }

    /** A listing of more versions than can be held gives the newest and the oldest: those between show never again. */
    @Test
    void nameWithMoreVersionsThanCanBeHeldIsHiddenAndLosesItsOldestUntilTheRestHasItsTurn() {
        RemoteVersion newest = version("new", RemoteVersion.Kind.UPLOAD, 0);
        RemoteVersion marker = version("marker", RemoteVersion.Kind.HIDE, 0);
        RemoteVersion old = version("old", RemoteVersion.Kind.UPLOAD, 0);
        List<ScanItem> source = List.of(local("z", at(1)));

        List<PathPlan> visible = plans(
                source, List.of(new ScanItem.RemoteFile("a", List.of(newest, old), 90_000), b2("z", at(1))), DELETE);
        assertThat(lines(visible)).containsExactly("hide   a", "delete a (old version)", "delete a ");
        assertThat(problems(visible)).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.TOO_MANY_DELETES);
            assertThat(problem.reason()).contains("90000 are left to the next runs");
        });

        // The marker goes when nothing lies below it any more.
        List<PathPlan> hidden = plans(
                source, List.of(new ScanItem.RemoteFile("a", List.of(marker, old), 80_000), b2("z", at(1))), DELETE);
        assertThat(lines(hidden)).containsExactly("delete a (old version)");
        List<PathPlan> last =
                plans(source, List.of(new ScanItem.RemoteFile("a", List.of(marker, old)), b2("z", at(1))), DELETE);
        assertThat(lines(last)).containsExactly("delete a (old version)", "delete a (hide marker)");
        assertThat(problems(last)).isEmpty();

        List<PathPlan> stays = plans(
                List.of(local("a", at(1))), List.of(new ScanItem.RemoteFile("a", List.of(newest, old), 7)), DELETE);
        assertThat(lines(stays)).containsExactly("delete a (old version)");

        // What nobody removes is nobody's trouble.
        assertThat(problems(plans(
                        List.of(local("a", at(1))),
                        List.of(new ScanItem.RemoteFile("a", List.of(newest, old), 7)),
                        up())))
                .isEmpty();
    }

    private static RemoteVersion version(String id, RemoteVersion.Kind kind, long lockedUntil) {
        return new RemoteVersion(id, kind, 10, 1, 1, "", lockedUntil);
    }

    /** It grew since the scan, or its disk errs: nobody knows whether it is stored. */
    @Test
    void fileWhoseContentCannotBeComparedWithholdsWhatVanished() {
        String sha1 = "a".repeat(40);
        SyncPlan plan = SyncPlanner.plan(
                List.of(local("b", at(5)), local("log", at(9))).iterator(),
                List.of(b2("a", at(1), 3, sha1), b2("b", at(1), 10, sha1), b2("log", at(2), 10, ""))
                        .iterator(),
                up().withCompare(CompareMode.SHA1, 0).withKeepMode(KeepMode.DELETE),
                RUN);

        assertThat(lines(drain(plan))).containsExactly("upload log");
        assertThat(plan.withheld())
                .extracting(Withheld::guard)
                .containsExactlyInAnyOrder(Withheld.Guard.FAILED_TRANSFER, Withheld.Guard.CONTENT_NOT_STORED);
    }

    @Test
    void contentThatMayHaveMovedToAFileThatWasNotStoredStays() {
        SyncPlanner.PlanSupport support = SyncPlanner.PlanSupport.DEFAULT.withTransfers(new TransferOutcomes() {
            @Override
            public Optional<Problem> firstFailure() {
                return Optional.of(new Problem("log.1", Kind.ACTION_FAILED, "no"));
            }

            @Override
            public boolean mayMiss(long size) {
                return size == 10;
            }

            @Override
            public boolean hasSucceeded(long planId) {
                return true;
            }
        });
        // Rotated: log was moved, or copied with a time of its own, to log.1, which could not be stored, and log is
        // new.
        SyncPlan plan = SyncPlanner.plan(
                List.of(local("log", at(5)), local("log.1", at(1)), local("other", at(5), 11))
                        .iterator(),
                List.of(b2("log", at(3)), b2("other", at(2), 11, "")).iterator(),
                DELETE,
                RUN,
                support);

        assertThat(lines(drain(plan)))
                .containsExactly("upload log", "upload log.1", "upload other", "delete other (old version)");
        assertThat(plan.withheld()).extracting(Withheld::guard).containsExactly(Withheld.Guard.CONTENT_NOT_STORED);
    }

    /** A directory's own time tells nothing of what was moved to one further below. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nameThatMayHaveMovedToADirectoryThatCannotBeReadStays(boolean cannotBeRead) {
        Refused unreadable = new Refused("d", Reach.TREE, "no permission");
        Revisit again = new Revisit() {
            @Override
            public Iterator<? extends ScanItem> source() {
                return List.of(local("b", at(1)), unreadable).iterator();
            }

            @Override
            public Optional<ScanItem.SyncFile> atDestination(String path) {
                return Optional.empty();
            }

            @Override
            public long newSinceMillis() {
                return Long.MAX_VALUE;
            }

            @Override
            public Arrival arrivalOf(ScanItem.SyncFile file) {
                return Arrival.BEFORE;
            }

            @Override
            public void unstored(ScanItem item, Revisit.Unstored found) {
                if (cannotBeRead) {
                    found.anything();
                }
            }
        };
        SyncPlan plan = SyncPlanner.plan(
                List.of(local("b", at(1)), unreadable).iterator(),
                List.of(b2("a", at(1_000), 11, ""), b2("b", at(1))).iterator(),
                DELETE,
                RUN,
                SyncPlanner.PlanSupport.DEFAULT.withRevisit(again));

        assertThat(lines(drain(plan))).isEqualTo(cannotBeRead ? List.of() : List.of("delete a "));
        assertThat(plan.withheld()).hasSize(cannotBeRead ? 1 : 0);
    }

    /** They look the same on both sides, and might be another file of that size and time. */
    @Test
    void noMoreThanSoMuchIsReadOfFilesThatLookTheSame() {
        long size = 600L << 20;
        List<ScanItem> source = List.of(local("b", at(1), size), local("c", at(1), size), local("d", at(1), size));
        RemoteVersion going = new RemoteVersion("id", RemoteVersion.Kind.UPLOAD, size, 5_000, 6_000, "a".repeat(40));
        List<String> read = new ArrayList<>();
        SyncPlan plan = SyncPlanner.plan(
                source.iterator(),
                List.of(
                                new ScanItem.RemoteFile("a", List.of(going)),
                                b2("b", at(1), size, ""),
                                b2("c", at(1), size, ""),
                                b2("d", at(1), size, ""))
                        .iterator(),
                DELETE,
                RUN,
                new SyncPlanner.PlanSupport(
                                PlanSpool::onHeap,
                                file -> {
                                    read.add(file.path());
                                    return "b".repeat(40);
                                },
                                file -> false)
                        .withRevisit(new Looks(List.of(source), file -> Arrival.BEFORE)));

        List<PathPlan> plans = drain(plan);

        assertThat(read).containsExactly("b");
        assertThat(problems(plans)).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("c");
            assertThat(problem.kind()).isEqualTo(Problem.Kind.SKIPPED);
        });
        assertThat(lines(plans)).containsExactly("delete a ");
    }

    /** Sides that look so at each look after the scans. */
    private static final class Looks implements Revisit {
        private final Iterator<List<ScanItem>> sources;
        private final Function<ScanItem.SyncFile, Arrival> arrivals;

        Looks(List<List<ScanItem>> sources, Function<ScanItem.SyncFile, Arrival> arrivals) {
            this.sources = sources.iterator();
            this.arrivals = arrivals;
        }

        @Override
        public Iterator<? extends ScanItem> source() {
            return sources.next().iterator();
        }

        @Override
        public Optional<ScanItem.SyncFile> atDestination(String path) {
            return Optional.empty();
        }

        @Override
        public long newSinceMillis() {
            return Long.MAX_VALUE;
        }

        @Override
        public Arrival arrivalOf(ScanItem.SyncFile file) {
            return arrivals.apply(file);
        }

        @Override
        public void unstored(ScanItem item, Revisit.Unstored found) {
            throw new AssertionError("nothing was refused");
        }
    }

    /** It would never end to store all that moves while something is stored. */
    @Test
    void whatIsFoundWhileTheFindsOfTheSecondLookAreStoredKeepsWhatGoes() {
        ScanItem b = local("b", at(1), 11);
        ScanItem moved = local("moved", at(5));
        ScanItem movedLater = local("movedLater", at(6), 12);
        Looks looks = new Looks(List.of(List.of(b, moved), List.of(b, moved, movedLater)), file -> Arrival.BEFORE);
        SyncPlan plan = SyncPlanner.plan(
                List.of(b).iterator(),
                List.of(b2("a", at(5)), b2("b", at(1), 11, ""), b2("c", at(6), 12, ""))
                        .iterator(),
                DELETE,
                RUN,
                SyncPlanner.PlanSupport.DEFAULT.withRevisit(looks));

        assertThat(lines(drain(plan))).containsExactly("upload moved", "delete a ");
        assertThat(plan.withheld()).singleElement().satisfies(one -> {
            assertThat(one.guard()).isEqualTo(Withheld.Guard.CONTENT_NOT_STORED);
            assertThat(one.cause()).isEqualTo("c");
        });
    }

    @ParameterizedTest
    @EnumSource(Arrival.class)
    void whatCameDuringTheRunIsNeitherReplacedNorRemoved(Arrival arrival) {
        Looks looks = new Looks(
                List.of(List.of(), List.of()), file -> file.path().equals("other") ? Arrival.BEFORE : arrival);
        SyncPlan plan = SyncPlanner.plan(
                List.of(local("a", at(9)), local("other", at(1))).iterator(),
                List.of(b2("a", at(5)), b2("other", at(1)), b2("vanished", at(7)))
                        .iterator(),
                DELETE,
                RUN,
                SyncPlanner.PlanSupport.DEFAULT.withRevisit(looks));

        List<PathPlan> plans = drain(plan);

        assertThat(lines(plans))
                .isEqualTo(
                        switch (arrival) {
                            case BEFORE -> List.of("upload a", "delete a (old version)", "delete vanished ");
                            case MAYBE_DURING -> List.of("upload a");
                            case DURING -> List.of();
                        });
        assertThat(problems(plans))
                .extracting(Problem::kind)
                .isEqualTo(
                        switch (arrival) {
                            case BEFORE -> List.of();
                            case MAYBE_DURING -> List.of(Kind.SKIPPED, Kind.SKIPPED);
                            case DURING -> List.of(Kind.ACTION_FAILED, Kind.SKIPPED);
                        });
    }

    /** Both scans have no end, and nothing to do: only a stop ends the question for the next plan. */
    @Test
    void stopIsHeededOverAnyStretchOfUnchangedFiles() {
        AtomicInteger seen = new AtomicInteger();
        AtomicReference<SyncPlan> plan = new AtomicReference<>();
        Iterator<ScanItem> source = Stream.iterate(1, i -> i + 1)
                .<ScanItem>map(i -> {
                    if (seen.incrementAndGet() == 5_000) {
                        plan.get().stop();
                    }
                    return local(String.format("%09d", i), at(1));
                })
                .iterator();
        Iterator<ScanItem> destination = Stream.iterate(1, i -> i + 1)
                .<ScanItem>map(i -> b2(String.format("%09d", i), at(1)))
                .iterator();
        plan.set(SyncPlanner.plan(source, destination, DELETE, RUN));

        assertThat(plan.get().hasNext()).isFalse();
        assertThat(seen.get()).isLessThanOrEqualTo(5_001);
    }

    @Test
    void sourceThatCannotBeLookedAtAgainRemovesNothing() {
        Revisit broken = new Revisit() {
            @Override
            public Iterator<? extends ScanItem> source() {
                return List.of(local("b", at(1)), new Broken("b", "the disk is gone"))
                        .iterator();
            }

            @Override
            public Optional<ScanItem.SyncFile> atDestination(String path) {
                return Optional.empty();
            }

            @Override
            public long newSinceMillis() {
                return Long.MAX_VALUE;
            }

            @Override
            public Arrival arrivalOf(ScanItem.SyncFile file) {
                return Arrival.BEFORE;
            }

            @Override
            public void unstored(ScanItem item, Revisit.Unstored found) {
                throw new AssertionError("nothing was refused");
            }
        };
        SyncPlan plan = SyncPlanner.plan(
                List.of(local("b", at(1))).iterator(),
                List.of(b2("a", at(5)), b2("b", at(1))).iterator(),
                DELETE,
                RUN,
                SyncPlanner.PlanSupport.DEFAULT.withRevisit(broken));

        List<PathPlan> plans = drain(plan);

        assertThat(lines(plans)).isEmpty();
        assertThat(problems(plans)).extracting(Problem::kind).containsExactly(Kind.SCAN_BROKEN);
        assertThat(plan.withheld()).hasSize(1);
    }

    @Test
    void manyRefusedNamesAreForgottenAgain() {
        List<ScanItem> source = IntStream.range(0, 100_000)
                .mapToObj(i -> (ScanItem) new Refused(String.format("%06d", i), Reach.NAME, "bad"))
                .toList();

        Shields shields = new Shields();
        source.forEach(item -> shields.coverNameAndBelow(item.path()));

        assertThat(shields.size()).isEqualTo(1);
    }

    @Test
    void optionsWithoutMeaningAreRefusedByName() {
        assertThatThrownBy(() -> up().withCompare(CompareMode.NONE, 5))
                .hasMessage("compareThreshold=5 has no meaning unless compareMode is modTime or size: remove it");
        assertThatThrownBy(() -> up().withKeepDays(0)).hasMessageContaining("keepDays=0.0");
        assertThatThrownBy(() -> down().withKeepDays(3)).hasMessageContaining("keepMode=keepBeforeDelete");
        assertThatThrownBy(() -> up().withMaxDelete(MaxDelete.of(-1))).hasMessageContaining("maxDelete=-1");
    }
}
