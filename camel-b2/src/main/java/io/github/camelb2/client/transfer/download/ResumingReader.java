// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.download;

import java.io.IOException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.http.HttpDownload;
import io.github.camelb2.client.retry.Attempt;
import io.github.camelb2.client.retry.CallContext;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.retry.Retrier;
import io.github.camelb2.client.transfer.local.LocalFailure;
import io.github.camelb2.client.transfer.plan.Slice;

/**
 * Reads a range of one file version through as many connections as it takes, one after the other: where one breaks, the
 * next goes on. Time that brings no byte counts against the budget for retrying; a byte begins it anew. For one thread,
 * but {@link #close} may come from another.
 */
final class ResumingReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResumingReader.class);

    /** Asks for the bytes of a version from one position to another, the second exclusive. */
    interface Opener {
        HttpDownload open(long from, long to, Attempt.Try current);

        void reauthorize(B2Exception failure);

        /** Whether the answers show that asking again is in vain. */
        boolean isHopeless();
    }

    private final Opener opener;
    private final Retrier retrier;
    private final CallContext context;
    private final CallSettings settings;
    private final long end;
    private long position;
    private volatile @Nullable HttpDownload current;
    private volatile boolean closed;

    /** @param first the answer whose body is read first, null when there is none yet; closed by this reader */
    ResumingReader(
            Opener opener,
            Retrier retrier,
            CallContext context,
            CallSettings settings,
            Slice range,
            @Nullable HttpDownload first) {
        this.opener = opener;
        this.retrier = retrier;
        this.context = context;
        this.settings = settings;
        this.position = range.offset();
        this.end = range.end();
        this.current = first;
    }

    long position() {
        return position;
    }

    long remaining() {
        return end - position;
    }

    /**
     * Reads at least one byte; never called when nothing remains.
     *
     * @throws B2Exception if B2 refuses, or the time for retrying is over
     */
    int read(byte[] target, int offset, int length) {
        int wanted = (int) Math.min(length, remaining());
        int count;
        HttpDownload open = current;
        try {
            count = open == null ? resume(target, offset, wanted) : readFrom(open, target, offset, wanted);
        } catch (B2Exception e) {
            throw e;
        } catch (IOException e) {
            LOG.debug("{} {} broke at byte {}, going on from there", context.call(), context.subject(), position, e);
            count = resume(target, offset, wanted);
        }
        position += count;
        return count;
    }

    private int resume(byte[] target, int offset, int length) {
        release();
        return retrier.run(context, settings, new Attempt<Integer>() {
            @Override
            public Integer run(Try attempt) {
                return readAnew(attempt, target, offset, length);
            }

            @Override
            public void reauthorize(B2Exception failure) {
                opener.reauthorize(failure);
            }

            @Override
            public boolean isHopeless(B2Exception failure) {
                return opener.isHopeless();
            }
        });
    }

    private int readAnew(Attempt.Try attempt, byte[] target, int offset, int length) {
        if (closed || Thread.currentThread().isInterrupted()) {
            throw broken("the download was given up at byte " + position, null);
        }
        HttpDownload opened = opener.open(position, end, attempt);
        current = opened;
        try {
            return readFrom(opened, target, offset, length);
        } catch (IOException e) {
            release();
            throw broken("it broke at byte " + position + " (" + LocalFailure.reason(e) + ")", e);
        }
    }

    private static int readFrom(HttpDownload download, byte[] target, int offset, int length) throws IOException {
        int count = download.read(target, offset, length);
        if (count < 0) {
            throw new IOException("the answer ended early");
        }
        return count;
    }

    private B2TransportException broken(String message, @Nullable IOException cause) {
        return new B2TransportException(ErrorDetails.local(context.call(), context.subject(), message), cause);
    }

    private void release() {
        HttpDownload open = current;
        current = null;
        if (open != null) {
            open.close();
        }
    }

    /** Gives the connection back when all was read, and cuts it otherwise. */
    @Override
    public void close() {
        closed = true;
        HttpDownload open = current;
        if (open != null && remaining() == 0) {
            drain(open);
        }
        release();
    }

    /** The connection is good for another request only after the end of this answer was seen. */
    private static void drain(HttpDownload download) {
        try {
            download.read(new byte[1], 0, 1);
        } catch (IOException e) {
            LOG.debug("The connection of a complete download broke at its end", e);
        }
    }
}
