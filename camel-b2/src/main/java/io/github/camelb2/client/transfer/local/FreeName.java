// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.local;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a file a name that nothing has, for those who have promised to replace nothing. */
public final class FreeName {
    private static final Logger LOG = LoggerFactory.getLogger(FreeName.class);

    private FreeName() {}

    /**
     * Moves a file within its disk. A link never replaces, as a move may; where the disk has no links, a move looks first,
     * and what takes the name between its look and its end is replaced.
     *
     * @throws FileAlreadyExistsException if something has that name; the file stays where it is
     */
    public static void move(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("{} cannot be linked to {}, so it is moved", from, to, e);
            Files.move(from, to);
            return;
        }
        Files.delete(from);
    }
}
