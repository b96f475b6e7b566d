package io.github.camelb2.client.transfer.upload;

import java.util.HashMap;
import java.util.Map;

import io.github.camelb2.client.api.B2ThrottledException;

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

    /** Refusals in a row by large file since its last part was taken; guarded by itself. */
    private final Map<String, Integer> refusals = new HashMap<>();

    /** Something for that file or bucket was answered so. */
    void refused(String scope, B2ThrottledException failure) {
        if (failure.status() == UNAVAILABLE) {
            // A URL is asked for in a loop of its own: when that is over, many were refused.
            int more = failure.call().equals("b2_get_upload_part_url") ? MANY : 1;
            synchronized (refusals) {
                refusals.computeIfPresent(scope, (file, count) -> Math.min(MANY, count + more));
            }
        }
    }

    /** A part of it was stored. */
    void took(String scope) {
        synchronized (refusals) {
            refusals.computeIfPresent(scope, (file, count) -> 0);
        }
    }

    /** Counts the refusals of that large file from now on. */
    void watch(String largeFileId) {
        synchronized (refusals) {
            refusals.put(largeFileId, 0);
        }
    }

    boolean isWatched(String scope) {
        synchronized (refusals) {
            return refusals.containsKey(scope);
        }
    }

    boolean isClosed(String scope) {
        synchronized (refusals) {
            return refusals.getOrDefault(scope, 0) >= MANY;
        }
    }

    /** Counts them no longer. */
    void forget(String largeFileId) {
        synchronized (refusals) {
            refusals.remove(largeFileId);
        }
    }
}
