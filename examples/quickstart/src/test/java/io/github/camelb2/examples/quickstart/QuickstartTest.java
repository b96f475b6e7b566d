// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.quickstart;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.examples.support.Service;

import static org.assertj.core.api.Assertions.assertThat;

/** The README's first command, inside the test's JVM. */
class QuickstartTest {
    private static final Path SAMPLE = Path.of("sample");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Screen screen = new Screen(new PrintStream(printed, true, StandardCharsets.UTF_8), Screen.Kind.FILE);

    @TempDir
    Path work;

    @Test
    void whatComesBackIsWhatWasSentAndOnlyTheChangeMovesTwice() throws Exception {
        boolean equal;
        try (Service service = Service.of(Map.of(), "quickstart", "run")) {
            equal = new Quickstart(service, SAMPLE.toAbsolutePath(), work, screen).run();
        }

        assertThat(equal).isTrue();
        List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(String.join(" ", lines)).containsSubsequence("will upload 15 files", "upload 'letters");
        assertThat(lines)
                .contains("   upload 'letters/😀.txt'", "   dnload letters/😀.txt")
                .anyMatch(line -> line.contains("will upload 15 files, "))
                .anyMatch(line -> line.contains("sync backup: 15 compared, 15 upload"))
                .anyMatch(line -> line.contains("sync mirror: 15 compared, 2 upload (62 bytes), 2 delete, 0 failed"))
                .anyMatch(line -> line.contains("byte for byte what was sent: 15 files"));
    }

    @Test
    void aDifferenceInOneByteIsSeen() throws Exception {
        Trees.copy(SAMPLE, work.resolve("one"));
        Trees.copy(SAMPLE, work.resolve("other"));
        Path changed = work.resolve("other/reports/2025/q1.csv");
        byte[] content = Files.readAllBytes(changed);
        content[content.length / 2] ^= 1;
        Files.write(changed, content);

        assertThat(Trees.differences(work.resolve("one"), work.resolve("other")))
                .containsExactly("different content: reports/2025/q1.csv");
    }
}
