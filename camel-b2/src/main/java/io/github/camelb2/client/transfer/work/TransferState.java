// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.work;

import java.time.Duration;
import java.util.Optional;

/**
 * How far a transfer is.
 *
 * @param transfer its number, as listeners hear it
 * @param fileName the B2 file name
 * @param bytes those that went by
 * @param total all of them, -1 when unknown
 * @param elapsed since it began
 */
public record TransferState(long transfer, String fileName, long bytes, long total, Duration elapsed) {
    /** Since it began; 0 in its first millisecond. */
    public long bytesPerSecond() {
        long millis = elapsed.toMillis();
        return millis <= 0 ? 0 : (long) (bytes * 1000.0 / millis);
    }

    /** How long the rest takes at the rate so far; empty while nobody can know. */
    public Optional<Duration> timeLeft() {
        if (total < 0 || bytes <= 0) {
            return Optional.empty();
        }
        double rest = Math.max(0, total - bytes) / (double) bytes;
        return Optional.of(Duration.ofMillis((long) (elapsed.toMillis() * rest)));
    }
}
