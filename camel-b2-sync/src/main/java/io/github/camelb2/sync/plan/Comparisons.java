// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Future;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.path.Transfer;

/**
 * The pairs whose content is being compared while the scans go on: so many at most, in whatever order they end. One thread
 * asks; others read the files.
 */
final class Comparisons {
    /** Enough to keep the threads busy with small files. */
    private static final int MOST = 64;

    /**
     * A pair that waits, and what came of it.
     *
     * @param seenMillis when the destination was looked at
     * @param decision   null where the file could not be read
     */
    record Compared(
            ScanItem.SyncFile source,
            ScanItem.SyncFile destination,
            long seenMillis,
            Transfer.@Nullable Decision decision,
            @Nullable IOException failure) {}

    private final Supplier<PlanThreads> threads;
    private final Transfer transfer;
    private @Nullable PlanThreads running;
    private @Nullable CompletionService<Compared> ended;
    private int underWay;

    Comparisons(Supplier<PlanThreads> threads, Transfer transfer) {
        this.threads = threads;
        this.transfer = transfer;
    }

    boolean isEmpty() {
        return underWay == 0;
    }

    /** Whether one has to end before the next begins. */
    boolean isFull() {
        return underWay >= MOST;
    }

    void begin(ScanItem.SyncFile source, ScanItem.SyncFile destination, long seenMillis) {
        CompletionService<Compared> service = ended;
        if (service == null) {
            running = threads.get();
            service = new ExecutorCompletionService<>(running);
            ended = service;
        }
        service.submit(() -> {
            try {
                Transfer.Decision decision = transfer.byContent(source, destination);
                return new Compared(source, destination, seenMillis, decision, null);
            } catch (IOException e) {
                return new Compared(source, destination, seenMillis, null, e);
            }
        });
        underWay++;
    }

    /** One that has ended; null if none has. */
    @Nullable
    Compared poll() {
        if (underWay == 0) {
            return null;
        }
        Future<Compared> one = Objects.requireNonNull(ended).poll();
        return one == null ? null : take(one);
    }

    /** Waits for the next that ends; there has to be one. */
    Compared await() {
        try {
            return take(Objects.requireNonNull(ended).take());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while content was compared", e);
        }
    }

    private Compared take(Future<Compared> one) {
        underWay--;
        try {
            return one.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while content was compared", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("content could not be compared: " + e.getCause(), e);
        }
    }

    /** Ends what is under way; nobody waits for it any more. */
    void close() {
        if (running != null) {
            running.close();
        }
    }
}
