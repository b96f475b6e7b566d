// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteOpenMode;

/**
 * One account file: short transactions on it, each on a connection of its own.
 *
 * <p>A connection is opened for each use, which costs less than a millisecond and leaves nothing open in threads that
 * come and go. Writers take the exclusive lock before they read anything, as b2sdk does: a lock that had to be raised
 * in the middle would be refused at once instead of waited for. The journal mode is never touched: a file in WAL mode
 * stays so, and leaves files beside it that other tools do not expect.
 *
 * <p>Nothing here opens the file but SQLite. On POSIX systems closing any other handle on it would drop the locks that
 * SQLite holds for this process.
 */
final class SqliteFile {
    /** How long SQLite itself waits for a lock; b2sdk's connections wait as long. */
    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);

    private static final Set<PosixFilePermission> NOT_FOR_OTHERS =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    private static final Logger LOG = LoggerFactory.getLogger(SqliteFile.class);

    private final Path path;
    private final Duration lockTimeout;
    private final Duration busyTimeout;
    private final long attempts;
    private final AtomicBoolean looked = new AtomicBoolean();

    /**
     * Lines this JVM's writers up. SQLite alone would do, but it does not queue: each waits by trying again after up to
     * 100 ms, and with many of them some wait for seconds.
     */
    private final ReentrantLock writing = new ReentrantLock(true);

    SqliteFile(Path path, Duration lockTimeout) {
        this.path = path;
        this.lockTimeout = lockTimeout;
        this.busyTimeout = lockTimeout.compareTo(BUSY_TIMEOUT) < 0 ? lockTimeout : BUSY_TIMEOUT;
        this.attempts = Math.max(1, lockTimeout.toMillis() / Math.max(1, busyTimeout.toMillis()));
    }

    Path path() {
        return path;
    }

    /** What is done on a connection whose transaction has begun; may be done again after it failed. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection, SqliteSchema schema) throws SQLException;
    }

    /** Reads in one transaction; an absent file is not created but answered for. */
    <T> T read(T ifAbsent, Work<T> work) {
        if (!Files.exists(path)) {
            return ifAbsent;
        }
        if (!looked.getAndSet(true)) {
            warnIfOthersMayRead();
        }
        return transact(TransactionMode.DEFERRED, work);
    }

    /** Changes the file in one transaction if it exists, in whatever shape its tables are. */
    void changeExisting(Work<?> work) {
        if (Files.exists(path)) {
            write(work);
        }
    }

    /** Changes the file in one transaction, creating it or bringing its tables up to date first. */
    void change(Work<?> work) {
        createIfAbsent();
        write((connection, schema) -> {
            schema.upgrade();
            return work.on(connection, schema);
        });
    }

    private void write(Work<?> work) {
        waitForTurn();
        try {
            transact(TransactionMode.EXCLUSIVE, work);
        } finally {
            writing.unlock();
        }
    }

    private void waitForTurn() {
        try {
            if (!writing.tryLock(lockTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw SqliteFailure.because(path, "is busy: other threads have been writing it for " + lockTimeout);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SqliteFailure.because(path, "was not written: the thread was interrupted while it waited", e);
        }
    }

    private <T> T transact(TransactionMode mode, Work<T> work) {
        for (long attempt = 1; ; attempt++) {
            try (Connection connection = open(mode)) {
                return transactOn(connection, work);
            } catch (SQLException failure) {
                if (!SqliteFailure.isBusy(failure) || attempt >= attempts) {
                    throw SqliteFailure.explain(path, failure);
                }
            } catch (IllegalArgumentException unreadable) {
                throw SqliteFailure.because(
                        path,
                        "holds a login that cannot be read; log in again with the tool that wrote it",
                        unreadable);
            }
        }
    }

    /** Closing a connection rolls back what was not committed. */
    private <T> T transactOn(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        SqliteSchema schema = SqliteSchema.of(connection);
        if (schema.isForeign()) {
            throw SqliteFailure.because(
                    path, "is the database of another program and was left as it is; name another file");
        }
        T result = work.on(connection, schema);
        connection.commit();
        return result;
    }

    private Connection open(TransactionMode mode) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout((int) busyTimeout.toMillis());
        config.setTransactionMode(mode);
        // SQLite would create the file readable to everybody.
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        // As a URI: of a plain path the driver takes everything after a question mark for settings.
        return config.createConnection("jdbc:sqlite:" + path.toUri());
    }

    private void createIfAbsent() {
        if (Files.exists(path)) {
            return;
        }
        try {
            Path directory = path.toAbsolutePath().getParent();
            if (directory != null && directory.endsWith("b2") && !Files.exists(directory)) {
                createPrivateDirectory(directory);
            }
            createPrivateFile(directory == null ? path : directory);
        } catch (IOException failure) {
            throw SqliteFailure.because(
                    path, "cannot be created; check that its directory exists and may be written", failure);
        }
    }

    private static void createPrivateDirectory(Path directory) throws IOException {
        if (isPosix(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(directory);
        }
    }

    /**
     * Puts an empty file in place that only its owner may read, before SQLite writes the first byte. It is made under
     * another name and linked: were it opened under its own, closing it could drop the locks of a quicker thread.
     */
    private void createPrivateFile(Path directory) throws IOException {
        Path draft = Files.createTempFile(directory, ".b2-account-", ".new");
        try {
            putInPlace(draft);
        } catch (FileAlreadyExistsException someoneElseWasQuicker) {
            LOG.debug("Account file {} was created by another thread or program", path);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private void putInPlace(Path draft) throws IOException {
        try {
            Files.createLink(path, draft);
        } catch (FileAlreadyExistsException exists) {
            throw exists;
        } catch (UnsupportedOperationException | FileSystemException noLinksHere) {
            Files.move(draft, path);
        }
    }

    private void warnIfOthersMayRead() {
        try {
            if (isPosix(path) && Files.getPosixFilePermissions(path).stream().anyMatch(NOT_FOR_OTHERS::contains)) {
                LOG.warn("Account file {} holds an application key and may be read by others: chmod 600 it", path);
            }
        } catch (IOException gone) {
            LOG.debug("Account file {} has no permissions to look at", path, gone);
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
