// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

/** What a disk without upper and lower case does with names that differ in nothing else. */
class NameCaseTest {
    @TempDir
    Path root;

    @Test
    void nameIsListedOnlyAsItIsSpelled() throws IOException {
        Files.createFile(root.resolve("Photo"));

        assertThat(NameCase.isListed(root.resolve("Photo"))).isTrue();
        assertThat(NameCase.isListed(root.resolve("photo"))).isFalse();
        assertThat(NameCase.isListed(root.resolve("Photos"))).isFalse();
    }

    @Test
    void diskIsAskedByTheCapitalsOfAFileThatExists() throws IOException {
        Path file = Files.createFile(root.resolve("probe"));
        boolean ignoresCase = isAlsoFound("PROBE");

        assertThat(NameCase.isIgnoredAt(file)).isEqualTo(ignoresCase);
        // What a disk that ignores case would answer, another file of that name does here.
        if (!ignoresCase) {
            Files.createFile(root.resolve("PROBE"));
        }
        assertThat(NameCase.isIgnoredAt(file)).isTrue();
    }

    @Test
    void namesInTheirOwnSpellingAndFreeOnesAreTaken() throws IOException {
        Files.createDirectories(root.resolve("Holidays"));
        Files.createFile(root.resolve("Holidays/One"));
        NameCase spelling = new NameCase();

        assertThatCode(() -> spelling.check(root, root.resolve("Holidays/One"))).doesNotThrowAnyException();
        assertThatCode(() -> spelling.check(root, root.resolve("Holidays/two"))).doesNotThrowAnyException();
        assertThatCode(() -> spelling.check(root, root.resolve("new/one"))).doesNotThrowAnyException();
    }

    @Test
    void anotherSpellingOfAFileOrADirectoryIsNamed() throws IOException {
        Files.createDirectories(root.resolve("Holidays"));
        Files.createFile(root.resolve("Holidays/One"));
        assumeThat(isAlsoFound("holidays")).as("a disk that ignores case").isTrue();
        NameCase spelling = new NameCase();

        assertThatThrownBy(() -> spelling.check(root, root.resolve("holidays/two")))
                .hasMessageStartingWith(root.resolve("holidays") + " stands there in another spelling");
        assertThatThrownBy(() -> spelling.check(root, root.resolve("Holidays/ONE")))
                .hasMessageStartingWith(root.resolve("Holidays/ONE") + " stands there in another spelling");
    }

    private boolean isAlsoFound(String name) {
        return Files.exists(root.resolve(name));
    }
}
