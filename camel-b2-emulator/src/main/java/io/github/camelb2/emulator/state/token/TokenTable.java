// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.token;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.state.B2Error;

/**
 * Tokens and what they stand for, each with the time at which it expires. Expired tokens are remembered, so that they can be told from garbage,
 * until newer ones push them out. Not safe for use by many threads: its owner has the lock.
 */
final class TokenTable<T> {

    private static final int MAX_TOKENS = 100_000;

    private final Map<String, Known<T>> entries = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known<T>> eldest) {
            return size() > MAX_TOKENS;
        }
    };

    private record Known<T>(T value, long expires) {}

    void put(String token, T value, long expires) {
        entries.put(token, new Known<>(value, expires));
    }

    /** What the token stands for; null if it is unknown, {@code 401 expired_auth_token} if its time is over. */
    @Nullable
    T find(String token, long now) {
        Known<T> entry = entries.get(token);
        if (entry == null) {
            return null;
        }
        if (entry.expires() <= now) {
            throw B2Error.expiredToken();
        }
        return entry.value();
    }

    void expire(String token) {
        entries.computeIfPresent(token, (key, entry) -> new Known<>(entry.value(), Long.MIN_VALUE));
    }

    void expireAll() {
        entries.replaceAll((token, entry) -> new Known<>(entry.value(), Long.MIN_VALUE));
    }
}
