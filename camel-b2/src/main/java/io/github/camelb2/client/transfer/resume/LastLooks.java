// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.resume;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.model.file.FilePage;
import io.github.camelb2.client.model.file.FileVersion;

/**
 * The names that had unfinished large files when this client last looked at a whole bucket, so that it need not look for
 * each upload. It forgets a look after as long as a file has to rest before somebody else's upload goes on with it: one
 * that was begun elsewhere since then could not be adopted in any case. What this machine has left since then its claims
 * tell. Thread-safe.
 */
final class LastLooks {
    private static final int MOST_BUCKETS = 100;

    private final Duration memory;
    private final InstantSource clock;

    /** Guarded by itself. */
    private final Map<String, Look> looks = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Look> eldest) {
            return size() > MOST_BUCKETS;
        }
    };

    /** @param memory how long a look counts */
    LastLooks(Duration memory, InstantSource clock) {
        this.memory = memory;
        this.clock = clock;
    }

    /**
     * A look at a bucket.
     *
     * @param names null where there were too many to be told in one answer
     */
    record Look(Instant since, @Nullable Set<String> names) {
        boolean isComplete() {
            return names != null;
        }

        boolean showsNoneOf(String fileName) {
            return names != null && !names.contains(fileName);
        }
    }

    /** The last look at that bucket, unless it is too long ago. */
    Optional<Look> at(String bucketId) {
        Instant now = clock.instant();
        synchronized (looks) {
            // A clock that was put back says nothing.
            return Optional.ofNullable(looks.get(bucketId))
                    .filter(look -> !look.since().isAfter(now)
                            && look.since().plus(memory).isAfter(now));
        }
    }

    /**
     * Remembers a look.
     *
     * @param since when B2 was asked
     * @param first the first page of all unfinished files that this client's key may see
     */
    Look remember(String bucketId, Instant since, FilePage first) {
        Look look = new Look(
                since,
                first.nextFileId() == null
                        ? first.files().stream().map(FileVersion::fileName).collect(Collectors.toUnmodifiableSet())
                        : null);
        synchronized (looks) {
            looks.remove(bucketId);
            looks.put(bucketId, look);
        }
        return look;
    }
}
