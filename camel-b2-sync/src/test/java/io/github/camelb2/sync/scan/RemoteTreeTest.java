// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.camelb2.sync.plan.item.RemoteVersion;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.policy.Unicode;
import io.github.camelb2.sync.scan.RemoteTree.Purpose;
import io.github.camelb2.sync.scan.disk.Links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RemoteTreeTest {

    @Test
    void versionsOfOneNameComeTogetherNewestFirst() {
        List<ScanItem> items =
                scan(Purpose.DESTINATION, "p/", ScanFilters.NONE, upload("p/a", 3), hide("p/a", 2), upload("p/b", 1));

        assertThat(items).extracting(ScanItem::path).containsExactly("a", "b");
        assertThat(((ScanItem.RemoteFile) items.get(0)).versions())
                .extracting(RemoteVersion::modifiedMillis)
                .containsExactly(3L, 2L);
    }

    @Test
    void versionThatIsToldTwiceIsOne() {
        ListedVersion newest = upload("a", 3);
        ListedVersion older = upload("a", 2);

        List<ScanItem> items =
                scan(Purpose.DESTINATION, "", ScanFilters.NONE, newest, newest, older, newest, older, upload("a", 1));

        assertThat(((ScanItem.RemoteFile) items.get(0)).versions())
                .extracting(RemoteVersion::modifiedMillis)
                .containsExactly(3L, 2L, 1L);
    }

    @Test
    void ofMoreVersionsThanCanBeHeldTheNewestAndTheOldestComeAndTheOthersAreCounted() {
        Iterator<ListedVersion> many = Stream.iterate(100_000L, time -> time - 1)
                .limit(100_000)
                .map(time -> upload("a", time))
                .iterator();

        ScanItem.RemoteFile file =
                (ScanItem.RemoteFile) new RemoteTree(many, "", Purpose.DESTINATION, ScanFilters.NONE).next();

        assertThat(file.versions()).hasSize(HeldVersions.MOST);
        assertThat(file.newest().modifiedMillis()).isEqualTo(100_000);
        assertThat(file.versions().get(1).modifiedMillis()).isEqualTo(HeldVersions.MOST - 1);
        assertThat(file.versions().get(HeldVersions.MOST - 1).modifiedMillis()).isEqualTo(1);
        assertThat(file.notHeld()).isEqualTo(100_000 - HeldVersions.MOST);
    }

    /** 100,000 versions of one name take no memory where only the newest matters. */
    @ParameterizedTest
    @EnumSource(names = "DESTINATION", mode = EnumSource.Mode.EXCLUDE)
    void onlyTheNewestVersionIsHeldWhereNoneIsRemoved(Purpose purpose) {
        Iterator<ListedVersion> many = Stream.iterate(100_000L, time -> time - 1)
                .limit(100_000)
                .map(time -> upload("a", time))
                .iterator();

        RemoteTree tree = new RemoteTree(many, "", purpose, ScanFilters.NONE);

        assertThat(((ScanItem.RemoteFile) tree.next()).versions())
                .extracting(RemoteVersion::modifiedMillis)
                .containsExactly(100_000L);
        assertThat(tree.hasNext()).isFalse();
    }

    @Test
    void namesADiskCannotHoldAreRefusedOneByOne() {
        List<String> items = describe(scan(
                Purpose.SOURCE_FOR_DISK,
                "",
                ScanFilters.NONE,
                upload("../up", 1),
                upload("/abs", 1),
                upload("a", 1),
                upload("a-b", 1),
                upload("a/b", 1),
                upload("a/b/c", 1),
                upload("a0", 1),
                upload("back\\slash", 1),
                upload("d:/x", 1),
                marker("dir/"),
                upload("dir/x", 1),
                upload("full/", 1)));

        assertThat(items)
                .containsExactly(
                        "failure ../up",
                        "failure /abs",
                        "a",
                        "a-b",
                        "failure a/b",
                        "failure a/b/c",
                        "a0",
                        "back\\slash",
                        "d:/x",
                        "skip dir/",
                        "dir/x",
                        "failure full/");
    }

    @Test
    void hiddenFileIsNoObstacleForADirectory() {
        assertThat(describe(scan(Purpose.SOURCE_FOR_DISK, "", ScanFilters.NONE, hide("a", 1), upload("a/b", 1))))
                .containsExactly("a", "a/b");
    }

    @Test
    void bucketTakesWhatADiskDoesNot() {
        assertThat(describe(scan(
                        Purpose.SOURCE_FOR_B2,
                        "",
                        ScanFilters.NONE,
                        upload("a", 1),
                        upload("a/b", 1),
                        upload("a//b", 1),
                        upload("x/", 1))))
                .containsExactly("a", "a/b", "failure a//b", "x/");
    }

    @ParameterizedTest
    @EnumSource(Purpose.class)
    void markerOfTheFolderItselfIsASkip(Purpose purpose) {
        assertThat(describe(scan(purpose, "p/", ScanFilters.NONE, marker("p/"), upload("p/a", 1))))
                .containsExactly("skip ", "a");
    }

    @Test
    void oddNamesAtTheDestinationAreNoFailure() {
        assertThat(describe(scan(Purpose.DESTINATION, "", ScanFilters.NONE, upload("a//b", 1), upload("c", 1))))
                .containsExactly("left_there a//b", "c");
    }

    /** As on a disk; b2sdk leaves out what is below a directory only behind a file that lies in it. */
    @Test
    void eachDirectoryAboveAFileIsMatchedWhateverElseIsThere() {
        ListedVersion[] tree = {
            upload("a/b/1.txt", 1),
            upload("a/z.txt", 1),
            upload("a/zz/1", 1),
            upload("ab/x.txt", 1),
            upload("c/a/q.txt", 1),
            upload("r.txt", 1)
        };

        assertThat(describe(scan(Purpose.SOURCE_FOR_B2, "", excludeDir("a$"), tree)))
                .containsExactly(
                        "excluded a/b/1.txt", "excluded a/z.txt", "excluded a/zz/1", "ab/x.txt", "c/a/q.txt", "r.txt");
        assertThat(describe(scan(Purpose.SOURCE_FOR_B2, "", excludeDir("a"), tree)))
                .filteredOn(name -> !name.startsWith("excluded"))
                .containsExactly("c/a/q.txt", "r.txt");
        assertThat(describe(scan(Purpose.SOURCE_FOR_B2, "", excludeDir(".*"), tree)))
                .allMatch(name -> name.startsWith("excluded"));
    }

    @Test
    void olderVersionIsSelectedWhenTheNewestIsOutOfBounds() {
        ScanFilters filters = new ScanFilters(
                List.of(),
                List.of(),
                List.of(),
                Links.Mode.FOLLOW,
                ScanFilters.TimeRange.ALL,
                new ScanFilters.TimeRange(Long.MIN_VALUE, 2));

        List<ScanItem> items = scan(Purpose.SOURCE_FOR_B2, "", filters, upload("a", 3), upload("a", 2), upload("b", 3));

        assertThat(describe(items)).containsExactly("a", "excluded b");
        assertThat(((ScanItem.RemoteFile) items.get(0)).modifiedMillis()).isEqualTo(2);
    }

    @Test
    void timeOfModificationChoosesFilesAndNeitherOlderVersionsNorHiddenFiles() {
        ScanFilters early = new ScanFilters(
                List.of(),
                List.of(),
                List.of(),
                Links.Mode.FOLLOW,
                new ScanFilters.TimeRange(Long.MIN_VALUE, 2),
                ScanFilters.TimeRange.ALL);

        List<ScanItem> items = scan(
                Purpose.SOURCE_FOR_B2,
                "",
                early,
                upload("a", 3),
                upload("a", 2),
                upload("b", 2),
                hide("c", 3),
                upload("c", 1));

        assertThat(describe(items)).containsExactly("excluded a", "b", "c");
        assertThat(((ScanItem.RemoteFile) items.get(2)).isVisible()).isFalse();
    }

    @Test
    void hiddenNameIsNobodysBusinessWhereItIsIgnored() {
        ScanFilters ignoring = new ScanFilters(
                List.of(),
                List.of(),
                List.of(),
                Links.Mode.FOLLOW,
                ScanFilters.SpecialFiles.SKIPPED,
                ScanFilters.Hidden.IGNORED,
                Unicode.EXACT,
                ScanFilters.TimeRange.ALL,
                ScanFilters.TimeRange.ALL,
                ScanFilters.Chosen.ALL);

        assertThat(describe(scan(Purpose.SOURCE_FOR_DISK, "", ignoring, hide("a", 2), upload("a", 1), upload("b", 1))))
                .containsExactly("silent a", "b");
        assertThat(describe(scan(Purpose.DESTINATION, "", ignoring, hide("a", 2))))
                .containsExactly("a");
    }

    @Test
    void inclusionWithoutExclusionIsRefused() {
        assertThatThrownBy(() -> new ScanFilters(
                        List.of(),
                        List.of(),
                        List.of(PythonRegex.compile("a")),
                        Links.Mode.FOLLOW,
                        ScanFilters.TimeRange.ALL,
                        ScanFilters.TimeRange.ALL))
                .hasMessageContaining("includeRegex")
                .hasMessageContaining("excludeRegex");
    }

    private static ScanFilters excludeDir(String expression) {
        return new ScanFilters(
                List.of(PythonRegex.compile(expression)),
                List.of(),
                List.of(),
                Links.Mode.FOLLOW,
                ScanFilters.TimeRange.ALL,
                ScanFilters.TimeRange.ALL);
    }

    private static List<ScanItem> scan(Purpose purpose, String prefix, ScanFilters filters, ListedVersion... listing) {
        List<ScanItem> items = new ArrayList<>();
        new RemoteTree(List.of(listing).iterator(), prefix, purpose, filters).forEachRemaining(items::add);
        return items;
    }

    private static List<String> describe(List<ScanItem> items) {
        return items.stream()
                .map(item -> {
                    if (item instanceof ScanItem.Refused refused) {
                        return refused.weight().name().toLowerCase(java.util.Locale.ROOT) + " " + item.path();
                    }
                    return item instanceof ScanItem.Excluded ? "excluded " + item.path() : item.path();
                })
                .toList();
    }

    private static ListedVersion upload(String name, long time) {
        return new ListedVersion(name, new RemoteVersion(name + time, RemoteVersion.Kind.UPLOAD, 5, time, time, ""));
    }

    private static ListedVersion marker(String name) {
        return new ListedVersion(name, new RemoteVersion(name, RemoteVersion.Kind.UPLOAD, 0, 1, 1, ""));
    }

    private static ListedVersion hide(String name, long time) {
        return new ListedVersion(name, new RemoteVersion(name + time, RemoteVersion.Kind.HIDE, 0, time, time, ""));
    }
}
