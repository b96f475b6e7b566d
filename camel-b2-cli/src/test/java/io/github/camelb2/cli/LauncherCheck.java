// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.emulator.B2Emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** The script and the runner in processes of their own; run by the build once there is a runner, not with the other tests. */
@Tag("full")
@Timeout(240)
class LauncherCheck {
    private static final long QUICK_MILLIS = 800;

    /** The same in starts of a JVM that does nothing, for a machine that is slower than that. */
    private static final long QUICK_STARTS = 16;

    @TempDir
    static Path home;

    private static B2Emulator b2;
    private static Path script;

    @BeforeAll
    static void prepare() throws Exception {
        assumeThat(System.getProperty("launcher.directory"))
                .as("run by the build")
                .isNotNull();
        assumeThat(Path.of("/bin/sh")).as("a shell").exists();
        Path source = Path.of(System.getProperty("launcher.source"));
        try (Stream<Path> built = Files.list(Path.of(System.getProperty("launcher.directory")))) {
            Path runner = built.filter(path -> path.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow();
            Files.copy(runner, home.resolve(runner.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
        }
        script = Files.copy(source.resolve("camel-b2"), home.resolve("camel-b2"), StandardCopyOption.COPY_ATTRIBUTES);
        b2 = B2Emulator.builder().synthetic("big", 100_000).start();
        b2.state().createBucket("uploads");
        Process first = start(List.of(script.toString(), "--version"));
        assertThat(first.waitFor()).isZero();
        await().atMost(java.time.Duration.ofMinutes(2)).until(LauncherCheck::hasArchive);
    }

    @AfterAll
    static void stop() {
        if (b2 != null) {
            b2.close();
        }
    }

    private static boolean hasArchive() throws IOException {
        Path cache = home.resolve(".cache/camel-b2");
        if (!Files.isDirectory(cache)) {
            return false;
        }
        try (Stream<Path> files = Files.list(cache)) {
            List<String> names =
                    files.map(path -> path.getFileName().toString()).toList();
            return names.size() == 1 && names.get(0).endsWith(".jsa");
        }
    }

    private static Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.startsWith("B2_"));
        builder.environment().put("LANG", "C");
        builder.environment().put("HOME", home.toString());
        builder.environment().remove("XDG_CACHE_HOME");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("B2_APPLICATION_KEY_ID", b2.applicationKeyId());
        builder.environment().put("B2_APPLICATION_KEY", b2.applicationKey());
        builder.environment().put("B2_ENVIRONMENT", b2.url());
        return builder.start();
    }

    private static Run.Ended shell(String line) throws Exception {
        Process process = start(List.of("/bin/sh", "-c", line));
        return ended(process);
    }

    private static Run.Ended ended(Process process) throws Exception {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Thread reader = new Thread(() -> {
            try {
                process.getErrorStream().transferTo(err);
            } catch (IOException e) {
                // Its end.
            }
        });
        reader.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
        reader.join();
        return new Run.Ended(process.exitValue(), out, err.toString(StandardCharsets.UTF_8));
    }

    /** The least processor time of some runs, which others who work on this machine make no longer, as they do the time. */
    private static long leastMillis(String command) throws Exception {
        List<Long> wall = new ArrayList<>();
        List<Long> processor = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            long begun = System.nanoTime();
            Run.Ended ended = shell(command + " >/dev/null || exit; times");
            wall.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
            assertThat(ended.code()).isZero();
            // The second line is of what the shell has started: user and system, as 0m0.51s.
            processor.add(Arrays.stream(ended.lines().get(1).split(" "))
                    .mapToLong(LauncherCheck::millis)
                    .sum());
        }
        System.out.println(
                command.substring(command.lastIndexOf('/') + 1) + ": " + wall + " ms, of which processor " + processor);
        return processor.stream().min(Long::compare).orElseThrow();
    }

    private static long millis(String minutesAndSeconds) {
        String[] parts = minutesAndSeconds.replace("s", "").split("m");
        return Math.round((Long.parseLong(parts[0]) * 60 + Double.parseDouble(parts[1])) * 1_000);
    }

    @Test
    void startsInLessThanEightTenthsOfASecond() throws Exception {
        String java = System.getProperty("java.home") + "/bin/java";
        long limit = Math.max(QUICK_MILLIS, QUICK_STARTS * leastMillis(java + " --version"));

        assertThat(leastMillis(script + " --version")).isLessThan(limit);
        assertThat(leastMillis(script + " ls")).isLessThan(limit);
    }

    @Test
    void readerThatGoesEndsItWithoutAWord() throws Exception {
        Run.Ended ended = shell(script + " ls -r b2://big | head -2");

        assertThat(ended.out()).isEqualTo("d000000/f0000.txt\nd000000/f0001.txt\n");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void fullDiskIsAFailure() throws Exception {
        assumeThat(Path.of("/dev/full")).exists();

        assertThat(shell(script + " ls -r b2://big > /dev/full").code()).isEqualTo(ExitCodes.FAILED);
    }

    @Test
    void namesAreThoseOfTheDiskInThePosixLocaleToo() throws Exception {
        Run.Ended ended = shell("mkdir $HOME/üben && echo x > $HOME/üben/été && " + script
                + " sync --no-progress $HOME/üben b2://uploads/größe && " + script + " ls -r b2://uploads/größe");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("upload 'été'").endsWith("größe/été\n");
    }

    @Test
    void keyIsInNoCommandLine() throws Exception {
        Process process = start(List.of(script.toString(), "emulator"));
        try {
            process.inputReader().readLine();

            assertThat(new String(Files.readAllBytes(Path.of("/proc/" + process.pid() + "/cmdline"))))
                    .contains("emulator")
                    .doesNotContain(b2.applicationKey());
        } finally {
            process.destroy();
            assertThat(process.waitFor()).isEqualTo(143);
        }
    }

    @Test
    void signalEndsASyncInOrderAndSaysThatItIsIncomplete() throws Exception {
        Path source = Files.createDirectory(home.resolve("many"));
        for (int i = 0; i < 2_000; i++) {
            Files.writeString(source.resolve("f" + i), "x");
        }
        b2.faults().add("b2_upload_file #1+: delay 100ms");
        long before = b2.count("b2_upload_file");
        Process process =
                start(List.of(script.toString(), "sync", "--threads", "2", source.toString(), "b2://uploads/many"));
        await().until(() -> b2.count("b2_upload_file") > before + 2);
        // Not destroy(), which closes what it has still to say.
        process.toHandle().destroy();
        Run.Ended ended = ended(process);
        b2.faults().clear();

        assertThat(ended.code()).isEqualTo(143);
        assertThat(ended.err()).contains("INCOMPLETE: stopped before the end");
        long told =
                ended.out().lines().filter(line -> line.startsWith("upload ")).count();
        assertThat(told).isBetween(1L, 1_000L);
        assertThat(b2.state().names("uploads").stream()
                        .filter(name -> name.startsWith("many/"))
                        .count())
                .isEqualTo(told);
        assertThat(Arrays.asList(home.resolve("many").toFile().list())).hasSize(2_000);
    }
}
