// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;

/**
 * How many bytes a second may go at which time of the day. Immutable.
 *
 * <p>The clock on the wall decides: each entry holds from its time on until that of the next one, round midnight, and the
 * one before it where that clock is put back. An entry in an hour that is left out holds from the end of that hour.
 *
 * @param entries by their time; empty for no limit
 * @param zone where that clock hangs
 */
public record BandwidthTimetable(List<Entry> entries, ZoneId zone) {
    /** The rate of an entry without a limit. */
    public static final long OFF = Long.MAX_VALUE;

    /** No limit at any time. */
    public static final BandwidthTimetable NONE = new BandwidthTimetable(List.of(), ZoneId.of("UTC"));

    /**
     * From when on how much.
     *
     * @param bytesPerSecond at least 1; {@link #OFF} for no limit
     */
    public record Entry(LocalTime from, long bytesPerSecond) {
        public Entry {
            if (bytesPerSecond < 1) {
                throw new IllegalArgumentException("a rate is at least 1 byte per second, not " + bytesPerSecond);
            }
        }
    }

    public BandwidthTimetable {
        entries = entries.stream().sorted(Comparator.comparing(Entry::from)).toList();
    }

    /** The same at any time. */
    public static BandwidthTimetable constant(long bytesPerSecond) {
        return new BandwidthTimetable(List.of(new Entry(LocalTime.MIDNIGHT, bytesPerSecond)), ZoneId.of("UTC"));
    }

    /** Bytes per second at that time; {@link #OFF} for no limit. */
    public long at(Instant time) {
        if (entries.size() < 2) {
            return entries.isEmpty() ? OFF : entries.get(0).bytesPerSecond();
        }
        LocalTime wall = LocalTime.ofInstant(time, zone);
        Entry current = entries.get(entries.size() - 1);
        for (Entry entry : entries) {
            if (entry.from().isAfter(wall)) {
                break;
            }
            current = entry;
        }
        return current.bytesPerSecond();
    }
}
