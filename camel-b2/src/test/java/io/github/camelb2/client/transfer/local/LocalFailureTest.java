// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.local;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Java's messages of the commonest failures are the path alone. */
class LocalFailureTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(new NoSuchFileException("/a"), "no such file or directory: /a"),
                arguments(new AccessDeniedException("/a"), "permission denied: /a"),
                arguments(new FileAlreadyExistsException("/a"), "a file of that name is there already: /a"),
                arguments(new DirectoryNotEmptyException("/a"), "a directory of that name is there and not empty: /a"),
                arguments(new FileSystemLoopException("/a"), "symbolic links lead round in a circle: /a"),
                arguments(new NotDirectoryException("/a"), "it is not a directory: /a"),
                arguments(new NotLinkException("/a"), "NotLinkException: /a"),
                arguments(new FileSystemException("/a"), "FileSystemException: /a"),
                arguments(new FileSystemException("/a", null, "Read-only file system"), "/a: Read-only file system"),
                arguments(new IOException("No space left on device"), "No space left on device"),
                arguments(new IOException(), "IOException"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void theReasonIsNamedAndNotOnlyThePath(IOException failure, String reason) {
        assertThat(LocalFailure.reason(failure)).isEqualTo(reason);
    }
}
