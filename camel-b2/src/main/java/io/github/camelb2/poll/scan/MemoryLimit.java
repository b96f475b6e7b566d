// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.scan;

import java.util.OptionalLong;

/**
 * Counts what one sweep finds that must be remembered, and refuses more than the repository can keep: it would forget
 * what is still there, and everything would be delivered again. Not thread-safe.
 */
public final class MemoryLimit {
    private final String bucket;
    private final OptionalLong capacity;
    private long taken;

    public MemoryLimit(String bucket, OptionalLong capacity) {
        this.bucket = bucket;
        this.capacity = capacity;
    }

    public static MemoryLimit unlimited() {
        return new MemoryLimit("", OptionalLong.empty());
    }

    /** @throws IllegalStateException if there is no room for one more; the message says which repository to use */
    public void take() {
        if (capacity.isPresent() && taken >= capacity.getAsLong()) {
            throw new IllegalStateException("Bucket " + bucket + " holds more file versions to remember than the "
                    + capacity.getAsLong() + " keys of the idempotentRepository, which is in memory: going on would"
                    + " deliver the others again and again. Set idempotentRepository to one that forgets nothing, as a"
                    + " io.github.camelb2.poll.JdbcConsumedRepository on a database, or to a"
                    + " MemoryIdempotentRepository with more room; or remove what was consumed with deleteAfterRead,"
                    + " moveAfterRead or a narrower prefix");
        }
        taken++;
    }

    /** How many keys the sweep under way needs so far. */
    public long taken() {
        return taken;
    }

    /** Goes back to an earlier count, because what was found since will be found again. */
    public void backTo(long earlier) {
        taken = earlier;
    }

    public void sweepEnded() {
        taken = 0;
    }
}
