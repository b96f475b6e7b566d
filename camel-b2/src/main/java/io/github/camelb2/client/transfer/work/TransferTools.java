// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.work;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.http.Transport;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.retry.Listeners;
import io.github.camelb2.client.retry.Retrier;
import io.github.camelb2.client.transfer.local.LocalStore;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.client.transfer.plan.WorkerCount;

/**
 * What all transfers of one client work with. Thread-safe.
 *
 * @param session the client
 * @param store temporary files, and what may be held in memory instead
 * @param transfers counts the transfers
 * @param underWay knows them
 * @param largeFiles knows who works on a large file
 * @param tuner knows how many parts are best in flight
 */
public record TransferTools(
        Session session,
        LocalStore store,
        AtomicLong transfers,
        TransfersUnderWay underWay,
        LargeFilesUnderWay largeFiles,
        PartTuner tuner) {
    public TransferTools(Session session, LocalStore store) {
        this(
                session,
                store,
                new AtomicLong(),
                new TransfersUnderWay(),
                new LargeFilesUnderWay(),
                new PartTuner(
                        () -> session.transport().usage().bytesMoved(),
                        () -> session.transport().usage().refusals(),
                        session.clock()));
    }

    /** The transfers that have begun and not ended, the oldest first. */
    public List<TransferState> transfersUnderWay() {
        return underWay.now();
    }

    public <T> T call(B2Call<T> call, CallSettings settings) {
        return session.call(call, settings);
    }

    public AccountInfo login(CallSettings settings) {
        return session.accountInfo(settings);
    }

    public Transport transport() {
        return session.transport();
    }

    public Retrier retrier() {
        return session.retrier();
    }

    public Executor parts() {
        return session.parts();
    }

    /** Those who will work on the parts of one file. */
    public PartCrew crew(TransferOptions options) {
        WorkerCount count = options.concurrency();
        return count.isFixed() ? new PartCrew(session.parts(), count.most()) : new PartCrew(session.parts(), tuner);
    }

    public InstantSource clock() {
        return session.clock();
    }

    /**
     * Begins to count the bytes of one more transfer; the caller closes it when that has ended.
     *
     * @param total all bytes, -1 when unknown
     */
    public TransferProgress progress(String fileName, long total, CallSettings settings) {
        return new TransferProgress(
                Listeners.of(session.listener(), settings.listener()),
                clock(),
                transfers.incrementAndGet(),
                fileName,
                total,
                underWay);
    }
}
