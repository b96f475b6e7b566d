// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.transfer.plan.TransferOptions.Access;
import io.github.camelb2.client.transfer.plan.TransferOptions.Fsync;

/**
 * A file that a download fills beside its target, and that takes the target's place only when it is complete; made by
 * {@link LocalStore}. Its name is random, proves by its digits whose it is, and begins with a dot. While it is filled it is locked, so that it is not taken
 * for one that is left over; a short one is there for a moment only, and is written once more. Writing and reading at positions is thread-safe.
 */
public final class TemporaryFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TemporaryFile.class);
    private static final Pattern NAME = Pattern.compile("\\.b2-([0-9a-f]{32})\\.b2tmp");

    private static final Set<StandardOpenOption> NEW_FILE =
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** A process looks once in each directory. */
    private static final int MOST_TRIES = 5;

    /** A shorter file is written as soon as its disk could be asked about it. */
    private static final long WORTH_ASKING = 1L << 20;

    /** What is forced at once while the rest still arrives; all of it at the end would keep the connections waiting. */
    private static final long WORTH_FORCING = 32L << 20;

    private final Path target;
    private final Path path;
    private final ProcessLock lock;
    private final FileChannel channel;
    private final Fsync fsync;
    private final SharedForce directories;
    private final AtomicLong unforced = new AtomicLong();
    private final AtomicBoolean isForcing = new AtomicBoolean();

    /** One thread at a time forces; guards the two fields below. */
    private final Object forcing = new Object();

    private boolean isForcedAtLast;
    private @Nullable IOException notForced;
    private boolean moved;

    private TemporaryFile(Path target, Path path, ProcessLock lock, Fsync fsync, SharedForce directories) {
        this.fsync = fsync;
        this.directories = directories;
        this.target = target;
        this.path = path;
        this.lock = lock;
        this.channel = lock.channel();
    }

    /** Whether a file of that name looks like an unfinished download: no user's file should be given it. */
    public static boolean isName(String fileName) {
        return fileName.startsWith(".b2-") && NAME.matcher(fileName).matches();
    }

    /** Whether a download has made a file of that name, and no user one that is called like it: it may be swept. */
    public static boolean isOwnName(String fileName) {
        Matcher matcher = NAME.matcher(fileName);
        return matcher.matches() && OwnDigits.areOwn(matcher.group(1));
    }

    /** @see LocalStore#temporaryFile */
    static TemporaryFile create(Path target, long length, Fsync fsync, Access access, SharedForce directories) {
        Path directory = target.toAbsolutePath().getParent();
        if (directory == null || Files.isDirectory(target)) {
            throw LocalFailure.unfitTarget(target, "it is a directory");
        }
        if (length >= WORTH_ASKING) {
            checkRoom(target, directory, length);
        }
        try {
            Locked created = newFile(
                    () -> newName(directory), path -> FileChannel.open(path, NEW_FILE, attributes(path, access)));
            TemporaryFile file = new TemporaryFile(target, created.path(), created.lock(), fsync, directories);
            file.reserve(length);
            return file;
        } catch (IOException e) {
            if (!Files.isDirectory(directory)) {
                throw LocalFailure.noDirectory(target, e);
            }
            throw LocalFailure.writing(target, e);
        }
    }

    private static Path newName(Path directory) {
        return directory.resolve(".b2-" + OwnDigits.random(32) + ".b2tmp");
    }

    /**
     * Writes a short file at once. It is not locked, which costs as much as writing it: should another process take it for left over
     * in this moment, it is written once more, and locked at last.
     *
     * @see LocalStore#write
     */
    static void write(
            Path target, byte[] content, FileTime modified, Fsync fsync, Access access, SharedForce directories) {
        Path directory = target.toAbsolutePath().getParent();
        if (directory == null || Files.isDirectory(target)) {
            throw LocalFailure.unfitTarget(target, "it is a directory");
        }
        try {
            for (int i = 1; !writeOnce(target, newName(directory), content, modified, fsync, access); i++) {
                if (i == MOST_TRIES) {
                    writeLocked(target, content, modified, fsync, access, directories);
                    return;
                }
            }
            forceName(fsync, directory, directories);
        } catch (IOException e) {
            if (!Files.isDirectory(directory)) {
                throw LocalFailure.noDirectory(target, e);
            }
            throw LocalFailure.writing(target, e);
        }
    }

    private static void writeLocked(
            Path target, byte[] content, FileTime modified, Fsync fsync, Access access, SharedForce directories) {
        try (TemporaryFile file = create(target, content.length, fsync, access, directories)) {
            file.write(content, content.length, 0);
            file.moveIntoPlace(modified);
        }
    }

    /** Whether it was done; false where somebody has deleted the file before it got its name. */
    private static boolean writeOnce(
            Path target, Path path, byte[] content, FileTime modified, Fsync fsync, Access access) throws IOException {
        boolean made = false;
        boolean moved = false;
        try {
            try (FileChannel channel = FileChannel.open(path, NEW_FILE, attributes(path, access))) {
                made = true;
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                setModified(path, modified);
                if (fsync != Fsync.NEVER) {
                    channel.force(true);
                }
            }
            move(path, target);
            moved = true;
        } catch (NoSuchFileException e) {
            if (!made) {
                throw e;
            }
            LOG.debug("{} is gone before it got its name; it is written once more", path, e);
        } finally {
            if (made && !moved) {
                delete(path);
            }
        }
        return moved;
    }

    private static FileAttribute<?>[] attributes(Path path, Access access) {
        boolean isPrivate = access == Access.OWNER_ONLY
                && path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return isPrivate ? new FileAttribute<?>[] {OWNER_ONLY} : new FileAttribute<?>[0];
    }

    record Locked(Path path, ProcessLock lock) {}

    /** Opens a channel on a file of a name. */
    @FunctionalInterface
    interface NewFile {
        FileChannel open(Path path) throws IOException;
    }

    /**
     * Creates and locks a file. Before it is locked, another process may take it for left over and delete it, and what
     * is written to it is lost then: so it has to be there afterwards, or the next one is tried.
     */
    static Locked newFile(Supplier<Path> names, NewFile files) throws IOException {
        for (int i = 1; ; i++) {
            Path path = names.get();
            Optional<ProcessLock> lock = ProcessLock.tryLock(path, () -> files.open(path));
            if (lock.isPresent() && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                return new Locked(path, lock.get());
            }
            if (lock.isPresent()) {
                lock.get().close();
            }
            if (i == MOST_TRIES) {
                throw deletedEachTime(path);
            }
        }
    }

    private static IOException deletedEachTime(Path file) {
        return new IOException("another process deletes each temporary file of " + file.getParent());
    }

    /** No free bytes mean "unknown" as often as "full": the write decides then. */
    private static void checkRoom(Path target, Path directory, long length) {
        // Not by Files.getFileStore, which reads the table of all mounts each time.
        long room = directory.toFile().getUsableSpace();
        if (room > 0 && room < length) {
            throw LocalFailure.unfitTarget(target, "the disk has room for " + room + " bytes, the file has " + length);
        }
    }

    /** Gives the file its length at once, so that it is known early whether there is room for it. */
    private void reserve(long length) throws IOException {
        if (length < WORTH_ASKING) {
            return;
        }
        try {
            channel.write(ByteBuffer.allocate(1), length - 1);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Writes all of these bytes at that position. */
    public void write(byte[] bytes, int count, long position) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer, position + buffer.position());
            }
        } catch (IOException e) {
            throw LocalFailure.writing(target, e);
        }
    }

    /** Reads up to that many bytes from that position; never behind what was written. */
    public int read(byte[] bytes, int count, long position) {
        try {
            return channel.read(ByteBuffer.wrap(bytes, 0, count), position);
        } catch (IOException e) {
            throw LocalFailure.writing(target, e);
        }
    }

    /**
     * Some of it is complete: where it is to be forced to the disk in the end, the disk begins with what there is.
     *
     * @param helper waits for the disk
     */
    public void forceMeanwhile(long bytes, Executor helper) {
        // One at a time: where the disk is slower than the line, the helpers would all wait for it.
        if (fsync == Fsync.NEVER
                || unforced.addAndGet(bytes) < WORTH_FORCING
                || !isForcing.compareAndSet(false, true)) {
            return;
        }
        unforced.set(0);
        try {
            helper.execute(this::forceMeanwhile);
        } catch (RejectedExecutionException e) {
            isForcing.set(false);
            LOG.trace("The pool for parts is full or going down; {} is forced in the end", path, e);
        }
    }

    private void forceMeanwhile() {
        try {
            synchronized (forcing) {
                if (isForcedAtLast || notForced != null) {
                    return;
                }
                try {
                    channel.force(false);
                } catch (IOException e) {
                    // The system tells a failure once: nobody else would hear of it.
                    notForced = e;
                }
            }
        } finally {
            isForcing.set(false);
        }
    }

    private void forceAtLast() throws IOException {
        synchronized (forcing) {
            isForcedAtLast = true;
            if (notForced != null) {
                throw notForced;
            }
            channel.force(true);
        }
    }

    /** The file is complete: it gets that modification time, and takes the target's place in one step. */
    public void moveIntoPlace(FileTime modified) {
        try {
            setModified(path, modified);
            if (fsync != Fsync.NEVER) {
                // Before it has its name: a loss of power must not leave a name without its content.
                forceAtLast();
            }
            // Locked until it has gone from its name: another download would take it for left over.
            try (lock) {
                move(path, target);
                moved = true;
            }
            Path directory = target.toAbsolutePath().getParent();
            if (directory != null) {
                forceName(fsync, directory, directories);
            }
        } catch (IOException e) {
            throw LocalFailure.writing(target, e);
        }
    }

    private static void move(Path path, Path target) throws IOException {
        try {
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(path, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void forceName(Fsync fsync, Path directory, SharedForce directories) {
        if (fsync == Fsync.AUTO || fsync == Fsync.ALWAYS) {
            directories.force(directory);
        }
    }

    /** Where the system's own call can do it, which says nothing of failures: the other one opens the file once more. */
    private static void setModified(Path path, FileTime modified) throws IOException {
        long millis = modified.toMillis();
        boolean isSet = millis >= 0
                && path.getFileSystem().equals(FileSystems.getDefault())
                && path.toFile().setLastModified(millis);
        if (!isSet) {
            Files.setLastModifiedTime(path, modified);
        }
    }

    /** Deletes it, unless it was moved into place. */
    @Override
    public void close() {
        if (moved) {
            return;
        }
        try (lock) {
            delete(path);
        } catch (IOException e) {
            LOG.debug("The lock of {} could not be given back", path, e);
        }
    }

    /** Never throws: why it is deleted matters more. */
    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("Cannot delete {}; the next client that downloads to its directory does", path, e);
        }
    }
}
