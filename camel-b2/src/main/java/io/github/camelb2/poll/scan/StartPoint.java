// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.scan;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * From when on a consumer without memory consumes: the option {@code startFrom}.
 *
 * @param text as the user wrote it
 * @param isNow whether that is the start of the consumer
 * @param instant the instant that it names, if it names one
 */
public record StartPoint(String text, boolean isNow, Optional<Instant> instant) {
    /** @throws IllegalArgumentException if the text is none of the three forms */
    public static StartPoint parse(String text) {
        return switch (text) {
            case "beginning" -> new StartPoint(text, false, Optional.empty());
            case "now" -> new StartPoint(text, true, Optional.empty());
            default -> new StartPoint(text, false, Optional.of(instant(text)));
        };
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Refused.option("startFrom", text, "write beginning, now, or an instant such as 2026-01-31T00:00:00Z");
        }
    }

    /** Whether everything that there is gets consumed. */
    boolean isBeginning() {
        return !isNow && instant.isEmpty();
    }

    /** The instant before which uploads are not consumed by a consumer that was started at {@code started}. */
    Instant from(Instant started) {
        return instant.orElse(started);
    }
}
