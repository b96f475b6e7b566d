// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.wire;

import java.time.Duration;

/**
 * How the service behaves.
 *
 * @param minPartSize the least size of a part that is not the last, in bytes
 * @param recommendedPartSize the size of parts that clients are told to use, in bytes
 * @param latency what every request waits before it is looked at
 * @param connectionRate the most bytes a second on one connection, each way; 0 for no limit
 * @param idleTimeout after how long a connection is closed on which no other request comes; zero for never
 */
public record Settings(
        long minPartSize, long recommendedPartSize, Duration latency, long connectionRate, Duration idleTimeout) {

    public Settings {
        if (minPartSize < 1 || recommendedPartSize < minPartSize) {
            throw new IllegalArgumentException("part sizes must satisfy 1 <= minimum <= recommended, not " + minPartSize
                    + " and " + recommendedPartSize);
        }
        if (latency.isNegative() || connectionRate < 0) {
            throw new IllegalArgumentException("latency and connection rate must not be negative");
        }
        if (idleTimeout.isNegative() || idleTimeout.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("idle timeout must be 0 to 24 hours, not " + idleTimeout);
        }
    }
}
