// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Permissions, group and owner of a file that another takes the place of, as far as this process may set them. */
public final class OwnerAndMode {
    private static final Logger LOG = LoggerFactory.getLogger(OwnerAndMode.class);

    private OwnerAndMode() {}

    /**
     * Gives {@code next} what {@code replaced} has. Owner and group that may not be set are left as they are.
     *
     * @throws IOException if the permissions cannot be read or set
     */
    public static void keep(Path replaced, Path next) throws IOException {
        PosixFileAttributeView to =
                Files.getFileAttributeView(next, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (to == null) {
            return;
        }
        PosixFileAttributes from;
        try {
            from = Files.readAttributes(replaced, PosixFileAttributes.class);
        } catch (NoSuchFileException e) {
            LOG.debug("{} was removed meanwhile", replaced, e);
            return;
        }
        PosixFileAttributes own = to.readAttributes();
        attempt(() -> {
            if (!from.group().equals(own.group())) {
                to.setGroup(from.group());
            }
        });
        attempt(() -> {
            if (!from.owner().equals(own.owner())) {
                to.setOwner(from.owner());
            }
        });
        to.setPermissions(from.permissions());
    }

    private interface Change {
        void make() throws IOException;
    }

    private static void attempt(Change change) {
        try {
            change.make();
        } catch (IOException e) {
            LOG.debug("An owner or group is not kept: only root may give files away", e);
        }
    }
}
