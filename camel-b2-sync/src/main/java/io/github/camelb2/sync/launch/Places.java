// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.launch;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.B2UnauthorizedException;
import io.github.camelb2.client.http.ServiceClock;
import io.github.camelb2.sync.action.Location;
import io.github.camelb2.sync.action.bucket.BucketAccess;
import io.github.camelb2.sync.option.DistributedOptions;
import io.github.camelb2.sync.run.SyncJob;

/**
 * The two places of a sync by what they are on every machine: a bucket by its id, its account and the service that it is
 * in, which are not shown; and the clock of that service. B2 is asked when somebody wants to know. Thread-safe; its
 * monitor guards what it remembers.
 */
final class Places {
    /** A queue of thousands of plans that come too late, or are not for here, asks no more often. */
    private static final Duration ASKED_AGAIN = Duration.ofSeconds(1);

    private final SyncClients clients;
    private final DistributedOptions options;
    private final SyncJob job;
    private final InstantSource clock;
    private @Nullable String known;
    private long rootsNanos;
    private long clockNanos = System.nanoTime() - ASKED_AGAIN.toNanos();

    Places(SyncClients clients, DistributedOptions options, SyncJob job, InstantSource clock) {
        this.clients = clients;
        this.options = options;
        this.job = job;
        this.clock = clock;
    }

    /**
     * Both, as they were when they were asked for first.
     *
     * @throws io.github.camelb2.client.api.B2Exception if B2 does not tell
     */
    synchronized String roots() {
        String asked = known;
        return asked == null ? rootsNow() : asked;
    }

    /** The same as of now: a bucket may have been deleted and made again under its name. */
    synchronized String rootsNow() {
        String roots = options.roots(job, identity(job.source()), identity(job.destination()));
        known = roots;
        rootsNanos = System.nanoTime();
        return roots;
    }

    /** Whether these are the two, as of a moment ago. */
    synchronized boolean areHere(String roots) {
        return roots.equals(roots()) || (isLongAgo(rootsNanos) && roots.equals(rootsNow()));
    }

    private static boolean isLongAgo(long thenNanos) {
        return System.nanoTime() - thenNanos >= ASKED_AGAIN.toNanos();
    }

    private String identity(Location location) {
        if (!(location instanceof Location.Bucket bucket)) {
            return "";
        }
        BucketAccess access = access(location);
        AccountInfo login = access.client().accountInfo(access.calls());
        return String.join("\n", service(login.realm()), login.accountId(), bucketId(bucket, access));
    }

    /** Who must not list buckets knows the ids of those that the key is for. */
    private static String bucketId(Location.Bucket bucket, BucketAccess access) {
        try {
            return access.client().getBucket(bucket.name(), access.calls()).bucketId();
        } catch (B2UnauthorizedException e) {
            return access.client().bucketId(bucket.name(), access.calls());
        }
    }

    /** However somebody writes one address. */
    private static String service(String realm) {
        String lower = realm.toLowerCase(Locale.ROOT);
        return lower.endsWith("/") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private BucketAccess access(Location location) {
        return location == job.destination() ? clients.destination() : clients.source();
    }

    /** The time by the clock of B2, as its answers have told it. */
    long serviceMillis() {
        BucketAccess access = ofClock();
        ServiceClock service = access.client().serviceClock();
        if (!service.isLearned()) {
            access.client().authorize(access.calls());
        }
        return service.agreedAt(clock.instant()).toEpochMilli();
    }

    /** The same when B2 was asked a moment ago. */
    synchronized long serviceMillisNow() {
        if (isLongAgo(clockNanos)) {
            BucketAccess access = ofClock();
            access.client().authorize(access.calls());
            clockNanos = System.nanoTime();
        }
        return serviceMillis();
    }

    private BucketAccess ofClock() {
        return access(job.destination() instanceof Location.Bucket ? job.destination() : job.source());
    }
}
