// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.upload;

import java.util.HashMap;
import java.util.Map;

import io.github.camelb2.client.api.B2Exception;

/**
 * Notices a large file whose vault takes no more uploads. B2 binds a large file to one vault when it is started; when
 * that is closed, every new URL for a part is answered with 503, for ever, and only a large file that is started anew
 * gets another vault. A service that is merely busy answers the same, so that this is a suspicion, which the new file
 * confirms or not. Thread-safe.
 */
final class ClosedVaults {
    /** Backblaze advises five different URLs before giving up. */
    private static final int MANY = 5;

    private static final int UNAVAILABLE = 503;

    /**
     * By large file, and by part, the refusals in a row since a part was last taken; guarded by itself. By part, because the
     * waits between the tries of one spread them over seconds: in the moment that a busy service needs to recover, several
     * workers are refused as many, which is no reason to send all parts again.
     */
    private final Map<String, Map<Integer, Integer>> refusals = new HashMap<>();

    /** A URL for that part of the file, or the part itself, was answered so. */
    void refused(String scope, int part, B2Exception failure) {
        if (failure.status() == UNAVAILABLE) {
            synchronized (refusals) {
                Map<Integer, Integer> ofFile = refusals.get(scope);
                if (ofFile != null) {
                    ofFile.merge(part, 1, Integer::sum);
                }
            }
        }
    }

    /** A part of it was stored. */
    void took(String scope) {
        synchronized (refusals) {
            refusals.computeIfPresent(scope, (file, parts) -> new HashMap<>());
        }
    }

    /** Counts the refusals of that large file from now on. */
    void watch(String largeFileId) {
        synchronized (refusals) {
            refusals.put(largeFileId, new HashMap<>());
        }
    }

    boolean isClosed(String scope) {
        synchronized (refusals) {
            return refusals.getOrDefault(scope, Map.of()).values().stream().anyMatch(count -> count >= MANY);
        }
    }

    /** Counts them no longer. */
    void forget(String largeFileId) {
        synchronized (refusals) {
            refusals.remove(largeFileId);
        }
    }
}
