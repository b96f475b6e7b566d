// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.local;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Forces directories to the disk, one call for all threads that wait for the same one: whoever comes while it is being
 * forced is served by the next call, which begins after all of them have come. Thread-safe.
 */
final class SharedForce {
    /** Guarded by itself; never held while a directory is forced. */
    private final Map<Path, Rounds> rounds = new HashMap<>();

    private final Predicate<Path> forcing;

    /** @param forcing forces a directory; false where that was broken off because its thread is interrupted */
    SharedForce(Predicate<Path> forcing) {
        this.forcing = forcing;
    }

    /** The calls for one directory: the one under way, and the one that others may still join. */
    private static final class Rounds {
        private @Nullable CompletableFuture<Boolean> running;
        private @Nullable CompletableFuture<Boolean> next;
    }

    /** Returns when names that the directory got before are on the disk, where its file system can do that. */
    void force(Path directory) {
        Rounds all;
        CompletableFuture<Boolean> mine;
        CompletableFuture<Boolean> before;
        boolean isJoined;
        synchronized (rounds) {
            all = rounds.computeIfAbsent(directory, unused -> new Rounds());
            before = all.running;
            isJoined = all.next != null;
            mine = all.next == null ? new CompletableFuture<>() : all.next;
            all.next = mine;
        }
        if (!isJoined) {
            lead(directory, all, before, mine);
        } else if (!mine.join()) {
            // The thread that did it for all was interrupted, which is no business of this one. Should this one be
            // interrupted as well, it does no more than a directory of its own would have had.
            boolean unused = forcing.test(directory);
        }
    }

    private void lead(
            Path directory, Rounds all, @Nullable CompletableFuture<Boolean> before, CompletableFuture<Boolean> mine) {
        if (before != null) {
            before.join();
        }
        synchronized (rounds) {
            all.running = mine;
            all.next = null;
        }
        boolean done = false;
        try {
            done = forcing.test(directory);
        } finally {
            synchronized (rounds) {
                if (all.next == null) {
                    rounds.remove(directory);
                }
            }
            mine.complete(done);
        }
    }
}
