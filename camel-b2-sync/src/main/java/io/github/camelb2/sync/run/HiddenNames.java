// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import io.github.camelb2.sync.action.ActionRunner;
import io.github.camelb2.sync.action.Hidden;
import io.github.camelb2.sync.plan.actions.PathPlan;

/**
 * The names that a run has hidden and nobody has looked at since. They are looked at some together, so that a look costs
 * less than a hide; until then what somebody stored in the moment of the hide is out of sight. Thread-safe.
 */
final class HiddenNames {
    private static final int TOGETHER = 2_000;
    /** As old as a look before a removal may be. */
    private static final Duration LATEST = Duration.ofSeconds(10);

    private final ActionRunner runner;
    private final InstantSource clock;
    /** Held by whoever looks; others hide on meanwhile. */
    private final ReentrantLock looking = new ReentrantLock();

    /** Guarded by itself. */
    private final List<Hidden> hidden = new ArrayList<>();

    private long firstMillis;

    HiddenNames(ActionRunner runner, InstantSource clock) {
        this.runner = runner;
        this.clock = clock;
    }

    /** A name was hidden. */
    void add(PathPlan plan, String markerId) {
        synchronized (hidden) {
            if (hidden.isEmpty()) {
                firstMillis = clock.millis();
            }
            hidden.add(new Hidden(plan, markerId));
        }
    }

    /** Looks at those that have waited long enough, unless another thread does so; answers what was hidden by mistake. */
    List<Hidden.Mistake> lookWhereDue() {
        synchronized (hidden) {
            boolean isDue = hidden.size() >= TOGETHER || clock.millis() - firstMillis >= LATEST.toMillis();
            if (hidden.isEmpty() || !isDue) {
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

    /** Looks at all that wait; answers what was hidden by mistake. */
    List<Hidden.Mistake> lookAtAll() {
        looking.lock();
        try {
            return look();
        } finally {
            looking.unlock();
        }
    }

    private List<Hidden.Mistake> look() {
        List<Hidden> taken;
        synchronized (hidden) {
            taken = List.copyOf(hidden);
            hidden.clear();
        }
        return taken.isEmpty() ? List.of() : runner.lookBelowMarkers(taken);
    }
}
