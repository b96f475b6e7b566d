// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.poll.claim.Claim;
import io.github.camelb2.poll.scan.VersionScanner;
import io.github.camelb2.poll.scan.VersionSort;

/**
 * A sweep that claims what is new in the order of upload: the listing is read to its end, what is new is sorted, and then
 * claimed piece by piece, over as many polls as it takes.
 *
 * <p>What was sorted more than {@link #LIFE} ago is found anew, because much may have happened to it. For one thread,
 * but for {@link #close}.
 */
final class SortedSweep implements AutoCloseable {
    private static final Duration LIFE = Duration.ofHours(1);

    private final VersionScanner scanner;
    private final NewVersions newVersions;
    private final Supplier<VersionSort> sorts;
    private final InstantSource clock;
    /** Held while a piece is claimed, and to give the disk back. */
    private final ReentrantLock work = new ReentrantLock();

    private volatile boolean isEnded;
    private @Nullable VersionSort sort;
    private @Nullable Instant sortedAt;
    private final Deque<FileVersion> again = new ArrayDeque<>();

    SortedSweep(VersionScanner scanner, NewVersions newVersions, Supplier<VersionSort> sorts, InstantSource clock) {
        this.scanner = scanner;
        this.newVersions = newVersions;
        this.sorts = sorts;
        this.clock = clock;
    }

    /**
     * Claims the next new versions, the oldest first; fewer than the limit mean that the sweep has come to its end.
     *
     * @param goOn false ends it early, with an empty list
     */
    List<Claim> gather(int limit, BooleanSupplier goOn) {
        work.lock();
        try {
            Instant then = sortedAt;
            if (then != null && then.plus(LIFE).isBefore(clock.instant())) {
                drop();
            }
            if (sortedAt == null && !find(goOn)) {
                return List.of();
            }
            return claim(limit, goOn);
        } finally {
            work.unlock();
            dropIfEnded();
        }
    }

    /** Reads the listing to its end; false if it was ended early, and begins from the front the next time. */
    private boolean find(BooleanSupplier goOn) {
        VersionSort sorting = sort == null ? sorts.get() : sort;
        sort = sorting;
        boolean isKept = false;
        try {
            boolean isComplete = newVersions.find(scanner, sorting::add, goOn);
            isKept = isComplete;
            sortedAt = isComplete ? clock.instant() : null;
            return isComplete;
        } catch (B2Exception e) {
            // The listing goes on where it failed.
            isKept = true;
            throw e;
        } finally {
            if (!isKept) {
                drop();
                newVersions.beginAnew(scanner);
            }
        }
    }

    private List<Claim> claim(int limit, BooleanSupplier goOn) {
        List<Claim> claims = new ArrayList<>();
        FileVersion inHand = null;
        boolean isComplete = false;
        try {
            while (claims.size() < limit) {
                if (!goOn.getAsBoolean()) {
                    return List.of();
                }
                inHand = next();
                if (inHand == null) {
                    drop();
                    break;
                }
                newVersions.claim(inHand).ifPresent(claims::add);
                inHand = null;
            }
            isComplete = true;
            return claims;
        } catch (UncheckedIOException e) {
            // What cannot be read back from the disk is found anew.
            drop();
            throw e;
        } finally {
            if (!isComplete) {
                putBack(claims, inHand);
            }
        }
    }

    private void putBack(List<Claim> claims, @Nullable FileVersion inHand) {
        Claim.closeAll(claims);
        if (sort == null) {
            return;
        }
        if (inHand != null) {
            again.addFirst(inHand);
        }
        for (int i = claims.size() - 1; i >= 0; i--) {
            again.addFirst(claims.get(i).version());
        }
    }

    private @Nullable FileVersion next() {
        FileVersion first = again.poll();
        VersionSort sorted = sort;
        return first != null || sorted == null ? first : sorted.next();
    }

    private void drop() {
        VersionSort dropped = sort;
        sort = null;
        sortedAt = null;
        again.clear();
        if (dropped != null) {
            dropped.close();
        }
    }

    private void dropIfEnded() {
        if (isEnded && work.tryLock()) {
            try {
                drop();
            } finally {
                work.unlock();
            }
        }
    }

    /** Gives the disk back, now or when the piece under way is claimed. For any thread. */
    @Override
    public void close() {
        isEnded = true;
        dropIfEnded();
    }
}
