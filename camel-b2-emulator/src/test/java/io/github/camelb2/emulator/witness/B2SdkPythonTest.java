package io.github.camelb2.emulator.witness;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.emulator.B2EmulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** b2sdk for Python, unmodified, finds the emulator to be B2. */
class B2SdkPythonTest {

    @RegisterExtension
    static final B2EmulatorExtension B2 =
            new B2EmulatorExtension(builder -> builder.minPartSize(5_000_000).recommendedPartSize(5_000_000));

    @TempDir
    private Path directory;

    /** Debian's package belongs to Debian's Python, whatever comes first in the path. */
    private static Tool python() throws Exception {
        String python = Files.exists(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
        return Tool.orSkip("python3-b2sdk", List.of(python), List.of("-c", "import b2sdk.v2"), Map.of());
    }

    @Test
    void everydayScriptRuns() throws Exception {
        Tool python = python();
        Path script = directory.resolve("everyday.py");
        try (var source = B2SdkPythonTest.class.getResourceAsStream("/witness/everyday.py")) {
            Files.write(script, source.readAllBytes());
        }

        String out = python.run(
                        script.toString(),
                        B2.emulator().url(),
                        B2.emulator().applicationKeyId(),
                        B2.emulator().applicationKey(),
                        B2.bucketName(),
                        directory.toString())
                .success();

        assertThat(out.lines()).endsWith("all is well");
        assertThat(B2.emulator().state().bytes(B2.bucketName(), "dir/kept é.txt"))
                .isEqualTo("kept".getBytes(StandardCharsets.UTF_8));
        await().until(() -> B2.emulator().state().temporaryFiles() == 0);
    }
}
