// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.observe;

import java.time.Duration;
import java.time.Instant;

/**
 * How far a run of {@code b2-sync:} is.
 *
 * @param kind what happened
 * @param name of the endpoint
 * @param runId of the run
 * @param isDryRun whether nothing is really done
 * @param compared files of the source that were looked at
 * @param planned paths found so far that need something done
 * @param done actions that were done
 * @param failed failures so far
 * @param bytesPlanned bytes found so far that have to move
 * @param bytesMoved bytes that moved
 * @param elapsed since the start
 * @param at when it happened
 */
public record SyncEvent(
        Kind kind,
        String name,
        String runId,
        boolean isDryRun,
        long compared,
        long planned,
        long done,
        long failed,
        long bytesPlanned,
        long bytesMoved,
        Duration elapsed,
        Instant at) {
    /** What can happen to a run. */
    public enum Kind {
        /** It begins. */
        STARTED,
        /** It goes on; told a few times a second. */
        PROGRESSED,
        /** It ended, and everything that was to be done is done. */
        COMPLETED,
        /** It ended, and something failed, was withheld or not begun. */
        INCOMPLETE;

        /** Whether the run is over. */
        public boolean isEnd() {
            return this == COMPLETED || this == INCOMPLETE;
        }
    }
}
