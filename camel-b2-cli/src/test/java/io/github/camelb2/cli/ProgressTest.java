// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Lines in a log, a bar on a terminal, and never one in the other. */
class ProgressTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Screen screen = new Screen(new Shell(
            new ByteArrayInputStream(new byte[0]),
            out,
            err,
            name -> null,
            new Shell.Terminal(true, true, true),
            false));
    private Instant now = Instant.parse("2026-01-31T10:00:00.123Z");

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void logGetsALineWithTheTimeNowAndThen() {
        try (Progress progress = new Progress("sync", screen, false, () -> now, Duration.ofSeconds(10))) {
            progress.show(1, -1, "early");
            now = now.plusSeconds(11);
            progress.show(1_500_000, 3_000_000, "1 of 2 done");
            progress.show(1_600_000, 3_000_000, "too soon");
        }

        assertThat(err()).isEqualTo("2026-01-31T10:00:11Z 1.5 of 3.0 MB, 1 of 2 done\n");
    }

    @Test
    void terminalGetsABarThatLinesDoNotGetInto() {
        try (Progress progress = new Progress("sync", screen, true, () -> now, Duration.ofSeconds(10))) {
            progress.show(1_500_000, 3_000_000, "1 of 2 done");
            await().untilAsserted(() -> assertThat(err()).contains("1 of 2 done"));
            screen.line("upload a");
            screen.say("waiting");
        }

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("upload a\n");
        assertThat(err()).contains("50%", "\r\033[Kwaiting\n").endsWith("\r\033[K");
    }
}
