// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.policy;

/**
 * What bounds the removals of a run.
 *
 * @param maxDelete    how many names they may concern
 * @param keepDaysFrom what the days to keep are counted from
 * @param failures     what failed transfers mean for names that vanished from the source
 */
public record Removals(MaxDelete maxDelete, KeepDaysFrom keepDaysFrom, AfterFailures failures) {
    /** Everything at its safe default. */
    public static final Removals SAFE = new Removals(MaxDelete.SAFE, KeepDaysFrom.SUPERSEDED, AfterFailures.WITHHELD);

    /** What the days to keep are counted from. */
    public enum KeepDaysFrom {
        /** The upload of the version's successor: since then nobody reads it by name. */
        SUPERSEDED,
        /** The version's own time, as b2sdk does. */
        MOD_TIME
    }

    /** What a failed transfer means for names that vanished from the source. */
    public enum AfterFailures {
        /** They stay: the file that failed may be the one that was there under the old name. */
        WITHHELD,
        /** They go, as with b2sdk. */
        REMOVED
    }

    /** With another limit. */
    public Removals withMaxDelete(MaxDelete limit) {
        return new Removals(limit, keepDaysFrom, failures);
    }

    /** Counting the days from something else. */
    public Removals withKeepDaysFrom(KeepDaysFrom from) {
        return new Removals(maxDelete, from, failures);
    }

    /** With another meaning of failures. */
    public Removals withFailures(AfterFailures meaning) {
        return new Removals(maxDelete, keepDaysFrom, meaning);
    }
}
