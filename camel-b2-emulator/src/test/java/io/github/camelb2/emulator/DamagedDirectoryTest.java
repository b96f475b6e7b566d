// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What strangers do to a data directory while no emulator looks. */
class DamagedDirectoryTest {

    private static final String BUCKET = "damaged-bucket";

    @TempDir
    private Path directory;

    @BeforeEach
    void storeTwoFiles() {
        try (B2Emulator emulator = open(false)) {
            emulator.state().createBucket(BUCKET);
            emulator.state().put(BUCKET, "cut", new byte[5_000]);
            emulator.state().put(BUCKET, "whole", new byte[5]);
        }
    }

    private B2Emulator open(boolean repair) {
        return B2Emulator.builder().dataDir(directory).repair(repair).start();
    }

    /** Cuts the largest file of content. */
    private void cut(int length) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("content"))) {
            Path largest = files.filter(Files::isRegularFile)
                    .max(java.util.Comparator.comparingLong(
                            file -> file.toFile().length()))
                    .orElseThrow();
            Files.write(largest, new byte[length]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4_999})
    void contentThatWasCutIsRefused(int length) throws Exception {
        cut(length);

        assertThatThrownBy(() -> open(false))
                .hasMessageContaining("missing or were cut")
                .hasMessageContaining("--repair");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4_999})
    void contentThatIsCutWhileItRunsIsAnErrorAndNoBrokenAnswer(int length) throws Exception {
        try (B2Emulator emulator = open(false)) {
            cut(length);
            RawB2 b2 = RawB2.login(emulator);

            assertThat(b2.get("/file/" + BUCKET + "/cut", Map.of()).statusCode())
                    .isEqualTo(500);
            assertThat(b2.get("/file/" + BUCKET + "/whole", Map.of()).body()).hasSize(5);
        }
    }

    @Test
    void repairDropsContentThatWasCut() throws Exception {
        cut(1);

        try (B2Emulator emulator = open(true)) {
            assertThat(emulator.state().names(BUCKET)).containsExactly("whole");
            assertThat(emulator.state().bytes(BUCKET, "whole")).hasSize(5);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"content/.DS_Store", "content/01/Thumbs.db", "content/zz/hello.txt", "content/zz/1", "note"})
    void filesOfStrangersAreLeftAlone(String stranger) throws Exception {
        Path file = directory.resolve(stranger);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "mine");

        for (boolean repair : new boolean[] {false, true}) {
            try (B2Emulator emulator = open(repair)) {
                assertThat(emulator.state().names(BUCKET)).containsExactly("cut", "whole");
                assertThat(emulator.state().bytes(BUCKET, "cut")).hasSize(5_000);
            }
            assertThat(file).hasContent("mine");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"content", "incoming", "journal.jsonl", "lock"})
    void whatIsInTheWayIsNamed(String name) throws Exception {
        Path inTheWay = directory.resolve(name);
        Path aside = directory.resolve("aside");
        Files.move(inTheWay, aside);
        if (Files.isDirectory(aside)) {
            Files.writeString(inTheWay, "a file");
        } else {
            Files.createDirectory(inTheWay);
        }

        assertThatThrownBy(() -> open(false))
                .hasMessageContaining(directory.toString())
                .message()
                .satisfies(text -> {
                    assertThat(text).matches("(?s).*(Exception\\)|directory).*");
                });
    }
}
