package io.github.camelb2.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.camelb2.sync.execute.SyncSession;

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

    /**
     * Begins a run.
     *
     * @throws IllegalStateException if one of that name is under way
     */
    synchronized SyncSession begin(String name, Supplier<SyncSession> opener) {
        Run running = byName.get(name);
        if (running != null && !running.isAbandoned) {
            throw new IllegalStateException("sync " + name + " is still under way (run " + running.session.runId()
                    + "): two runs of one name never overlap; wait for it, or use another name");
        }
        if (running != null) {
            running.session.close();
        }
        SyncSession session = opener.get();
        byName.put(name, new Run(session));
        return session;
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
            byName.values().forEach(run -> sessions.add(run.session));
        }
        sessions.forEach(SyncSession::stop);
    }
}
