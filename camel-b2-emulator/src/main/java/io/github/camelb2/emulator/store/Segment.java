// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.store;

/**
 * A run of bytes inside one file of the content store.
 *
 * @param file the file's name in the store
 * @param offset where the run starts, 0 or more
 * @param length bytes in the run, 0 or more
 */
public record Segment(String file, long offset, long length) {

    /** The name that no file has: bytes that were counted and not kept. */
    static final String DISCARDED = "0";

    public Segment {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("negative segment: " + offset + "+" + length);
        }
    }

    boolean isDiscarded() {
        return file.equals(DISCARDED);
    }

    Segment slice(long from, long count) {
        return new Segment(file, offset + from, count);
    }
}
