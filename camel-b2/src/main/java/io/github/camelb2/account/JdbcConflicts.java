// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;

/**
 * Tells a conflict with another transaction, after which the same work may simply be done again, from a failure.
 *
 * <p>Spring knows the codes of many databases but not those of SQLite, whose driver gives no SQLState either.
 */
final class JdbcConflicts {
    // The primary result codes of https://www.sqlite.org/rescode.html, which are also the low byte of extended ones
    private static final int SQLITE_BUSY = 5;
    private static final int SQLITE_LOCKED = 6;
    private static final int SQLITE_CONSTRAINT = 19;

    private JdbcConflicts() {}

    /** Whether another transaction inserted the same key first, or was waited for in vain, or both waited. */
    static boolean isConflict(Throwable failure) {
        for (Throwable link = failure; link != null; link = link.getCause()) {
            if (link instanceof DuplicateKeyException
                    || link instanceof ConcurrencyFailureException
                    // H2 reports a lock that it did not get as a timeout of the statement.
                    || link instanceof QueryTimeoutException) {
                return true;
            }
            if (link instanceof SQLException sql
                    && (isConflictOfSqlite(sql) || isConflictOfVendor(sql) || isConflictState(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the database refused a value; such messages may repeat the value. */
    static boolean isAboutValues(Throwable failure) {
        for (Throwable link = failure; link != null; link = link.getCause()) {
            if (link instanceof SQLException sql && isDataState(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isConflictOfSqlite(SQLException failure) {
        if (!failure.getClass().getName().startsWith("org.sqlite.")) {
            return false;
        }
        int code = failure.getErrorCode() & 0xff;
        boolean duplicate = code == SQLITE_CONSTRAINT
                && String.valueOf(failure.getMessage()).contains("UNIQUE");
        return duplicate || code == SQLITE_BUSY || code == SQLITE_LOCKED;
    }

    /** Waits for a lock that were given up, where the vendor says so by a code of its own only. */
    private static boolean isConflictOfVendor(SQLException failure) {
        String driver = failure.getClass().getName();
        int code = failure.getErrorCode();
        return VENDORS.stream()
                .anyMatch(it -> driver.startsWith(it.packages()) && it.codes().contains(code));
    }

    private record Vendor(String packages, Set<Integer> codes) {}

    // Lock wait timeout; deadlock and a read that cannot be serialised; lock request time out and deadlock.
    private static final List<Vendor> VENDORS = List.of(
            new Vendor("com.mysql.", Set.of(1205, 1213)),
            new Vendor("org.mariadb.", Set.of(1205, 1213, 1020)),
            new Vendor("oracle.", Set.of(60, 8177, 54)),
            new Vendor("com.microsoft.", Set.of(1205, 1222)));

    /** Classes and states of the SQL standard: 40 transaction rollback, 23505 unique violation. */
    private static boolean isConflictState(@Nullable String state) {
        return state != null && (state.startsWith("40") || state.equals("23505"));
    }

    /** Classes of the SQL standard: 22 data exception, 23 integrity constraint violation. */
    private static boolean isDataState(@Nullable String state) {
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }
}
