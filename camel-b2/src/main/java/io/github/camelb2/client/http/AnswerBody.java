// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

import io.github.camelb2.client.model.json.Json;
import io.github.camelb2.client.model.json.UnusableAnswerException;

/**
 * The body of an answer, which may be long and must not be slow without end: a socket only knows how long it waits for
 * the next byte, and a byte now and then would hold a request for ever. Closing it reads nothing: whoever made the
 * request gives up the connection where {@link #hasEnded} is false. For one thread.
 */
final class AnswerBody extends InputStream {
    /** So many bytes at least have to come within the patience, but for the last ones. */
    private static final int LEAST = 8 << 10;

    /** What is read at once of what stands behind an answer: nearly always nothing. */
    private static final int BEHIND = 256;

    /** White space that may stand behind an answer: more means that there is no end of it. */
    private static final int MOST_BEHIND = 64 << 10;

    private final InputStream content;
    private final Duration patience;
    private long since = System.nanoTime();
    private int came;
    private boolean isLast;
    private boolean ended;

    /** @param patience how long the service may take for a piece of the answer, and for its end */
    AnswerBody(InputStream content, Duration patience) {
        this.content = content;
        this.patience = patience;
    }

    /** Whether all of it was read, so that the connection is free for the next request. */
    boolean hasEnded() {
        return ended;
    }

    /** Reads so many bytes at most, all of them within the patience. */
    byte[] beginning(int most) throws IOException {
        last();
        byte[] bytes = readNBytes(most);
        if (bytes.length == most) {
            ended = read() < 0;
        }
        return bytes;
    }

    /**
     * Reads what is behind the answer, which is nothing but white space.
     *
     * @throws UnusableAnswerException if there is anything else, or no end of it
     */
    void end() throws IOException {
        last();
        byte[] behind = new byte[BEHIND];
        for (int count = read(behind); count >= 0; count = read(behind)) {
            Json.checkBehind(behind, count);
            if (came > MOST_BEHIND) {
                throw new UnusableAnswerException("the answer is followed by white space without end");
            }
        }
    }

    private void last() {
        isLast = true;
        since = System.nanoTime();
        came = 0;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (ended) {
            return -1;
        }
        if (came >= LEAST && !isLast) {
            came = 0;
            since = System.nanoTime();
        } else if (System.nanoTime() - since >= patience.toNanos()) {
            throw new SocketTimeoutException("the answer did not end within " + patience);
        }
        int count = content.read(target, offset, length);
        if (count < 0) {
            ended = true;
        } else {
            came += count;
        }
        return count;
    }

    /** Does nothing: the connection belongs to the request, and HttpClient would read all that comes to keep it. */
    @Override
    public void close() {}
}
