// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.quickstart;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.github.camelb2.sync.report.SyncProgress;

import static org.assertj.core.api.Assertions.assertThat;

/** What a run shows while it goes on. */
class ScreenTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void terminalHasTheFiguresOnItsLastLineAndWritesThemOver() {
        Screen screen = new Screen(out, Screen.Kind.TERMINAL);

        screen.onProgress("photos", progress(1, 500_000, SyncProgress.Phase.SCANNING));
        screen.file("upload a.jpg");
        screen.onProgress("photos", progress(2, 1_000_000, SyncProgress.Phase.TRANSFERRING));

        assertThat(printed())
                .isEqualTo("\r\u001b[K   [compared 9 files, 1 actions done on 4 of them, 500.0 kB of 2.0 MB, 50.0 kB/s]"
                        + "\r\u001b[K   upload a.jpg\n"
                        + "\r\u001b[K   [compared 9 files, 2 actions done on 4 of them, 1.0 MB of 2.0 MB, 100.0 kB/s,"
                        + " 10 s left]");
    }

    @Test
    void fileGetsTheFiguresAsLinesAndNoControlCharacters() {
        Screen screen = new Screen(out, Screen.Kind.FILE);

        screen.onProgress("photos", progress(1, 500_000, SyncProgress.Phase.SCANNING));
        screen.onProgress("photos", progress(2, 1_000_000, SyncProgress.Phase.SCANNING));
        screen.onProgress("photos", progress(4, 2_000_000, SyncProgress.Phase.ENDED));

        assertThat(printed().lines())
                .containsExactly(
                        "   [compared 9 files, 1 actions done on 4 of them, 500.0 kB of 2.0 MB, 50.0 kB/s]",
                        "   [compared 9 files, 4 actions done on 4 of them, 2.0 MB of 2.0 MB, 200.0 kB/s]");
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    private static SyncProgress progress(long done, long moved, SyncProgress.Phase phase) {
        return new SyncProgress(9, 4, done, 0, 2_000_000, moved, Duration.ofSeconds(10), phase, 10);
    }
}
