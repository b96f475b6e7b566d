// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.file;

/**
 * Where a version stands in a listing: names in UTF-8 order, within a name the newest first.
 *
 * @param name the file name
 * @param timestamp upload time in milliseconds since 1970; a large file keeps the time at which it was started
 * @param sequence order of creation, which settles equal times
 */
public record VersionKey(String name, long timestamp, long sequence) implements Comparable<VersionKey> {

    /** At or before every version of the name. */
    public static VersionKey before(String name) {
        return new VersionKey(name, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /** After every version of the name, before the next name. */
    public static VersionKey after(String name) {
        return new VersionKey(name, Long.MIN_VALUE, Long.MIN_VALUE);
    }

    /** The first place after this one. */
    public VersionKey next() {
        return new VersionKey(name, timestamp, sequence - 1);
    }

    @Override
    public int compareTo(VersionKey other) {
        int names = Utf8Order.compare(name, other.name);
        if (names != 0) {
            return names;
        }
        int times = Long.compare(other.timestamp, timestamp);
        return times != 0 ? times : Long.compare(other.sequence, sequence);
    }
}
