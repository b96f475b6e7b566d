// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.sync.action.backup.Backup;
import io.github.camelb2.sync.action.failure.ChangedException;
import io.github.camelb2.sync.action.failure.LeftAloneException;
import io.github.camelb2.sync.action.local.LocalFileSource;
import io.github.camelb2.sync.action.local.OpenDirectory;
import io.github.camelb2.sync.action.local.RootGuard;
import io.github.camelb2.sync.action.local.SecondNames;
import io.github.camelb2.sync.action.local.Temporaries;
import io.github.camelb2.sync.plan.actions.Expected;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.plan.path.Likeness;
import io.github.camelb2.sync.plan.policy.CompareMode;
import io.github.camelb2.sync.plan.policy.Preserve;
import io.github.camelb2.sync.scan.disk.FileTimes;
import io.github.camelb2.sync.scan.disk.Links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Nothing outside the directory is touched, and nothing inside is half written. */
class LocalSideTest {
    private static final Expected NEW = new Expected.Nothing();

    @TempDir
    Path temp;

    private Path root;
    private Path outside;
    private LocalSide side;

    @BeforeEach
    void directories() throws IOException {
        root = Files.createDirectory(temp.resolve("root"));
        outside = Files.createDirectory(temp.resolve("outside"));
        Files.writeString(outside.resolve("victim"), "precious");
        side = new LocalSide(root);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside/victim", "/etc/passwd", "a/../../outside/victim", "..", ".", "a\0b", "", "d/"})
    void nameThatLeadsElsewhereIsRefused(String path) {
        assertThatThrownBy(() -> side.temporaryFor(path, "id")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> side.moveIntoPlace(root.resolve("x"), download(path, 1), NEW, Map.of()))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> side.delete(new SyncAction.DeleteLocal(path, 8, 1), NEW))
                .isInstanceOf(IOException.class);
        assertThat(outside.resolve("victim")).hasContent("precious");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside/victim", "/etc/passwd", "a/../../outside/victim"})
    void nameThatLeadsElsewhereIsNotRead(String path) {
        assertThatThrownBy(() -> side.toRead(path)).isInstanceOf(IOException.class);
    }

    @Test
    void nothingIsWrittenOrDeletedThroughALinkedDirectory() throws IOException {
        Files.createSymbolicLink(root.resolve("link"), outside);
        Path temporary = Files.writeString(root.resolve("t"), "new");

        assertThatThrownBy(() -> side.temporaryFor("link/new", "id")).hasMessageContaining("is a link");
        assertThatThrownBy(() -> side.moveIntoPlace(temporary, download("link/victim", 1), NEW, Map.of()))
                .hasMessageContaining("is a link");
        assertThatThrownBy(() -> side.delete(deleteOf("link/victim", outside.resolve("victim")), NEW))
                .hasMessageContaining("is a link");
        assertThat(outside.resolve("victim")).hasContent("precious");
        assertThat(outside).isDirectoryContaining(file -> file.endsWith("victim"));
    }

    @Test
    void linkThatStandsInTheWayIsReplacedAndNotFollowed() throws IOException {
        Files.createSymbolicLink(root.resolve("a"), outside.resolve("victim"));
        Path temporary = Files.writeString(side.temporaryFor("a", "id"), "new");

        Path victim = outside.resolve("victim");
        side.moveIntoPlace(
                temporary,
                download("a", 5_000),
                new Expected.LocalCopy(8, FileTimes.millis(Files.getLastModifiedTime(victim))),
                Map.of());

        assertThat(root.resolve("a")).hasContent("new").isRegularFile();
        assertThat(Files.isSymbolicLink(root.resolve("a"))).isFalse();
        assertThat(outside.resolve("victim")).hasContent("precious");
    }

    /** A directory of the same disk: the file that it covers seems to have vanished, and its own are not the ones there were. */
    @Test
    void nothingIsDoneInADirectoryThatWasMountedSinceTheRunBegan() throws Exception {
        Path covered = Files.createDirectories(root.resolve("m"));
        Files.writeString(covered.resolve("f"), "f");
        side.checkLacks("gone");
        Process mount = new ProcessBuilder("mount", "--bind", outside.toString(), covered.toString()).start();
        assumeTrue(mount.waitFor() == 0, "this user may not mount a directory here");
        try {
            assertThatThrownBy(() -> side.checkLacks("m/f")).hasMessageContaining("a disk was mounted at " + covered);
            assertThatThrownBy(() -> side.delete(deleteOf("m/victim", outside.resolve("victim")), NEW))
                    .hasMessageContaining("a disk was mounted at " + covered);
            assertThatThrownBy(() -> side.temporaryFor("m/victim", "id")).hasMessageContaining("a disk was mounted");
            assertThat(outside.resolve("victim")).hasContent("precious");
            side.checkLacks("gone");
        } finally {
            new ProcessBuilder("umount", "-l", covered.toString()).start().waitFor();
        }
    }

    @Test
    void linkChangesWhenItIsMadeHoweverOldItsTargetIs() throws IOException {
        Path victim = outside.resolve("victim");
        FileTime before = (FileTime) Files.getAttribute(victim, "unix:ctime");
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).until(() -> {
            Path probe = Files.writeString(outside.resolve("probe"), "");
            return ((FileTime) Files.getAttribute(probe, "unix:ctime")).compareTo(before) > 0;
        });
        Files.createSymbolicLink(root.resolve("a"), victim);

        assertThat(side.lastChange("a")).get().satisfies(time -> assertThat(time.compareTo(before))
                .isPositive());
        assertThat(side.lastChange("gone")).isEmpty();
    }

    @Test
    void directoryInTheWayIsFoundBeforeTheDownloadAndLeavesNothingBehind() throws IOException {
        Path temporary = Files.writeString(side.temporaryFor("a", "id"), "new");
        Files.createDirectory(root.resolve("a"));
        Files.createFile(root.resolve("a/inside"));

        assertThatThrownBy(() -> side.temporaryFor("a", "id")).hasMessageContaining("is a directory, so no file");
        assertThatThrownBy(() -> side.moveIntoPlace(temporary, download("a", 1), NEW, Map.of()))
                .hasMessageContaining("is a directory, so no file");

        assertThat(temporary).doesNotExist();
    }

    @Test
    void downloadLandsInOneStepWithItsTime() throws IOException {
        Path temporary = Files.writeString(side.temporaryFor("d/e/a", "id"), "new");

        side.moveIntoPlace(temporary, download("d/e/a", 1_093_258_377_393L), NEW, Map.of());

        assertThat(root.resolve("d/e/a")).hasContent("new");
        assertThat(FileTimes.millis(Files.getLastModifiedTime(root.resolve("d/e/a"))))
                .isEqualTo(1_093_258_377_393L);
        try (Stream<Path> files = Files.list(root.resolve("d/e"))) {
            assertThat(files).containsExactly(root.resolve("d/e/a"));
        }
    }

    @Test
    void sameVersionGetsTheSameTemporaryFileAndAnotherVersionAnother() throws IOException {
        Path first = side.temporaryFor("n".repeat(250), "id-1");

        assertThat(side.temporaryFor("n".repeat(250), "id-1")).isEqualTo(first);
        assertThat(side.temporaryFor("n".repeat(250), "id-2")).isNotEqualTo(first);
        assertThat(first.getFileName().toString()).endsWith(".b2.sync.tmp").hasSizeLessThan(80);
    }

    @Test
    void fileWhereADirectoryHasToBeIsNamed() throws IOException {
        Files.writeString(root.resolve("a"), "file");

        assertThatThrownBy(() -> side.temporaryFor("a/b", "id"))
                .hasMessage(root.resolve("a") + " is a file, so nothing can be stored below it");
    }

    @Test
    void fileThatChangedSinceThePlanIsNotDeleted() throws IOException {
        Path file = Files.writeString(root.resolve("a"), "planned");
        SyncAction.DeleteLocal planned = deleteOf("a", file);
        Files.writeString(file, "changed!");

        assertThatThrownBy(() -> side.delete(planned, NEW))
                .hasMessageContaining("has changed since the run was planned");
        assertThat(file).hasContent("changed!");

        side.delete(deleteOf("a", file), NEW);
        assertThat(file).doesNotExist();
    }

    @Test
    void sourceThatChangedSinceThePlanIsNotOpened() throws IOException {
        Path file = Files.writeString(root.resolve("a"), "planned");
        long modified = FileTimes.millis(Files.getLastModifiedTime(file));

        assertThatThrownBy(() -> side.source("a", 6, modified))
                .hasMessageContaining("has changed since it was scanned");
        assertThatThrownBy(() -> side.source("a", 7, modified - 1)).hasMessageContaining("has changed since");
        assertThat(side.source("a", 7, modified).open(2, 3).readAllBytes())
                .asString()
                .isEqualTo("ann");
    }

    @Test
    void sourceThatChangesWhileItIsReadFailsTheFinalCheck() throws IOException {
        Path file = Files.writeString(root.resolve("a"), "planned");
        LocalFileSource source = side.source("a", 7, FileTimes.millis(Files.getLastModifiedTime(file)));
        source.checkUnchanged();

        Files.writeString(file, "changed while it was read");

        assertThatThrownBy(source::checkUnchanged)
                .hasMessageStartingWith(
                        file + " changed while it was read, so it was not stored; the next run uploads it");
    }

    @Test
    void sourceThatIsSwappedForOneOfTheSameSizeAndTimeFails() throws IOException {
        Path file = Files.writeString(root.resolve("a"), "planned");
        FileTime time = Files.getLastModifiedTime(file);
        LocalFileSource source = side.source("a", 7, FileTimes.millis(time));
        source.open(0, 3).close();
        Path other = Files.writeString(root.resolve("b"), "swapped");
        Files.setLastModifiedTime(other, time);
        Path aside = Files.move(file, root.resolve("aside"));
        Files.move(other, file);

        assertThatThrownBy(() -> source.open(3, 4)).hasMessageContaining("changed while it was read");
        assertThatThrownBy(source::checkUnchanged).hasMessageContaining("changed while it was read");
        // Nor does it help to bring the first one back.
        Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(source::checkUnchanged).hasMessageContaining("changed while it was read");
    }

    @Test
    void sourceThatIsEditedWithoutATraceInItsTimeFails() throws IOException {
        Path file = Files.writeString(root.resolve("a"), "planned");
        FileTime time = Files.getLastModifiedTime(file);
        LocalFileSource source = side.source("a", 7, FileTimes.millis(time));

        Files.writeString(file, "edited!");
        Files.setLastModifiedTime(file, time);

        assertThatThrownBy(source::checkUnchanged).hasMessageContaining("changed while it was read");
    }

    @Test
    void fileThatOnlySaysItIsEmptyIsRefused() {
        LocalSide proc = new LocalSide(Path.of("/proc/self"));

        assertThatThrownBy(() -> proc.source(
                        "status", 0, FileTimes.millis(Files.getLastModifiedTime(Path.of("/proc/self/status")))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void temporaryFilesOfRunsThatLiveAndOfOthersAreLeft() throws IOException {
        try (Temporaries living = new Temporaries(root, "living");
                Temporaries own = new Temporaries(root, "own")) {
            Path filled = Files.writeString(living.beside(root.resolve("a"), "a", "id"), "half");
            Path left;
            try (Temporaries killed = new Temporaries(root, "killed")) {
                left = Files.writeString(killed.beside(root.resolve("b"), "b", "id"), "half");
            }
            Path foreign = Files.writeString(root.resolve("b.b2.sync.tmp"), "half");
            Path users = Files.writeString(
                    root.resolve(".b2-00112233445566778899-00112233445566778899.b2.sync.tmp"), "half");
            List.of(filled, left, foreign, users).forEach(own::found);

            own.removeLeftovers();

            assertThat(left).doesNotExist();
            assertThat(List.of(filled, foreign, users))
                    .allSatisfy(file -> assertThat(file).exists());
        }
        try (Stream<Path> files = Files.list(root)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.contains("b2-run"));
        }
    }

    /** A rename would replace what somebody makes between the look and itself. */
    @ParameterizedTest
    @ValueSource(strings = {"file", "link", "directory"})
    void whatIsMadeMeanwhileIsNotReplacedOnADiskWithoutSecondNames(String what) throws IOException {
        SecondNames none = (name, file) -> {
            make(what, name);
            throw new FileSystemException(name.toString(), null, "Operation not permitted");
        };
        LocalSide poor = new LocalSide(root, LocalSide.Rules.byDefault(root), new Temporaries(root, "poor"), none);
        Path temporary = Files.writeString(poor.temporaryFor("a", "id"), "new");

        assertThatThrownBy(() -> poor.moveIntoPlace(temporary, download("a", 5_000), NEW, Map.of()))
                .isInstanceOf(ChangedException.class)
                .hasMessageContaining("was made since the run was planned");

        assertThat(temporary).doesNotExist();
        assertThat(Files.isDirectory(root.resolve("a"), LinkOption.NOFOLLOW_LINKS))
                .isEqualTo(what.equals("directory"));
        assertThat(Files.isSymbolicLink(root.resolve("a"))).isEqualTo(what.equals("link"));
        assertThat(outside.resolve("victim")).hasContent("precious");
    }

    private void make(String what, Path place) throws IOException {
        switch (what) {
            case "file" -> Files.writeString(place, "made meanwhile");
            case "link" -> Files.createSymbolicLink(place, outside.resolve("victim"));
            default -> Files.createDirectory(place);
        }
    }

    @Test
    void filesAndLinksComeDownOnADiskWithoutSecondNames() throws IOException {
        SecondNames none = (name, file) -> {
            throw new UnsupportedOperationException("no second names");
        };
        LocalSide poor = new LocalSide(root, storingLinks(), new Temporaries(root, "poor"), none);

        assertThat(poor.moveIntoPlace(
                        Files.writeString(poor.temporaryFor("a", "id"), "new"), download("a", 5_000), NEW, Map.of()))
                .isTrue();
        assertThat(poor.makeLink(
                        Files.writeString(poor.temporaryFor("l.rclonelink", "id"), "a"),
                        download("l.rclonelink", 5_000),
                        NEW,
                        Map.of()))
                .isTrue();

        assertThat(root.resolve("a")).hasContent("new");
        assertThat(Files.readSymbolicLink(root.resolve("l"))).hasToString("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "link", "directory"})
    void whatIsMadeMeanwhileIsNotReplacedByALinkOnADiskWithoutSecondNames(String what) throws IOException {
        SecondNames none = (name, file) -> {
            make(what, name);
            throw new UnsupportedOperationException("no second names");
        };
        LocalSide poor = new LocalSide(root, storingLinks(), new Temporaries(root, "poor"), none);
        Path temporary = Files.writeString(poor.temporaryFor("a.rclonelink", "id"), "b");

        assertThatThrownBy(() -> poor.makeLink(temporary, download("a.rclonelink", 5_000), NEW, Map.of()))
                .hasMessageContaining("was made since the run was planned");

        assertThat(Files.exists(temporary, LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(Files.isSymbolicLink(root.resolve("a"))
                        && Files.readSymbolicLink(root.resolve("a")).endsWith("b"))
                .isFalse();
    }

    private LocalSide.Rules storingLinks() {
        LocalSide.Rules rules = LocalSide.Rules.byDefault(root);
        return new LocalSide.Rules(
                rules.digestFrom(),
                rules.existing(),
                rules.fsync(),
                rules.absent(),
                new Links(root, Links.Mode.STORE),
                rules.likeness(),
                rules.passedBy(),
                rules.backup(),
                new Preserve(Set.of(Preserve.What.SYMLINKS)));
    }

    @Test
    void fileThatWasEditedOrMadeSinceThePlanIsNotReplacedByADownload() throws IOException {
        Path temporary = Files.writeString(side.temporaryFor("a", "id"), "new");
        Path file = Files.writeString(root.resolve("a"), "made meanwhile");

        assertThatThrownBy(() -> side.moveIntoPlace(temporary, download("a", 5_000), NEW, Map.of()))
                .hasMessageContaining("was made since the run was planned");
        assertThat(file).hasContent("made meanwhile");

        Path again = Files.writeString(side.temporaryFor("a", "id"), "new");
        Expected planned = new Expected.LocalCopy(14, FileTimes.millis(Files.getLastModifiedTime(file)) - 1);
        assertThatThrownBy(() -> side.moveIntoPlace(again, download("a", 5_000), planned, Map.of()))
                .hasMessageContaining("has changed since the run was planned");
        assertThat(file).hasContent("made meanwhile");
        assertThat(again).doesNotExist();
    }

    @Test
    void newerFileThatWasMadeSinceThePlanIsLeftWhereTheUserSkipsNewerOnes() throws IOException {
        LocalSide skipping = side(LocalSide.Existing.STAYS_IF_NEWER, Likeness.EXACT);
        Path file = Files.writeString(root.resolve("a"), "made meanwhile");

        Path temporary = Files.writeString(skipping.temporaryFor("a", "id"), "new");
        assertThatThrownBy(() -> skipping.moveIntoPlace(temporary, download("a", 5_000), NEW, Map.of()))
                .isInstanceOf(LeftAloneException.class)
                .hasMessageContaining("is newer, so it stays");

        Files.setLastModifiedTime(file, FileTimes.of(4_000));
        Path again = Files.writeString(skipping.temporaryFor("a", "id"), "new");
        assertThatThrownBy(() -> skipping.moveIntoPlace(again, download("a", 5_000), NEW, Map.of()))
                .isNotInstanceOf(LeftAloneException.class)
                .hasMessageContaining("so it is not replaced");
        assertThat(file).hasContent("made meanwhile");
    }

    @Test
    void veryFileThatAnotherRunPutsIntoThePlaceOfADownloadIsWhatWasWanted() throws IOException {
        Path temporary = Files.writeString(side.temporaryFor("a", "id"), "new");
        given("a", "new", 5_000);

        assertThat(side.isInPlace(download("a", 5_000), NEW)).isTrue();
        assertThat(side.moveIntoPlace(temporary, download("a", 5_000), NEW, Map.of()))
                .isFalse();
        assertThat(temporary).doesNotExist();

        // The name was free at the last look, and is not when it is taken.
        Path late = Files.writeString(side.temporaryFor("a", "id"), "new");
        try (OpenDirectory parent = OpenDirectory.of(root, root.resolve("a"))) {
            assertThat(side.moveToFreeName(parent, late, download("a", 5_000), NEW))
                    .isFalse();
        }
        assertThat(late).doesNotExist();

        // A file is replaced, and another run has done so.
        Path replacing = Files.writeString(side.temporaryFor("a", "id"), "new");
        assertThat(side.moveIntoPlace(replacing, download("a", 5_000), new Expected.LocalCopy(14, 1), Map.of()))
                .isFalse();
        assertThat(replacing).doesNotExist();
    }

    @Test
    void fileOfTheSameSizeAndTimeIsNoneThatWasPlannedFor() throws IOException {
        given("a", "old", 4_000);
        given("b", "old", 4_000);
        Expected a = new Expected.LocalCopy(3, 4_000, side.markOf("a"));
        Expected b = new Expected.LocalCopy(3, 4_000, side.markOf("b"));
        // One is edited in its place, the other one swapped; both get their times back.
        given("a", "NEW", 4_000);
        given("c", "NEW", 4_000);
        Files.move(root.resolve("c"), root.resolve("b"), StandardCopyOption.REPLACE_EXISTING);

        for (Expected planned : List.of(a, b)) {
            String path = planned == a ? "a" : "b";
            Path temporary = Files.writeString(side.temporaryFor(path, "id"), "new");
            assertThatThrownBy(() -> side.moveIntoPlace(temporary, download(path, 5_000), planned, Map.of()))
                    .hasMessageContaining("has changed since the run was planned");
            assertThatThrownBy(() -> side.delete(new SyncAction.DeleteLocal(path, 3, 4_000), planned))
                    .hasMessageContaining("has changed since the run was planned");
            assertThat(root.resolve(path)).hasContent("NEW");
        }
    }

    @Test
    void fileWithTwoNamesIsTheOneThatWasPlannedForWhenTheOtherNameGoes() throws IOException {
        given("a", "old", 4_000);
        Files.createLink(root.resolve("b"), root.resolve("a"));
        Expected a = new Expected.LocalCopy(3, 4_000, side.markOf("a"));
        Expected b = new Expected.LocalCopy(3, 4_000, side.markOf("b"));

        assertThat(side.delete(new SyncAction.DeleteLocal("a", 3, 4_000), a)).isTrue();
        assertThat(side.delete(new SyncAction.DeleteLocal("b", 3, 4_000), b)).isTrue();
    }

    @Test
    void otherFileThatTakesAFreeNameAtTheLastMomentStays() throws IOException {
        Path temporary = Files.writeString(side.temporaryFor("a", "id"), "new");
        given("a", "somebody's", 6_000);

        try (OpenDirectory parent = OpenDirectory.of(root, root.resolve("a"))) {
            assertThatThrownBy(() -> side.moveToFreeName(parent, temporary, download("a", 5_000), NEW))
                    .hasMessageContaining("was made since the run was planned, so it is not replaced");
        }
        assertThat(root.resolve("a")).hasContent("somebody's");
    }

    @Test
    void whereContentIsComparedAFileOfTheSameSizeAndTimeIsReadBeforeItIsTakenForTheVeryOne() throws IOException {
        LocalSide comparing = side(LocalSide.Existing.FAILS, new Likeness(CompareMode.SHA1, 0));
        given("same", "new", 6_000);
        given("other", "old", 5_000);

        Path same = Files.writeString(comparing.temporaryFor("same", "id"), "new");
        assertThat(comparing.isInPlace(download("same", 5_000), NEW)).isFalse();
        assertThat(comparing.moveIntoPlace(same, download("same", 5_000), NEW, Map.of()))
                .isFalse();
        Path other = Files.writeString(comparing.temporaryFor("other", "id"), "new");
        assertThat(comparing.isInPlace(download("other", 5_000), NEW)).isFalse();
        assertThatThrownBy(() -> comparing.moveIntoPlace(other, download("other", 5_000), NEW, Map.of()))
                .hasMessageContaining("so it is not replaced");

        assertThat(root.resolve("other")).hasContent("old");
    }

    @Test
    void fileWhoseTimeADiskMayHaveCutOffIsReadBeforeItIsTakenForTheVeryOne() throws IOException {
        given("same", "new", 4_000);
        given("other", "old", 4_000);

        assertThat(side.isInPlace(download("same", 4_000), NEW)).isTrue();
        assertThat(side.isInPlace(download("same", 5_999), NEW)).isFalse();
        assertThat(side.isCarriedOut(download("same", 5_999))).isFalse();
        Path same = Files.writeString(side.temporaryFor("same", "id"), "new");
        assertThat(side.moveIntoPlace(same, download("same", 5_999), NEW, Map.of()))
                .isFalse();
        Path other = Files.writeString(side.temporaryFor("other", "id"), "new");
        assertThatThrownBy(() -> side.moveIntoPlace(other, download("other", 5_999), NEW, Map.of()))
                .hasMessageContaining("so it is not replaced");

        assertThat(root.resolve("other")).hasContent("old");
    }

    @Test
    void fileThatIsGoneAlreadyIsDeleted() throws IOException {
        SyncAction.DeleteLocal deep = new SyncAction.DeleteLocal("d/e/f", 1, 1);
        Files.createDirectories(root.resolve("d/e"));

        assertThat(side.delete(new SyncAction.DeleteLocal("a", 1, 1), NEW)).isFalse();
        assertThat(side.delete(deep, NEW)).isFalse();
        assertThat(root.resolve("d")).doesNotExist();
        assertThat(side.delete(deep, NEW)).isFalse();
        // Where a file has taken the place of its directory, nothing is left to delete either.
        given("d", "new", 5_000);
        assertThat(side.delete(deep, NEW)).isFalse();
        assertThat(root.resolve("d")).hasContent("new");

        Files.delete(root.resolve("d"));
        Files.delete(root);
        assertThatThrownBy(() -> side.delete(deep, NEW)).isInstanceOf(RootGuard.RootChangedException.class);
    }

    private LocalSide side(LocalSide.Existing existing, Likeness likeness) {
        LocalSide.Rules rules = new LocalSide.Rules(
                Long.MAX_VALUE,
                existing,
                TransferOptions.Fsync.NEVER,
                LocalSide.Absent.NOTHING,
                new Links(root, Links.Mode.FOLLOW),
                likeness,
                directory -> false,
                Backup.NONE,
                Preserve.NOTHING);
        return new LocalSide(root, rules, new Temporaries(root, "other"));
    }

    private void given(String name, String content, long modifiedMillis) throws IOException {
        Files.setLastModifiedTime(Files.writeString(root.resolve(name), content), FileTimes.of(modifiedMillis));
    }

    /** Somebody turns the directory into a link and back all the time, as fast as that goes. */
    @Test
    void directoryThatBecomesALinkBetweenCheckAndRemovalLeadsNothingOutside() throws Exception {
        Path directory = Files.createDirectory(root.resolve("d"));
        Files.writeString(directory.resolve("other"), "so that the directory is never empty");
        Path aside = root.resolve("aside");
        Path victim = outside.resolve("victim");
        SyncAction.DeleteLocal delete = deleteOf("d/victim", victim);
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger made = new AtomicInteger();
        Thread attacker = new Thread(() -> {
            while (!over.get()) {
                try {
                    Files.move(directory, aside);
                    Files.createSymbolicLink(directory, outside);
                    if (Files.notExists(aside.resolve("victim"))) {
                        Files.copy(victim, aside.resolve("victim"), StandardCopyOption.COPY_ATTRIBUTES);
                        made.incrementAndGet();
                    }
                    Files.delete(directory);
                    Files.move(aside, directory);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        attacker.start();
        try {
            long begin = System.nanoTime();
            // On a busy machine the other thread may not have had its turn yet.
            while (System.nanoTime() - begin < 700_000_000L
                    || (made.get() < 2 && System.nanoTime() - begin < 60_000_000_000L)) {
                attempt(() -> side.delete(delete, NEW));
            }
        } finally {
            assertThat(attacker.isAlive()).isTrue();
            over.set(true);
            attacker.join();
        }
        assertThat(victim).hasContent("precious");
        assertThat(made).hasValueGreaterThan(1);
    }

    private interface Step {
        void run() throws IOException;
    }

    /** Whether it works depends on the moment. */
    private static void attempt(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            assertThat(e).isNotNull();
        }
    }

    @Test
    void replacedFileKeepsItsPermissions() throws IOException {
        Path file = Files.writeString(root.resolve("a"), "planned");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
        Path temporary = Files.writeString(side.temporaryFor("a", "id"), "new");

        side.moveIntoPlace(
                temporary,
                download("a", 5_000),
                new Expected.LocalCopy(7, FileTimes.millis(Files.getLastModifiedTime(file))),
                Map.of());

        assertThat(file).hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rwxr-x--x");
    }

    @Test
    void emptyDirectoryGivesWayToAFileAndIsRemovedWithItsLastFile() throws IOException {
        Files.createDirectory(root.resolve("a"));
        side.moveIntoPlace(Files.writeString(side.temporaryFor("a", "id"), "new"), download("a", 5_000), NEW, Map.of());
        assertThat(root.resolve("a")).hasContent("new");

        Path deep = Files.createDirectories(root.resolve("d/e"));
        Path file = Files.writeString(deep.resolve("f"), "gone");
        side.delete(deleteOf("d/e/f", file), NEW);
        assertThat(root.resolve("d")).doesNotExist();
        assertThat(root).exists();
    }

    @Test
    void nameThatCameBackIsLeftAlone() throws IOException {
        side.checkLacks("a");
        Files.writeString(root.resolve("a"), "back");

        assertThatThrownBy(() -> side.checkLacks("a")).isInstanceOf(LeftAloneException.class);
        Files.createSymbolicLink(root.resolve("broken"), root.resolve("nowhere"));
        assertThatThrownBy(() -> side.checkLacks("broken")).isInstanceOf(LeftAloneException.class);
    }

    private static SyncAction.Download download(String path, long modifiedMillis) {
        return new SyncAction.Download(path, "id", 3, modifiedMillis);
    }

    private static SyncAction.DeleteLocal deleteOf(String path, Path file) throws IOException {
        return new SyncAction.DeleteLocal(path, Files.size(file), FileTimes.millis(Files.getLastModifiedTime(file)));
    }
}
