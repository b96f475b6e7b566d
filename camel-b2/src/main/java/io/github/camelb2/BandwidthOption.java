// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.http.BandwidthTimetable;
import io.github.camelb2.client.http.BandwidthTimetable.Entry;

/** Reads the option {@code maxBytesPerSecond}: one rate, or a timetable of rates. */
public final class BandwidthOption {
    private static final String NAME = "maxBytesPerSecond";
    private static final String OFF = "off";

    /** Below it no request ends before the service, or a proxy on the way, loses its patience. */
    private static final long LEAST = 1_000;

    private BandwidthOption() {}

    /**
     * What a text says: {@code 2MB}, {@code off}, or {@code 08:00,2MB 18:00,20MB 23:00,off}, which may begin with a time
     * zone.
     *
     * @param text null for no limit
     * @throws IllegalArgumentException if it says nothing of that
     */
    public static BandwidthTimetable parse(@Nullable String text) {
        if (text == null || text.isBlank() || OFF.equals(text.strip())) {
            return BandwidthTimetable.NONE;
        }
        List<String> words = new ArrayList<>(List.of(text.strip().split("\\s+")));
        if (words.size() == 1 && !words.get(0).contains(",")) {
            return BandwidthTimetable.constant(rate(text, words.get(0)));
        }
        ZoneId zone = words.get(0).contains(",") ? ZoneId.systemDefault() : zone(text, words.remove(0));
        List<Entry> entries = new ArrayList<>();
        for (String word : words) {
            int comma = word.indexOf(',');
            if (comma < 0) {
                throw wrong(text, "'" + word + "' has no comma between time and rate");
            }
            Entry entry = new Entry(time(text, word.substring(0, comma)), rate(text, word.substring(comma + 1)));
            if (entries.stream().anyMatch(it -> it.from().equals(entry.from()))) {
                throw wrong(text, "it says " + entry.from() + " twice");
            }
            entries.add(entry);
        }
        return new BandwidthTimetable(entries, zone);
    }

    private static ZoneId zone(String text, String word) {
        try {
            return ZoneId.of(word);
        } catch (DateTimeException e) {
            throw wrong(text, "'" + word + "' is no time zone");
        }
    }

    private static LocalTime time(String text, String word) {
        try {
            return LocalTime.parse(word);
        } catch (DateTimeException e) {
            throw wrong(text, "'" + word + "' is no time of the day");
        }
    }

    private static long rate(String text, String word) {
        if (OFF.equals(word)) {
            return BandwidthTimetable.OFF;
        }
        long rate;
        try {
            rate = ByteSize.parse(NAME, word);
        } catch (IllegalArgumentException e) {
            throw wrong(text, "'" + word + "' is no size");
        }
        if (rate < LEAST) {
            throw wrong(text, "'" + word + "' is less than 1KB");
        }
        return rate;
    }

    private static IllegalArgumentException wrong(String text, String why) {
        return new IllegalArgumentException("Option " + NAME + "=" + text + " cannot be: " + why
                + "; write 2MB, off, or times and rates as 08:00,2MB 18:00,20MB 23:00,off, with a time zone before them,"
                + " as Europe/Berlin, where it is not that of the machine");
    }
}
