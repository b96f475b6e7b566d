// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.claim;

import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.camel.spi.IdempotentRepository;

/**
 * The default memory of a consumer: the keys that were added or asked for most recently, up to a number.
 *
 * <p>Unlike Camel's memory repository it also counts being asked for as use. Each sweep asks for every version that
 * still exists, so that what is forgotten first is what has gone from the bucket. Thread-safe.
 */
public final class RecentKeys implements IdempotentRepository {
    private static final Boolean PRESENT = Boolean.TRUE;

    private final int capacity;
    private final Map<String, Boolean> keys;

    public RecentKeys(int capacity) {
        this.capacity = capacity;
        this.keys = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > capacity;
            }
        };
    }

    int capacity() {
        return capacity;
    }

    @Override
    public synchronized boolean add(String key) {
        return keys.put(key, PRESENT) == null;
    }

    @Override
    public synchronized boolean contains(String key) {
        return keys.get(key) != null;
    }

    @Override
    public synchronized boolean remove(String key) {
        return keys.remove(key) != null;
    }

    @Override
    public boolean confirm(String key) {
        return true;
    }

    @Override
    public synchronized void clear() {
        keys.clear();
    }

    @Override
    public void start() {}

    @Override
    public void stop() {}
}
