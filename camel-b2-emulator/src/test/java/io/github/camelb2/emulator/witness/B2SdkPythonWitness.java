// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.witness;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.emulator.B2EmulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** b2sdk for Python, unmodified, finds the emulator to be B2. */
abstract class B2SdkPythonWitness {

    /** The emulator of the class. */
    abstract B2EmulatorExtension b2();

    @TempDir
    private Path directory;

    /** Debian's package belongs to Debian's Python, whatever comes first in the path. */
    private Tool python() throws Exception {
        String python = Files.exists(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
        return Tool.orSkip(
                "python3-b2sdk",
                List.of(python),
                List.of("-c", "import b2sdk.v2"),
                b2().emulator()
                        .tls()
                        .map(tls ->
                                Map.of("REQUESTS_CA_BUNDLE", tls.certificate().toString()))
                        .orElse(Map.of()));
    }

    @Test
    void everydayScriptRuns() throws Exception {
        Tool python = python();
        Path script = directory.resolve("everyday.py");
        try (var source = B2SdkPythonWitness.class.getResourceAsStream("/witness/everyday.py")) {
            Files.write(script, source.readAllBytes());
        }

        String out = python.run(
                        script.toString(),
                        b2().emulator().url(),
                        b2().emulator().applicationKeyId(),
                        b2().emulator().applicationKey(),
                        b2().bucketName(),
                        directory.toString())
                .success();

        assertThat(out.lines()).endsWith("all is well");
        assertThat(b2().emulator().state().bytes(b2().bucketName(), "dir/kept é.txt"))
                .isEqualTo("kept".getBytes(StandardCharsets.UTF_8));
        await().until(() -> b2().emulator().state().temporaryFiles() == 0);
    }
}
