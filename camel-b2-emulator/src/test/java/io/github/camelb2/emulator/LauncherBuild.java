// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Makes the launcher beside the runner; run by the build once there is a runner, not with the other tests. */
@Timeout(120)
class LauncherBuild {

    private static final long MEBIBYTE = 1024;
    private static final long MOST_MEMORY = 60 * MEBIBYTE;

    @TempDir
    private Path work;

    private Path directory;

    @BeforeEach
    void findRunner() {
        assumeThat(System.getProperty("launcher.directory"))
                .as("run by the build")
                .isNotNull();
        assumeThat(Path.of("/bin/sh")).as("a shell").exists();
        directory = Path.of(System.getProperty("launcher.directory"));
    }

    private Process launch(Path error, String javaOptions, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(error.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS", javaOptions);
        return builder.start();
    }

    @Test
    void launcherStartsFromItsArchiveInLittleMemory() throws Exception {
        Path error = work.resolve("error");
        Process maker = launch(
                error,
                "",
                List.of("sh", System.getProperty("launcher.source") + "/make-archive", directory.toString()));
        assertThat(maker.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(maker.exitValue()).as(Files.readString(error)).isZero();

        Path loaded = work.resolve("loaded");
        long begun = System.nanoTime();
        Process emulator = launch(
                error,
                "-Xlog:class+load:file=" + loaded,
                List.of(directory.resolve("camel-b2-emulator").toString()));
        try (BufferedReader out = emulator.inputReader()) {
            assertThat(out.readLine()).as(Files.readString(error)).startsWith("{\"url\":");
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            long resident = resident(emulator.pid());
            System.out.println("launcher: ready after " + took + " ms, " + resident / MEBIBYTE + " MiB resident");
            assertThat(resident).isLessThan(MOST_MEMORY);
        } finally {
            emulator.destroy();
            assertThat(emulator.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        List<String> ours = new ArrayList<>();
        try (var lines = Files.lines(loaded)) {
            lines.filter(line -> line.contains("io.github.camelb2.emulator.")).forEach(ours::add);
        }
        assertThat(ours).isNotEmpty().allMatch(line -> line.contains("shared objects file (top)"));
        assertThat(error).isEmptyFile();
    }

    /** In KiB; 0 where nobody tells. */
    private static long resident(long process) throws IOException {
        Path status = Path.of("/proc/" + process + "/status");
        if (!Files.exists(status)) {
            return 0;
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        }
    }
}
