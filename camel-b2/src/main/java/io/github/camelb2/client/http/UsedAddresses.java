// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Addresses that many requests go to one after the other, as upload URLs are: each is parsed once. Thread-safe. */
final class UsedAddresses {
    /** More than a client has in use; past it all are parsed once more. */
    private static final int MOST = 1_000;

    private final Map<String, URI> parsed = new ConcurrentHashMap<>();

    URI of(HttpCall call) {
        URI known = parsed.get(call.url());
        if (known != null) {
            return known;
        }
        URI address = call.parsed();
        if (parsed.size() >= MOST) {
            parsed.clear();
        }
        parsed.put(call.url(), address);
        return address;
    }
}
