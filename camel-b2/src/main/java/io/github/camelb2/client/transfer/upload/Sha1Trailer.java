// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.upload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.transfer.local.Sha1;

/**
 * The body of an upload: the content, then its SHA-1 as 40 hex digits, which is computed while the content goes by, so
 * that it is read once. For one thread; does not own the content.
 *
 * <p>The digits are given only after the check of the end has passed. Without them B2 stores nothing, so that content
 * that has changed meanwhile is given up and never kept.
 *
 * @see <a href="https://www.backblaze.com/apidocs/b2-upload-file">Backblaze: b2_upload_file, hex_digits_at_end</a>
 */
public final class Sha1Trailer extends InputStream {
    /** What {@code X-Bz-Content-Sha1} says of such a body. */
    static final String ANNOUNCEMENT = "hex_digits_at_end";

    static final int LENGTH = 40;

    private final InputStream content;
    private final EndCheck atEnd;
    private final LongConsumer progress;
    private final @Nullable String known;
    private final @Nullable Sha1 digest;
    private long remaining;
    private byte @Nullable [] digits;
    private int given;

    private Sha1Trailer(
            InputStream content,
            long length,
            @Nullable String known,
            @Nullable Sha1 digest,
            EndCheck atEnd,
            LongConsumer progress) {
        this.known = known;
        this.digest = digest;
        this.content = content;
        this.remaining = length;
        this.atEnd = atEnd;
        this.progress = progress;
    }

    /**
     * One whose digits follow the content.
     *
     * @param length how many bytes of the content belong to it
     * @param atEnd called once, after the last of them
     * @param progress hears how many bytes went by each time
     */
    public static Sha1Trailer following(InputStream content, long length, EndCheck atEnd, LongConsumer progress) {
        return new Sha1Trailer(content, length, null, new Sha1(), atEnd, progress);
    }

    /**
     * One whose SHA-1 was announced in the headers: no digits follow the content, and what turns out to have another
     * one is given up before its last bytes are given out.
     *
     * @param known the SHA-1 that was announced
     */
    static Sha1Trailer compared(InputStream content, long length, String known, EndCheck atEnd, LongConsumer progress) {
        return new Sha1Trailer(content, length, known, new Sha1(), atEnd, progress);
    }

    /** The same that is compared by B2 alone, which refuses content with another SHA-1 than was announced. */
    static Sha1Trailer announced(
            InputStream content, long length, String known, EndCheck atEnd, LongConsumer progress) {
        return new Sha1Trailer(content, length, known, null, atEnd, progress);
    }

    /** Says whether the content is still what it was, by throwing if it is not. */
    @FunctionalInterface
    public interface EndCheck {
        void check(String sha1) throws IOException;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (remaining > 0) {
            return readContent(target, offset, length);
        }
        byte[] trailer = trailer();
        int count = known == null ? Math.min(length, LENGTH - given) : 0;
        if (count == 0) {
            return length == 0 ? 0 : -1;
        }
        System.arraycopy(trailer, given, target, offset, count);
        given += count;
        return count;
    }

    private int readContent(byte[] target, int offset, int length) throws IOException {
        int count = content.read(target, offset, (int) Math.min(length, remaining));
        if (count > 0) {
            if (digest != null) {
                digest.update(target, offset, count);
            }
            remaining -= count;
            progress.accept(count);
            if (remaining == 0 && known != null) {
                trailer();
            }
        }
        return count;
    }

    private byte[] trailer() throws IOException {
        byte[] computed = digits;
        if (computed == null) {
            String hex = digest == null ? Objects.requireNonNull(known) : digest.hex();
            atEnd.check(hex);
            computed = hex.getBytes(StandardCharsets.US_ASCII);
            digits = computed;
        }
        return computed;
    }

    /**
     * The SHA-1 that was sent.
     *
     * @throws IllegalStateException if the body was not read to its end
     */
    String sha1() {
        byte[] computed = digits;
        if (computed == null) {
            throw new IllegalStateException("the content has not been read to its end");
        }
        return new String(computed, StandardCharsets.US_ASCII);
    }
}
