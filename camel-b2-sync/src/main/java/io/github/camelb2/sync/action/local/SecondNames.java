// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Gives a file another name besides its own and never in the place of another file, on disks that know such names. */
@FunctionalInterface
public interface SecondNames {
    /** As the disk does it. */
    SecondNames OF_DISK = Files::createLink;

    /**
     * Gives it.
     *
     * @throws java.nio.file.FileAlreadyExistsException if something has that name
     * @throws UnsupportedOperationException            if no disk of the system knows second names
     * @throws IOException                              also if only this disk does not
     */
    void give(Path name, Path file) throws IOException;
}
