// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.report;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar for one task at a time, the one that was begun first; the others are not shown. Thread-safe. */
final class TerminalBars implements B2Progress.Display {
    private static final int MILLIS_BETWEEN_BARS = 250;
    private static final long MEGABYTE = 1_000_000;

    /** Guarded by this, as the next. */
    private @Nullable ProgressBar bar;

    private String shown = "";

    @Override
    public synchronized void show(String task, long bytes, long total, String text) {
        ProgressBar current = bar;
        if (current == null) {
            current = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(-1)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUnit(" MB", MEGABYTE)
                    .showSpeed()
                    .setUpdateIntervalMillis(MILLIS_BETWEEN_BARS)
                    .build();
            bar = current;
            shown = task;
        }
        if (task.equals(shown)) {
            current.maxHint(total);
            current.stepTo(bytes);
            current.setExtraMessage(text);
        }
    }

    @Override
    public synchronized void end(String task, String text) {
        ProgressBar current = bar;
        if (current != null && task.equals(shown)) {
            current.setExtraMessage(text);
            current.close();
            bar = null;
        }
    }
}
