// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import io.github.camelb2.client.transfer.local.ForcedDirectories;
import io.github.camelb2.client.transfer.local.PrivateDirectory;
import io.github.camelb2.client.transfer.local.ProcessLock;

/**
 * The directory that has the journals of one stream, {@code 00000001.b2s} and on, the pieces that are being sent,
 * {@code *.piece}, and {@code positions}, how far its sources were read. One process has it at a time: the lock on {@code lock} goes with the process, however that ends.
 */
final class Spool implements Closeable {
    private static final String JOURNAL = ".b2s";
    private static final String PIECE = ".piece";

    private final Path directory;
    private final ProcessLock lock;
    private final ForcedDirectories names = new ForcedDirectories();
    private long last;

    private Spool(Path directory, ProcessLock lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * Opens it; makes it where it is not there, for this user only.
     *
     * @throws IOException if another live process, or another stream of this one, has it
     */
    static Spool open(Path directory) throws IOException {
        PrivateDirectory.prepare(directory);
        ProcessLock lock = ProcessLock.tryLock(
                        directory.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)
                .orElseThrow(() -> new FileSystemException(
                        directory.toString(),
                        null,
                        "the spool of streaming uploads is used by another live process or endpoint: write another"
                                + " spoolDirectory for each"));
        Spool spool = new Spool(directory, lock);
        try {
            spool.deletePieces();
        } catch (IOException e) {
            lock.close();
            throw e;
        }
        return spool;
    }

    private void deletePieces() throws IOException {
        for (Path piece : files(PIECE)) {
            Files.deleteIfExists(piece);
        }
    }

    /** The journals that are there, the oldest first. */
    List<Path> journals() throws IOException {
        List<Path> journals = files(JOURNAL);
        if (!journals.isEmpty()) {
            String newest = journals.get(journals.size() - 1).getFileName().toString();
            last = Math.max(last, Long.parseLong(newest.substring(0, newest.length() - JOURNAL.length())));
        }
        return journals;
    }

    private List<Path> files(String ending) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "[0-9]*" + ending)) {
            found.forEach(files::add);
        }
        Collections.sort(files);
        return files;
    }

    /** A path for the next journal. */
    Path next() {
        last++;
        return directory.resolve(String.format(Locale.ROOT, "%012d", last) + JOURNAL);
    }

    /** Where a piece of that batch is written to. */
    Path piece(Batch batch) {
        return batch.journal().path().resolveSibling(batch.journal().path().getFileName() + PIECE);
    }

    /** The name of that journal has to outlive a loss of power, as its messages do. */
    void forceName(Path journal) {
        names.changed(journal);
        names.force();
    }

    Path directory() {
        return directory;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
