// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** A directory for one case, deleted with everything in it when the case is over. */
public record Work(Path path) implements AutoCloseable {

    private static final String PREFIX = "camel-b2-benchmark-";

    /** A new directory below this one, or below the system's directory for temporary files. */
    public static Work below(@Nullable Path parent) throws IOException {
        return new Work(parent == null ? Files.createTempDirectory(PREFIX) : Files.createTempDirectory(parent, PREFIX));
    }

    /** How many files are in it now. */
    public long files() throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    @Override
    public void close() throws IOException {
        TestFiles.delete(path);
    }
}
