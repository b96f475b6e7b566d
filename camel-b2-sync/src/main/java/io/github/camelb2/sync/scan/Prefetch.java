// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Queue;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.item.ScanItem;

/**
 * A scan on a thread of its own that reads a bounded number of items ahead, so that two sides are read at the same time.
 * It begins with the first question. What the scan throws is thrown to the reader behind the last item before it. One
 * thread reads; {@link #close} may be called by any, and ends the scan at its next item.
 */
public final class Prefetch implements Iterator<ScanItem>, AutoCloseable {
    private static final int CAPACITY = 2_000;
    /** Handing over one by one would cost more than the scan. */
    private static final int BATCH = 128;
    /** A slow scan's items do not wait for a batch to be full. */
    private static final long PATIENCE_MILLIS = 5;

    private record Seen(ScanItem item, long millis) {}

    private final String side;
    private final Supplier<Iterator<? extends ScanItem>> scan;
    private final LongSupplier seenMillis;
    private final Queue<Seen> taken = new ArrayDeque<>();
    private @Nullable Prefetch other;
    private long lastSeen;

    private final Object lock = new Object();
    private final Queue<Seen> read = new ArrayDeque<>();
    private @Nullable Thread thread;
    private @Nullable RuntimeException failure;
    private boolean ended;
    private long endMillis;
    private boolean closed;

    /**
     * Prepares a scan.
     *
     * @param side       for the name of the thread
     * @param seenMillis when the item that was just read was looked at, in milliseconds since 1970
     */
    public Prefetch(String side, Supplier<Iterator<? extends ScanItem>> scan, LongSupplier seenMillis) {
        this.side = side;
        this.scan = scan;
        this.seenMillis = seenMillis;
    }

    /** Lets another scan begin when this one does; before the first question. */
    public Prefetch beginningWith(Prefetch second) {
        this.other = second;
        return this;
    }

    /** When the last item that was taken had been looked at. */
    public long seenMillis() {
        return lastSeen;
    }

    @Override
    public boolean hasNext() {
        if (taken.isEmpty()) {
            begin();
            if (other != null) {
                other.begin();
            }
            fetch();
        }
        if (taken.isEmpty() && lastSeen == 0) {
            // A place without anything was looked at, too.
            lastSeen = endSeen();
        }
        return !taken.isEmpty();
    }

    @Override
    public ScanItem next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Seen next = taken.remove();
        lastSeen = next.millis();
        return next.item();
    }

    private long endSeen() {
        synchronized (lock) {
            return endMillis;
        }
    }

    private void begin() {
        synchronized (lock) {
            if (thread == null && !closed) {
                thread = new Thread(this::read, "b2-sync-scan-" + side);
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    private void fetch() {
        synchronized (lock) {
            try {
                while (read.size() < BATCH && !ended && !closed) {
                    int before = read.size();
                    lock.wait(PATIENCE_MILLIS);
                    if (before > 0) {
                        break;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the " + side + " was read", e);
            }
            taken.addAll(read);
            read.clear();
            lock.notifyAll();
            if (taken.isEmpty() && failure != null) {
                throw failure;
            }
        }
    }

    private void read() {
        RuntimeException thrown = null;
        try {
            Iterator<? extends ScanItem> items = scan.get();
            while (items.hasNext() && put(items.next())) {
                // It is kept.
            }
            long seen = seenMillis.getAsLong();
            synchronized (lock) {
                endMillis = seen;
            }
        } catch (RuntimeException e) {
            thrown = e;
        } catch (StackOverflowError | OutOfMemoryError e) {
            thrown = new IllegalStateException("the scan of the " + side + " ended: " + e, e);
        } finally {
            synchronized (lock) {
                failure = thrown;
                ended = true;
                lock.notifyAll();
            }
        }
    }

    /** False when nobody wants more. */
    private boolean put(ScanItem item) {
        long millis = seenMillis.getAsLong();
        synchronized (lock) {
            try {
                while (read.size() >= CAPACITY && !closed) {
                    lock.wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            read.add(new Seen(Objects.requireNonNull(item), millis));
            if (read.size() == BATCH) {
                lock.notifyAll();
            }
            return !closed;
        }
    }

    /** Ends the scan; what was read is forgotten. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            read.clear();
            lock.notifyAll();
        }
    }
}
