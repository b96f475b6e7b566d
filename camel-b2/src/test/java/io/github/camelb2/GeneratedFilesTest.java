// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The build copies src/generated before Camel's generator runs: what was committed must be what it writes. */
class GeneratedFilesTest {
    private static final Path COMMITTED = Path.of("target", "committed-generated");
    private static final Path GENERATED = Path.of("src", "generated");

    @Test
    void generatedFilesAreCommittedAsTheGeneratorWritesThem() throws IOException {
        Map<String, String> generated = files(GENERATED);
        Map<String, String> committed = files(COMMITTED);

        Set<String> stale = new TreeSet<>(generated.keySet());
        stale.addAll(committed.keySet());
        stale.removeIf(name -> Objects.equals(generated.get(name), committed.get(name)));
        assertThat(generated).hasSizeGreaterThan(5);
        assertThat(stale)
                .as("files below src/generated that this build had to write anew: commit them")
                .isEmpty();
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
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
