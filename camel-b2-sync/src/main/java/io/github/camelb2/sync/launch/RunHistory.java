// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.launch;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.report.SyncProgress;
import io.github.camelb2.sync.report.SyncProgressListener;
import io.github.camelb2.sync.report.SyncReport;

/** What became of the last run of each sync of a context. Thread-safe; its monitor guards its map. */
public final class RunHistory {
    /** Names may be made for messages; the one that was heard of longest ago is forgotten. */
    private static final int MOST = 200;

    /**
     * The last run of a name.
     *
     * @param runId         of the run
     * @param summary       its report in one line
     * @param bill          what it was billed, and what that costs at most
     * @param trouble       the first failure; empty for none
     * @param isComplete    whether everything was done
     * @param endedAt       when it ended
     * @param lastComplete  when the last run ended that really did everything; null while there was none
     */
    public record LastRun(
            String runId,
            String summary,
            String bill,
            String trouble,
            boolean isComplete,
            Instant endedAt,
            @Nullable Instant lastComplete) {}

    private final InstantSource clock;
    private final Map<String, LastRun> byName = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LastRun> eldest) {
            return size() > MOST;
        }
    };

    public RunHistory(InstantSource clock) {
        this.clock = clock;
    }

    /** Hears of a run before that listener does. */
    public SyncProgressListener before(SyncProgressListener listener) {
        return new SyncProgressListener() {
            @Override
            public void onProgress(String name, SyncProgress progress) {
                listener.onProgress(name, progress);
            }

            @Override
            public void onEnd(SyncReport report, SyncProgress figures) {
                ended(report);
                listener.onEnd(report, figures);
            }
        };
    }

    private synchronized void ended(SyncReport report) {
        LastRun before = byName.get(report.name());
        Instant now = clock.instant();
        boolean isReal = report.isComplete() && report.mode() == SyncReport.Mode.REAL;
        String trouble =
                report.failures().isEmpty() ? "" : report.failures().get(0).reason();
        byName.put(
                report.name(),
                new LastRun(
                        report.runId(),
                        report.summary(),
                        report.bill() + ", at most " + report.cost(),
                        trouble,
                        report.isComplete(),
                        now,
                        isReal ? now : before == null ? null : before.lastComplete()));
    }

    /** The last run of that name; empty while there was none. */
    public synchronized Optional<LastRun> last(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Of all names that are known. */
    public synchronized Map<String, LastRun> all() {
        return Map.copyOf(byName);
    }
}
