// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.camel.spi.StateRepository;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.poll.claim.Claim;
import io.github.camelb2.poll.scan.SweepPlace;

/**
 * Where a sweep goes on after a restart: behind the last version up to which nothing was left undelivered. Thread-safe.
 *
 * <p>The place is kept for one selection of files in one bucket. It moves on when the exchanges of what lies before it
 * have succeeded. One that fails, or that nobody hears of any more, keeps it where it is until the sweep is at its end,
 * and then the next one begins from the front. A repository that fails keeps nothing from being delivered.
 */
final class Checkpoint {
    /** Of a consumer whose sweeps begin from the front. */
    static final Checkpoint NONE = new Checkpoint(null, "");

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);
    private static final String FRONT = "";

    private final @Nullable StateRepository<String, String> repository;
    private final String key;

    /** Guarded by this, like all below: what was claimed since the place that is kept, in the order of the sweep. */
    private final Deque<Piece> pieces = new ArrayDeque<>();
    /** Claimed by an earlier sweep, and not over. */
    private final Set<String> earlier = new HashSet<>();

    private String bucketId = "";
    private boolean isHeld;

    /** Versions that were claimed together, and where the sweep was behind them. */
    private record Piece(Set<String> open, SweepPlace behind) {}

    /** @param selection the name of the files that are swept */
    Checkpoint(@Nullable StateRepository<String, String> repository, String selection) {
        this.repository = repository;
        this.key = "b2-sweep-" + selection;
    }

    /** Where the sweep of that bucket goes on; empty for the front. */
    Optional<SweepPlace> find(String idOfBucket) {
        synchronized (this) {
            bucketId = idOfBucket;
        }
        if (repository == null) {
            return Optional.empty();
        }
        try {
            return SweepPlace.parse(repository.getState(key), idOfBucket);
        } catch (RuntimeException e) {
            LOG.warn("The checkpoint cannot be read; the sweep begins from the front", e);
            return Optional.empty();
        }
    }

    /** The sweep has claimed these, and all that it has passed before that place is claimed or settled. */
    void claimed(Collection<Claim> claims, SweepPlace behind) {
        Optional<SweepPlace> moved;
        synchronized (this) {
            if (repository == null) {
                return;
            }
            if (isHeld) {
                earlier.addAll(ids(claims));
                return;
            }
            Piece last = pieces.peekLast();
            if (claims.isEmpty() && last != null && last.open().isEmpty()) {
                pieces.removeLast();
            }
            pieces.addLast(new Piece(ids(claims), behind));
            moved = advance();
        }
        moved.ifPresent(place -> keep(place.text(bucketId())));
    }

    /** The sweep is at its end, where it has claimed these; the next one begins from the front. */
    void sweepEnded(Collection<Claim> claims) {
        synchronized (this) {
            if (repository == null) {
                return;
            }
            pieces.forEach(it -> earlier.addAll(it.open()));
            pieces.clear();
            earlier.addAll(ids(claims));
            isHeld = false;
        }
        keep(FRONT);
    }

    /** A version that was claimed is done with, or, if it is not settled, will be delivered again. */
    void over(FileVersion version, boolean isSettled) {
        Optional<SweepPlace> moved;
        synchronized (this) {
            if (repository == null || !isRemoved(version.fileId())) {
                return;
            }
            if (!isSettled) {
                isHeld = true;
                pieces.forEach(it -> earlier.addAll(it.open()));
                pieces.clear();
            }
            moved = advance();
        }
        moved.ifPresent(place -> keep(place.text(bucketId())));
    }

    private boolean isRemoved(String fileId) {
        if (earlier.remove(fileId)) {
            return true;
        }
        for (Iterator<Piece> all = pieces.iterator(); all.hasNext(); ) {
            if (all.next().open().remove(fileId)) {
                return true;
            }
        }
        return false;
    }

    private Optional<SweepPlace> advance() {
        SweepPlace moved = null;
        while (earlier.isEmpty()
                && !pieces.isEmpty()
                && pieces.getFirst().open().isEmpty()) {
            moved = pieces.removeFirst().behind();
        }
        return Optional.ofNullable(moved);
    }

    private static Set<String> ids(Collection<Claim> claims) {
        return claims.stream().map(it -> it.version().fileId()).collect(Collectors.toCollection(HashSet::new));
    }

    private synchronized String bucketId() {
        return bucketId;
    }

    /** Two threads may do it in the wrong order: an earlier place costs a part of the sweep, and nothing else. */
    private void keep(String text) {
        StateRepository<String, String> kept = repository;
        if (kept == null) {
            return;
        }
        try {
            kept.setState(key, text);
        } catch (RuntimeException e) {
            LOG.warn("The checkpoint cannot be kept; after a restart the sweep goes on from an earlier place", e);
        }
    }
}
