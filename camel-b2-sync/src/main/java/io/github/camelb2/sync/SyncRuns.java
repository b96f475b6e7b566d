package io.github.camelb2.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.camelb2.sync.run.SyncSession;

/**
 * The runs that are under way in a context, at most one for each name. Thread-safe; its monitor guards its map.
 *
 * <p>A run of {@code mode=plan} whose exchange has ended without a report is abandoned: the next run of its name takes its
 * place.
 */
final class SyncRuns {
    private static final class Run {
        private final SyncSession session;
        private boolean isAbandoned;

        private Run(SyncSession session) {
            this.session = session;
        }
    }

    private final Map<String, Run> byName = new HashMap<>();
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
            before.session.close();
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
        return stops;
    }

    /** Ends a run; does nothing if another has taken its place. */
    synchronized void end(SyncSession session) {
        byName.computeIfPresent(session.job().name(), (name, run) -> run.session == session ? null : run);
    }

    /** Nobody is going to make a report of that run any more. */
    synchronized void abandon(SyncSession session) {
        Run run = byName.get(session.job().name());
        if (run != null && run.session == session) {
            run.isAbandoned = true;
        }
    }

    /** The run of that name and id, if it is under way here. */
    synchronized Optional<SyncSession> find(String name, String runId) {
        return find(name).filter(session -> session.runId().equals(runId));
    }

    /** The run of that name that is under way. */
    synchronized Optional<SyncSession> find(String name) {
        return Optional.ofNullable(byName.get(name)).map(run -> run.session);
    }

    /** Stops all scans; actions under way go on to their end. */
    void stopAll() {
        List<SyncSession> sessions = new ArrayList<>();
        synchronized (this) {
            stops++;
            byName.values().forEach(run -> sessions.add(run.session));
        }
        sessions.forEach(SyncSession::stop);
    }
}
