// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.benchmarks.process.ChildProcess;
import io.github.camelb2.benchmarks.process.Java;

import static org.assertj.core.api.Assertions.assertThat;

/** The script, in a copy of what a build leaves: the emulator's jar and the class path of the benchmarks. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "Processes are measured with what Linux says of them")
class RunScriptTest {
    private static final String SCRIPT = "benchmarks/run.sh";

    @TempDir
    Path root;

    @BeforeEach
    void build() throws Exception {
        Path target = Files.createDirectories(root.resolve("benchmarks/target"));
        Files.copy(Path.of("run.sh"), root.resolve(SCRIPT));
        Files.writeString(target.resolve("classpath.txt"), Java.classPath());
        Path jars = Files.createDirectories(root.resolve("camel-b2-emulator/target"));
        try (OutputStream file = Files.newOutputStream(jars.resolve("camel-b2-emulator-0-runner.jar"))) {
            new JarOutputStream(file, emulatorOnThisClassPath()).close();
        }
    }

    @Test
    void resultsGoToTheModule() throws Exception {
        run();

        assertThat(root.resolve("benchmarks/results/2026-11-29.md")).content().contains("## dynamic-uris");
    }

    @Test
    void resultsGoWhereTheCommandLineSays() throws Exception {
        run("--results=" + root.resolve("elsewhere"));

        assertThat(root.resolve("elsewhere/2026-11-29.md")).content().contains("## dynamic-uris");
        assertThat(root.resolve("benchmarks/results")).doesNotExist();
    }

    private void run(String... options) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("sh", root.resolve(SCRIPT).toString()));
        command.addAll(List.of("smoke", "dynamic-uris", "--rounds=1", "--day=2026-11-29", "--work=" + root));
        command.addAll(List.of(options));
        new ChildProcess(root).run(command, Map.of("SKIP_BUILD", "1"));
    }

    private static Manifest emulatorOnThisClassPath() {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, "io.github.camelb2.emulator.B2EmulatorMain");
        attributes.put(
                Attributes.Name.CLASS_PATH,
                Arrays.stream(Java.classPath().split(":"))
                        .map(path -> Path.of(path).toUri().toString())
                        .collect(Collectors.joining(" ")));
        return manifest;
    }
}
