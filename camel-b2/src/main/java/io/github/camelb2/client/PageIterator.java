// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.ErrorDetails;

/**
 * Reads a listing page by page: at most two pages are in memory, and the next one is requested while the second half of
 * the current one is consumed. For one thread.
 *
 * <p>It holds no connection, so that it may be abandoned; {@link #close} only spares the request of a page that nobody
 * will read. {@link #hasNext} throws the {@link io.github.camelb2.client.api.B2Exception} of a page that could not be
 * had, and tries that page again when it is called again.
 */
public final class PageIterator<T> implements Iterator<T>, AutoCloseable {
    private final String call;
    private final Executor executor;
    private List<T> items;
    private int position;
    private @Nullable Supplier<Page<T>> next;
    private @Nullable FutureTask<Page<T>> requested;
    private boolean readsAhead = true;
    private BooleanSupplier mayAsk = () -> true;

    /** @param call what asks for pages, for messages */
    PageIterator(String call, Page<T> first, Executor executor) {
        this.call = call;
        this.items = first.items();
        this.next = first.next();
        this.executor = executor;
    }

    /**
     * One page.
     *
     * @param items may be empty although more follow
     * @param next asks for the next page, null after the last one
     */
    record Page<T>(List<T> items, @Nullable Supplier<Page<T>> next) {}

    /** Asks for each page only when its first item is wanted: for a reader who will stop early. */
    public PageIterator<T> withoutReadingAhead() {
        readsAhead = false;
        return this;
    }

    /** The same for a reader who asks, before each page, whether he may: where he may not, the listing has no more. */
    public PageIterator<T> askingWhile(BooleanSupplier allowed) {
        mayAsk = allowed;
        return withoutReadingAhead();
    }

    @Override
    public boolean hasNext() {
        // Pages may be empty, and only the lack of a next one ends the listing.
        while (position == items.size() && next != null && mayAsk.getAsBoolean()) {
            // While the next one is read, nobody needs this one any more.
            items = List.of();
            position = 0;
            Page<T> page = await();
            items = page.items();
            next = page.next();
            requested = null;
        }
        return position < items.size();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the listing has ended");
        }
        T item = items.get(position++);
        if (readsAhead && requested == null && next != null && position * 2 >= items.size()) {
            request(next);
        }
        return item;
    }

    private void request(Supplier<Page<T>> page) {
        FutureTask<Page<T>> task = new FutureTask<>(page::get);
        requested = task;
        try {
            executor.execute(task);
        } catch (RejectedExecutionException shuttingDown) {
            // Nobody runs it ahead of time: the reader will, when it gets there.
            requested = null;
        }
    }

    private Page<T> await() {
        FutureTask<Page<T>> task = requested;
        if (task == null) {
            if (next == null) {
                throw new NoSuchElementException("the listing has ended");
            }
            task = new FutureTask<>(next::get);
        }
        // Does nothing if another thread has begun it; else nobody has to wait for a busy executor.
        task.run();
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new B2TransportException(ErrorDetails.local(call, "", "interrupted while waiting for a page"), e);
        } catch (ExecutionException e) {
            requested = null;
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("a page of a listing failed", e.getCause());
        }
    }

    /** Forgets the rest. */
    @Override
    public void close() {
        if (requested != null) {
            requested.cancel(true);
        }
        items = List.of();
        position = 0;
        next = null;
        requested = null;
    }
}
