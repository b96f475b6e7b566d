// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.local;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operating system's lock on a file, which goes with this process, however that ends.
 *
 * <p>Such a lock belongs to the whole process, and on many systems closing <em>any</em> channel on the file gives it
 * back. So a file that this process has locked is never opened a second time: {@link #tryLock} and {@link #held} know
 * what is locked.
 */
public final class ProcessLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessLock.class);

    /** Far behind any content, because some systems forbid others to read what is locked. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final Set<OpenOption> NEW_FILE =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);

    /**
     * What this process has locked, by absolute path. It is of the process because the locks are: two clients that did
     * not know of each other's would give them back.
     */
    private static final Map<Path, ProcessLock> HELD = new ConcurrentHashMap<>();

    /** One file is opened and closed by one thread at a time; files that share a guard by chance wait for each other. */
    private static final Object[] GUARDS =
            Stream.generate(Object::new).limit(256).toArray();

    private volatile Path key;
    private final FileChannel channel;
    private final boolean isReal;

    private ProcessLock(Path key, FileChannel channel, boolean isReal) {
        this.key = key;
        this.channel = channel;
        this.isReal = isReal;
    }

    private static Object guard(Path key) {
        return GUARDS[Math.floorMod(key.hashCode(), GUARDS.length)];
    }

    /**
     * Whether other processes see it. The file systems of some networks and containers have no locks; only this process
     * knows then what it holds.
     */
    public boolean isReal() {
        return isReal;
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
        return tryLock(file, () -> FileChannel.open(file, options, attributes));
    }

    /** Opens a channel on a file. */
    @FunctionalInterface
    interface Opener {
        FileChannel open() throws IOException;
    }

    static Optional<ProcessLock> tryLock(Path file, Opener opener) throws IOException {
        Path key = file.toAbsolutePath().normalize();
        synchronized (guard(key)) {
            if (HELD.containsKey(key)) {
                return Optional.empty();
            }
            FileChannel channel = opener.open();
            Optional<ProcessLock> lock = Optional.empty();
            try {
                lock = lock(key, channel);
                lock.ifPresent(held -> HELD.put(key, held));
                return lock;
            } finally {
                if (lock.isEmpty()) {
                    channel.close();
                }
            }
        }
    }

    private static Optional<ProcessLock> lock(Path key, FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false) == null
                    ? Optional.empty()
                    : Optional.of(new ProcessLock(key, channel, true));
        } catch (OverlappingFileLockException e) {
            throw new IOException(key + " is locked by another copy of this class in the same process", e);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("The file system of {} has no locks", key, e);
            return Optional.of(new ProcessLock(key, channel, false));
        }
    }

    /** This process's lock on a file, if it has one. */
    public static Optional<ProcessLock> held(Path file) {
        return Optional.ofNullable(HELD.get(file.toAbsolutePath().normalize()));
    }

    /** Reads a file, through this process's lock on it if there is one: a channel of its own would give that back. */
    public static <T> T read(Path file, Reader<T> reader) throws IOException {
        Path key = file.toAbsolutePath().normalize();
        synchronized (guard(key)) {
            ProcessLock own = HELD.get(key);
            if (own != null) {
                return reader.read(own.channel());
            }
            try (FileChannel channel = RegularFile.open(file, LinkOption.NOFOLLOW_LINKS)) {
                return reader.read(channel);
            }
        }
    }

    /** Reads from a channel that is not its own. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(FileChannel channel) throws IOException;
    }

    /** Gives the file another name in one step; it stays locked. */
    void rename(Path target) throws IOException {
        Path old = key;
        Path name = target.toAbsolutePath().normalize();
        // Nobody else may open it under either name: closing would give the lock back.
        HELD.put(name, this);
        boolean moved = false;
        try {
            Files.move(old, name, StandardCopyOption.ATOMIC_MOVE);
            moved = true;
            key = name;
        } finally {
            HELD.remove(moved ? old : name, this);
        }
    }

    /** The one channel on the file. */
    public FileChannel channel() {
        return channel;
    }

    /** Gives the lock back. */
    @Override
    public void close() throws IOException {
        synchronized (guard(key)) {
            channel.close();
            HELD.remove(key, this);
        }
    }
}
