// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.wire;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelb2.emulator.state.B2Error;

/**
 * A range of bytes that lies inside a file.
 *
 * @param from the first byte
 * @param count how many bytes, 1 or more
 */
public record ByteRange(long from, long count) {

    private static final Pattern SHAPE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** Reads {@code bytes=a-b}, {@code bytes=a-} or {@code bytes=-n}; what begins behind the end is {@code 416}. */
    public static ByteRange of(String text, long length) {
        Matcher parts = SHAPE.matcher(text.strip());
        if (!parts.matches() || (parts.group(1).isEmpty() && parts.group(2).isEmpty())) {
            throw B2Error.badRequest("invalid range: " + text);
        }
        long from;
        long last = length - 1;
        if (parts.group(1).isEmpty()) {
            from = Math.max(0, length - Long.parseLong(parts.group(2)));
        } else {
            from = Long.parseLong(parts.group(1));
            if (!parts.group(2).isEmpty()) {
                long asked = Long.parseLong(parts.group(2));
                if (asked < from) {
                    throw B2Error.badRequest("invalid range: " + text);
                }
                last = Math.min(last, asked);
            }
        }
        if (from >= length) {
            throw new B2Error(
                    416, "range_not_satisfiable", "The range " + text + " is outside of " + length + " bytes");
        }
        return new ByteRange(from, last - from + 1);
    }

    public String contentRange(long length) {
        return "bytes " + from + "-" + (from + count - 1) + "/" + length;
    }
}
