// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * How fast the content of files goes, up and down together, over all connections of a client. Thread-safe.
 *
 * <p>Connections take turns of the same few bytes, in the order in which they ask, so that each gets the same share and
 * what is small is never behind more than one turn of each other. Calls without content are not counted. A change of the
 * limit counts at once, also for those who wait.
 */
public final class Bandwidth {
    /** So many turns a second at least, as long as they are of {@link #LEAST_BYTES}. */
    private static final long TURNS = 50;

    private static final int LEAST_BYTES = 256;

    /** What a TLS record brings: a larger turn would be for uploads only. */
    private static final int MOST_BYTES = 16 << 10;

    /** How far those who come late may catch up: 1 % of ten seconds. */
    private static final long SLACK = TimeUnit.MILLISECONDS.toNanos(100);

    private final InstantSource clock;

    /** Guards all below; those who wait for their turn wait on it. */
    private final Object lock = new Object();

    private volatile BandwidthTimetable timetable = BandwidthTimetable.NONE;
    private long freeAt = Long.MIN_VALUE;
    private long changes;
    private boolean closed;

    /** Without a limit. */
    public Bandwidth(InstantSource clock) {
        this.clock = clock;
    }

    /** What holds now and later. */
    public BandwidthTimetable timetable() {
        return timetable;
    }

    /** Bytes per second at this time; {@link BandwidthTimetable#OFF} for no limit. */
    public long bytesPerSecond() {
        return timetable.at(clock.instant());
    }

    /** Changes the limit, also for what is under way. */
    public void limit(BandwidthTimetable value) {
        synchronized (lock) {
            timetable = value;
            freeAt = Long.MIN_VALUE;
            changes++;
            lock.notifyAll();
        }
    }

    /** How many bytes of so many go in one turn now. */
    int turn(int wanted) {
        BandwidthTimetable now = timetable;
        if (now == BandwidthTimetable.NONE) {
            return wanted;
        }
        long rate = now.at(clock.instant());
        return rate == BandwidthTimetable.OFF
                ? wanted
                : (int) Math.min(wanted, Math.max(LEAST_BYTES, Math.min(MOST_BYTES, rate / TURNS)));
    }

    /**
     * Waits for the turn of so many bytes.
     *
     * @throws InterruptedIOException if the thread was interrupted; its mark stays set
     * @throws IOException if it was closed
     */
    void take(int bytes) throws IOException {
        if (timetable == BandwidthTimetable.NONE) {
            return;
        }
        synchronized (lock) {
            long seen = changes;
            long turn = reserve(bytes, System.nanoTime());
            long wait = turn - System.nanoTime();
            while (wait > 0 && !closed && seen == changes) {
                await(wait);
                wait = turn - System.nanoTime();
            }
            if (closed) {
                throw new IOException("the client was closed while a transfer waited for its turn");
            }
        }
    }

    private void await(long nanos) throws InterruptedIOException {
        try {
            // Gives up the lock meanwhile.
            TimeUnit.NANOSECONDS.timedWait(lock, nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException stopped = new InterruptedIOException("interrupted while waiting for bandwidth");
            stopped.initCause(e);
            throw stopped;
        }
    }

    /** When so many bytes may go that ask now; both on the clock of {@link System#nanoTime}. For who holds the lock. */
    long reserve(int bytes, long now) {
        long rate = timetable.at(clock.instant());
        if (rate == BandwidthTimetable.OFF) {
            return now;
        }
        long turn = freeAt == Long.MIN_VALUE ? now : Math.max(freeAt, now - SLACK);
        freeAt = turn + Math.round(bytes * 1e9 / rate);
        return turn;
    }

    /** Wakes up whoever waits, to fail, as does everybody who would have to wait from now on. */
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
    }
}
