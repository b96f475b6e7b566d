// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * Aborts a request whose bytes the other side does not take any more; made by {@link SendWatches}.
 *
 * <p>A blocking socket has a timeout for reading and none for writing: a server that has accepted a connection and stops
 * reading would hold a request for ever. One write that takes longer than the patience ends the request; the time in
 * between, in which the content is read, does not count. For the thread that sends, which begins and ends it.
 */
final class SendWatch implements AutoCloseable {
    /** Between two writes. */
    private static final long NOT_WRITING = 0;

    private final SendWatches all;
    private final Runnable abort;
    private final Duration patience;
    private final OutputStream out;

    /** When the write under way began, on the clock of {@link System#nanoTime}. */
    private volatile long writingSince = NOT_WRITING;

    private volatile boolean stalled;

    /** Guards the one below: who ends the watch knows that nothing is cut from then on. */
    private final Object lock = new Object();

    private boolean closed;

    SendWatch(SendWatches all, OutputStream out, Duration patience, Runnable abort) {
        this.all = all;
        this.out = out;
        this.patience = patience;
        this.abort = abort;
    }

    Duration patience() {
        return patience;
    }

    /** @throws SocketTimeoutException if the other side did not take the bytes in time; the request is aborted then */
    void write(byte[] bytes, int count) throws IOException {
        begin();
        try {
            out.write(bytes, 0, count);
        } catch (IOException e) {
            throw explained(e);
        } finally {
            writingSince = NOT_WRITING;
        }
    }

    /** Sends what is still in a buffer; see {@link #write}. */
    void flush() throws IOException {
        begin();
        try {
            out.flush();
        } catch (IOException e) {
            throw explained(e);
        } finally {
            writingSince = NOT_WRITING;
        }
    }

    private void begin() {
        long now = System.nanoTime();
        writingSince = now == NOT_WRITING ? 1 : now;
    }

    private IOException explained(IOException e) {
        if (!stalled) {
            return e;
        }
        SocketTimeoutException timeout = new SocketTimeoutException("the service took no byte for " + patience);
        timeout.initCause(e);
        return timeout;
    }

    /** Whether a write has taken too long; any thread may ask. */
    boolean isStalled() {
        long since = writingSince;
        return since != NOT_WRITING && System.nanoTime() - since >= patience.toNanos();
    }

    /** Aborts the request, unless the watch has ended; once. */
    void cut() {
        synchronized (lock) {
            if (closed || stalled) {
                return;
            }
            stalled = true;
        }
        abort.run();
    }

    /** Ends watching. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        all.ended(this);
    }
}
