package io.github.camelb2.client.transfer.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that a download fills beside its target, and that takes the target's place only when it is complete.
 *
 * <p>It is called like the target with a dot before and {@value #SUFFIX} behind, so that a download finds and removes
 * what a killed one has left for the same target. While it is filled it is locked; a second download of the same target
 * sees that and takes another name. Writing and reading at positions is thread-safe.
 */
public final class TemporaryFile implements AutoCloseable {
    /** What the names of temporary files end with: no upload should read such a file. */
    public static final String SUFFIX = ".b2tmp";

    private static final Logger LOG = LoggerFactory.getLogger(TemporaryFile.class);

    /** Most file systems take names of 255 bytes; the rest is for dot, suffix and a random part. */
    private static final int LONGEST_NAME = 200;

    private final Path target;
    private final Path path;
    private final ProcessLock lock;
    private final FileChannel channel;
    private boolean moved;

    private TemporaryFile(Path target, Path path, ProcessLock lock) {
        this.target = target;
        this.path = path;
        this.lock = lock;
        this.channel = lock.channel();
    }

    /** Whether a file of that name is one that a download left. */
    public static boolean isName(String fileName) {
        return fileName.startsWith(".") && fileName.endsWith(SUFFIX);
    }

    /**
     * Creates it, of that length.
     *
     * @throws io.github.camelb2.client.api.B2LocalContentException if the directory is missing or cannot be written, the
     *     target is a directory, or there is not enough room
     */
    public static TemporaryFile create(Path target, long length) {
        Path directory = target.toAbsolutePath().getParent();
        if (directory == null || Files.isDirectory(target)) {
            throw LocalFailure.unfitTarget(target, "it is a directory");
        }
        if (!Files.isDirectory(directory)) {
            throw LocalFailure.unfitTarget(target, "its directory does not exist");
        }
        try {
            // Not by Files.getFileStore, which reads the table of all mounts each time.
            long room = directory.toFile().getUsableSpace();
            if (room < length) {
                throw LocalFailure.unfitTarget(
                        target, "the disk has room for " + room + " bytes, the file has " + length);
            }
            TemporaryFile file = open(target, directory);
            file.reserve(length);
            return file;
        } catch (IOException e) {
            throw LocalFailure.writing(target, e);
        }
    }

    private static TemporaryFile open(Path target, Path directory) throws IOException {
        String name = "." + shortened(target.getFileName().toString());
        Path usual = directory.resolve(name + SUFFIX);
        Optional<TemporaryFile> file = tryOpen(target, usual);
        if (file.isEmpty() && deleteLeftOver(usual)) {
            file = tryOpen(target, usual);
        }
        if (file.isPresent()) {
            return file.get();
        }
        Path other = directory.resolve(name + "." + UUID.randomUUID() + SUFFIX);
        return tryOpen(target, other).orElseThrow(() -> new FileAlreadyExistsException(other.toString()));
    }

    private static Optional<TemporaryFile> tryOpen(Path target, Path path) throws IOException {
        try {
            return ProcessLock.tryLock(
                            path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)
                    .map(lock -> new TemporaryFile(target, path, lock));
        } catch (FileAlreadyExistsException e) {
            return Optional.empty();
        }
    }

    /**
     * Deletes the file if nobody fills it, and says whether it did. The name has to stand for the same file before the
     * lock and after it, and the lock is held until the file is gone: otherwise, a file that took the name meanwhile
     * would be taken for one that is left over.
     */
    private static boolean deleteLeftOver(Path path) throws IOException {
        try {
            Object before = fileKey(path);
            Optional<ProcessLock> lock = ProcessLock.tryLock(path, StandardOpenOption.WRITE);
            if (lock.isEmpty()) {
                return false;
            }
            try (ProcessLock held = lock.get()) {
                if (!Objects.equals(before, fileKey(path))) {
                    return false;
                }
                LOG.info("Deleting {}, which a download left that was cut off", path);
                return Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static @Nullable Object fileKey(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    private static String shortened(String name) {
        String shorter = name;
        while (shorter.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            shorter = shorter.substring(0, shorter.offsetByCodePoints(shorter.length(), -1));
        }
        return shorter;
    }

    /** Gives the file its length at once, so that ranges can be written in any order. */
    private void reserve(long length) throws IOException {
        if (length == 0) {
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

    /** The file is complete: it gets that modification time, and takes the target's place in one step. */
    public void moveIntoPlace(FileTime modified) {
        try {
            Files.setLastModifiedTime(path, modified);
            // Locked until it has gone from its name: another download would take it for left over.
            try (lock) {
                try {
                    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
                } catch (AtomicMoveNotSupportedException e) {
                    Files.move(path, target, StandardCopyOption.REPLACE_EXISTING);
                }
                moved = true;
            }
        } catch (IOException e) {
            throw LocalFailure.writing(target, e);
        }
    }

    /** Deletes it, unless it was moved into place. */
    @Override
    public void close() {
        if (moved) {
            return;
        }
        try (lock) {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("Cannot delete {}; the next download of the same file does", path, e);
        }
    }
}
