// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.option;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.ByteSize;
import io.github.camelb2.sync.SyncTransferOptions;
import io.github.camelb2.sync.run.limit.RunLimits;
import io.github.camelb2.sync.run.limit.TimeLimits;
import io.github.camelb2.sync.run.limit.Window;

/** Reads the options that end a run before its end. */
final class TransferLimits {
    private static final Pattern WINDOW = Pattern.compile("(?:(\\S+)\\s+)?(\\d\\d?:\\S+?)-(\\d\\d?:\\S+)");

    private TransferLimits() {}

    /** @throws IllegalArgumentException naming the option that cannot be */
    static TimeLimits time(SyncTransferOptions options, TimeLimits.Cutoff cutoff) {
        long millis = options.getMaxDuration();
        if (millis < 0) {
            throw wrong("maxDuration", String.valueOf(millis), "write a time, as 4h, or 0 for no limit");
        }
        return new TimeLimits(
                Optional.of(Duration.ofMillis(millis)).filter(time -> !time.isZero()),
                Optional.ofNullable(options.getWindow()).map(TransferLimits::window),
                cutoff);
    }

    /** @throws IllegalArgumentException if it is no size */
    static long bytes(SyncTransferOptions options) {
        String bytes = options.getMaxTransferBytes();
        if (bytes == null) {
            return RunLimits.UNLIMITED;
        }
        long most = ByteSize.parse("maxTransferBytes", bytes);
        if (most == 0) {
            throw wrong("maxTransferBytes", bytes, "write a size above 0, or leave it out for any number");
        }
        return most;
    }

    private static Window window(String text) {
        Matcher matcher = WINDOW.matcher(text.strip());
        if (!matcher.matches()) {
            throw wrongWindow(text, "it is no pair of times");
        }
        try {
            return new Window(
                    time(matcher.group(2)),
                    time(matcher.group(3)),
                    matcher.group(1) == null ? ZoneId.systemDefault() : ZoneId.of(matcher.group(1)));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw wrongWindow(text, String.valueOf(e.getMessage()));
        }
    }

    private static LocalTime time(String text) {
        String whole = text.charAt(1) == ':' ? "0" + text : text;
        // Nobody means the end of the day otherwise, and Java does not know it.
        return LocalTime.parse(whole.equals("24:00") ? "00:00" : whole);
    }

    private static IllegalArgumentException wrongWindow(@Nullable String text, String why) {
        return wrong(
                "window",
                text,
                why
                        + "; write two times of the day as 22:00-06:00, with a time zone before them, as Europe/Berlin, where"
                        + " it is not that of the machine");
    }

    private static IllegalArgumentException wrong(String option, @Nullable String value, String advice) {
        return new IllegalArgumentException("Option " + option + "=" + value + " cannot be: " + advice);
    }
}
