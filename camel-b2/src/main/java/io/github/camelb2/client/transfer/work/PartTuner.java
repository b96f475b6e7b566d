// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.work;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

import io.github.camelb2.client.transfer.plan.WorkerCount;

/**
 * How many parts or ranges of one file are in flight where that is left to the client ({@link WorkerCount#AUTO}): found out
 * by a {@link WorkerTuner} from all such files of one client, up and down. Thread-safe.
 *
 * <p>Its clock stands still while no such file is under way, because files may be minutes apart, and what is moved
 * meanwhile does not count.
 */
public final class PartTuner {
    private final LongSupplier bytes;
    private final LongSupplier refusals;
    private final InstantSource clock;
    private final WorkerTuner tuner;

    /** Guarded by this, as all below. */
    private int underWay;

    private long since;
    private long busyMillis;
    private long moved;
    private long refused;

    /**
     * @param bytes    how many were moved so far, by all transfers
     * @param refusals how often the service said so far that it is busy
     */
    public PartTuner(LongSupplier bytes, LongSupplier refusals, InstantSource clock) {
        this.bytes = bytes;
        this.refusals = refusals;
        this.clock = clock;
        this.tuner = new WorkerTuner(WorkerCount.AUTO, () -> Instant.ofEpochMilli(busyMillis()));
    }

    /** How many there should be now. */
    public synchronized int target() {
        if (underWay > 0) {
            // Where everything is refused no part is ever done.
            hearOfRefusals();
        }
        return tuner.target();
    }

    /** A file begins. */
    synchronized void begin() {
        if (underWay++ == 0) {
            since = clock.millis();
            moved = bytes.getAsLong();
            refused = refusals.getAsLong();
        }
    }

    /** A part or range is where it belongs. */
    synchronized void done() {
        hearOfRefusals();
        long movedNow = bytes.getAsLong();
        tuner.done(movedNow - moved);
        moved = movedNow;
    }

    private void hearOfRefusals() {
        long refusedNow = refusals.getAsLong();
        for (; refused < refusedNow; refused++) {
            tuner.refused();
        }
    }

    /** A file that had begun has ended, however that is. */
    synchronized void end() {
        if (--underWay == 0) {
            busyMillis += clock.millis() - since;
        }
    }

    private synchronized long busyMillis() {
        return underWay == 0 ? busyMillis : busyMillis + clock.millis() - since;
    }
}
