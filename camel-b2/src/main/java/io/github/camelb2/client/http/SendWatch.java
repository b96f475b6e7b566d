// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * Aborts a request whose bytes the other side does not take any more.
 *
 * <p>A blocking socket has a timeout for reading and none for writing: a server that has accepted a connection and stops
 * reading would hold a request for ever. One write that takes longer than the patience ends the request; the time in
 * between, in which the content is read, does not count. For the thread that sends, which begins and ends it.
 */
final class SendWatch implements AutoCloseable {
    private final Runnable abort;
    private final Duration patience;
    private final OutputStream out;

    /** When the write under way began, on the clock of {@link System#nanoTime}; null between two writes. */
    private volatile @Nullable Long writingSince;

    private volatile boolean stalled;

    /** Guards the two below. */
    private final Object lock = new Object();

    private @Nullable CompletableFuture<Void> alarm;
    private boolean closed;

    /**
     * Begins to watch.
     *
     * @param out where the bytes go
     * @param patience how long one write may take
     * @param abort cuts the connection, from another thread
     */
    SendWatch(OutputStream out, Duration patience, Runnable abort) {
        this.out = out;
        this.patience = patience;
        this.abort = abort;
        lookAfter(patience.toNanos());
    }

    /** @throws SocketTimeoutException if the other side did not take the bytes in time; the request is aborted then */
    void write(byte[] bytes, int count) throws IOException {
        writingSince = System.nanoTime();
        try {
            out.write(bytes, 0, count);
        } catch (IOException e) {
            throw explained(e);
        } finally {
            writingSince = null;
        }
    }

    /** Sends what is still in a buffer; see {@link #write}. */
    void flush() throws IOException {
        writingSince = System.nanoTime();
        try {
            out.flush();
        } catch (IOException e) {
            throw explained(e);
        } finally {
            writingSince = null;
        }
    }

    private IOException explained(IOException e) {
        if (!stalled) {
            return e;
        }
        SocketTimeoutException timeout = new SocketTimeoutException("the service took no byte for " + patience);
        timeout.initCause(e);
        return timeout;
    }

    private void lookAfter(long nanos) {
        CompletableFuture<Void> next = new CompletableFuture<>();
        synchronized (lock) {
            if (closed) {
                return;
            }
            alarm = next;
        }
        // Cutting a connection may block, which the one thread of the JDK that keeps such times must never do. Where
        // nothing is cut nothing is handed on: on two processors that would start a thread for every request.
        CompletableFuture<Void> unused = next.exceptionally(end -> {
            if (end instanceof TimeoutException) {
                next.defaultExecutor().execute(this::look);
            }
            return null;
        });
        next.orTimeout(nanos, TimeUnit.NANOSECONDS);
    }

    private void look() {
        Long since = writingSince;
        long waited = since == null ? 0 : System.nanoTime() - since;
        if (waited < patience.toNanos()) {
            lookAfter(patience.toNanos() - waited);
            return;
        }
        synchronized (lock) {
            if (closed) {
                return;
            }
            stalled = true;
        }
        abort.run();
    }

    /** Ends watching. */
    @Override
    public void close() {
        CompletableFuture<Void> last;
        synchronized (lock) {
            closed = true;
            last = alarm;
        }
        if (last != null) {
            last.complete(null);
        }
    }
}
