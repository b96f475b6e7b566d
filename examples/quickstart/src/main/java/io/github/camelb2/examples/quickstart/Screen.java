// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.quickstart;

import java.io.PrintStream;
import java.time.Duration;

import io.github.camelb2.sync.report.SyncProgress;
import io.github.camelb2.sync.report.SyncProgressListener;

/**
 * Prints what happens: steps, one line for each file, and the figures of the run under way.
 *
 * <p>On a terminal the figures stay on the last line and are written over; elsewhere they come as lines of their own, at
 * most one a second. Thread-safe.
 */
final class Screen implements SyncProgressListener {
    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(1);

    private final PrintStream out;
    private final Kind kind;
    private Duration lastFigures = Duration.ZERO;
    private boolean figuresShown;

    /** What the output goes to. */
    enum Kind {
        TERMINAL,
        FILE
    }

    Screen(PrintStream out, Kind kind) {
        this.out = out;
        this.kind = kind;
    }

    /** Announces a step. */
    synchronized void step(String text) {
        clearFigures();
        lastFigures = Duration.ZERO;
        out.println();
        out.println("== " + text);
    }

    /** Says something about the step. */
    synchronized void say(String text) {
        clearFigures();
        out.println("   " + text);
    }

    /** Prints the line of a file. */
    synchronized void file(String line) {
        clearFigures();
        out.println("   " + line);
    }

    @Override
    public synchronized void onProgress(String name, SyncProgress progress) {
        if (kind == Kind.TERMINAL) {
            out.print(CLEAR_LINE + figures(progress));
            out.flush();
            figuresShown = true;
        } else if (progress.elapsed().minus(lastFigures).compareTo(BETWEEN_LINES) >= 0
                || progress.phase() == SyncProgress.Phase.ENDED) {
            lastFigures = progress.elapsed();
            out.println(figures(progress));
        }
    }

    private void clearFigures() {
        if (figuresShown) {
            out.print(CLEAR_LINE);
            figuresShown = false;
        }
    }

    private static String figures(SyncProgress progress) {
        String left = progress.timeLeft()
                .map(time -> ", " + time.toSeconds() + " s left")
                .orElse("");
        return "   [compared %d files, %d actions done on %d of them, %s of %s, %s/s%s]"
                .formatted(
                        progress.compared(),
                        progress.done(),
                        progress.planned(),
                        size(progress.bytesMoved()),
                        size(progress.bytesPlanned()),
                        size(progress.bytesPerSecond()),
                        progress.phase() == SyncProgress.Phase.ENDED ? "" : left);
    }

    static String size(long bytes) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        double value = bytes;
        String units = "kMGTP";
        int unit = -1;
        while (value >= 1_000 && unit < units.length() - 1) {
            value /= 1_000;
            unit++;
        }
        return "%.1f %cB".formatted(value, units.charAt(unit));
    }
}
