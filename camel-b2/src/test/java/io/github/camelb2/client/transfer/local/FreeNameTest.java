// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.local;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FreeNameTest {
    @TempDir
    Path directory;

    private Path from;
    private Path to;

    @BeforeEach
    void givenFile() throws IOException {
        from = Files.writeString(directory.resolve("from"), "new");
        to = directory.resolve("to");
    }

    @Test
    void aFileGetsANameThatIsFree() throws IOException {
        FreeName.move(from, to);

        assertThat(to).hasContent("new");
        assertThat(from).doesNotExist();
    }

    @Test
    void aFileStaysWhereAnotherHasTheName() throws IOException {
        Files.writeString(to, "old");

        assertThatThrownBy(() -> FreeName.move(from, to)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(to).hasContent("old");
        assertThat(from).hasContent("new");
    }

    @Test
    void aLinkThatLeadsNowhereHasItsNameToo() throws IOException {
        Files.createSymbolicLink(to, directory.resolve("nowhere"));

        assertThatThrownBy(() -> FreeName.move(from, to)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(to).isSymbolicLink();
        assertThat(from).hasContent("new");
    }
}
