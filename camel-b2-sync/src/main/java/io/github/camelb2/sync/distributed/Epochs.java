// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which coordinator holds a sync. Thread-safe. */
public interface Epochs {
    /**
     * Begins the next epoch of a sync.
     *
     * @throws IllegalStateException if another coordinator is alive in it
     */
    Term begin(String sync, String runId);

    /** For a sync that is only coordinated from here: its epochs are times. */
    static Epochs inMemory(InstantSource clock) {
        Map<String, Long> last = new HashMap<>();
        return (sync, runId) -> {
            long epoch;
            synchronized (last) {
                epoch = last.merge(sync, clock.millis(), (before, now) -> Math.max(before + 1, now));
            }
            return new Term() {
                @Override
                public long epoch() {
                    return epoch;
                }

                @Override
                public Optional<Unfinished> unfinished() {
                    return Optional.empty();
                }

                @Override
                public PlanLedger plans() {
                    return PlanLedger.NONE;
                }

                @Override
                public boolean holds(String state) {
                    return true;
                }

                @Override
                public boolean mayRemove() {
                    return true;
                }

                @Override
                public void end() {}
            };
        };
    }
}
