package io.github.camelb2.emulator.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was asked: counts are exact, of the requests themselves the last thousand of each call are kept. Safe for use by many threads. */
public final class RequestLog {

    /** How many requests of one call are kept. */
    public static final int KEPT_PER_CALL = 1_000;

    private final Map<String, Calls> byName = new HashMap<>();

    private static final class Calls {
        private long count;
        private int running;
        private int maxRunning;
        private final Deque<RecordedRequest> last = new ArrayDeque<>();
    }

    synchronized void begin(String call) {
        Calls calls = byName.computeIfAbsent(call, name -> new Calls());
        calls.count++;
        calls.running++;
        calls.maxRunning = Math.max(calls.maxRunning, calls.running);
    }

    synchronized void end(RecordedRequest request) {
        Calls calls = byName.computeIfAbsent(request.call(), name -> new Calls());
        calls.running = Math.max(0, calls.running - 1);
        calls.last.addLast(request);
        if (calls.last.size() > KEPT_PER_CALL) {
            calls.last.removeFirst();
        }
    }

    public synchronized List<RecordedRequest> requests(String call) {
        Calls calls = byName.get(call);
        return calls == null ? List.of() : new ArrayList<>(calls.last);
    }

    public synchronized long count(String call) {
        Calls calls = byName.get(call);
        return calls == null ? 0 : calls.count;
    }

    public synchronized int maxConcurrent(String call) {
        Calls calls = byName.get(call);
        return calls == null ? 0 : calls.maxRunning;
    }

    /** Starts counting again; what is running stays counted as running. */
    public synchronized void reset() {
        byName.values().forEach(calls -> {
            calls.count = 0;
            calls.maxRunning = calls.running;
            calls.last.clear();
        });
    }
}
