// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Ends a run when its time is over, whatever it is doing. Thread-safe; it holds no thread of its own, and nothing when it is
 * closed.
 */
public final class Deadline implements AutoCloseable {
    private final Optional<TimeLimits.End> end;
    private final InstantSource clock;
    private final Consumer<String> ender;
    private final CompletableFuture<Void> timer = new CompletableFuture<>();

    private Deadline(Optional<TimeLimits.End> end, InstantSource clock, Consumer<String> ender) {
        this.end = end;
        this.clock = clock;
        this.ender = ender;
    }

    /** Begins to count. {@code ender} is told the reason, by any thread, perhaps more than once. */
    public static Deadline begin(TimeLimits limits, InstantSource clock, Consumer<String> ender) {
        Instant now = clock.instant();
        Optional<String> closed = limits.closed(now);
        Optional<TimeLimits.End> end =
                closed.map(reason -> new TimeLimits.End(now, reason)).or(() -> limits.endOf(now));
        Deadline deadline = new Deadline(end, clock, ender);
        end.ifPresent(at -> deadline.timer
                .completeOnTimeout(
                        null, Math.max(0, Duration.between(now, at.at()).toMillis()), TimeUnit.MILLISECONDS)
                .thenRunAsync(() -> ender.accept(at.reason())));
        return deadline;
    }

    /** Looks at the clock, which may have been set, or have gone on while the machine slept. */
    public void check() {
        if (end.isPresent()
                && !timer.isCancelled()
                && !clock.instant().isBefore(end.get().at())) {
            ender.accept(end.get().reason());
        }
    }

    @Override
    public void close() {
        timer.cancel(false);
    }
}
