// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.account;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The directory of an account, while this process is the only one that uses it. */
final class AccountDirectory implements AutoCloseable {

    private final Path path;
    private final FileChannel lock;

    private AccountDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    // Two processes on one journal would write over each other.
    static AccountDirectory lock(Path directory) throws IOException {
        Files.createDirectories(directory);
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            throw new IOException("another emulator in this process uses " + directory, e);
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        if (!locked) {
            throw new IOException("another emulator uses " + directory);
        }
        return new AccountDirectory(directory, channel);
    }

    Path path() {
        return path;
    }

    Path journal() {
        return path.resolve("journal.jsonl");
    }

    Path snapshot() {
        return path.resolve("snapshot.bin");
    }

    /** Where a journal goes that repair replaces: it is never thrown away. */
    Path replacedJournal() {
        int n = 1;
        while (Files.exists(replaced(n))) {
            n++;
        }
        return replaced(n);
    }

    private Path replaced(int n) {
        return path.resolve("journal.replaced-" + n + ".jsonl");
    }

    /** The error that says what is wrong and that nothing was changed. */
    IOException refusal(String problem) {
        return new IOException(
                problem + ". Nothing in " + path + " was changed. Put the missing files back from a backup, or start"
                        + " once with --repair, which rebuilds what it can from the content's own headers and keeps the old journal");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
