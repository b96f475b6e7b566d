// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.scan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.client.model.file.Action;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.protection.Guarded;
import io.github.camelb2.client.model.protection.LegalHold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VersionSortTest {
    @TempDir
    Path directory;

    /** So little memory that 20,000 versions make hundreds of runs, which are merged in two levels. */
    @Test
    void moreThanFitsIntoMemoryIsSortedOnDisk() throws Exception {
        List<FileVersion> versions = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            versions.add(version(i / 3, "name " + i));
        }
        List<FileVersion> shuffled = new ArrayList<>(versions);
        Collections.shuffle(shuffled, new Random(1));
        try (VersionSort sort = new VersionSort(directory, 50_000)) {
            shuffled.forEach(sort::add);

            assertThat(sort.isOnDisk()).isTrue();
            assertThat(taken(sort))
                    .extracting(FileVersion::uploadTimestamp)
                    .isSorted()
                    .hasSize(versions.size());
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void versionComesBackAsItWasAndOnce() {
        try (VersionSort sort = new VersionSort(directory, 1)) {
            FileVersion version = version(7, "\ud83d\ude00/\uff5e");
            sort.add(version);
            sort.add(version(8, "b"));
            sort.add(version);

            assertThat(taken(sort)).containsExactly(version, version(8, "b"));
        }
    }

    @Test
    void diskThatTakesNothingIsNamedWithWhatToDo() throws Exception {
        Path file = Files.writeString(directory.resolve("no-directory"), "");
        try (VersionSort sort = new VersionSort(file.resolve("below"), 1)) {
            assertThatThrownBy(() -> sort.add(version(1, "a")))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("java.io.tmpdir")
                    .hasMessageContaining("Nothing is lost");
        }
    }

    private static FileVersion version(long time, String name) {
        return new FileVersion(
                "account",
                Action.UPLOAD,
                "bucket",
                5,
                null,
                "none",
                "text/plain",
                "id of " + name,
                Map.of("k", "v"),
                name,
                null,
                Guarded.readable(LegalHold.ON),
                null,
                null,
                time);
    }

    private static List<FileVersion> taken(VersionSort sort) {
        List<FileVersion> all = new ArrayList<>();
        for (FileVersion next = sort.next(); next != null; next = sort.next()) {
            all.add(next);
        }
        return all;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
        }
    }
}
