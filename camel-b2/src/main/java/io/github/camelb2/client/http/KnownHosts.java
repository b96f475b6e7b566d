// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.util.LinkedHashSet;
import java.util.Set;

import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/**
 * Hosts that have answered: when nobody knows the name of one of them any more, the network is down, and the name is not
 * misspelled. Thread-safe.
 */
final class KnownHosts {
    /** More than a client talks to in a day; past it the oldest is forgotten. */
    private static final int MOST = 1_000;

    /** Guarded by itself. */
    private final Set<String> names = new LinkedHashSet<>();

    void add(@Nullable URIAuthority host) {
        if (host == null) {
            return;
        }
        synchronized (names) {
            if (names.add(host.getHostName()) && names.size() > MOST) {
                names.remove(names.iterator().next());
            }
        }
    }

    boolean contains(@Nullable URIAuthority host) {
        if (host == null) {
            return false;
        }
        synchronized (names) {
            return names.contains(host.getHostName());
        }
    }
}
