// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.actions;

/**
 * Why a path, or a whole run, is not done as planned.
 *
 * @param path   the relative path; empty when it concerns the run
 * @param kind   what went wrong
 * @param reason one sentence for a person
 */
public record Problem(String path, Kind kind, String reason) {

    /** The kinds of problem. All but {@link #SKIPPED} make a run incomplete. */
    public enum Kind {
        /** The source could not be read there, or has a name that the other side cannot hold. */
        SOURCE_REFUSED,
        /** The destination could not be read there. */
        DESTINATION_REFUSED,
        /** The destination is newer than the source. */
        DESTINATION_NEWER,
        /** The source has no file at all. */
        EMPTY_SOURCE,
        /** More would be deleted or hidden than allowed. */
        TOO_MANY_DELETES,
        /** A scan broke off; nothing after it was planned, nothing was deleted. */
        SCAN_BROKEN,
        /** An action failed, or the content of a file could not be compared. */
        ACTION_FAILED,
        /** Source or destination are not what they were when it was planned: nothing was done, and the next run decides. */
        CHANGED,
        /** Plans were handed out, and nobody knows what became of them. */
        NOT_RETURNED,
        /** The run gave up: every other action would have failed too, or the service was away for too long. */
        GAVE_UP,
        /** The run was stopped before its end. */
        INTERRUPTED,
        /** Left out on purpose; not a failure. */
        SKIPPED
    }

    @Override
    public String toString() {
        return ShownText.of("Problem[path=" + path + ", kind=" + kind + ", reason=" + reason + "]");
    }

    /** Whether it makes the run incomplete. */
    public boolean isFailure() {
        return kind != Kind.SKIPPED;
    }
}
