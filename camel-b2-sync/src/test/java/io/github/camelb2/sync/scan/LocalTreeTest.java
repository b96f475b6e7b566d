// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.camelb2.sync.plan.item.PathOrder;
import io.github.camelb2.sync.plan.item.Reach;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.policy.Unicode;
import io.github.camelb2.sync.scan.LocalTree.Purpose;
import io.github.camelb2.sync.scan.disk.FileTimes;
import io.github.camelb2.sync.scan.disk.Links;
import io.github.camelb2.sync.scan.disk.TemporaryNames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

class LocalTreeTest {
    @TempDir
    Path root;

    private final List<Path> leftovers = new ArrayList<>();

    @Test
    void namesComeInTheOrderOfB2() throws IOException {
        for (String name : List.of("a/b", "a-x", "a.txt", "a0", "b/c/d", "b/c-d", "ü", "\uFFFD", "😀", "A")) {
            given(name);
        }

        assertThat(scan(ScanFilters.NONE))
                .containsExactly("A", "a-x", "a.txt", "a/b", "a0", "b/c-d", "b/c/d", "ü", "\uFFFD", "😀");
    }

    @Test
    void fileHasItsSizeAndTime() throws IOException {
        Path file = given("a");
        Files.setLastModifiedTime(
                file, FileTime.from(Instant.ofEpochMilli(1_500_000_000_123L).plusNanos(500_000)));

        assertThat(items(ScanFilters.NONE, Purpose.SOURCE))
                .containsExactly(new ScanItem.LocalFile("a", 1, 1_500_000_000_123L));
    }

    /** Difference 11 from b2sdk. */
    @Test
    void linksAreFollowedUntilTheyLeadBackUp() throws IOException {
        given("real/f");
        Files.createSymbolicLink(root.resolve("file"), root.resolve("real/f"));
        Files.createSymbolicLink(root.resolve("once"), root.resolve("real"));
        Files.createSymbolicLink(root.resolve("twice"), root.resolve("real"));
        Files.createSymbolicLink(root.resolve("real/loop"), root);
        Files.createSymbolicLink(root.resolve("self"), root);

        assertThat(scan(ScanFilters.NONE))
                .containsExactly(
                        "file",
                        "once/f",
                        "refused once/loop",
                        "real/f",
                        "refused real/loop",
                        "refused self",
                        "twice/f",
                        "refused twice/loop");
    }

    @Test
    void brokenLinkIsReportedAndExcludedLinkIsNot() throws IOException {
        given("a");
        Files.createSymbolicLink(root.resolve("0broken"), root.resolve("nowhere"));
        ScanFilters noLinks = new ScanFilters(
                List.of(), List.of(), List.of(), Links.Mode.SKIP, ScanFilters.TimeRange.ALL, ScanFilters.TimeRange.ALL);

        assertThat(scan(ScanFilters.NONE)).containsExactly("refused 0broken", "a");
        assertThat(scan(noLinks)).containsExactly("excluded 0broken", "a");
        assertThat(items(ScanFilters.NONE, Purpose.SOURCE).get(0))
                .isInstanceOfSatisfying(ScanItem.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(root.resolve("0broken")
                                + " is not synced: the link leads nowhere or cannot be followed"));
    }

    @Test
    void unreadableDirectoryIsReportedAndTheRestIsRead() throws IOException {
        given("a/x");
        given("b");
        given("c");
        Files.setPosixFilePermissions(root.resolve("a"), PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(root.resolve("b"), PosixFilePermissions.fromString("---------"));
        assumeThat(Files.isReadable(root.resolve("b")))
                .as("root reads everything")
                .isFalse();

        assertThat(scan(ScanFilters.NONE)).containsExactly("refused a", "refused b", "c");
    }

    @Test
    void directoryThatVanishesIsReportedAndTheRestIsRead() throws IOException {
        given("0");
        Path vanishing = given("a/x");
        given("b");
        LocalTree tree = new LocalTree(root, "", Purpose.SOURCE, ScanFilters.NONE, leftovers::add);
        tree.next();
        Files.delete(vanishing);
        Files.delete(root.resolve("a"));

        assertThat(tree.next())
                .isEqualTo(new ScanItem.Refused(
                        "a",
                        Reach.NAME,
                        ScanItem.Refused.Weight.SKIP,
                        root.resolve("a") + " is not synced: it vanished during the scan"));
        assertThat(tree.next().path()).isEqualTo("b");
    }

    @ParameterizedTest
    @EnumSource(Purpose.class)
    void scanBreaksWhereTheRootIsGoneAtItsEnd(Purpose purpose) throws IOException {
        Path moving = Files.createDirectories(root.resolve("root"));
        Files.writeString(moving.resolve("a"), "x");
        Files.writeString(moving.resolve("b"), "x");
        LocalTree tree = new LocalTree(moving, "", purpose, ScanFilters.NONE, leftovers::add);
        assertThat(tree.next().path()).isEqualTo("a");

        Files.move(moving, root.resolve("elsewhere"));

        assertThat(rest(tree))
                .last()
                .isEqualTo(new ScanItem.Broken(
                        "", "the directory " + moving + " vanished during the scan: is its disk mounted?"));
    }

    @ParameterizedTest
    @EnumSource(Purpose.class)
    void scanBreaksWhereAnotherRootHidTheNames(Purpose purpose) throws IOException {
        Path moving = Files.createDirectories(root.resolve("root"));
        Files.writeString(moving.resolve("a"), "x");
        Files.writeString(moving.resolve("b"), "x");
        LocalTree tree = new LocalTree(moving, "", purpose, ScanFilters.NONE, leftovers::add);
        assertThat(tree.next().path()).isEqualTo("a");

        Files.move(moving, root.resolve("elsewhere"));
        Files.createDirectory(moving);

        assertThat(rest(tree))
                .last()
                .isEqualTo(new ScanItem.Broken(
                        "", "the directory " + moving + " was replaced by another during the scan"));
    }

    @Test
    void directoryThatIsOnAnotherDiskAtItsEndIsAFailure() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeThat(Files.isWritable(memory)).isTrue();
        Path disk = Files.createTempDirectory(memory, "camel-b2-");
        try {
            Files.writeString(disk.resolve("x"), "x");
            Files.createDirectory(disk.resolve("y"));
            Files.createSymbolicLink(root.resolve("m"), disk);
            Path empty = Files.createDirectory(root.resolve("zz"));
            assumeThat(Files.getAttribute(disk, "unix:dev")).isNotEqualTo(Files.getAttribute(empty, "unix:dev"));
            given("n");
            LocalTree tree = new LocalTree(root, "", Purpose.SOURCE, ScanFilters.NONE, leftovers::add);
            assertThat(tree.next().path()).isEqualTo("m/x");

            Files.delete(root.resolve("m"));
            Files.createSymbolicLink(root.resolve("m"), empty);

            List<ScanItem> rest = rest(tree);
            assertThat(rest).extracting(ScanItem::sortKey).isSortedAccordingTo(PathOrder.COMPARATOR);
            assertThat(rest).extracting(LocalTreeTest::describe).containsExactly("refused m/y", "refused m/y", "n");
            assertThat(((ScanItem.Refused) rest.get(1)))
                    .satisfies(item -> assertThat(item.weight()).isEqualTo(ScanItem.Refused.Weight.FAILURE))
                    .satisfies(item -> assertThat(item.reason()).contains("another disk is at " + root.resolve("m")));
        } finally {
            Files.delete(disk.resolve("x"));
            Files.delete(disk.resolve("y"));
            Files.delete(disk);
        }
    }

    @Test
    void nameThatB2RefusesIsReportedWithItsReason() throws IOException {
        given("ctrl\u0001");
        given("dir\u007f/x");
        given("ok");

        assertThat(scan(ScanFilters.NONE)).containsExactly("refused ctrl\u0001", "refused dir\u007f", "ok");
    }

    @Test
    void prefixCountsTowardsTheLengthOfAName() throws IOException {
        String deep = String.join("/", java.util.Collections.nCopies(5, "d".repeat(100)));
        given(deep + "/f");
        LocalTree tree = new LocalTree(root, "p/".repeat(300), Purpose.SOURCE, ScanFilters.NONE, leftovers::add);

        List<ScanItem> items = new ArrayList<>();
        tree.forEachRemaining(items::add);

        assertThat(items).allMatch(ScanItem.Refused.class::isInstance).hasSize(1);
    }

    @Test
    void somethingThatIsNoFileIsReported() throws Exception {
        given("a");
        Process mkfifo = new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start();
        assumeThat(mkfifo.waitFor()).isZero();

        assertThat(scan(ScanFilters.NONE)).containsExactly("a", "refused pipe");
    }

    @Test
    void missingRootBreaksTheScan() {
        LocalTree tree = new LocalTree(root.resolve("no"), "", Purpose.SOURCE, ScanFilters.NONE, leftovers::add);

        assertThat(tree.next())
                .isEqualTo(new ScanItem.Broken(
                        "", "the directory " + root.resolve("no") + " cannot be read: it does not exist"));
        assertThat(tree.hasNext()).isFalse();
    }

    @Test
    void temporaryFilesAreToldByMoreThanTheirEnding() throws IOException {
        Path leftover = given(TemporaryNames.download("a", "id", TemporaryNames.tag("run")));
        given(".x.b2tmp");
        given("notes.b2.sync.tmp");

        assertThat(scan(ScanFilters.NONE))
                .containsExactly("refused " + leftover.getFileName(), ".x.b2tmp", "notes.b2.sync.tmp");
        assertThat(items(ScanFilters.NONE, Purpose.DESTINATION))
                .extracting(ScanItem::path)
                .containsExactly(".x.b2tmp", "notes.b2.sync.tmp");
        assertThat(leftovers).containsExactly(leftover);
    }

    @Test
    void directoryStandsBehindTheNamesThatBeginWithItsOwn() throws IOException {
        for (String name : List.of("a/x", "a-/x", "a--/x", "a-.", "a.b", "a0", "a!/x", "a")) {
            if (!name.equals("a")) {
                given(name);
            }
        }

        assertThat(scan(ScanFilters.NONE)).containsExactly("a!/x", "a--/x", "a-.", "a-/x", "a.b", "a/x", "a0");
    }

    @Test
    void exclusionSilencesAName() throws IOException {
        given("ctrl\u0001");
        given("dir\u007f/x");
        Files.createSymbolicLink(root.resolve("broken"), root.resolve("nowhere"));

        assertThat(scan(filters(List.of("dir"), List.of("ctrl", "broken"), List.of())))
                .containsExactly("excluded broken", "excluded ctrl\u0001", "excluded dir\u007f");
    }

    @Test
    void specialFilesAreSkipsUnlessTheyShallFail() throws IOException {
        Files.createSymbolicLink(root.resolve("broken"), root.resolve("nowhere"));
        Files.createSymbolicLink(root.resolve("self"), root.resolve("self"));
        given("file");
        Files.createSymbolicLink(root.resolve("through"), root.resolve("file/x"));

        assertThat(weights(ScanFilters.NONE))
                .containsOnly(ScanItem.Refused.Weight.LEFT_THERE)
                .hasSize(3);
        assertThat(weights(rules(Links.Mode.FOLLOW, ScanFilters.SpecialFiles.FAILING)))
                .containsOnly(ScanItem.Refused.Weight.FAILURE)
                .hasSize(3);
    }

    /** 109,600 ways, if each were gone. */
    @Test
    void directoriesThatLinkToEachOtherEnd() throws IOException {
        for (int i = 0; i < 8; i++) {
            given("d" + i + "/f");
            for (int j = 0; j < 8; j++) {
                if (i != j) {
                    Files.createSymbolicLink(root.resolve("d" + i + "/l" + j), root.resolve("d" + j));
                }
            }
        }

        assertThat(scan(ScanFilters.NONE))
                .filteredOn(name -> !name.startsWith("refused"))
                .hasSize(8 + 8 * 7 * 7)
                .contains("d0/f", "d7/l0/f");
    }

    /** Two to the power of thirty ways, if each were gone. */
    @Test
    void linksThatForkAgainAndAgainEnd() throws IOException {
        for (int i = 0; i < 30; i++) {
            given("d" + i + "/f");
            Files.createSymbolicLink(root.resolve("d" + i + "/l"), root.resolve("d" + (i + 1)));
            Files.createSymbolicLink(root.resolve("d" + i + "/m"), root.resolve("d" + (i + 1)));
        }
        given("d30/f");

        assertThat(scan(ScanFilters.NONE)).hasSizeLessThan(3_000).contains("d0/l/f", "d0/m/f");
    }

    @Test
    void linksThatLeadOutAreSkippedWhereTheyMayNot() throws IOException {
        Path elsewhere = Files.createTempDirectory(root.getParent(), "elsewhere");
        Files.writeString(elsewhere.resolve("secret"), "s");
        given("real/f");
        Files.createSymbolicLink(root.resolve("in"), root.resolve("real"));
        Files.createSymbolicLink(root.resolve("out"), elsewhere);
        Files.createSymbolicLink(root.resolve("outfile"), elsewhere.resolve("secret"));

        assertThat(scan(ScanFilters.NONE)).containsExactly("in/f", "out/secret", "outfile", "real/f");
        assertThat(scan(rules(Links.Mode.FOLLOW_WITHIN, ScanFilters.SpecialFiles.SKIPPED)))
                .containsExactly("in/f", "refused out", "refused outfile", "real/f");
        assertThat(scan(rules(Links.Mode.SKIP, ScanFilters.SpecialFiles.SKIPPED)))
                .containsExactly("excluded in", "excluded out", "excluded outfile", "real/f");
    }

    /** Between the look at an entry and its use. */
    @ParameterizedTest
    @EnumSource(value = Links.Mode.class, names = "FOLLOW", mode = EnumSource.Mode.EXCLUDE)
    void directoryThatIsSwappedForALinkLeadsNowhere(Links.Mode mode) throws IOException {
        Path elsewhere = Files.createTempDirectory(root.getParent(), "elsewhere");
        Files.writeString(elsewhere.resolve("f"), "secret");
        Path file = given("real/f");
        Links links = new Links(root, mode);
        try (SeekableByteChannel channel = links.open(file)) {
            assertThat(channel.size()).isEqualTo(1);
        }

        Files.move(root.resolve("real"), root.resolve("aside"));
        Files.createSymbolicLink(root.resolve("real"), elsewhere);

        assertThatThrownBy(() -> links.open(file).close()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> links.list(root.resolve("real")).close()).isInstanceOf(IOException.class);
    }

    private List<ScanItem.Refused.Weight> weights(ScanFilters filters) {
        return items(filters, Purpose.SOURCE).stream()
                .filter(ScanItem.Refused.class::isInstance)
                .map(item -> ((ScanItem.Refused) item).weight())
                .toList();
    }

    private static ScanFilters rules(Links.Mode links, ScanFilters.SpecialFiles specials) {
        return new ScanFilters(
                List.of(),
                List.of(),
                List.of(),
                links,
                specials,
                ScanFilters.Hidden.ABSENT,
                Unicode.EXACT,
                ScanFilters.TimeRange.ALL,
                ScanFilters.TimeRange.ALL,
                ScanFilters.Chosen.ALL);
    }

    @Test
    void filtersHaveB2sdksPriorities() throws IOException {
        for (String name : List.of("a/b/1.txt", "a/z.txt", "ab/x.txt", "c/a/q.txt", "r.txt", "r.bin")) {
            given(name);
        }

        assertThat(scan(filters(List.of("a$"), List.of(), List.of())))
                .containsExactly("excluded a", "ab/x.txt", "c/a/q.txt", "r.bin", "r.txt");
        assertThat(scan(filters(List.of("a"), List.of(), List.of())))
                .containsExactly("excluded a", "excluded ab", "c/a/q.txt", "r.bin", "r.txt");
        assertThat(scan(filters(List.of("a/b"), List.of(), List.of())))
                .containsExactly("excluded a/b", "a/z.txt", "ab/x.txt", "c/a/q.txt", "r.bin", "r.txt");
        assertThat(scan(filters(List.of(".*"), List.of(), List.of())))
                .containsExactly("excluded a", "excluded ab", "excluded c", "r.bin", "r.txt");
        assertThat(scan(filters(List.of(), List.of(".*"), List.of("r"))))
                .containsExactly(
                        "excluded a/b/1.txt",
                        "excluded a/z.txt",
                        "excluded ab/x.txt",
                        "excluded c/a/q.txt",
                        "r.bin",
                        "r.txt");
    }

    @Test
    void timesOutsideTheBoundsAreExcludedAndTheBoundsAreNot() throws IOException {
        for (int second = 1; second <= 4; second++) {
            Files.setLastModifiedTime(given("f" + second), FileTimes.of(second * 1000L));
        }
        ScanFilters filters = new ScanFilters(
                List.of(),
                List.of(),
                List.of(),
                Links.Mode.FOLLOW,
                new ScanFilters.TimeRange(2000, 3000),
                ScanFilters.TimeRange.ALL);

        assertThat(scan(filters)).containsExactly("excluded f1", "f2", "f3", "excluded f4");
    }

    @Test
    void destinationIsNotEnteredThroughALink() throws IOException {
        Path elsewhere = Files.createTempDirectory(root.getParent(), "elsewhere");
        Files.writeString(elsewhere.resolve("victim"), "v");
        Files.createSymbolicLink(root.resolve("link"), elsewhere);
        Files.createSymbolicLink(root.resolve("nowhere"), root.resolve("no"));
        given("z");

        assertThat(items(ScanFilters.NONE, Purpose.DESTINATION))
                .extracting(LocalTreeTest::describe)
                .containsExactly("refused link", "z");
    }

    @Test
    void orderHoldsForATreeOfManyDirectories() throws IOException {
        for (int i = 0; i < 300; i++) {
            given("d" + (i % 7) + "/e" + (i % 3) + "-/f" + i);
            given("d" + (i % 7) + "-/f" + i);
        }

        List<String> names = scan(ScanFilters.NONE);

        assertThat(names).hasSize(600).isSortedAccordingTo(PathOrder.COMPARATOR);
    }

    private static ScanFilters filters(List<String> dirs, List<String> excludes, List<String> includes) {
        return new ScanFilters(
                dirs.stream().map(PythonRegex::compile).toList(),
                excludes.stream().map(PythonRegex::compile).toList(),
                includes.stream().map(PythonRegex::compile).toList(),
                Links.Mode.FOLLOW,
                ScanFilters.TimeRange.ALL,
                ScanFilters.TimeRange.ALL);
    }

    private Path given(String name) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "x");
    }

    private List<String> scan(ScanFilters filters) {
        return items(filters, Purpose.SOURCE).stream()
                .map(LocalTreeTest::describe)
                .toList();
    }

    private List<ScanItem> items(ScanFilters filters, Purpose purpose) {
        List<ScanItem> items = new ArrayList<>();
        new LocalTree(root, "", purpose, filters, leftovers::add).forEachRemaining(items::add);
        return items;
    }

    private static List<ScanItem> rest(LocalTree tree) {
        List<ScanItem> items = new ArrayList<>();
        tree.forEachRemaining(items::add);
        return items;
    }

    private static String describe(ScanItem item) {
        if (item instanceof ScanItem.Refused) {
            return "refused " + item.path();
        }
        return item instanceof ScanItem.Excluded ? "excluded " + item.path() : item.path();
    }
}
