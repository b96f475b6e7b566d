// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.lending;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.SentRequest;

/** The last requests of a client that failed, the newest first, for people who look on. Thread-safe. */
final class LastErrors implements ClientListener {
    private static final int MOST = 20;

    private final Deque<SentRequest> failed = new ArrayDeque<>();

    @Override
    public void onRequest(SentRequest request) {
        if (request.outcome() == SentRequest.Outcome.SUCCESS) {
            return;
        }
        synchronized (failed) {
            failed.addFirst(request);
            if (failed.size() > MOST) {
                failed.removeLast();
            }
        }
    }

    List<SentRequest> now() {
        synchronized (failed) {
            return List.copyOf(failed);
        }
    }
}
