// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Each example prints what its README says that it prints. */
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("").toAbsolutePath().getParent();
    private static final Pattern PRINTED = Pattern.compile("(?ms)^```text\\n(.*?)^```$");

    @TempDir
    Path work;

    private ScheduledExecutorService looking;

    @BeforeEach
    void beginToLook() {
        looking = Executors.newSingleThreadScheduledExecutor();
    }

    @AfterEach
    void lookNoMore() {
        looking.shutdownNow();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void printsWhatItsReadmeSays(String example) throws Exception {
        Path folder = EXAMPLES.resolve(example);
        String readme = Files.readString(folder.resolve("README.md"));
        Matcher printed = PRINTED.matcher(readme);
        assertThat(printed.find()).as("the README has a text block").isTrue();

        List<String> lines = run(folder, (int) printed.group(1).lines().count());

        assertThat(readme).contains("examples/run.sh " + example + "\n");
        assertThat(lines.stream().sorted().collect(Collectors.joining("\n")))
                .matches(printed.group(1)
                        .lines()
                        .sorted()
                        .map(ExamplesTest::pattern)
                        .collect(Collectors.joining("\n")));
    }

    @Test
    void aSecondRunUploadsNothingAgain() throws Exception {
        Path folder = EXAMPLES.resolve("upload-directory");
        run(folder, 3);

        // Ends by itself, when it has been idle for as long as its settings say.
        assertThat(runUntilIdle(folder, work)).isEmpty();
    }

    /** In a JVM of its own, which threads of Camel and of the emulator would keep alive. */
    @Test
    void anExampleWhoseRouteCannotBeMadeEndsWithItsErrorAndExitCodeOne() throws Exception {
        Path folder = Files.createDirectory(work.resolve("broken"));
        Files.writeString(folder.resolve("application.properties"), "camel.main.name=broken\n");
        Files.writeString(
                folder.resolve("routes.camel.yaml"),
                "- route: {from: {uri: 'direct:a', steps: [{to: {uri: 'b2:{{bucket}}?noSuchOption=1'}}]}}\n");

        Process broken = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        RunExample.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("output").toFile())
                .start();

        try {
            assertThat(broken.waitFor(2, TimeUnit.MINUTES)).as("it ends").isTrue();
            assertThat(broken.exitValue()).isOne();
            assertThat(Files.readString(work.resolve("output"))).contains("noSuchOption");
        } finally {
            broken.destroyForcibly();
        }
    }

    @Test
    void aFolderWithoutAnExampleIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunExample.run(EXAMPLES.resolve("none"), work, Map.of(), main -> {}))
                .withMessageContaining("application.properties");
    }

    static Stream<String> examples() throws IOException {
        try (Stream<Path> folders = Files.list(EXAMPLES)) {
            return folders
                    .filter(folder -> Files.exists(folder.resolve("application.properties")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    /**
     * What the routes log goes to standard output, whichever it is at that moment. An example that has printed so many
     * lines is ended when it has printed nothing more for a second; until then it may be idle for as long as a busy
     * machine needs.
     */
    private List<String> run(Path folder, int lines) throws Exception {
        return run(folder, work, (main, printed) -> {
            main.addOverrideProperty("camel.main.durationMaxIdleSeconds", "30");
            endWhenQuiet(main, printed, lines);
        });
    }

    private static List<String> runUntilIdle(Path folder, Path work) throws Exception {
        return run(folder, work, (main, printed) -> {});
    }

    private static List<String> run(Path folder, Path work, BiConsumer<Main, ByteArrayOutputStream> watcher)
            throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            RunExample.run(folder, work, Map.of(), main -> watcher.accept(main, printed));
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private void endWhenQuiet(Main main, ByteArrayOutputStream printed, int lines) {
        AtomicInteger size = new AtomicInteger();
        looking.scheduleWithFixedDelay(
                () -> {
                    int before = size.getAndSet(printed.size());
                    if (before == printed.size()
                            && printed.toString(StandardCharsets.UTF_8).lines().count() >= lines) {
                        main.completed();
                    }
                },
                1,
                1,
                TimeUnit.SECONDS);
    }

    /** An ellipsis stands for what differs from run to run. */
    private static String pattern(String line) {
        return Arrays.stream(line.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    }
}
