// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scrub;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * What one scrub is asked to do.
 *
 * @param every  how long after the beginning of a pass the next one begins
 * @param bytes  how many bytes it reads at most
 * @param money  what it costs at most; empty for any amount
 * @param repair whether damaged files are stored again from the second side
 * @param memory opens what knows when each version was read; given the place
 */
public record ScrubSettings(
        Duration every, long bytes, Optional<BigDecimal> money, Repair repair, MemoryOpener memory) {
    /** What becomes of damage. */
    public enum Repair {
        /** It is reported. */
        NEVER,
        /** The second side stores it again. */
        FROM_SECOND_SIDE
    }

    /** Opens a memory. */
    @FunctionalInterface
    public interface MemoryOpener {
        /** @throws IOException if it cannot be opened */
        ScrubMemory open(String place) throws IOException;
    }
}
