// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.launch;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.camelb2.sync.run.SyncSession;

/**
 * The runs that are under way in a context, at most one for each name. Thread-safe; its monitor guards its map.
 *
 * <p>A run of {@code mode=plan} whose exchange has ended without a report is abandoned: the next run of its name takes its
 * place, or it ends by itself when nobody has touched it for a while.
 */
public final class SyncRuns {
    /** Ends runs that nobody ends: a thread of the JVM's, for a moment. */
    private static final Executor WATCH = ForkJoinPool.commonPool();

    /** Whoever takes plans by hand is not as quick as a route, however short its planTimeout is. */
    private static final Duration SHORTEST = Duration.ofSeconds(3);

    private static final class Run {
        private final SyncSession session;
        private volatile boolean isAbandoned;

        private Run(SyncSession session) {
            this.session = session;
        }
    }

    private final Map<String, Run> byName = new HashMap<>();
    /** Names that are taken by what is no session, and by what. */
    private final Map<String, String> reserved = new HashMap<>();
    /** What is no session and is stopped with all. */
    private final Set<Stoppable> stoppables = new HashSet<>();
    /** How often all were stopped: a run that was being opened then is stopped too. */
    private int stops;

    /**
     * Begins a run.
     *
     * @throws IllegalStateException if one of that name is under way
     */
    SyncSession begin(String name, Supplier<SyncSession> opener) {
        int stopsBefore = refuseUnderWay(name);
        // It may log in, which takes as long as B2 is away: nobody else has to wait for that.
        SyncSession session = opener.get();
        try {
            add(name, session, stopsBefore);
        } catch (IllegalStateException e) {
            session.close();
            throw e;
        }
        return session;
    }

    private synchronized void add(String name, SyncSession session, int stopsBefore) {
        refuseUnderWay(name);
        Run before = byName.put(name, new Run(session));
        if (before != null) {
            WATCH.execute(before.session::abandon);
        }
        if (stops != stopsBefore) {
            session.stop();
        }
    }

    private synchronized int refuseUnderWay(String name) {
        Run running = byName.get(name);
        if (running != null && !running.isAbandoned) {
            throw new IllegalStateException("sync " + name + " is still under way (run " + running.session.runId()
                    + "): two runs of one name never overlap; wait for it, or use another name");
        }
        String other = reserved.get(name);
        if (other != null) {
            throw new IllegalStateException("sync " + name + " is still under way (run " + other
                    + "): two runs of one name never overlap; wait for it, or use another name");
        }
        return stops;
    }

    /** What holds until it is closed, as a name that no run can have. */
    public interface Reserved extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Keeps runs of a name away.
     *
     * @throws IllegalStateException if one of that name is under way
     */
    public synchronized Reserved reserve(String name, String runId) {
        refuseUnderWay(name);
        reserved.put(name, runId);
        return () -> release(name);
    }

    private synchronized void release(String name) {
        reserved.remove(name);
    }

    /** How to end what waits for something, before its end; any thread may call it. */
    @FunctionalInterface
    interface Stoppable {
        void stop();
    }

    /** Until it is closed, {@link #stopAll} stops that too. */
    synchronized Reserved stopping(Stoppable stoppable) {
        stoppables.add(stoppable);
        return () -> forget(stoppable);
    }

    private synchronized void forget(Stoppable stoppable) {
        stoppables.remove(stoppable);
    }

    /** Ends a run; does nothing if another has taken its place. */
    public synchronized void end(SyncSession session) {
        byName.computeIfPresent(session.job().name(), (name, run) -> run.session == session ? null : run);
    }

    /**
     * The exchange of that run has ended without a report. Whoever has its plans may still take them and carry them out;
     * when nobody has done so for {@code planTimeout}, and three seconds at least, the run ends.
     */
    public void abandon(SyncSession session) {
        synchronized (this) {
            Run run = byName.get(session.job().name());
            if (run == null || run.session != session) {
                return;
            }
            run.isAbandoned = true;
        }
        watch(session, patience(session));
    }

    private static Duration patience(SyncSession session) {
        Duration asked = session.job().planTimeout();
        return asked.compareTo(SHORTEST) < 0 ? SHORTEST : asked;
    }

    private void watch(SyncSession session, Duration time) {
        CompletableFuture.delayedExecutor(time.toMillis() + 1, TimeUnit.MILLISECONDS, WATCH)
                .execute(() -> {
                    Duration left = patience(session).minus(session.idle());
                    if (session.isEnded()) {
                        end(session);
                    } else if (left.isNegative() || left.isZero()) {
                        session.abandon();
                        end(session);
                    } else {
                        watch(session, left);
                    }
                });
    }

    /** The run of that name and id, if it is under way here. */
    public synchronized Optional<SyncSession> find(String name, String runId) {
        return find(name).filter(session -> session.runId().equals(runId) && !session.isEnded());
    }

    /** The run of that name that is under way. */
    public synchronized Optional<SyncSession> find(String name) {
        return Optional.ofNullable(byName.get(name)).map(run -> run.session);
    }

    /** The runs that are under way. */
    public synchronized List<SyncSession> underWay() {
        return byName.values().stream().map(run -> run.session).toList();
    }

    /** Stops all scans, and what else is under way; actions under way go on to their end. */
    public void stopAll() {
        List<Run> all;
        List<Stoppable> others;
        synchronized (this) {
            stops++;
            all = List.copyOf(byName.values());
            others = List.copyOf(stoppables);
        }
        others.forEach(Stoppable::stop);
        for (Run run : all) {
            run.session.stop();
            if (run.isAbandoned) {
                run.session.abandon();
            }
        }
    }
}
