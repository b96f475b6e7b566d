// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run.look;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Names that a run has hidden or removed and nobody has looked at since. They are looked at some together, so that a look
 * costs less than a removal; until then nobody knows what somebody did in the moment of it. Thread-safe.
 *
 * @param <T> what waits for a look
 * @param <R> what a look finds
 */
public final class LaterLook<T, R> {
    private static final int TOGETHER = 2_000;
    /** As old as a look before a removal may be. */
    private static final Duration LATEST = Duration.ofSeconds(10);

    private final Function<List<T>, List<R>> look;
    private final InstantSource clock;
    /** Held by whoever looks; others go on meanwhile. */
    private final ReentrantLock looking = new ReentrantLock();

    /** Guarded by itself. */
    private final List<T> waiting = new ArrayList<>();

    private long firstMillis;

    public LaterLook(Function<List<T>, List<R>> look, InstantSource clock) {
        this.look = look;
        this.clock = clock;
    }

    public void add(T one) {
        synchronized (waiting) {
            if (waiting.isEmpty()) {
                firstMillis = clock.millis();
            }
            waiting.add(one);
        }
    }

    /** Looks at those that have waited long enough, unless another thread does so. */
    public List<R> lookWhereDue() {
        synchronized (waiting) {
            boolean isDue = waiting.size() >= TOGETHER || clock.millis() - firstMillis >= LATEST.toMillis();
            if (waiting.isEmpty() || !isDue) {
                return List.of();
            }
        }
        if (!looking.tryLock()) {
            return List.of();
        }
        try {
            return look();
        } finally {
            looking.unlock();
        }
    }

    /** Looks at all that wait. */
    public List<R> lookAtAll() {
        looking.lock();
        try {
            return look();
        } finally {
            looking.unlock();
        }
    }

    private List<R> look() {
        List<T> taken;
        synchronized (waiting) {
            taken = List.copyOf(waiting);
            waiting.clear();
        }
        return taken.isEmpty() ? List.of() : look.apply(taken);
    }
}
