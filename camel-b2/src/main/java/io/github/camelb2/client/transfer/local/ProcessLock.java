package io.github.camelb2.client.transfer.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The operating system's lock on a file, which goes with this process, however that ends.
 *
 * <p>Such a lock belongs to the whole process, and on many systems closing <em>any</em> channel on the file gives it
 * back. So a file that this process has locked is never opened a second time: {@link #tryLock} and {@link #held} know
 * what is locked.
 */
public final class ProcessLock implements AutoCloseable {
    /** Far behind any content, because some systems forbid others to read what is locked. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final Set<OpenOption> NEW_FILE =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);

    /**
     * What this process has locked, by absolute path; guarded by itself, also while a file is opened. It is of the
     * process because the locks are: two clients that did not know of each other's would give them back.
     */
    private static final Map<Path, ProcessLock> HELD = new HashMap<>();

    /** Guarded by {@link #HELD}. */
    private Path key;

    private final FileChannel channel;

    private ProcessLock(Path key, FileChannel channel) {
        this.key = key;
        this.channel = channel;
    }

    /**
     * Creates a file, which this user only may read. It has its name only when it is locked: before, it would be taken
     * for that of a dead process.
     */
    public static ProcessLock create(Path file) throws IOException {
        Path unnamed = file.resolveSibling('.' + file.getFileName().toString());
        ProcessLock lock = tryLock(unnamed, NEW_FILE, PrivateDirectory.ofFile(unnamed))
                .orElseThrow(() -> new FileAlreadyExistsException(unnamed.toString()));
        boolean named = false;
        try {
            lock.rename(file);
            named = true;
            return lock;
        } finally {
            if (!named) {
                lock.close();
            }
        }
    }

    /** Opens and locks a file; empty when this process or another one has locked it. */
    public static Optional<ProcessLock> tryLock(Path file, OpenOption... options) throws IOException {
        return tryLock(file, Set.of(options), new FileAttribute<?>[0]);
    }

    private static Optional<ProcessLock> tryLock(Path file, Set<OpenOption> options, FileAttribute<?>[] attributes)
            throws IOException {
        Path key = file.toAbsolutePath().normalize();
        synchronized (HELD) {
            if (HELD.containsKey(key)) {
                return Optional.empty();
            }
            FileChannel channel = FileChannel.open(file, options, attributes);
            boolean locked = false;
            try {
                locked = channel.tryLock(LOCKED_BYTE, 1, false) != null;
            } catch (OverlappingFileLockException e) {
                throw new IOException(file + " is locked by another copy of this class in the same process", e);
            } finally {
                if (!locked) {
                    channel.close();
                }
            }
            if (!locked) {
                return Optional.empty();
            }
            ProcessLock lock = new ProcessLock(key, channel);
            HELD.put(key, lock);
            return Optional.of(lock);
        }
    }

    /** This process's lock on a file, if it has one. */
    public static Optional<ProcessLock> held(Path file) {
        synchronized (HELD) {
            return Optional.ofNullable(HELD.get(file.toAbsolutePath().normalize()));
        }
    }

    /** Gives the file another name in one step; it stays locked. */
    void rename(Path target) throws IOException {
        Path name = target.toAbsolutePath().normalize();
        synchronized (HELD) {
            Files.move(key, name, StandardCopyOption.ATOMIC_MOVE);
            HELD.remove(key, this);
            HELD.put(name, this);
            key = name;
        }
    }

    /** The one channel on the file. */
    public FileChannel channel() {
        return channel;
    }

    /** Gives the lock back. */
    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            HELD.remove(key, this);
            channel.close();
        }
    }
}
