// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

import java.time.InstantSource;

import io.github.camelb2.client.api.ClientListener;

/** Counts the logins that B2 granted. Thread-safe. */
final class AuthorizationCounter implements ClientListener {
    private final InstantSource clock;

    private Authorizations counted = Authorizations.NONE;

    AuthorizationCounter(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void onAuthorized(String applicationKeyId) {
        counted = new Authorizations(counted.made() + 1, clock.instant());
    }

    synchronized Authorizations read() {
        return counted;
    }
}
