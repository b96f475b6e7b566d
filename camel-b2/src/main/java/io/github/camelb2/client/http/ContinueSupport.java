// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Decides which uploads ask for leave first ({@code Expect: 100-continue}).
 *
 * <p>Asking costs a round trip and lets a server refuse a body before it is sent; without it, the refusal of a large
 * part is lost in a broken pipe. A URL that has taken a large body is not asked again: what fails there later is tried
 * again with another URL, whatever it says. A server that ignores the question costs 3 seconds a request: its upload URL
 * is not asked again for a while. A proxy that refuses the question (417) stands before all of them. Thread-safe.
 */
final class ContinueSupport {
    /** Below this a body is usually in flight before the answer could come. */
    static final long LARGE = 4L * 1024 * 1024;
    /** HttpClient sends the body unasked after 3 s; a server that was slow once is asked again after that. */
    static final Duration QUIET = Duration.ofMinutes(10);

    private static final Duration LIFE_OF_A_URL = Duration.ofDays(1);
    private static final Duration IGNORED_AFTER = Duration.ofMillis(2900);
    /** More URLs than a client has in use; past it the oldest is forgotten, and the cost is time only. */
    private static final int MAX_URLS = 1_000;

    private final InstantSource clock;

    /** Guarded by itself. Until when an upload URL is not asked. */
    private final Map<String, Instant> unasked = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MAX_URLS;
        }
    };

    private volatile Instant refusedUntil = Instant.MIN;

    ContinueSupport(InstantSource clock) {
        this.clock = clock;
    }

    boolean asks(String url, long length) {
        if (length < LARGE || isBefore(refusedUntil)) {
            return false;
        }
        synchronized (unasked) {
            Instant until = unasked.get(url);
            if (until != null && !isBefore(until)) {
                unasked.remove(url);
            }
            return !unasked.containsKey(url);
        }
    }

    private boolean isBefore(Instant until) {
        return clock.instant().isBefore(until);
    }

    void learn(String url, StreamBody body, Instant started) {
        if (body.waitedLongerThan(IGNORED_AFTER, started)) {
            synchronized (unasked) {
                unasked.put(url, clock.instant().plus(QUIET));
            }
        }
    }

    /** The upload URL has taken a large body: it is good until its end, which comes within a day. */
    void took(String url) {
        synchronized (unasked) {
            unasked.putIfAbsent(url, clock.instant().plus(LIFE_OF_A_URL));
        }
    }

    /** Something between here and the service does not know the question. */
    void refused() {
        refusedUntil = clock.instant().plus(QUIET);
    }
}
