// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.io.IOException;
import java.io.InputStream;

import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;

import io.github.camelb2.client.model.file.FileVersion;

/**
 * A download whose headers have arrived and whose body is being read. Used by one thread; only {@link #abort} may come
 * from another.
 *
 * <p>It holds a connection until {@link #close}: read to the end, the connection goes back to the pool; given up
 * earlier, it is cut at once, because reading the rest of a large file only to reuse a connection costs more.
 */
public final class HttpDownload implements AutoCloseable {
    private static final int SKIP_BYTES = 64 << 10;

    private final HttpUriRequestBase request;
    private final ClassicHttpResponse response;
    private final FileVersion file;
    private final FileHeaders.Extent extent;
    private final InputStream body;
    private final InterruptGuard guard;
    private final RequestReport report;
    private final Bandwidth bandwidth;
    private long skipped;
    private boolean ended;

    HttpDownload(
            HttpUriRequestBase request,
            ClassicHttpResponse response,
            FileVersion file,
            FileHeaders.Extent extent,
            InputStream body,
            InterruptGuard guard,
            RequestReport report,
            Bandwidth bandwidth) {
        this.request = request;
        this.response = response;
        this.file = file;
        this.extent = extent;
        this.body = body;
        this.guard = guard;
        this.report = report;
        this.bandwidth = bandwidth;
    }

    /** 200 for a whole file, 206 for a range. */
    public int status() {
        return response.getCode();
    }

    /** The version that is being read; its length is that of the whole file also for a range. */
    public FileVersion file() {
        return file;
    }

    /** How many bytes this answer brings, less those that were skipped. */
    public long contentLength() {
        return extent.length() - skipped;
    }

    /** The position in the file of the next byte before anything was read: the first one, or that after those skipped. */
    public long firstByte() {
        return extent.first() + skipped;
    }

    /**
     * Reads as {@link InputStream#read(byte[], int, int)} does.
     *
     * @throws IOException if the connection broke, brought fewer bytes than announced, or the thread was interrupted
     */
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = received(buffer, offset, bandwidth.turn(length));
        if (count > 0) {
            bandwidth.take(count);
        }
        return count;
    }

    private int received(byte[] buffer, int offset, int length) throws IOException {
        guard.watch();
        try {
            int count = body.read(buffer, offset, length);
            ended |= count < 0;
            if (count > 0) {
                report.received(count);
            }
            return count;
        } catch (IllegalStateException | NullPointerException e) {
            if (!HttpFailures.isTakenAway(request, e)) {
                throw e;
            }
            throw new IOException("the download was cut", e);
        } finally {
            guard.rest();
        }
    }

    /**
     * Reads and drops what comes before that position of the file.
     *
     * @throws IOException as {@link #read} does, or if the answer begins behind it or ends before it
     */
    public void skipTo(long position) throws IOException {
        if (position < firstByte()) {
            throw new IOException("asked for bytes from " + position + ", got them from " + firstByte());
        }
        byte[] dropped = new byte[(int) Math.min(SKIP_BYTES, position - firstByte())];
        while (firstByte() < position) {
            int count = read(dropped, 0, (int) Math.min(dropped.length, position - firstByte()));
            if (count < 0) {
                throw new IOException("the answer ended early");
            }
            skipped += count;
        }
    }

    /** Cuts the connection; a read under way fails. Any thread may call it, any number of times. */
    public void abort() {
        request.abort();
    }

    @Override
    public void close() {
        report.contentEnded();
        if (!ended) {
            Transport.discard(request, response);
            return;
        }
        try {
            response.close();
        } catch (IOException e) {
            // All of the body is with the reader; only the connection is lost.
            request.abort();
        }
    }
}
