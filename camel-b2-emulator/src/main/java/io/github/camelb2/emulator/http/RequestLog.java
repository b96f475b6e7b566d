// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What was asked: counts are exact, of the requests themselves the last thousand of each call are kept. Safe for use by many threads. */
public final class RequestLog {

    /** How many requests of one call are kept. */
    public static final int KEPT_PER_CALL = 1_000;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int KEPT_RECENT = 50;

    private final Map<String, Calls> byName = new HashMap<>();
    /** The last requests of any call, the newest first. */
    private final Deque<RecordedRequest> recent = new ArrayDeque<>();

    private long begun;

    private static final class Calls {
        private long count;
        private int running;
        private int maxRunning;
        private int answering;
        private long resets;
        private final Deque<RecordedRequest> last = new ArrayDeque<>();
    }

    /** One request from its beginning to its end. */
    final class Entry {

        private final Calls calls;
        private final long resetsBefore;
        private boolean running = true;

        private Entry(Calls calls) {
            this.calls = calls;
            this.resetsBefore = calls.resets;
        }

        /**
         * The last of the answer is about to be sent: from now on the client may begin another request, and this one no longer counts as running.
         */
        void answering() {
            synchronized (RequestLog.this) {
                if (running) {
                    running = false;
                    calls.running--;
                    calls.answering++;
                }
            }
        }

        void end(RecordedRequest request) {
            synchronized (RequestLog.this) {
                answering();
                calls.answering--;
                if (resetsBefore == calls.resets) {
                    keep(request);
                }
                RequestLog.this.notifyAll();
            }
        }

        private void keep(RecordedRequest request) {
            recent.addFirst(request);
            if (recent.size() > KEPT_RECENT) {
                recent.removeLast();
            }
            calls.last.addLast(request);
            if (calls.last.size() > KEPT_PER_CALL) {
                calls.last.removeFirst();
            }
        }
    }

    synchronized Entry begin(String call) {
        Calls calls = byName.computeIfAbsent(call, name -> new Calls());
        begun++;
        calls.count++;
        calls.running++;
        calls.maxRunning = Math.max(calls.maxRunning, calls.running);
        return new Entry(calls);
    }

    /**
     * The requests that are kept, the oldest first. A client may have its answer a moment before the request is written down here, so this waits
     * for those whose answer is on its way, two seconds at most.
     */
    public synchronized List<RecordedRequest> requests(String call) {
        Calls calls = byName.get(call);
        if (calls == null) {
            return List.of();
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long left = PATIENCE.toMillis();
        while (calls.answering > 0 && left > 0) {
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        }
        return new ArrayList<>(calls.last);
    }

    /** The last fifty requests of any call, the newest first. */
    synchronized List<RecordedRequest> recent() {
        return new ArrayList<>(recent);
    }

    /** How many requests have begun, of all calls and since the start. */
    public synchronized long begun() {
        return begun;
    }

    public synchronized long count(String call) {
        Calls calls = byName.get(call);
        return calls == null ? 0 : calls.count;
    }

    public synchronized int maxConcurrent(String call) {
        Calls calls = byName.get(call);
        return calls == null ? 0 : calls.maxRunning;
    }

    /** Starts counting again; what is running stays counted as running, and is not written down when it ends. */
    public synchronized void reset() {
        recent.clear();
        byName.values().forEach(calls -> {
            calls.count = 0;
            calls.maxRunning = calls.running;
            calls.resets++;
            calls.last.clear();
        });
    }
}
