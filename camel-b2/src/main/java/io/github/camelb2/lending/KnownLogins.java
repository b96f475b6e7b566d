// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.lending;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.account.DurableAccountInfoRepository;
import io.github.camelb2.client.api.AccountInfoRepository;

/**
 * Remembers what repositories of logins said last, also when no client is open that asks them: a repository that is down
 * must not stop a client that is opened anew. Thread-safe.
 */
final class KnownLogins {
    /** So that repositories made for a message each do not pile up; the one that is unused for longest goes first. */
    private static final int MOST = 50;

    private final Map<Use, DurableAccountInfoRepository> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Use, DurableAccountInfoRepository> eldest) {
            return size() > MOST;
        }
    };

    /**
     * One repository, compared by identity.
     *
     * @param isNeeded whether there is no key to log in with but the one that it may have
     */
    private record Use(AccountInfoRepository repository, boolean isNeeded) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Use that && repository == that.repository && isNeeded == that.isNeeded;
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(repository) + Boolean.hashCode(isNeeded);
        }
    }

    /** That repository with a memory in front of it. */
    synchronized DurableAccountInfoRepository of(AccountInfoRepository repository, boolean isNeeded) {
        return known.computeIfAbsent(
                new Use(repository, isNeeded),
                use -> new DurableAccountInfoRepository(repository, isNeeded, InstantSource.system()));
    }
}
