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
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.function.Predicate;

import io.github.camelb2.client.transfer.local.ForcedDirectories;
import io.github.camelb2.client.transfer.plan.TransferOptions;
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
    private final Rules rules;
    private final Temporaries temporaries;
    private final NameCase spelling = new NameCase();
    private final ForcedDirectories changed = new ForcedDirectories();
    /** Two downloads whose names differ only in case must not both find their name free. */
    private final Object moving = new Object();

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
     * What the options say about files of this machine.
     *
     * @param digestFrom the size from which the SHA-1 of a file is computed before it is uploaded
     * @param existing   what becomes of a file that a download finds in its place and that the scan did not see so
     * @param fsync      whether downloads are forced to the disk
     * @param absent     what of the source counts as absent although it is there
     * @param links      how links of the source are treated
     */
    public record Rules(long digestFrom, Existing existing, TransferOptions.Fsync fsync, Absent absent, Links links) {
        /** Files are judged by their times and never replaced unseen, and everything is forced to the disk. */
        public static Rules byDefault(Path root) {
            return new Rules(
                    Long.MAX_VALUE,
                    Existing.FAILS,
                    TransferOptions.Fsync.AUTO,
                    Absent.NOTHING,
                    new Links(root, Links.Mode.FOLLOW));
        }
    }

    /** What becomes of a file that was edited or made in the place of a download since the scan. */
    public enum Existing {
        /** The download fails, and the next run decides. */
        FAILS,
        /** It stays if it is newer than what would be downloaded; else the download fails. */
        STAYS_IF_NEWER,
        /** It stays. */
        STAYS
    }

    LocalSide(Path root) {
        this(root, Rules.byDefault(root), new Temporaries(root, "none"));
    }

    /** @param temporaries where downloads are filled */
    public LocalSide(Path root, Rules rules, Temporaries temporaries) {
        this.root = root;
        this.rules = rules;
        this.temporaries = temporaries;
    }

    /** Where to read a file of the source; links below the directory are followed there, as the scan did. */
    Path toRead(String path) throws IOException {
        return resolve(path, DiskNames.atHand().unholdable(path));
    }

    /** The content of a file of the source, which has to be as it was planned. */
    public LocalFileSource source(String path, long size, long modifiedMillis) throws IOException {
        return new LocalFileSource(toRead(path), size, modifiedMillis, rules.digestFrom(), rules.links());
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
        boolean isSkipped = rules.absent().skips()
                && (!Files.isRegularFile(file) || !rules.links().reaches(file));
        if (isFile
                && !isSkipped
                && !rules.absent()
                        .files()
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
        Path target = target(action.path());
        if (!Files.exists(target)) {
            // A link to nothing holds nothing.
            return false;
        }
        return isInPlace(target, Files.readAttributes(target, BasicFileAttributes.class), action, expected);
    }

    private boolean isInPlace(Path target, BasicFileAttributes now, SyncAction.Download action, Expected expected)
            throws IOException {
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
            throw surprise(target, now, action, expected);
        }
        return true;
    }

    /** Even where newer files are to be replaced, nobody has decided that about this one. */
    private IOException surprise(Path target, BasicFileAttributes now, SyncAction.Download action, Expected expected) {
        boolean isNewer = FileTimes.millis(now.lastModifiedTime()) > FileTimes.holdable(action.modifiedMillis());
        String what = target + (expected instanceof Expected.LocalCopy ? " has changed" : " was made")
                + " since the run was planned";
        boolean stays = rules.existing() == Existing.STAYS || (rules.existing() == Existing.STAYS_IF_NEWER && isNewer);
        if (stays && now.isRegularFile()) {
            return new LeftAloneException(what + (isNewer ? " and is newer" : "") + ", so it stays");
        }
        return new IOException(what + ", so it is not replaced; the next run decides again");
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
     * and moves it to its name in one step. What was edited or made there since the scan stays, unless the options say
     * otherwise.
     */
    void moveIntoPlace(Path temporary, SyncAction.Download action, Expected expected) throws IOException {
        try {
            Path target = target(action.path());
            Files.setLastModifiedTime(temporary, FileTimes.of(action.modifiedMillis()));
            if (isForced()) {
                force(temporary);
            }
            synchronized (moving) {
                checkParents(target);
                checkNameIsFree(target);
                checkSpelling(temporary, target);
                move(temporary, target, action, expected);
            }
            changed.changed(target);
        } catch (IOException e) {
            // Nobody goes on with a finished download whose place is taken.
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    private void move(Path temporary, Path target, SyncAction.Download action, Expected expected) throws IOException {
        Path name = target.getFileName();
        Path unnamed = temporary.getFileName();
        try (OpenDirectory parent = OpenDirectory.of(root, target)) {
            if (parent.look(name).isPresent()) {
                // First, so that the last look and the renaming have nothing between them.
                OwnerAndMode.keep(target, temporary);
            }
            Optional<BasicFileAttributes> now = parent.look(name);
            if (now.isEmpty()) {
                moveToFreeName(parent, temporary, target);
            } else if (isInPlace(target, now.get(), action, expected)) {
                parent.deleteFile(unnamed);
            } else {
                parent.rename(unnamed, name);
            }
        }
    }

    /** A link is made only where nothing is: whoever makes a file there meanwhile keeps it. */
    private static void moveToFreeName(OpenDirectory parent, Path temporary, Path target) throws IOException {
        Path name = target.getFileName();
        Path unnamed = temporary.getFileName();
        if (parent.look(name, LinkOption.NOFOLLOW_LINKS)
                .filter(BasicFileAttributes::isSymbolicLink)
                .isPresent()) {
            // It leads nowhere, as was seen above; a file is one that somebody made meanwhile.
            parent.deleteFile(name);
        }
        try {
            Files.createLink(target, temporary);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(target + " was made since the run was planned, so it is not replaced", e);
        } catch (UnsupportedOperationException | IOException noLinks) {
            parent.rename(unnamed, name);
            return;
        }
        if (!parent.isSame(unnamed, name)) {
            throw new IOException(target.getParent() + " was replaced by another directory or a link meanwhile");
        }
        parent.deleteFile(unnamed);
    }

    private boolean isForced() {
        return rules.fsync() != TransferOptions.Fsync.NEVER;
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Forces the names of downloads and removals to the disk, each directory once; what moved survives from then on. */
    public void forceDirectories() {
        if (isForced()) {
            changed.force();
        }
    }

    /** Deletes a file that still is what was planned. */
    void delete(SyncAction.DeleteLocal action) throws IOException {
        Path target = target(action.path());
        checkParents(target);
        try (OpenDirectory parent = OpenDirectory.of(root, target)) {
            BasicFileAttributes now =
                    parent.look(target.getFileName()).orElseThrow(() -> new NoSuchFileException(target.toString()));
            boolean isAsPlanned =
                    now.size() == action.size() && FileTimes.millis(now.lastModifiedTime()) == action.modifiedMillis();
            if (!isAsPlanned) {
                throw new IOException(target + " has changed since the run was planned, so it is not deleted");
            }
            parent.deleteFile(target.getFileName());
        }
        changed.changed(target);
        removeEmptyParents(target);
    }

    /** Directories that the removal left empty go too, as far as the root. */
    private void removeEmptyParents(Path target) {
        Path directory = target.getParent();
        while (directory != null && !directory.equals(root)) {
            try (OpenDirectory parent = OpenDirectory.of(root, directory)) {
                parent.deleteDirectory(directory.getFileName());
            } catch (IOException e) {
                // It is not empty, or not ours to delete: both leave it as it was.
                return;
            }
            changed.changed(directory);
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

    private void enterOrCreate(Path directory) throws IOException {
        try {
            Files.createDirectory(directory);
            changed.changed(directory);
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
