// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.claim;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.spi.IdempotentRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is being consumed, told to other processes through a repository that all of them share, in a way that ends by
 * itself when a process dies.
 *
 * <p>Time is cut into windows of {@link #WINDOW}. A claim is a key of its window; its holder adds that of the next
 * window when it begins ({@link #renew}, to be called several times per window), and takes old ones away. A key of this
 * window or of a neighbouring one is somebody's claim; an older one is that of a dead process and counts no more. Of
 * two who claim at the same moment at most one wins. It needs of the repository only that of two who add the same key
 * one is told so, and of the processes that their clocks agree to less than a window. Thread-safe.
 */
final class LeasedClaims implements IdempotentRepository {
    static final Duration WINDOW = Duration.ofMinutes(5);
    static final Duration RENEWAL = WINDOW.dividedBy(5);

    private static final Logger LOG = LoggerFactory.getLogger(LeasedClaims.class);
    private static final String LEASE = "~lease-";

    private final IdempotentRepository shared;
    private final InstantSource clock;
    /** By key the windows whose lease this process holds. */
    private final Map<String, Set<Long>> held = new ConcurrentHashMap<>();

    LeasedClaims(IdempotentRepository shared, InstantSource clock) {
        this.shared = shared;
        this.clock = clock;
    }

    @Override
    public boolean add(String key) {
        if (held.containsKey(key)) {
            return false;
        }
        long window = window();
        if (isNeighbourHeld(key, window) || !shared.add(lease(key, window))) {
            return false;
        }
        boolean isWon = false;
        try {
            // Somebody whose clock is in the next window may have looked for ours before it was there.
            isWon = !isNeighbourHeld(key, window) && held.putIfAbsent(key, Set.of(window)) == null;
            return isWon;
        } finally {
            if (!isWon) {
                shared.remove(lease(key, window));
            }
        }
    }

    private boolean isNeighbourHeld(String key, long window) {
        return shared.contains(lease(key, window - 1)) || shared.contains(lease(key, window + 1));
    }

    /** Keeps the claims of this process alive. */
    void renew() {
        long window = window();
        held.forEach((key, windows) -> renew(key, windows, window));
    }

    /** As {@link #renew}, for a scheduler, which would give up after a failure; the next time may do better. */
    void renewQuietly() {
        try {
            renew();
        } catch (RuntimeException e) {
            LOG.warn(
                    "Could not renew the claims on files being consumed; other processes take them over after {}",
                    WINDOW,
                    e);
        }
    }

    private void renew(String key, Set<Long> windows, long window) {
        boolean isNew = !windows.contains(window) && shared.add(lease(key, window));
        // That of the window before stays: whoever looks just now compares with it.
        Set<Long> kept = new HashSet<>(windows);
        kept.removeIf(it -> it < window - 1);
        if (isNew) {
            kept.add(window);
        }
        if (held.replace(key, windows, Set.copyOf(kept))) {
            windows.stream().filter(it -> !kept.contains(it)).forEach(it -> shared.remove(lease(key, it)));
        } else if (isNew) {
            // The claim was given back meanwhile.
            shared.remove(lease(key, window));
        }
    }

    @Override
    public boolean remove(String key) {
        Set<Long> windows = held.remove(key);
        if (windows == null) {
            return false;
        }
        windows.forEach(it -> shared.remove(lease(key, it)));
        return true;
    }

    /** Whether this process holds the claim. */
    @Override
    public boolean contains(String key) {
        return held.containsKey(key);
    }

    @Override
    public boolean confirm(String key) {
        return true;
    }

    /** Gives back what this process holds. */
    @Override
    public void clear() {
        Set.copyOf(held.keySet()).forEach(this::remove);
    }

    private long window() {
        return clock.millis() / WINDOW.toMillis();
    }

    private static String lease(String key, long window) {
        return key + LEASE + window;
    }

    @Override
    public void start() {}

    @Override
    public void stop() {}
}
