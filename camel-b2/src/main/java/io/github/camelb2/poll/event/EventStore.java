// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.event;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.camelb2.client.transfer.local.ForcedDirectories;
import io.github.camelb2.client.transfer.local.PrivateDirectory;
import io.github.camelb2.client.transfer.local.ProcessLock;

/**
 * The directory that has the requests that B2 was told are taken, one file each, {@code 000000000001.b2e} and on. What is
 * there when {@link #add} returns survives a loss of power. One process has it at a time. Thread-safe.
 */
final class EventStore implements Closeable {
    /** So that a flood fills neither the disk nor the memory: 100 GB at the very most, 40 MB for requests as B2 sends them. */
    static final int MOST = 100_000;

    private static final String STORED = ".b2e";
    private static final String UNNAMED = ".tmp";

    private final Path directory;
    private final ProcessLock lock;
    private final ForcedDirectories names = new ForcedDirectories();
    private final AtomicLong last = new AtomicLong();
    private final AtomicInteger count = new AtomicInteger();

    private EventStore(Path directory, ProcessLock lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * Opens it; makes it where it is not there, for this user only.
     *
     * @throws IOException if another live process, or another consumer of this one, has it
     */
    static EventStore open(Path directory) throws IOException {
        PrivateDirectory.prepare(directory);
        ProcessLock lock = ProcessLock.tryLock(
                        directory.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)
                .orElseThrow(() -> new FileSystemException(
                        directory.toString(),
                        null,
                        "the events of another live process or consumer are there: write another eventDirectory for"
                                + " each"));
        EventStore store = new EventStore(directory, lock);
        boolean isOpen = false;
        try {
            for (Path unnamed : store.files(UNNAMED)) {
                Files.deleteIfExists(unnamed);
            }
            List<Path> stored = store.stored();
            store.count.set(stored.size());
            if (!stored.isEmpty()) {
                String newest = stored.get(stored.size() - 1).getFileName().toString();
                store.last.set(Long.parseLong(newest.substring(0, newest.length() - STORED.length())));
            }
            isOpen = true;
            return store;
        } finally {
            if (!isOpen) {
                lock.close();
            }
        }
    }

    /**
     * Stores a request.
     *
     * @return false if there is no room
     * @throws IOException if that fails; it is not there then
     */
    boolean add(byte[] body) throws IOException {
        if (count.incrementAndGet() > MOST) {
            count.decrementAndGet();
            return false;
        }
        String number = String.format(Locale.ROOT, "%012d", last.incrementAndGet());
        Path unnamed = directory.resolve(number + UNNAMED);
        Path named = directory.resolve(number + STORED);
        boolean isStored = false;
        try {
            write(unnamed, body);
            Files.move(unnamed, named, StandardCopyOption.ATOMIC_MOVE);
            isStored = true;
        } finally {
            if (!isStored) {
                count.decrementAndGet();
                Files.deleteIfExists(unnamed);
            }
        }
        names.changed(named);
        names.force();
        return true;
    }

    private static void write(Path file, byte[] body) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, PrivateDirectory.ofFile(file))) {
            ByteBuffer rest = ByteBuffer.wrap(body);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    /** The requests that are there, the oldest first. */
    List<Path> stored() throws IOException {
        return files(STORED);
    }

    private List<Path> files(String ending) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "[0-9]*" + ending)) {
            found.forEach(files::add);
        }
        Collections.sort(files);
        return files;
    }

    /** Takes away one that is done. */
    void remove(Path stored) throws IOException {
        Files.delete(stored);
        count.decrementAndGet();
    }

    /** Takes one that cannot be read out of the way; it stays in the directory, for people. */
    Path setAside(Path stored) throws IOException {
        Path aside = stored.resolveSibling(stored.getFileName() + ".unreadable");
        Files.move(stored, aside, StandardCopyOption.REPLACE_EXISTING);
        count.decrementAndGet();
        return aside;
    }

    /** How many requests are there. */
    int size() {
        return count.get();
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
