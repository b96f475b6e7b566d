package io.github.camelb2.client.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides which uploads ask for leave first ({@code Expect: 100-continue}).
 *
 * <p>Asking costs a round trip and lets a server refuse a body before it is sent; without it, the refusal of a large
 * part is lost in a broken pipe. A server that ignores the question costs 3 seconds a request, so it is not asked again.
 * Thread-safe.
 */
final class ContinueSupport {
    /** Below this a body is usually in flight before the answer could come. */
    static final long LARGE = 4L * 1024 * 1024;
    /** HttpClient sends the body unasked after 3 s. */
    private static final Duration IGNORED_AFTER = Duration.ofMillis(2900);
    /** More hosts than an account meets in its life; past it, learning stops, and the cost is time only. */
    private static final int MAX_HOSTS = 10_000;

    private final Set<String> deafHosts = ConcurrentHashMap.newKeySet();

    boolean asks(String host, long length) {
        return length >= LARGE && !deafHosts.contains(host);
    }

    void learn(String host, StreamBody body, Instant started) {
        if (body.waitedLongerThan(IGNORED_AFTER, started) && deafHosts.size() < MAX_HOSTS) {
            deafHosts.add(host);
        }
    }
}
