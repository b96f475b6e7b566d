// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.report;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

import io.github.camelb2.sync.plan.actions.Withheld;

/** What the last runs withheld, by the names of their syncs, and since when. Thread-safe. */
public final class WithheldMemory {
    private final Map<String, List<Withheld>> bySync = new ConcurrentHashMap<>();

    /**
     * The removals that a run withheld, each with the end of the first of the runs in a row that withheld by that guard.
     *
     * @param earlier tells that time where this memory does not reach back; 0 where nobody knows
     */
    public List<Withheld> since(String sync, List<Withheld> now, long nowMillis, ToLongFunction<Withheld> earlier) {
        List<Withheld> before = of(sync);
        return now.stream()
                .map(withheld -> withheld.withSince(before.stream()
                        .filter(withheld::isOfSameGuard)
                        .mapToLong(Withheld::sinceMillis)
                        .findFirst()
                        .orElseGet(() -> {
                            long known = earlier.applyAsLong(withheld);
                            return known == 0 ? nowMillis : known;
                        })))
                .toList();
    }

    /** A run came to its end, and this is what it withheld. */
    public void ended(String sync, List<Withheld> withheld) {
        if (withheld.isEmpty()) {
            bySync.remove(sync);
        } else {
            bySync.put(sync, List.copyOf(withheld));
        }
    }

    /** What the last run of a sync withheld; empty if nothing, or if there was none. */
    public List<Withheld> of(String sync) {
        return bySync.getOrDefault(sync, List.of());
    }
}
