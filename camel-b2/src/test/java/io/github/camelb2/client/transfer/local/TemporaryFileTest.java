// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.transfer.plan.TransferOptions.Access;
import io.github.camelb2.client.transfer.plan.TransferOptions.Fsync;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class TemporaryFileTest {
    private static final FileTime MODIFIED = FileTime.fromMillis(1_500_000_000_123L);

    private static final long MUCH = 32L << 20;

    @TempDir
    Path directory;

    private LocalStore store;

    @BeforeEach
    void givenStore() {
        store = new LocalStore(directory.resolve("temporary"), InstantSource.system());
    }

    @Test
    void theTargetStaysAsItIsUntilTheFileIsComplete() throws IOException {
        Path target = Files.writeString(directory.resolve("a.txt"), "old");
        try (TemporaryFile file = create(target, 6)) {
            file.write("def".getBytes(US_ASCII), 3, 3);
            file.write("abc".getBytes(US_ASCII), 3, 0);
            assertThat(files()).hasSize(2).contains("a.txt").anyMatch(TemporaryFile::isName);
            assertThat(target).hasContent("old");

            file.moveIntoPlace(MODIFIED);
        }

        assertThat(files()).containsExactly("a.txt");
        assertThat(target).hasContent("abcdef");
        assertThat(Files.getLastModifiedTime(target)).isEqualTo(MODIFIED);
    }

    @Test
    void theDiskBeginsWithWhatThereIs() throws IOException {
        List<Runnable> forced = new ArrayList<>();
        Path target = directory.resolve("a.bin");
        try (TemporaryFile file = create(target, 3)) {
            file.write("abc".getBytes(US_ASCII), 3, 0);
            file.forceMeanwhile(MUCH - 1, forced::add);
            assertThat(forced).isEmpty();
            file.forceMeanwhile(1, forced::add);
            file.forceMeanwhile(MUCH, forced::add);
            assertThat(forced).as("a slow disk keeps one thread waiting").hasSize(1);

            forced.get(0).run();
            file.forceMeanwhile(1, forced::add);
            assertThat(forced).as("what came meanwhile counts").hasSize(2);
            file.moveIntoPlace(MODIFIED);
            // What comes too late finds a closed file.
            forced.get(1).run();
        }

        assertThat(target).hasContent("abc");
    }

    @Test
    void aFileThatCouldNotBeForcedMeanwhileDoesNotTakeItsPlace() throws IOException {
        Path target = directory.resolve("a.bin");
        try (TemporaryFile file = create(target, 3)) {
            file.forceMeanwhile(MUCH, force -> {
                // An interrupt ends it, as a disk that fails does.
                Thread.currentThread().interrupt();
                force.run();
                assertThat(Thread.interrupted()).isTrue();
            });

            assertThatThrownBy(() -> file.moveIntoPlace(MODIFIED)).isInstanceOf(B2Exception.class);
        }

        assertThat(target).doesNotExist();
        assertThat(files()).isEmpty();
    }

    @Test
    void aPoolThatTakesNothingLeavesAllForTheEnd() {
        Path target = directory.resolve("a.bin");
        try (TemporaryFile file = create(target, 3)) {
            file.forceMeanwhile(MUCH, force -> {
                throw new RejectedExecutionException("full");
            });
            file.moveIntoPlace(MODIFIED);
        }

        assertThat(target).exists();
    }

    @Test
    void aFileThatIsNotForcedIsNotForcedMeanwhile() {
        try (TemporaryFile file = store.temporaryFile(directory.resolve("a.bin"), 3, Fsync.NEVER, Access.BY_UMASK)) {
            file.forceMeanwhile(MUCH, force -> {
                throw new AssertionError("it asks for a thread");
            });
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aPrivateFileIsItsOwnersFromItsFirstByteOn() throws IOException {
        Path target = directory.resolve("secret");
        try (TemporaryFile filled = new LocalStore(directory, InstantSource.system())
                .temporaryFile(target, 1, Fsync.NEVER, Access.OWNER_ONLY)) {
            List<String> files = files();
            assertThat(files).hasSize(1);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(files.get(0)))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aFileThatIsNotCompletedGoesAway() throws IOException {
        create(directory.resolve("a"), 10).close();

        assertThat(files()).isEmpty();
    }

    @Test
    void whatAKilledDownloadLeftIsDeletedOnceForEachClientAndDirectory() throws IOException {
        Path left = Files.writeString(directory.resolve(".b2-" + OwnDigits.random(32) + ".b2tmp"), "half");

        create(directory.resolve("a"), 3).close();
        assertThat(left).doesNotExist();

        Files.writeString(left, "half");
        create(directory.resolve("b"), 3).close();
        assertThat(left).exists();
        new LocalStore(directory, InstantSource.system())
                .temporaryFile(directory.resolve("a"), 3, Fsync.NEVER, Access.BY_UMASK)
                .close();
        assertThat(left).doesNotExist();
    }

    /** Between its making and its lock another process finds it without one, and takes it for left over. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5})
    void fileThatAnotherProcessDeletesBeforeItIsLockedIsMadeAgainUnderAnotherName(int deleted) throws IOException {
        AtomicInteger number = new AtomicInteger();
        TemporaryFile.NewFile swept = path -> {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            if (number.get() <= deleted) {
                Files.delete(path);
            }
            return channel;
        };
        if (deleted == 5) {
            assertThatThrownBy(
                            () -> TemporaryFile.newFile(() -> directory.resolve("t" + number.incrementAndGet()), swept))
                    .hasMessageContaining("another process deletes each temporary file");
            return;
        }

        TemporaryFile.Locked file =
                TemporaryFile.newFile(() -> directory.resolve("t" + number.incrementAndGet()), swept);
        try (ProcessLock lock = file.lock()) {
            assertThat(file.path()).hasFileName("t" + (deleted + 1)).exists();
            assertThat(ProcessLock.held(file.path())).contains(lock);
        }
        assertThat(ProcessLock.held(directory.resolve("t1"))).isEmpty();
    }

    /** As every other tool may have made them, and older versions of this one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ".a.b2tmp",
                "a.b2tmp",
                ".b2tmp",
                ".b2-1.b2tmp",
                ".b2-0123456789ABCDEF0123456789ABCDEF.b2tmp",
                ".b2-0123456789abcdef0123456789abcdef.b2tmp"
            })
    void aFileOfTheUserIsNeverTakenForOneOfOurs(String name) throws IOException {
        Path users = Files.writeString(directory.resolve(name), "precious");

        try (TemporaryFile file = create(directory.resolve("a"), 3)) {
            file.write("abc".getBytes(US_ASCII), 3, 0);
            file.moveIntoPlace(MODIFIED);
        }

        assertThat(users).hasContent("precious");
        assertThat(directory.resolve("a")).hasContent("abc");
    }

    @Test
    void aFileThatIsBeingFilledIsNotLeftOver() throws IOException {
        try (TemporaryFile file = create(directory.resolve("a"), 3)) {
            new LocalStore(directory, InstantSource.system())
                    .temporaryFile(directory.resolve("b"), 3, Fsync.NEVER, Access.BY_UMASK)
                    .close();

            file.write("abc".getBytes(US_ASCII), 3, 0);
            file.moveIntoPlace(MODIFIED);
        }
        assertThat(directory.resolve("a")).hasContent("abc");
    }

    @ParameterizedTest
    @ValueSource(longs = {1_500_000_000_123L, 0, 1, -1_000, 4_300_000_000_007L})
    void aShortFileTakesItsPlaceWithItsTime(long modified) throws IOException {
        Path target = Files.writeString(directory.resolve("a"), "old and longer");

        store.write(target, "new".getBytes(US_ASCII), FileTime.fromMillis(modified), Fsync.AUTO, Access.BY_UMASK);

        assertThat(target).hasContent("new");
        assertThat(Files.getLastModifiedTime(target).toMillis()).isEqualTo(modified);
        assertThat(files()).containsExactly("a");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aShortPrivateFileIsItsOwners() throws IOException {
        Path target = directory.resolve("secret");

        store.write(target, new byte[1], MODIFIED, Fsync.NEVER, Access.OWNER_ONLY);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rw-------");
    }

    @Test
    void aShortFileThatCannotTakeItsPlaceLeavesAllAsItWas() throws IOException {
        Path taken = Files.createDirectory(directory.resolve("taken"));
        Path link = Files.createSymbolicLink(directory.resolve("to taken"), taken);
        Files.writeString(taken.resolve("b"), "precious");
        byte[] content = "new".getBytes(US_ASCII);

        for (Path target : List.of(taken, link)) {
            assertThatThrownBy(() -> store.write(target, content, MODIFIED, Fsync.AUTO, Access.BY_UMASK))
                    .isInstanceOf(B2LocalContentException.class)
                    .hasMessageEndingWith("it is a directory");
        }
        assertThatThrownBy(
                        () -> store.write(directory.resolve("none/a"), content, MODIFIED, Fsync.AUTO, Access.BY_UMASK))
                .isInstanceOf(B2LocalContentException.class)
                .hasMessageEndingWith("its directory does not exist");

        assertThat(taken.resolve("b")).hasContent("precious");
        assertThat(link).isSymbolicLink();
        assertThat(files()).containsExactly("taken", "to taken");
    }

    /** It is not locked: each new client that looks into the directory takes one that it finds for left over. */
    @Test
    void aShortFileThatIsTakenForLeftOverIsWrittenOnceMore() throws Exception {
        Callable<Integer> clients = () -> {
            for (int i = 0; i < 20; i++) {
                Path target = directory.resolve(Thread.currentThread().getName() + "." + i);
                new LocalStore(directory, InstantSource.system())
                        .write(target, "new".getBytes(US_ASCII), MODIFIED, Fsync.AUTO, Access.BY_UMASK);
                assertThat(target).hasContent("new");
            }
            return 20;
        };
        inThreads(20, clients, 20);

        assertThat(files()).hasSize(400).noneMatch(TemporaryFile::isName);
    }

    @Test
    void aShortFileThatIsTakenForLeftOverEachTimeIsLocked() throws Exception {
        AtomicBoolean isDone = new AtomicBoolean();
        Thread sweeper = new Thread(() -> {
            while (!isDone.get()) {
                LeftOvers.delete(directory, TemporaryFile::isOwnName, InstantSource.system());
            }
        });
        sweeper.start();
        try {
            for (int i = 0; i < 30; i++) {
                store.write(
                        directory.resolve("a" + i), "new".getBytes(US_ASCII), MODIFIED, Fsync.AUTO, Access.BY_UMASK);
            }
        } finally {
            isDone.set(true);
            sweeper.join();
        }

        assertThat(files()).hasSize(30).noneMatch(TemporaryFile::isName);
    }

    @Test
    void twoDownloadsOfOneTargetDoNotMix() throws IOException {
        Path target = directory.resolve("a");
        try (TemporaryFile first = create(target, 1);
                TemporaryFile second = create(target, 1)) {
            first.write("1".getBytes(US_ASCII), 1, 0);
            second.write("2".getBytes(US_ASCII), 1, 0);
            assertThat(files()).hasSize(2).allMatch(TemporaryFile::isName);

            second.moveIntoPlace(MODIFIED);
            assertThat(target).hasContent("2");
            first.moveIntoPlace(MODIFIED);
            assertThat(target).hasContent("1");
        }
        assertThat(files()).containsExactly("a");
    }

    @Test
    void manyDownloadsOfOneTargetNeverTakeEachOtherForLeftOver() throws Exception {
        Path target = directory.resolve("a");
        Callable<Integer> downloads = () -> {
            for (int i = 0; i < 200; i++) {
                try (TemporaryFile file = create(target, 1)) {
                    file.write("x".getBytes(US_ASCII), 1, 0);
                    file.moveIntoPlace(MODIFIED);
                }
            }
            return 200;
        };
        inThreads(8, downloads, 200);

        assertThat(files()).containsExactly("a");
    }

    @Test
    void longNamesStillFit() throws IOException {
        Path target = directory.resolve("é".repeat(127));
        try (TemporaryFile file = create(target, 0)) {
            file.moveIntoPlace(MODIFIED);
        }

        assertThat(target).isEmptyFile();
    }

    @Test
    void aFileThatTheDiskHasNoRoomForIsRefusedBeforeAnythingIsWritten() throws IOException {
        long room = Files.getFileStore(directory).getUsableSpace();

        assertThatThrownBy(() -> create(directory.resolve("a"), Long.MAX_VALUE))
                .isInstanceOf(B2LocalContentException.class)
                .hasMessageMatching(
                        "download to .*/a: the disk has room for [0-9]+ bytes, the file has " + Long.MAX_VALUE);
        assertThat(room).isPositive();
        assertThat(files()).isEmpty();
    }

    /** No free bytes mean "unknown" as often as "full". */
    @Test
    void aFileSystemThatReportsNoRoomIsWrittenToAndItsOwnReasonIsTold() {
        Path target = Path.of("/proc/camel-b2-test");
        assumeTrue(Path.of("/proc").toFile().getUsableSpace() == 0 && Files.isDirectory(Path.of("/proc")));

        assertThatThrownBy(() -> create(target, 10))
                .isInstanceOf(B2LocalContentException.class)
                .hasMessageStartingWith("download to " + target + ": cannot write: no such file or directory: /proc/")
                .hasMessageNotContaining("room");
        assertThatThrownBy(() -> store.write(target, new byte[1], MODIFIED, Fsync.AUTO, Access.BY_UMASK))
                .isInstanceOf(B2LocalContentException.class)
                .hasMessageStartingWith("download to " + target + ": cannot write: no such file or directory: /proc/");
    }

    private static void inThreads(int count, Callable<Integer> work, int expected) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            for (Future<Integer> done : threads.invokeAll(Collections.nCopies(count, work))) {
                assertThat(done.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private TemporaryFile create(Path target, long length) {
        return store.temporaryFile(target, length, Fsync.AUTO, Access.BY_UMASK);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
