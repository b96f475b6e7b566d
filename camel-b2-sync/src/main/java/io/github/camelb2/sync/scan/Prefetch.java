package io.github.camelb2.sync.scan;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * Reads an iterator one batch ahead on another thread, so that the next page of a listing is on its way while this one
 * is worked on. At most two batches are held. What the iterator throws is thrown here, after everything before it.
 *
 * @param <T> what is iterated over
 */
public final class Prefetch<T> implements Iterator<T>, AutoCloseable {
    private record Batch<T>(
            List<T> items, boolean isLast, @Nullable RuntimeException failure) {}

    private final Iterator<T> source;
    private final Executor executor;
    private final int batchSize;
    private Iterator<T> current = List.<T>of().iterator();
    private @Nullable CompletableFuture<Batch<T>> coming;
    private @Nullable RuntimeException failure;
    private boolean finished;
    private volatile boolean closed;

    /** Wraps {@code source}, which from now on is read by {@code executor} only; reading starts with the first call. */
    public Prefetch(Iterator<T> source, Executor executor, int batchSize) {
        this.source = source;
        this.executor = executor;
        this.batchSize = batchSize;
    }

    @Override
    public boolean hasNext() {
        while (!current.hasNext()) {
            if (failure != null) {
                throw failure;
            }
            if (finished) {
                return false;
            }
            turn();
        }
        return true;
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return current.next();
    }

    /** Stops reading ahead; a call that is under way ends by itself. */
    @Override
    public void close() {
        closed = true;
        finished = true;
    }

    private void turn() {
        if (coming == null) {
            coming = CompletableFuture.supplyAsync(this::read, executor);
        }
        Batch<T> batch;
        try {
            batch = coming.join();
        } catch (CompletionException | CancellationException e) {
            throw new IllegalStateException("the listing broke off: " + e.getMessage(), e);
        }
        current = batch.items().iterator();
        failure = batch.failure();
        finished = batch.isLast();
        coming = finished || failure != null || closed ? null : CompletableFuture.supplyAsync(this::read, executor);
    }

    private Batch<T> read() {
        List<T> items = new ArrayList<>(batchSize);
        try {
            while (items.size() < batchSize && !closed) {
                if (!source.hasNext()) {
                    return new Batch<>(items, true, null);
                }
                items.add(source.next());
            }
            return new Batch<>(items, closed, null);
        } catch (RuntimeException e) {
            return new Batch<>(items, false, e);
        }
    }
}
