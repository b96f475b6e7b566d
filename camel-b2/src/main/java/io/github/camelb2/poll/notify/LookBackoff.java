// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps names whose last delivery failed from being looked at with every notification: at first for a second, and twice as
 * long with each failure, up to the time between two polls, which find them as well. Thread-safe.
 */
final class LookBackoff {
    private static final Duration FIRST = Duration.ofSeconds(1);

    private final Duration longest;
    private final InstantSource clock;
    private final Map<String, Failed> failed;

    private record Failed(Duration pause, Instant until) {}

    /** @param mostNames how many names are remembered; of more the oldest are forgotten */
    LookBackoff(Duration longest, int mostNames, InstantSource clock) {
        this.longest = longest.compareTo(FIRST) < 0 ? FIRST : longest;
        this.clock = clock;
        this.failed = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Failed> eldest) {
                return size() > mostNames;
            }
        };
    }

    synchronized boolean mayLook(String name) {
        Failed last = failed.get(name);
        return last == null || !clock.instant().isBefore(last.until());
    }

    synchronized void ended(String name, boolean isSuccess) {
        Failed last = failed.remove(name);
        if (!isSuccess) {
            Duration twice = last == null ? FIRST : last.pause().multipliedBy(2);
            Duration pause = twice.compareTo(longest) > 0 ? longest : twice;
            failed.put(name, new Failed(pause, clock.instant().plus(pause)));
        }
    }
}
