// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run;

import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.SentRequest;
import io.github.camelb2.client.cost.Bill;
import io.github.camelb2.sync.report.ReportCollector;
import io.github.camelb2.sync.report.SyncProgress;
import io.github.camelb2.sync.report.SyncProgressListener;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.run.limit.RunBudget;

/** Hears what the clients do for one run, and tells the user's listener a few times a second. Thread-safe. */
final class RunListener {
    private static final Logger LOG = LoggerFactory.getLogger(RunListener.class);
    private static final long MILLIS_BETWEEN_FIGURES = 200;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    /** What a client asks once and knows then: the run behind an estimate does not ask again. */
    private static final Set<String> ONCE = Set.of("b2_authorize_account", "b2_list_buckets");

    private final String name;
    private final ReportCollector report;
    private final SyncProgressListener progress;
    private final InstantSource clock;
    private final RunBudget budget;
    private final boolean isEstimate;

    /** A transfer of one client, with the B2 name of its file. */
    private record Transfer(String side, long number, String fileName) {}

    private final Map<Transfer, Long> underWay = new ConcurrentHashMap<>();
    private final AtomicLong published = new AtomicLong(Long.MIN_VALUE);
    private volatile @Nullable SyncSession session;

    RunListener(
            String name,
            SyncReport.Mode mode,
            ReportCollector report,
            SyncProgressListener progress,
            InstantSource clock,
            RunBudget budget) {
        this.name = name;
        this.budget = budget;
        this.isEstimate = mode == SyncReport.Mode.ESTIMATE;
        this.report = report;
        this.progress = progress;
        this.clock = clock;
    }

    /** The session that the figures are asked of. */
    void attach(SyncSession attached) {
        session = attached;
    }

    /** What the client tells to that the other one reads from while it writes: bytes count once, where they are written. */
    ClientListener calls() {
        return new Calls();
    }

    /** What the client tells to that moves the bytes; the transfers of the two sides have numbers of their own. */
    ClientListener callsAndBytes(String side) {
        return new Calls() {
            @Override
            public void onProgress(long transfer, String fileName, long bytes, long total) {
                Transfer key = new Transfer(side, transfer, fileName);
                if (bytes == total) {
                    underWay.remove(key);
                } else {
                    underWay.put(key, bytes);
                }
                publish();
            }
        };
    }

    private class Calls implements ClientListener {
        @Override
        public void onDownloaded(SentRequest request, long bytes) {
            budget.received(request.announced(), bytes);
            report.used(new Bill(0, 0, 0, bytes));
        }

        @Override
        public void onRequest(SentRequest request) {
            int status = request.status();
            if (!(isEstimate && ONCE.contains(request.call()))) {
                report.used(billOf(request));
            }
            SyncSession attached = session;
            if (attached != null && (status == TOO_MANY_REQUESTS || status == UNAVAILABLE)) {
                attached.refused();
            }
        }
    }

    private static Bill billOf(SentRequest request) {
        long transactions = request.transactions();
        return switch (request.transactionClass()) {
            case A -> new Bill(transactions, 0, 0, 0);
            case B -> new Bill(0, transactions, 0, 0);
            case C -> new Bill(0, 0, transactions, 0);
        };
    }

    /** The actions of that path ended, well or not: what its transfers moved counts no more as under way. */
    void ended(String path) {
        underWay.keySet()
                .removeIf(transfer ->
                        transfer.fileName().equals(path) || transfer.fileName().endsWith("/" + path));
    }

    /** Bytes that moved for actions that are not finished. */
    long bytesUnderWay() {
        return underWay.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Tells the report of the run that has ended. */
    void ended(SyncReport made, SyncProgress figures) {
        try {
            progress.onEnd(made, figures);
        } catch (RuntimeException e) {
            LOG.warn("The progress listener of sync {} failed", name, e);
        }
    }

    /** Tells the figures, unless they were told a moment ago and the run goes on. */
    void publish() {
        SyncSession attached = session;
        if (attached == null) {
            return;
        }
        long now = clock.millis();
        long last = published.get();
        boolean isDue = attached.isEnded() || last == Long.MIN_VALUE || now - last >= MILLIS_BETWEEN_FIGURES;
        if (!isDue || !published.compareAndSet(last, now)) {
            return;
        }
        try {
            progress.onProgress(name, attached.progress());
        } catch (RuntimeException e) {
            LOG.warn("The progress listener of sync {} failed", name, e);
        }
    }
}
