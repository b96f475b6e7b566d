// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far a command is: a bar on a terminal, a line with the time now and then in a log. Thread-safe. */
final class Progress implements AutoCloseable {
    private static final int MOST_COLUMNS = 100;
    private static final int MILLIS_BETWEEN_BARS = 250;
    private static final long MEGABYTE = 1_000_000;

    private final Screen screen;
    private final InstantSource clock;
    private final Duration between;
    private final @Nullable ProgressBar bar;
    private Instant lastLine;

    /**
     * Begins to show it.
     *
     * @param isTerminal whether standard error is one
     * @param between    how long a log waits for its next line
     */
    Progress(String task, Screen screen, boolean isTerminal, InstantSource clock, Duration between) {
        this.screen = screen;
        this.clock = clock;
        this.between = between;
        this.lastLine = clock.instant();
        this.bar = isTerminal ? bar(task, screen) : null;
    }

    private static ProgressBar bar(String task, Screen screen) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(-1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUnit(" MB", MEGABYTE)
                .showSpeed()
                .setUpdateIntervalMillis(MILLIS_BETWEEN_BARS)
                .setConsumer(new DelegatingProgressBarConsumer(screen::bar, MOST_COLUMNS))
                .build();
    }

    /**
     * So far it is.
     *
     * @param total -1 while nobody knows
     * @param text  what else there is to say
     */
    synchronized void show(long bytes, long total, String text) {
        if (bar != null) {
            bar.maxHint(total);
            bar.stepTo(bytes);
            bar.setExtraMessage(text);
            return;
        }
        Instant now = clock.instant();
        if (!now.isBefore(lastLine.plus(between))) {
            lastLine = now;
            screen.say(now.truncatedTo(ChronoUnit.SECONDS) + " " + megabytes(bytes)
                    + (total < 0 ? "" : " of " + megabytes(total)) + " MB" + (text.isEmpty() ? "" : ", " + text));
        }
    }

    private static String megabytes(long bytes) {
        return String.format(java.util.Locale.ROOT, "%.1f", (double) bytes / MEGABYTE);
    }

    /** Takes the bar away. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            screen.bar("");
        }
    }
}
