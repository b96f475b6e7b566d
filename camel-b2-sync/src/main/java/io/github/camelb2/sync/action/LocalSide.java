package io.github.camelb2.sync.action;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.function.Predicate;

import io.github.camelb2.sync.plan.Expected;
import io.github.camelb2.sync.plan.ScanItem;
import io.github.camelb2.sync.plan.SyncAction;
import io.github.camelb2.sync.scan.DiskNames;
import io.github.camelb2.sync.scan.FileTimes;
import io.github.camelb2.sync.scan.Links;

/**
 * A directory as one side of a sync. Relative paths may come from a bucket or a message, so each is judged here before
 * anything is touched: nothing outside the directory is read, written or deleted. Thread-safe.
 */
public final class LocalSide implements Side {
    private final Path root;
    private final long digestFrom;
    private final Temporaries temporaries;
    private final Absent absent;
    private final Links links;
    private final NameCase spelling = new NameCase();
    /** Two downloads whose names differ only in case must not both find their name free. */
    private final Object moving = new Object();

    LocalSide(Path root) {
        this(root, Long.MAX_VALUE, new Temporaries(root, "none"), Absent.NOTHING, new Links(root, Links.Mode.FOLLOW));
    }

    /**
     * What of a source counts as absent although it is there.
     *
     * @param files  the files that do
     * @param skips  whether what is no file, and what is behind links that are left out, does
     */
    public record Absent(Predicate<ScanItem.SyncFile> files, boolean skips) {
        /** What is there is there. */
        public static final Absent NOTHING = new Absent(file -> false, false);
    }

    /**
     * @param digestFrom  the size from which the SHA-1 of a file is computed before it is uploaded
     * @param temporaries where downloads are filled
     * @param absent      what of the source counts as absent although it is there
     * @param links       how links of the source are treated
     */
    public LocalSide(Path root, long digestFrom, Temporaries temporaries, Absent absent, Links links) {
        this.root = root;
        this.digestFrom = digestFrom;
        this.temporaries = temporaries;
        this.absent = absent;
        this.links = links;
    }

    /** Where to read a file of the source; links below the directory are followed there, as the scan did. */
    Path toRead(String path) throws IOException {
        return resolve(path, DiskNames.atHand().unholdable(path));
    }

    /** The content of a file of the source, which has to be as it was planned. */
    public LocalFileSource source(String path, long size, long modifiedMillis) throws IOException {
        return new LocalFileSource(toRead(path), size, modifiedMillis, digestFrom, links);
    }

    /**
     * Checks that the source has no file of a name, which the scan did not find.
     *
     * @throws LeftAloneException if it has one now
     * @throws IOException        if that cannot be found out
     */
    void checkLacks(String path) throws IOException {
        Path file = toRead(path);
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            // Without the root nothing is known of what is below it.
            Files.readAttributes(root, BasicFileAttributes.class);
            return;
        }
        boolean isFile = !attributes.isDirectory() && !Files.isDirectory(file);
        boolean isSkipped = absent.skips() && (!Files.isRegularFile(file) || !links.reaches(file));
        if (isFile
                && !isSkipped
                && !absent.files()
                        .test(new ScanItem.LocalFile(
                                path, attributes.size(), FileTimes.millis(attributes.lastModifiedTime())))) {
            throw new LeftAloneException(file + " is there again, so its copy stays");
        }
    }

    /**
     * Whether a download has its place already, by whoever made it.
     *
     * @throws IOException if a file is there that the scan did not see so
     */
    boolean isInPlace(SyncAction.Download action, Expected expected) throws IOException {
        return isInPlace(target(action.path()), action, expected);
    }

    private boolean isInPlace(Path target, SyncAction.Download action, Expected expected) throws IOException {
        if (!Files.exists(target)) {
            // A link to nothing holds nothing.
            return false;
        }
        BasicFileAttributes now = Files.readAttributes(target, BasicFileAttributes.class);
        boolean asPlanned = now.isDirectory()
                || (expected instanceof Expected.LocalCopy planned
                        && now.isRegularFile()
                        && now.size() == planned.size()
                        && FileTimes.millis(now.lastModifiedTime()) == planned.modifiedMillis());
        if (asPlanned) {
            return false;
        }
        boolean isDone = now.isRegularFile()
                && now.size() == action.bytes()
                && FileTimes.millis(now.lastModifiedTime()) == FileTimes.holdable(action.modifiedMillis());
        if (!isDone) {
            throw new IOException(target + (expected instanceof Expected.LocalCopy ? " has changed" : " was made")
                    + " since the run was planned, so it is not replaced; the next run decides again");
        }
        return true;
    }

    /** A place beside the target of a download; its directories exist afterwards. */
    Path temporaryFor(String path, String fileId) throws IOException {
        Path target = target(path);
        createParents(target);
        // Before anything is downloaded in vain, with every run again.
        checkNameIsFree(target);
        return temporaries.beside(target, path, fileId);
    }

    /**
     * Gives a finished download its time, the permissions and owner of the file that it replaces, brings it to the disk
     * and moves it to its name in one step. What was edited or made there since the scan stays.
     */
    void moveIntoPlace(Path temporary, SyncAction.Download action, Expected expected) throws IOException {
        try {
            Path target = target(action.path());
            Files.setLastModifiedTime(temporary, FileTimes.of(action.modifiedMillis()));
            force(temporary);
            synchronized (moving) {
                checkParents(target);
                checkNameIsFree(target);
                checkSpelling(temporary, target);
                if (isInPlace(target, action, expected)) {
                    Files.delete(temporary);
                } else if (Files.exists(target)) {
                    OwnerAndMode.keep(target, temporary);
                    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                } else {
                    moveToFreeName(temporary, target);
                }
            }
        } catch (IOException e) {
            // Nobody goes on with a finished download whose place is taken.
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    /** A link is made only where nothing is: whoever makes a file there meanwhile keeps it. */
    private static void moveToFreeName(Path temporary, Path target) throws IOException {
        if (Files.isSymbolicLink(target)) {
            // It leads nowhere, as was seen above.
            Files.delete(target);
        }
        try {
            Files.createLink(target, temporary);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(target + " was made since the run was planned, so it is not replaced", e);
        } catch (UnsupportedOperationException | IOException noLinks) {
            Files.move(temporary, target);
            return;
        }
        Files.delete(temporary);
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Deletes a file that still is what was planned. */
    void delete(SyncAction.DeleteLocal action) throws IOException {
        Path target = target(action.path());
        checkParents(target);
        BasicFileAttributes attributes = Files.readAttributes(target, BasicFileAttributes.class);
        boolean isAsPlanned = attributes.size() == action.size()
                && FileTimes.millis(attributes.lastModifiedTime()) == action.modifiedMillis();
        if (!isAsPlanned) {
            throw new IOException(target + " has changed since the run was planned, so it is not deleted");
        }
        Files.delete(target);
        removeEmptyParents(target);
    }

    /** Directories that the removal left empty go too, as far as the root. */
    private void removeEmptyParents(Path target) {
        Path directory = target.getParent();
        while (directory != null && !directory.equals(root)) {
            try {
                Files.delete(directory);
            } catch (IOException e) {
                // It is not empty, or not ours to delete: both leave it as it was.
                return;
            }
            directory = directory.getParent();
        }
    }

    /** Whether the effect of an action is there already: the downloaded file in place, the deleted one gone. */
    boolean isCarriedOut(SyncAction action) throws IOException {
        Path target = target(action.path());
        if (action instanceof SyncAction.DeleteLocal) {
            return Files.notExists(target, LinkOption.NOFOLLOW_LINKS);
        }
        if (!(action instanceof SyncAction.Download download) || !Files.isRegularFile(target)) {
            return false;
        }
        BasicFileAttributes attributes = Files.readAttributes(target, BasicFileAttributes.class);
        return attributes.size() == download.bytes()
                && FileTimes.millis(attributes.lastModifiedTime()) == FileTimes.holdable(download.modifiedMillis());
    }

    private Path target(String path) throws IOException {
        return resolve(path, DiskNames.atHand().unholdable(path));
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
            return file;
        } catch (InvalidPathException e) {
            throw new IOException("\"" + path + "\" is not a name that this machine can hold: " + e.getReason(), e);
        }
    }

    private void createParents(Path target) throws IOException {
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

    private static void enterOrCreate(Path directory) throws IOException {
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            checkIsRealDirectory(directory);
        }
    }

    /** Links below the directory would lead writes and deletes out of it. */
    private void checkParents(Path target) throws IOException {
        Path directory = root;
        for (Path part : root.relativize(target.getParent())) {
            if (!part.toString().isEmpty()) {
                directory = directory.resolve(part);
                checkIsRealDirectory(directory);
            }
        }
    }

    private static void checkIsRealDirectory(Path directory) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(directory, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isSymbolicLink()) {
            throw new IOException(directory + " is a link: nothing is written or deleted through it");
        }
        if (!attributes.isDirectory()) {
            throw new TypeClashException(directory + " is a file, so nothing can be stored below it");
        }
    }

    /** An empty directory gives way to a file. */
    private static void checkNameIsFree(Path target) throws IOException {
        if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.delete(target);
        } catch (DirectoryNotEmptyException e) {
            throw new TypeClashException(target + " is a directory, so no file of that name can be stored");
        }
    }

    private void checkSpelling(Path temporary, Path target) throws IOException {
        if (NameCase.isIgnoredAt(temporary)) {
            spelling.check(root, target);
        }
    }
}
