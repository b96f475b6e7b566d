// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** Says what is wrong with an account file, from what SQLite says of it. */
final class SqliteFailure {
    // The primary result codes of https://www.sqlite.org/rescode.html
    private static final int PERM = 3;
    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int READONLY = 8;
    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int CANTOPEN = 14;
    private static final int NOTADB = 26;
    private static final int PRIMARY = 0xff;

    private SqliteFailure() {}

    /** Whether another connection is in the way, so that a later try may succeed. */
    static boolean isBusy(SQLException failure) {
        int code = failure.getErrorCode() & PRIMARY;
        return code == BUSY || code == LOCKED;
    }

    /** One sentence on the file and one on what to do; what SQLite said comes along as the cause. */
    static IllegalStateException explain(Path file, SQLException failure) {
        String problem =
                switch (failure.getErrorCode() & PRIMARY) {
                    case BUSY, LOCKED -> "is locked by another program; end that program and try again";
                    case READONLY, PERM -> "cannot be written; give this user write permission on it and its directory";
                    case CORRUPT -> "is damaged and was left as it is; restore it, or move it away and log in again";
                    case FULL -> "cannot be written because the disk is full";
                    case CANTOPEN ->
                        "cannot be opened; check that its directory exists and that this user may use both";
                    case NOTADB -> notADatabase(file);
                    default -> "cannot be used; SQLite says why";
                };
        return because(file, problem, failure);
    }

    static IllegalStateException because(Path file, String problem, Throwable cause) {
        return new IllegalStateException("Account file " + file + " " + problem + ": " + cause.getMessage(), cause);
    }

    static IllegalStateException because(Path file, String problem) {
        return new IllegalStateException("Account file " + file + " " + problem);
    }

    private static String notADatabase(Path file) {
        return beginsLikeJson(file)
                ? "has the JSON format of very old b2 tools and was left as it is; any b2 command of a newer tool"
                        + " converts it, or move it away and log in again"
                : "is not a SQLite database and was left as it is; name another file, or move it away and log in again";
    }

    /** Reading it beside SQLite is harmless only because it is no database: no lock on it can be lost. */
    private static boolean beginsLikeJson(Path file) {
        try (InputStream start = Files.newInputStream(file)) {
            return start.read() == '{';
        } catch (IOException unreadable) {
            // SQLite has read it a moment ago; which kind of wrong file it was hardly matters then.
            return false;
        }
    }
}
