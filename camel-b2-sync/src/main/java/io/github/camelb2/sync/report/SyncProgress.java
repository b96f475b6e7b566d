// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.report;

import java.time.Duration;
import java.util.Optional;

/**
 * Figures of a run that is under way, or of the last one.
 *
 * @param compared      files of the source that were looked at
 * @param planned       paths found so far that need something done
 * @param done          actions that were done
 * @param failed        failures so far
 * @param bytesPlanned  bytes found so far that have to move
 * @param bytesMoved    bytes that moved, those of actions under way too
 * @param elapsed       since the start
 * @param phase         how far the run is
 * @param workers       how many path plans are carried out at once now, or, over several machines, how many workers have
 *                      ended one so far; 0 when the run has ended
 */
public record SyncProgress(
        long compared,
        long planned,
        long done,
        long failed,
        long bytesPlanned,
        long bytesMoved,
        Duration elapsed,
        Phase phase,
        int workers) {

    /** How far a run is. */
    public enum Phase {
        /** None was started yet. */
        IDLE,
        /** Both sides are being read, and files are moving. */
        SCANNING,
        /** Both sides were read: the planned figures are final, and the last files are moving. */
        TRANSFERRING,
        /** Every file was moved; what the source no longer has is removed. */
        REMOVING,
        /** It has ended. */
        ENDED
    }

    /** Before the first run. */
    public static final SyncProgress NONE = new SyncProgress(0, 0, 0, 0, 0, 0, Duration.ZERO, Phase.IDLE, 0);

    /** Bytes per second since the start. */
    public long bytesPerSecond() {
        return elapsed.toMillis() == 0 ? 0 : bytesMoved * 1000 / elapsed.toMillis();
    }

    /** How long the rest takes at the speed so far; empty until both sides were read, because nobody can know earlier. */
    public Optional<Duration> timeLeft() {
        if (phase == Phase.ENDED) {
            return Optional.of(Duration.ZERO);
        }
        boolean isKnown = phase == Phase.TRANSFERRING || phase == Phase.REMOVING;
        if (!isKnown || bytesMoved == 0) {
            return Optional.empty();
        }
        long bytesLeft = Math.max(0, bytesPlanned - bytesMoved);
        return Optional.of(Duration.ofMillis((long) ((double) elapsed.toMillis() * bytesLeft / bytesMoved)));
    }
}
