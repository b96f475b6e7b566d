// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The build keeps the committed files before Camel's generator runs: they must be what it writes. */
class GeneratedFilesTest {

    @Test
    void generatedFilesAreCommittedAsTheGeneratorWritesThem() throws IOException {
        Map<String, String> generated = files(Path.of("src", "generated"));

        assertThat(generated).containsKey("resources/META-INF/io/github/camelb2/sync/b2-sync.json");
        assertThat(files(Path.of("target", "committed-generated")))
                .as("commit src/generated")
                .isEqualTo(generated);
    }

    private static Map<String, String> files(Path root) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            paths.filter(Files::isRegularFile)
                    .forEach(file -> contents.put(root.relativize(file).toString(), read(file)));
        }
        return contents;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
