package io.github.camelb2.client.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;

import io.github.camelb2.client.model.FileVersion;

/**
 * A download whose headers have arrived and whose body is being read. Used by one thread; only {@link #abort} may come
 * from another.
 *
 * <p>It holds a connection until {@link #close}: read to the end, the connection goes back to the pool; given up
 * earlier, it is cut at once, because reading the rest of a large file only to reuse a connection costs more.
 */
public final class HttpDownload implements AutoCloseable {
    private final HttpUriRequestBase request;
    private final ClassicHttpResponse response;
    private final Map<String, String> headers;
    private final FileVersion file;
    private final InputStream body;
    private final InterruptGuard guard;
    private boolean ended;

    HttpDownload(
            HttpUriRequestBase request,
            ClassicHttpResponse response,
            Map<String, String> headers,
            FileVersion file,
            InputStream body,
            InterruptGuard guard) {
        this.request = request;
        this.response = response;
        this.headers = headers;
        this.file = file;
        this.body = body;
        this.guard = guard;
    }

    /** 200 for a whole file, 206 for a range. */
    public int status() {
        return response.getCode();
    }

    /** The version that is being read; its length is that of the whole file also for a range. */
    public FileVersion file() {
        return file;
    }

    /** How many bytes this answer brings. */
    public long contentLength() {
        return FileHeaders.contentLength(headers);
    }

    /** The position in the file of the first byte that this answer brings. */
    public long firstByte() {
        return FileHeaders.firstByte(headers);
    }

    /** All headers; names compare without case. */
    public Map<String, String> headers() {
        return headers;
    }

    /**
     * Reads as {@link InputStream#read(byte[], int, int)} does.
     *
     * @throws IOException if the connection broke, brought fewer bytes than announced, or the thread was interrupted
     */
    public int read(byte[] buffer, int offset, int length) throws IOException {
        guard.watch();
        try {
            int count = body.read(buffer, offset, length);
            ended |= count < 0;
            return count;
        } catch (IllegalStateException e) {
            // Says that the connection was taken away, as if it had been misused.
            if (!HttpFailures.wasAborted(request)) {
                throw e;
            }
            throw new IOException("the download was cut", e);
        } finally {
            guard.rest();
        }
    }

    /** Cuts the connection; a read under way fails. Any thread may call it, any number of times. */
    public void abort() {
        request.abort();
    }

    @Override
    public void close() {
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
