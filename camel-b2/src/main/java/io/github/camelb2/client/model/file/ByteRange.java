// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.file;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A range of bytes.
 *
 * @param start the first byte, from 0
 * @param end the last byte, inclusive; null for the end of the file
 */
public record ByteRange(long start, @Nullable Long end) {
    public ByteRange {
        if (start < 0 || (end != null && end < start)) {
            throw new IllegalArgumentException("range " + start + " to " + end
                    + ": the start must be 0 or more and the end, which is inclusive, not before it");
        }
    }

    /** From {@code start} to {@code end}, both inclusive. */
    public static ByteRange of(long start, long end) {
        return new ByteRange(start, end);
    }

    /** From {@code start} to the end of the file. */
    public static ByteRange from(long start) {
        return new ByteRange(start, null);
    }

    /** How many bytes of a file of that length it covers: 0 when it starts behind the end. */
    public long lengthWithin(long fileLength) {
        long last = end == null ? fileLength - 1 : Math.min(end, fileLength - 1);
        return Math.max(0, last - start + 1);
    }

    /** As HTTP spells it: {@code bytes=0-99}. */
    @JsonValue
    public String header() {
        return "bytes=" + start + "-" + (end == null ? "" : end.toString());
    }

    @Override
    public String toString() {
        return header();
    }
}
