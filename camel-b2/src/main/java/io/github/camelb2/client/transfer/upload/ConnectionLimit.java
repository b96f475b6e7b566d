// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.upload;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Learns from the uploads of one client whether a connection of its own is what limits them, so that parts in parallel are
 * quicker; where they turn out not to be, it is the line, and parts are not tried again for a while. Only uploads that
 * went alone count, and none that the user's own limit held up, which more connections share. Thread-safe.
 */
final class ConnectionLimit {
    /** Below this the calls around the parts cost what the parts save. */
    static final long SHORTEST = 16_000_000;

    /** What is sent sooner shows the latency more than the connection. */
    private static final long LEAST_SAMPLE = 4_000_000;

    /** A file that one connection sends in less gains nothing that anybody notices. */
    private static final Duration WORTH = Duration.ofMillis(500);

    /** Parts have to be that much quicker to be worth their calls. */
    private static final double GAIN = 1.2;

    private static final Duration DOUBT = Duration.ofMinutes(10);

    private final InstantSource clock;
    private final LongSupplier ownLimit;

    /** Guarded by this, as all below. Bytes a second of the last file that went alone over one connection; 0: none yet. */
    private double ofOne;

    private Instant doubtedUntil = Instant.MIN;
    private int underWay;

    /** Changes whenever an upload begins. */
    private long begun;

    /** @param ownLimit the bytes a second that the user lets all connections have together, now */
    ConnectionLimit(InstantSource clock, LongSupplier ownLimit) {
        this.clock = clock;
        this.ownLimit = ownLimit;
    }

    /** Whether a file of that length is sent sooner in parts over that many connections, as far as is known. */
    synchronized boolean holds(long length, int connections) {
        return connections > 1
                && length >= SHORTEST
                && underWay == 0
                && ofOne > 0
                && !isOwnLimit(ofOne)
                && length / ofOne * 1_000 >= WORTH.toMillis()
                && !clock.instant().isBefore(doubtedUntil);
    }

    /** An upload begins. */
    synchronized Sending begin() {
        underWay++;
        begun++;
        return new Sending(clock.instant(), underWay == 1 ? begun : 0);
    }

    private synchronized void end(Sending sending, long bytes, Way way) {
        boolean wasAlone = sending.number() == begun;
        double seconds = Duration.between(sending.since(), clock.instant()).toNanos() / 1e9;
        if (!wasAlone || bytes < LEAST_SAMPLE || seconds <= 0) {
            return;
        }
        double rate = bytes / seconds;
        if (isOwnLimit(rate)) {
            return;
        }
        if (way == Way.WHOLE) {
            ofOne = rate;
        } else if (rate < ofOne * GAIN) {
            doubtedUntil = clock.instant().plus(DOUBT);
        }
    }

    /** Whether so much is about what may go: parts could not be that much quicker. */
    private boolean isOwnLimit(double rate) {
        return rate * GAIN > ownLimit.getAsLong();
    }

    private synchronized void leave() {
        underWay--;
    }

    /** How a file was sent. */
    enum Way {
        WHOLE,
        IN_PARTS
    }

    /**
     * One upload under way; closed when it ends, however that is.
     *
     * @param since when it began
     * @param number which upload it is, 0 where others were under way already
     */
    final class Sending implements AutoCloseable {
        private final Instant since;
        private final long number;

        private Sending(Instant since, long number) {
            this.since = since;
            this.number = number;
        }

        Instant since() {
            return since;
        }

        long number() {
            return number;
        }

        /** So many bytes are stored. */
        void succeeded(long bytes, Way way) {
            end(this, bytes, way);
        }

        @Override
        public void close() {
            leave();
        }
    }
}
