// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.local;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;

import org.jspecify.annotations.Nullable;

/**
 * Makes the directory for temporary files, and trusts it.
 *
 * <p>The default one lies among those of all users and has a name that anybody can guess: another user could make it
 * first, read what is spooled there, and leave claims in it that make uploads resume or cancel what they should not. So
 * it is used only if it belongs to the user who runs this program. A directory that somebody has named is used as it is.
 */
public final class PrivateDirectory {
    /** Of the process because its user is. */
    private static volatile @Nullable UserPrincipal self;

    private PrivateDirectory() {}

    /** The directory that all processes of this user share by default. */
    public static Path ofUser() {
        return Path.of(System.getProperty("java.io.tmpdir"), "camel-b2-" + System.getProperty("user.name"));
    }

    /**
     * Makes it, with what is missing above it, for this user only, unless it is there.
     *
     * @throws IOException if that fails, or it cannot be trusted
     */
    public static void prepare(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, ownerOnly(directory, "rwx------"));
        }
        check(directory);
    }

    /** @throws IOException if it is the default one and belongs to another user */
    public static void check(Path directory) throws IOException {
        if (isPosix(directory) && directory.equals(ofUser())) {
            refuseOther(directory, self(directory));
        }
    }

    /** A link has an owner of its own, who decides where it leads. */
    static void refuseOther(Path directory, UserPrincipal user) throws IOException {
        for (LinkOption[] links : new LinkOption[][] {{}, {LinkOption.NOFOLLOW_LINKS}}) {
            UserPrincipal owner = Files.getOwner(directory, links);
            if (!owner.equals(user)) {
                throw new FileSystemException(
                        directory.toString(),
                        null,
                        "it belongs to " + owner.getName() + " and not to " + user.getName()
                                + ", who runs this program; remove it, or set java.io.tmpdir to a directory of your own");
            }
        }
    }

    /** For a new file that this user only may read. */
    public static FileAttribute<?>[] ofFile(Path file) {
        return ownerOnly(file, "rw-------");
    }

    private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Whom files belong to that this process makes; its name alone does not tell, in a container it may have none. */
    private static UserPrincipal self(Path directory) throws IOException {
        UserPrincipal known = self;
        if (known == null) {
            Path own = Files.createTempFile(directory.toAbsolutePath().getParent(), "camel-b2-", ".tmp");
            try {
                known = Files.getOwner(own);
            } finally {
                Files.delete(own);
            }
            self = known;
        }
        return known;
    }
}
