// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.report;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.api.ClientListener;

/**
 * Shows people how far runs of syncs and transfers of files are: as option {@code progressListener} of {@code b2-sync:}, and
 * as {@code clientListener} of {@code b2:}. Thread-safe.
 */
public final class B2Progress implements SyncProgressListener, ClientListener {
    private static final Logger LOG = LoggerFactory.getLogger(B2Progress.class);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
    private static final double MEGABYTE = 1e6;

    /** Where it is shown. */
    interface Display {
        /**
         * So far it is.
         *
         * @param task  a run or a file
         * @param total -1 while nobody knows
         * @param text  what else there is to say
         */
        void show(String task, long bytes, long total, String text);

        /** It has ended. */
        void end(String task, String text);
    }

    private final Display display;

    B2Progress(Display display) {
        this.display = display;
    }

    /** One line in the log every ten seconds, and one at the end, with what moved, the rate and the time left. */
    public static B2Progress log() {
        return new B2Progress(new Lines(LOG::info, InstantSource.system(), BETWEEN_LINES));
    }

    /**
     * One line with a bar, the rate and the time left on the terminal (standard error), by the library {@code
     * me.tongfei:progressbar}, which has to be on the class path; lines in the log where there is no terminal.
     */
    public static B2Progress terminal() {
        return System.console() == null ? log() : new B2Progress(new TerminalBars());
    }

    @Override
    public void onProgress(String name, SyncProgress progress) {
        boolean isFinal =
                progress.phase() != SyncProgress.Phase.SCANNING && progress.phase() != SyncProgress.Phase.IDLE;
        String text = progress.compared() + " compared, " + progress.done() + " of " + progress.planned()
                + (isFinal ? "" : "+") + " done" + (progress.failed() > 0 ? ", " + progress.failed() + " failed" : "");
        String task = "sync " + name;
        if (progress.phase() == SyncProgress.Phase.ENDED) {
            display.end(task, text);
        } else {
            display.show(task, progress.bytesMoved(), isFinal ? progress.bytesPlanned() : -1, text);
        }
    }

    @Override
    public void onProgress(long transfer, String fileName, long bytes, long total) {
        if (bytes == total) {
            display.end(fileName, "complete");
        } else {
            display.show(fileName, bytes, total, "");
        }
    }

    static String megabytes(double bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / MEGABYTE);
    }

    /** A line now and then for each task that takes long. */
    static final class Lines implements Display {
        /** Tasks that never end must not fill the memory. */
        private static final int MOST = 1_000;

        private record Told(Instant begun, Instant last, boolean isLong) {}

        private final Consumer<String> log;
        private final InstantSource clock;
        private final Duration between;
        private final Map<String, Told> tasks = new ConcurrentHashMap<>();

        Lines(Consumer<String> log, InstantSource clock, Duration between) {
            this.log = log;
            this.clock = clock;
            this.between = between;
        }

        @Override
        public void show(String task, long bytes, long total, String text) {
            Instant now = clock.instant();
            if (tasks.size() >= MOST && !tasks.containsKey(task)) {
                return;
            }
            Told before = tasks.putIfAbsent(task, new Told(now, now, false));
            if (before == null || now.isBefore(before.last().plus(between))) {
                return;
            }
            if (tasks.replace(task, before, new Told(before.begun(), now, true))) {
                log.accept(line(task, bytes, total, Duration.between(before.begun(), now), text));
            }
        }

        private static String line(String task, long bytes, long total, Duration elapsed, String text) {
            double rate = elapsed.isZero() ? 0 : bytes * 1000.0 / elapsed.toMillis();
            StringBuilder line = new StringBuilder(task).append(": ").append(megabytes(bytes));
            if (total >= 0) {
                line.append(" of ").append(megabytes(total));
            }
            line.append(" MB, ").append(megabytes(rate)).append(" MB/s");
            if (total >= 0 && rate > 0) {
                line.append(", ")
                        .append(Duration.ofSeconds((long) (Math.max(0, total - bytes) / rate)))
                        .append(" left");
            }
            return text.isEmpty()
                    ? line.toString()
                    : line.append(", ").append(text).toString();
        }

        @Override
        public void end(String task, String text) {
            Told told = tasks.remove(task);
            if (told != null && told.isLong()) {
                log.accept(task + ": " + text + " after "
                        + Duration.between(told.begun(), clock.instant()).withNanos(0));
            }
        }
    }
}
