// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.local;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.transfer.local.ForcedDirectories;
import io.github.camelb2.sync.action.failure.TypeClashException;
import io.github.camelb2.sync.plan.item.LinkNames;
import io.github.camelb2.sync.plan.item.MarkerNames;
import io.github.camelb2.sync.plan.policy.Preserve;
import io.github.camelb2.sync.scan.disk.DiskNames;
import io.github.camelb2.sync.scan.disk.Links;

/**
 * Where the names of one side lie on its disk, and whether the way there is safe: names may come from a bucket or a
 * message. Thread-safe.
 *
 * @param root     the directory of the side
 * @param guard    knows which directory that is
 * @param links    whether links are files of their own
 * @param preserve whether empty directories are
 * @param changed  hears of directories that are made
 */
public record Places(Path root, RootGuard guard, Links links, Preserve preserve, ForcedDirectories changed) {
    private static final Logger LOG = LoggerFactory.getLogger(Places.class);

    /** Whether a name is that of a link, which lies on the disk without its ending. */
    public boolean isLink(String path) {
        return links.areStored() && LinkNames.isName(path);
    }

    /** Whether a name is that of the marker of an empty directory, which is the directory itself on the disk. */
    public boolean isMarker(String path) {
        return preserve.has(Preserve.What.EMPTY_DIRS) && MarkerNames.isName(path);
    }

    /** Where links are stored as links, nobody looks at what they lead to. */
    public LinkOption[] following() {
        return links.areStored() ? new LinkOption[] {LinkOption.NOFOLLOW_LINKS} : new LinkOption[0];
    }

    /** Whether a link that is stored as one has that place. */
    public boolean isLinkInTheWay(Path target) {
        return links.areStored() && Files.isSymbolicLink(target);
    }

    /** Where links are stored, nothing is below one: what it leads to lies elsewhere, under names of its own. */
    public boolean isBelowLink(Path target) {
        return links.areStored() && hasLinkAbove(target);
    }

    /** Whether what a name leads to lies elsewhere: a destination never has it. */
    public boolean hasLinkAbove(Path target) {
        for (Path above = target.getParent();
                above != null && above.startsWith(root) && !above.equals(root);
                above = above.getParent()) {
            if (Files.isSymbolicLink(above)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The place of a name; that of a link or a directory lies on the disk without what its name has in a bucket.
     *
     * @throws IOException if it would lie outside of the root, the disk cannot have it, or another directory is at the root
     */
    public Path of(String path) throws IOException {
        Optional<String> refusal = DiskNames.atHand().unholdable(path);
        boolean isOther = isLink(path) || isMarker(path);
        if (!isOther || refusal.isPresent()) {
            return resolve(path, refusal);
        }
        String place = isLink(path) ? LinkNames.place(path) : MarkerNames.directory(path);
        boolean hasName = !place.isEmpty() && !place.endsWith("/");
        return resolve(place, hasName ? DiskNames.atHand().unholdable(place) : Optional.of("it has no name"));
    }

    private Path resolve(String path, Optional<String> refusal) throws IOException {
        if (refusal.isPresent()) {
            throw new IOException("\"" + path + "\" is not a name below " + root + ": " + refusal.get());
        }
        try {
            Path file = root.resolve(path).normalize();
            if (!file.startsWith(root) || file.equals(root)) {
                throw new IOException("\"" + path + "\" is not a name below " + root);
            }
            guard.check(file);
            return file;
        } catch (InvalidPathException e) {
            throw new IOException("\"" + path + "\" is not a name that this machine can hold: " + e.getReason(), e);
        }
    }

    /** Makes the directories above a place as far as they are missing. */
    public void createParents(Path target) throws IOException {
        Path directory = root;
        if (!Files.isDirectory(root)) {
            Files.createDirectories(root);
        }
        for (Path part : root.relativize(target.getParent())) {
            if (!part.toString().isEmpty()) {
                directory = directory.resolve(part);
                enterOrCreate(directory);
            }
        }
    }

    private void enterOrCreate(Path directory) throws IOException {
        try {
            Files.createDirectory(directory);
            changed.changed(directory);
        } catch (FileAlreadyExistsException e) {
            checkIsRealDirectory(directory);
        }
    }

    /** Links below the directory would lead writes and deletes out of it. */
    public void checkParents(Path target) throws IOException {
        Path directory = root;
        for (Path part : root.relativize(target.getParent())) {
            if (!part.toString().isEmpty()) {
                directory = directory.resolve(part);
                checkIsRealDirectory(directory);
            }
        }
        guard.checkNoDiskCame(directory);
    }

    /** @throws IOException if it is no directory, or a link to one */
    public void checkIsRealDirectory(Path directory) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(directory, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isSymbolicLink()) {
            String reason = directory + " is a link: nothing is written or deleted through it";
            // One that is synced may go, and then there is room for a directory.
            throw links.areStored() ? new TypeClashException(reason) : new IOException(reason);
        }
        if (!attributes.isDirectory()) {
            throw new TypeClashException(directory + " is a file, so nothing can be stored below it");
        }
    }

    /** An empty directory gives way to a file; a file that somebody puts there meanwhile stays. */
    public void checkNameIsFree(Path target) throws IOException {
        if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (OpenDirectory parent = OpenDirectory.of(root, target)) {
            parent.deleteDirectory(target.getFileName());
        } catch (NoSuchFileException e) {
            LOG.debug("Somebody else has removed {} already", target, e);
        } catch (DirectoryNotEmptyException e) {
            throw new TypeClashException(target + " is a directory, so no file of that name can be stored");
        }
    }

    /** Where links are stored one goes by its own name, as the very link that was seen, and gives way to a file behind that. */
    public void checkNoLinkIsThere(String path, Path target) throws TypeClashException {
        if (!isLink(path) && isLinkInTheWay(target)) {
            throw new TypeClashException(target + " is a link, so no file of that name can be stored");
        }
    }
}
