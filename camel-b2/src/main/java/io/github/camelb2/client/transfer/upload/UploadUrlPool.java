// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.upload;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.AccountInfo;

/**
 * Keeps upload URLs for the next upload: the one used last is used first, because its connection is most likely open.
 * Thread-safe; URLs are asked for outside the lock, because every thread needs its own and none must wait for another.
 *
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-upload-files-with-the-native-api">Backblaze: uploading in parallel</a>
 */
public final class UploadUrlPool {
    /** B2 keeps a URL for 24 hours; the last one leaves time for the upload itself. */
    private static final Duration GOOD_FOR = Duration.ofHours(23);

    private final InstantSource clock;

    /** Guarded by itself. By the id of a bucket or of a large file; no deque is empty. */
    private final Map<String, Deque<Kept>> kept = new HashMap<>();

    UploadUrlPool(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * A URL that nobody else uses until the lease is closed.
     *
     * @param scope the id of the bucket, or of the large file, that it uploads to
     * @param login who is logged in; a URL that was made for another login is not used
     * @param fetch asks B2 for a URL; called when none is kept
     */
    UploadLease lease(String scope, Login login, Supplier<UploadTarget> fetch) {
        Kept old = take(scope, login);
        return old == null ? leaseFresh(scope, login, fetch) : new UploadLease(this, scope, old);
    }

    /** The same with a URL that was never used: for another try, because what failed may have been the URL's server. */
    UploadLease leaseFresh(String scope, Login login, Supplier<UploadTarget> fetch) {
        Instant end = clock.instant().plus(GOOD_FOR);
        return new UploadLease(this, scope, new Kept(login, end, fetch.get()));
    }

    /** Drops all URLs of a large file that has ended; its last lease was closed before, as its last worker has left. */
    void forget(String scope) {
        synchronized (kept) {
            kept.remove(scope);
        }
    }

    /** How many URLs wait for the next upload. */
    int size() {
        synchronized (kept) {
            return kept.values().stream().mapToInt(Deque::size).sum();
        }
    }

    private @Nullable Kept take(String scope, Login login) {
        Instant now = clock.instant();
        synchronized (kept) {
            Deque<Kept> urls = kept.get(scope);
            if (urls == null) {
                return null;
            }
            Kept newest = urls.pollLast();
            while (newest != null && !newest.isGoodFor(login, now)) {
                newest = urls.pollLast();
            }
            if (urls.isEmpty()) {
                kept.remove(scope);
            }
            return newest;
        }
    }

    void giveBack(String scope, Kept url) {
        synchronized (kept) {
            kept.computeIfAbsent(scope, s -> new ArrayDeque<>()).addLast(url);
        }
    }

    /** Whose a URL is: one that was made for a key is not used after a login with another one. */
    record Login(String applicationKeyId, String realm) {
        static Login of(AccountInfo info) {
            return new Login(info.applicationKeyId(), info.realm());
        }

        boolean is(Login other) {
            return applicationKeyId.equals(other.applicationKeyId) && realm.equals(other.realm);
        }
    }

    /** A URL, whose it is, and until when. */
    record Kept(Login login, Instant end, UploadTarget target) {
        boolean isGoodFor(Login who, Instant now) {
            return !end.isBefore(now) && login.is(who);
        }
    }
}
