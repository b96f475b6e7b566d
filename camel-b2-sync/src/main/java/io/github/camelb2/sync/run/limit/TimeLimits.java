// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * When a run may work, and what becomes of what is under way when a limit ends it.
 *
 * @param maxDuration how long it may take
 * @param window      the hours of the day in which it may work
 * @param cutoff      what becomes of transfers under way when a limit of time or of transferred bytes is reached
 */
public record TimeLimits(Optional<Duration> maxDuration, Optional<Window> window, Cutoff cutoff) {
    /** At any time, for as long as it takes. */
    public static final TimeLimits NONE = new TimeLimits(Optional.empty(), Optional.empty(), Cutoff.SOFT);

    /** What becomes of transfers under way. */
    public enum Cutoff {
        /** They go on to their end. */
        SOFT,
        /** They are broken off. */
        HARD
    }

    /** Why nothing may be done at that time; empty if it may. */
    public Optional<String> closed(Instant now) {
        return window.filter(hours -> !hours.isOpen(now))
                .map(hours -> "it is outside of window=" + hours + ", which opens at "
                        + hours.opens(now).atZone(hours.zone()).truncatedTo(ChronoUnit.SECONDS));
    }

    /** A moment at which a run has to end, and the reason. */
    public record End(Instant at, String reason) {}

    /** When a run that begins has to end; empty if never. */
    public Optional<End> endOf(Instant begin) {
        Optional<End> byDuration =
                maxDuration.map(time -> new End(begin.plus(time), "maxDuration=" + time + " is over"));
        Optional<End> byWindow = window.map(hours -> new End(hours.closes(begin), "window=" + hours + " is over"));
        if (byDuration.isPresent() && byWindow.isPresent()) {
            return byDuration.get().at().isBefore(byWindow.get().at()) ? byDuration : byWindow;
        }
        return byDuration.or(() -> byWindow);
    }
}
