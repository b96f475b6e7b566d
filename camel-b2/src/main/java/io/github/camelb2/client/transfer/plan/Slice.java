// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.plan;

/**
 * One part of a large file, or one range of a download.
 *
 * @param number from 1
 * @param offset where it begins in the whole, in bytes
 * @param length its bytes
 */
public record Slice(int number, long offset, long length) {
    public Slice {
        if (number < 1 || offset < 0 || length < 0) {
            throw new IllegalArgumentException(
                    "no such part: number " + number + ", offset " + offset + ", length " + length);
        }
    }

    /** The offset of the first byte after it. */
    public long end() {
        return offset + length;
    }

    /** As the Range header says it: {@code bytes=0-99}. */
    String range() {
        return "bytes=" + offset + "-" + (end() - 1);
    }
}
