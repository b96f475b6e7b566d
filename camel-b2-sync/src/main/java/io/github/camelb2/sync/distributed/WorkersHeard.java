// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The workers that a coordinator has heard of in its run: one that refuses, because it is set up wrongly, is told from one
 * that all others agree with. Not thread-safe: the coordinator's monitor guards it.
 */
final class WorkersHeard {
    /** Whoever has the key can make names up, and none must fill the memory. */
    private static final int MOST = 1_000;

    private static final class Worker {
        private long heardMillis;
        private boolean hasDoneWell;
    }

    private final Map<String, Worker> byName = new HashMap<>();

    void heard(String name, long nowMillis) {
        Worker known = byName.get(name);
        if (known == null && byName.size() < MOST) {
            known = new Worker();
            byName.put(name, known);
        }
        if (known != null) {
            known.heardMillis = nowMillis;
        }
    }

    void didWell(String name) {
        Worker known = byName.get(name);
        if (known != null) {
            known.hasDoneWell = true;
        }
    }

    boolean hasDoneWell(String name) {
        Worker known = byName.get(name);
        return known != null && known.hasDoneWell;
    }

    /** Whether one lives that is none of these. */
    boolean isAnotherAlive(Set<String> names, long sinceMillis) {
        return byName.entrySet().stream()
                .anyMatch(one -> one.getValue().heardMillis >= sinceMillis && !names.contains(one.getKey()));
    }
}
