// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.work;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.api.ClientListener;

/**
 * Counts the bytes of one transfer and tells the listener of them: at most once per second or per percent, whichever
 * comes first, and once at the end; until it is closed it is under way. Thread-safe; what the listener throws is logged and
 * dropped.
 */
public final class TransferProgress implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TransferProgress.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final ClientListener listener;
    private final InstantSource clock;
    private final long transfer;
    private final String fileName;
    private final long total;
    private final TransfersUnderWay underWay;
    private final Instant begun;

    /** Guards the three below; the listener is never called under it. */
    private final Object lock = new Object();

    private long bytes;
    private long reported;
    private Instant reportedAt;

    /** @param total all bytes, -1 when unknown */
    TransferProgress(
            ClientListener listener,
            InstantSource clock,
            long transfer,
            String fileName,
            long total,
            TransfersUnderWay underWay) {
        this.listener = listener;
        this.clock = clock;
        this.transfer = transfer;
        this.fileName = fileName;
        this.total = total;
        this.underWay = underWay;
        this.begun = clock.instant();
        this.reportedAt = begun;
        underWay.begin(this);
    }

    /** That many bytes more went by, or fewer when they have to be sent again. */
    public void add(long more) {
        long now;
        synchronized (lock) {
            bytes += more;
            now = bytes;
            if (listener == ClientListener.NONE || !isWorthTelling()) {
                return;
            }
            reported = bytes;
            reportedAt = clock.instant();
        }
        tell(now);
    }

    /** B2 has that many bytes from an earlier try of another upload. */
    public void resumed(long there) {
        try {
            listener.onUploadResumed(fileName, there);
        } catch (RuntimeException e) {
            LOG.warn("A listener failed on the upload of {}; the upload goes on", fileName, e);
        }
        add(there);
    }

    /** The transfer is complete: tells of its last bytes unless that was done. */
    public void end() {
        if (listener == ClientListener.NONE) {
            return;
        }
        long now;
        synchronized (lock) {
            now = bytes;
            if (reported == bytes && bytes != 0) {
                return;
            }
            reported = bytes;
        }
        tell(now);
    }

    /** How far it is now. */
    TransferState state() {
        synchronized (lock) {
            return new TransferState(transfer, fileName, bytes, total, Duration.between(begun, clock.instant()));
        }
    }

    /** It has ended, well or not. */
    @Override
    public void close() {
        underWay.end(this);
    }

    private boolean isWorthTelling() {
        if (total > 0 && bytes * 100 / total != reported * 100 / total) {
            return true;
        }
        return Duration.between(reportedAt, clock.instant()).compareTo(INTERVAL) >= 0;
    }

    private void tell(long now) {
        try {
            listener.onProgress(transfer, fileName, now, total);
        } catch (RuntimeException e) {
            LOG.warn("A listener failed on the progress of {}; the transfer goes on", fileName, e);
        }
    }
}
