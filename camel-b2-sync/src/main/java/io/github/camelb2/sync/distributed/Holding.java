// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * How long ago something was sure, by whichever clock says more: one of them stands still while a machine is paused, and
 * the other may be set. Not thread-safe.
 */
public final class Holding {
    private final InstantSource clock;
    private final LongSupplier nanos;
    private Moment held;

    /** A moment, by both clocks. */
    public record Moment(long nanos, long millis) {}

    /** @param nanos a clock that nobody sets */
    public Holding(InstantSource clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        this.held = now();
    }

    /** A third: whoever takes over waits for all of it, and the coordinator is sure of itself for a quarter. */
    static Duration removalTime(Duration lease) {
        return lease.dividedBy(3);
    }

    /** Now. */
    public Moment now() {
        return new Moment(nanos.getAsLong(), clock.millis());
    }

    /** It is sure now. */
    void held() {
        held = now();
    }

    /** It was sure then. */
    public void heldAt(Moment then) {
        held = then;
    }

    /** How long ago; a clock that was set back says the same as one that was set forward. */
    public Duration since() {
        Moment now = now();
        Duration byNanos = Duration.ofNanos(now.nanos() - held.nanos());
        Duration byClock = Duration.ofMillis(now.millis() - held.millis()).abs();
        return byNanos.compareTo(byClock) > 0 ? byNanos : byClock;
    }
}
