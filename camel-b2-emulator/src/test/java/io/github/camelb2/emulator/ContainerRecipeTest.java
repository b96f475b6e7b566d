// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** What can be known of the container recipe without building an image. */
class ContainerRecipeTest {

    private static final Path RECIPE = Path.of("src/main/container");

    private static String dockerfile() throws Exception {
        return Files.readString(RECIPE.resolve("Dockerfile"));
    }

    private static List<String> array(String instruction) throws Exception {
        Matcher line = Pattern.compile("^ *" + instruction + " (\\[.*])$", Pattern.MULTILINE)
                .matcher(dockerfile());
        assertThat(line.find()).as(instruction).isTrue();
        List<String> words = new ArrayList<>();
        new ObjectMapper().readTree(line.group(1)).forEach(word -> words.add(word.textValue()));
        return words;
    }

    @Test
    void everythingThatIsCopiedIsThereOrMadeByTheBuild() throws Exception {
        for (String line :
                dockerfile().lines().filter(l -> l.startsWith("COPY ")).toList()) {
            String[] words = line.split(" ");
            for (String source : List.of(words).subList(1, words.length - 1)) {
                PathMatcher runner = FileSystems.getDefault().getPathMatcher("glob:" + source);
                boolean built = runner.matches(Path.of("camel-b2-emulator/target/camel-b2-emulator-1.0-runner.jar"));
                assertThat(built || Files.isExecutable(Path.of("..").resolve(source)))
                        .as(source)
                        .isTrue();
            }
        }
    }

    @Test
    void emulatorKnowsTheOptionsThatItIsStartedWith() throws Exception {
        List<String> words = array("ENTRYPOINT");

        CommandLine.ParseResult parsed = B2EmulatorMain.commandLine()
                .parseArgs(words.subList(1, words.size()).toArray(new String[0]));

        assertThat(parsed.matchedOptionValue("--port", 0)).isEqualTo(9000);
        assertThat(dockerfile()).contains("EXPOSE 9000", "USER b2", "VOLUME /data");
        assertThat(Files.readString(RECIPE.resolve("compose.yaml")))
                .contains("127.0.0.1:9000:9000", "/data", "healthcheck");
    }

    @Test
    void healthCheckTellsARunningEmulatorFromNone() throws Exception {
        assumeThat(Path.of("/bin/bash")).exists();
        int port;
        try (B2Emulator emulator = B2Emulator.start()) {
            port = Integer.parseInt(emulator.url().replaceAll(".*:", ""));
            emulator.faults().add("*: status 500");

            assertThat(check(port)).isZero();
            assertThat(emulator.count("unknown")).isZero();
        }
        assertThat(check(port)).isNotZero();
    }

    private static int check(int port) throws Exception {
        // The first CMD of the recipe is that of the health check.
        List<String> command = array("CMD");
        Process process = new ProcessBuilder(command.stream()
                        .map(word -> word.replace("/9000", "/" + port))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Test
    void composeAndDockerfileCheckHealthAlike() throws Exception {
        Matcher script = Pattern.compile("\"exec [^\"]*\"").matcher(dockerfile());

        assertThat(script.find()).isTrue();
        assertThat(Files.readString(RECIPE.resolve("compose.yaml"))).contains(script.group());
    }
}
