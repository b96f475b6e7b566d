// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan;

import java.util.BitSet;

import org.jspecify.annotations.Nullable;

/**
 * Remembers contents by size and time, with a name or a digest or without. A Bloom filter of 4 MiB, made when the first one comes:
 * memory does not grow with files, and one in 100,000 that were never added looks as if it had been when it holds a million.
 */
final class ContentFilter {
    private static final int BITS = 1 << 25;
    /** Half a MiB, for what many contents share. */
    private static final int BITS_OF_SIZES = 1 << 22;

    private static final int HASHES = 6;

    private final int bits;
    private @Nullable BitSet seen;

    /** Of contents. */
    ContentFilter() {
        this(BITS);
    }

    private ContentFilter(int bits) {
        this.bits = bits;
    }

    /** Of sizes alone, for whom a mistake costs little. */
    static ContentFilter ofSizes() {
        return new ContentFilter(BITS_OF_SIZES);
    }

    void add(long size, long modifiedMillis) {
        add("", size, modifiedMillis);
    }

    void add(String path, long size, long modifiedMillis) {
        if (seen == null) {
            seen = new BitSet(bits);
        }
        for (int i = 0; i < HASHES; i++) {
            seen.set(bit(path, size, modifiedMillis, i));
        }
    }

    boolean mayContain(long size, long modifiedMillis) {
        return mayContain("", size, modifiedMillis);
    }

    boolean mayContain(String path, long size, long modifiedMillis) {
        if (seen == null) {
            return false;
        }
        for (int i = 0; i < HASHES; i++) {
            if (!seen.get(bit(path, size, modifiedMillis, i))) {
                return false;
            }
        }
        return true;
    }

    boolean isEmpty() {
        return seen == null;
    }

    private int bit(String path, long size, long modifiedMillis, int round) {
        long mixed = size * 0x9E3779B97F4A7C15L
                + modifiedMillis * 0xC2B2AE3D27D4EB4FL
                + path.hashCode() * 0x27D4EB2F165667C5L
                + round * 0x165667B19E3779F9L;
        mixed ^= mixed >>> 29;
        mixed *= 0xBF58476D1CE4E5B9L;
        mixed ^= mixed >>> 32;
        return (int) (mixed & (bits - 1));
    }
}
