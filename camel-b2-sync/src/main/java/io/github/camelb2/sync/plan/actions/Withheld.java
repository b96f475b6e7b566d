// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.actions;

/**
 * Removals that a run did not make because of a guard; the next run finds them again.
 *
 * @param stage       which removals
 * @param guard       what withheld them
 * @param names       how many names they concern
 * @param cause       the path that is to blame; empty when it is none in particular
 * @param reason      one sentence for a person
 * @param sinceMillis the end of the first of the runs in a row that withheld by this guard, in milliseconds since 1970; 0
 *                    while the run goes on
 */
public record Withheld(PathPlan.Stage stage, Guard guard, long names, String cause, String reason, long sinceMillis) {
    /** What can withhold removals. */
    public enum Guard {
        /** A scan did not reach its end. */
        SCAN_BROKEN,
        /** The source has no file. */
        EMPTY_SOURCE,
        /** They concern more names than allowed. */
        MAX_DELETE,
        /** A transfer of the run failed, or did not come back. */
        FAILED_TRANSFER,
        /** The clocks of this machine and of B2 differ, so nobody knows the age of a version. */
        CLOCK,
        /** A file that was left as it is at the destination looks like the one that vanished. */
        CONTENT_NOT_STORED
    }

    /** Of a run that goes on. */
    public Withheld(PathPlan.Stage stage, Guard guard, long names, String cause, String reason) {
        this(stage, guard, names, cause, reason, 0);
    }

    public Withheld plusOne() {
        return new Withheld(stage, guard, names + 1, cause, reason, sinceMillis);
    }

    /** The same with the time since when. */
    public Withheld withSince(long millis) {
        return new Withheld(stage, guard, names, cause, reason, millis);
    }

    /** Whether both were withheld for the same kind of reason, whatever names and files they concern. */
    public boolean isOfSameGuard(Withheld other) {
        return stage == other.stage && guard == other.guard;
    }
}
