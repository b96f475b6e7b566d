// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.transfer.local.FileStamp;
import io.github.camelb2.client.transfer.local.ForcedDirectories;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.sync.action.backup.Backup;
import io.github.camelb2.sync.action.failure.ChangedException;
import io.github.camelb2.sync.action.failure.LeftAloneException;
import io.github.camelb2.sync.action.failure.TypeClashException;
import io.github.camelb2.sync.action.local.LinkTarget;
import io.github.camelb2.sync.action.local.LocalFileSource;
import io.github.camelb2.sync.action.local.NameCase;
import io.github.camelb2.sync.action.local.OpenDirectory;
import io.github.camelb2.sync.action.local.OwnerAndMode;
import io.github.camelb2.sync.action.local.Places;
import io.github.camelb2.sync.action.local.RootGuard;
import io.github.camelb2.sync.action.local.SecondNames;
import io.github.camelb2.sync.action.local.Temporaries;
import io.github.camelb2.sync.action.local.UnixFacts;
import io.github.camelb2.sync.plan.actions.Expected;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.plan.item.DiskTimes;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.path.Likeness;
import io.github.camelb2.sync.plan.policy.Preserve;
import io.github.camelb2.sync.scan.disk.Absence;
import io.github.camelb2.sync.scan.disk.FileTimes;
import io.github.camelb2.sync.scan.disk.Links;

/**
 * A directory as one side of a sync. Relative paths may come from a bucket or a message, so each is judged here before
 * anything is touched: nothing outside the directory is read, written or deleted. Thread-safe.
 */
public final class LocalSide implements Side {
    private static final Logger LOG = LoggerFactory.getLogger(LocalSide.class);

    private final Path root;
    private final RootGuard guard;
    private final Rules rules;
    private final Temporaries temporaries;
    private final SecondNames secondNames;
    private final NameCase spelling = new NameCase();
    private final ForcedDirectories changed = new ForcedDirectories();
    private final Places places;
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
     * @param likeness   what makes a file that somebody else has put in a download's place the very one
     * @param passedBy   the directories of the source, relative to it, that nobody looks into
     * @param backup     keeps what is replaced or removed
     * @param preserve   what of a file is kept besides its content and time
     */
    public record Rules(
            long digestFrom,
            Existing existing,
            TransferOptions.Fsync fsync,
            Absent absent,
            Links links,
            Likeness likeness,
            Predicate<String> passedBy,
            Backup backup,
            Preserve preserve) {
        /** Files are judged by their times and never replaced unseen, and everything is forced to the disk. */
        public static Rules byDefault(Path root) {
            return new Rules(
                    Long.MAX_VALUE,
                    Existing.FAILS,
                    TransferOptions.Fsync.AUTO,
                    Absent.NOTHING,
                    new Links(root, Links.Mode.FOLLOW),
                    Likeness.EXACT,
                    directory -> false,
                    Backup.NONE,
                    Preserve.NOTHING);
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
        this(root, rules, temporaries, SecondNames.OF_DISK);
    }

    LocalSide(Path root, Rules rules, Temporaries temporaries, SecondNames secondNames) {
        this.root = root;
        this.secondNames = secondNames;
        this.guard = new RootGuard(root);
        this.rules = rules;
        this.temporaries = temporaries;
        this.places = new Places(root, guard, rules.links(), rules.preserve(), changed);
    }

    /** Whether the disk is known to hold times of files in coarse steps. */
    public boolean cutsTimes() {
        return FileTimes.areCoarseIn(root);
    }

    /** The directory. */
    public Path root() {
        return root;
    }

    /**
     * The file that a name leads to now; empty if there is nothing.
     *
     * @throws IOException if it is no file, or nobody can tell
     */
    public Optional<ScanItem.SyncFile> look(String path) throws IOException {
        if (places.hasLinkAbove(places.of(path))) {
            return Optional.empty();
        }
        try {
            BasicFileAttributes now =
                    Files.readAttributes(places.of(path), BasicFileAttributes.class, places.following());
            if (places.isMarker(path)) {
                return now.isDirectory() && isEmpty(places.of(path))
                        ? Optional.of(new ScanItem.LocalFile(path, 0, FileTimes.millis(now.lastModifiedTime())))
                        : Optional.empty();
            }
            if (rules.links().areStored() && now.isSymbolicLink() != places.isLink(path)) {
                // What has its place is another name in the bucket.
                return Optional.empty();
            }
            if (!now.isRegularFile() && !now.isSymbolicLink()) {
                throw new IOException(places.of(path) + " is no file");
            }
            return Optional.of(new ScanItem.LocalFile(path, now.size(), FileTimes.millis(now.lastModifiedTime())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * When a file was changed or renamed last, or a link that leads to it, by the clock of its disk; on systems that do not
     * tell that, when it was made.
     */
    public Optional<FileTime> lastChange(String path) {
        try {
            Path target = places.of(path);
            if (places.isBelowLink(target)) {
                return Optional.empty();
            }
            if (!target.getFileSystem().supportedFileAttributeViews().contains("unix")) {
                return FileStamp.of(target, places.following()).changed() instanceof FileTime made
                        ? Optional.of(made)
                        : Optional.empty();
            }
            FileTime own = changeOf(target, LinkOption.NOFOLLOW_LINKS);
            FileTime content = Files.isSymbolicLink(target) ? changeOf(target, places.following()) : own;
            return Optional.of(own.compareTo(content) > 0 ? own : content);
        } catch (IOException e) {
            // It is gone, and whoever replaces or removes it looks at it again.
            return Optional.empty();
        }
    }

    private static FileTime changeOf(Path file, LinkOption... links) throws IOException {
        return (FileTime) Objects.requireNonNull(Files.getAttribute(file, "unix:ctime", links));
    }

    /** Where to read a file of the source; links below the directory are followed there, as the scan did. */
    Path toRead(String path) throws IOException {
        Path file = places.of(path);
        checkBehindLinks(file);
        return file;
    }

    /** A scan of the source came to a link that it is to follow: nothing goes any more when the disk behind it does. */
    public void followed(Path link) {
        guard.followed(link, rules.passedBy());
    }

    /**
     * What tells a file of the source from every other, and from itself as it was before any change: for who does not act at
     * once. Empty where nobody knows.
     */
    public String wholeMarkOf(String path) {
        try {
            Path target = places.of(path);
            return places.isBelowLink(target) ? "" : FileStamp.wholeMark(target, places.following());
        } catch (IOException e) {
            LOG.debug("Size and time alone tell {} from others", path, e);
            return "";
        }
    }

    /** The content of a file of the source, which has to be as it was planned. */
    public LocalFileSource source(String path, long size, long modifiedMillis) throws IOException {
        return seen(path, () -> sourceOf(path, size, modifiedMillis));
    }

    private interface Look<T> {
        T look() throws IOException;
    }

    /** What the scan has seen may be gone by now; where the whole directory is, nothing is known of what was below it. */
    private <T> T seen(String path, Look<T> look) throws IOException {
        try {
            return look.look();
        } catch (ChangedException e) {
            if (e.getCause() != null && !Files.isDirectory(root)) {
                throw new IOException(root + " is gone, and with it what was scanned", e.getCause());
            }
            throw e;
        } catch (FileSystemException e) {
            if (!Files.isDirectory(root) || !Absence.isMeantBy(e, places.of(path))) {
                throw e;
            }
            throw LocalFileSource.gone(places.of(path), e);
        }
    }

    private LocalFileSource sourceOf(String path, long size, long modifiedMillis) throws IOException {
        if (places.isBelowLink(places.of(path))) {
            throw new ChangedException(places.of(path) + " is behind a link by now; the next run decides again");
        }
        if (places.isMarker(path)) {
            return LocalFileSource.ofDirectory(toRead(path), modifiedMillis, rules.preserve(), places.following());
        }
        if (places.isLink(path)) {
            return LocalFileSource.ofLink(toRead(path), size, modifiedMillis, rules.preserve());
        }
        return new LocalFileSource(
                toRead(path), size, modifiedMillis, rules.digestFrom(), rules.links(), rules.preserve());
    }

    /** What is stored with a file of the source because its disk says so. */
    Map<String, String> preserved(String path) throws IOException {
        return seen(path, () -> UnixFacts.infoOf(toRead(path), rules.preserve(), places.following()));
    }

    /** Who may open a download before its file information has said who may. */
    TransferOptions.Access whileFilled() {
        return rules.preserve().hasAccess() ? TransferOptions.Access.OWNER_ONLY : TransferOptions.Access.BY_UMASK;
    }

    /**
     * Checks that the source has no file of a name, which the scan did not find.
     *
     * @throws LeftAloneException if it has one now
     * @throws IOException        if that cannot be found out
     */
    void checkLacks(String path) throws IOException {
        Path file = toRead(path);
        if (places.isBelowLink(file)) {
            checkDisks(file);
            return;
        }
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            if (!Absence.isMeantBy(e, file)) {
                throw e;
            }
            // Without the root nothing is known of what is below it.
            Files.readAttributes(root, BasicFileAttributes.class);
            checkDisks(file);
            return;
        }
        boolean isFile = rules.links().areStored()
                ? !attributes.isDirectory() && attributes.isSymbolicLink() == places.isLink(path)
                : !attributes.isDirectory() && !Files.isDirectory(file);
        if (places.isMarker(path)) {
            isFile = Files.isDirectory(file, places.following()) && isEmpty(file);
        }
        boolean isSkipped = !places.isLink(path)
                && !places.isMarker(path)
                && rules.absent().skips()
                && (!Files.isRegularFile(file) || !rules.links().reaches(file));
        if (isFile
                && !isSkipped
                && !rules.absent()
                        .files()
                        .test(new ScanItem.LocalFile(
                                path,
                                places.isMarker(path) ? 0 : attributes.size(),
                                FileTimes.millis(attributes.lastModifiedTime())))) {
            throw new LeftAloneException(file + " is there again, so its copy stays");
        }
        checkDisks(file);
    }

    /** After it was looked at: a disk that was there before may have gone in between, or another have covered the file. */
    private void checkDisks(Path file) throws IOException {
        guard.checkDisks(rules.passedBy());
        guard.checkNoDiskCame(file);
        checkBehindLinks(file);
    }

    private void checkBehindLinks(Path file) throws IOException {
        if (rules.links().mode().follows()) {
            guard.checkBehindLinks(file);
        }
    }

    /**
     * Whether a download has its place already, by whoever made it; where content is compared, nobody can know before it
     * has come.
     *
     * @throws IOException if a file is there that the scan did not see so
     */
    boolean isInPlace(SyncAction.Download action, Expected expected) throws IOException {
        Path target = places.of(action.path());
        if (!Files.exists(target, places.following()) || places.isLinkInTheWay(target) || places.hasLinkAbove(target)) {
            // A link to nothing holds nothing, and what is behind one is not here.
            return false;
        }
        BasicFileAttributes now;
        try {
            now = Files.readAttributes(target, BasicFileAttributes.class, places.following());
        } catch (NoSuchFileException e) {
            return false;
        }
        return !isAsPlanned(target, now, expected)
                && mayBeDone(target, now, action, expected)
                && !rules.likeness().asksForContent(action, there(now, action));
    }

    private boolean isAsPlanned(Path target, BasicFileAttributes now, Expected expected) throws IOException {
        return now.isDirectory()
                || (expected instanceof Expected.LocalCopy planned
                        && now.isRegularFile()
                        && now.size() == planned.size()
                        && FileTimes.millis(now.lastModifiedTime()) == planned.modifiedMillis()
                        && isMarked(target, planned));
    }

    /** Of the same size and time, it may be another file, or have other content. */
    private boolean isMarked(Path target, Expected.LocalCopy planned) throws IOException {
        return planned.mark().isEmpty() || FileStamp.isSame(planned.mark(), FileStamp.mark(target, places.following()));
    }

    /** Whether a file is still the one that a mark was taken of; an empty mark is of any. */
    boolean isMarked(String path, String mark) {
        return mark.isEmpty() || FileStamp.isSame(mark, markOf(path));
    }

    /** What tells a file of the destination from others of its size and time; empty where nobody knows. */
    public String markOf(String path) {
        try {
            Path target = places.of(path);
            return places.isBelowLink(target) ? "" : FileStamp.mark(target, places.following());
        } catch (IOException e) {
            LOG.debug("Size and time alone tell {} from others", path, e);
            return "";
        }
    }

    /**
     * What a link leads to is nobody's download.
     *
     * @throws IOException if it cannot be what the download would make
     */
    private boolean mayBeDone(Path target, BasicFileAttributes now, SyncAction.Download action, Expected expected)
            throws IOException {
        if (!isLike(now, action) || Files.isSymbolicLink(target)) {
            throw surprise(target, now, action, expected);
        }
        return true;
    }

    private boolean isLike(BasicFileAttributes now, SyncAction.Download action) {
        return now.isRegularFile() && rules.likeness().holds(action, there(now, action));
    }

    private static ScanItem.LocalFile there(BasicFileAttributes now, SyncAction.Download action) {
        return new ScanItem.LocalFile(action.path(), now.size(), FileTimes.millis(now.lastModifiedTime()));
    }

    /** Even where newer files are to be replaced, nobody has decided that about this one. */
    private IOException surprise(Path target, BasicFileAttributes now, SyncAction.Download action, Expected expected) {
        long onDisk = FileTimes.millis(now.lastModifiedTime());
        boolean isNewer = onDisk > DiskTimes.held(onDisk, action.modifiedMillis());
        String what = target + (expected instanceof Expected.LocalCopy ? " has changed" : " was made")
                + " since the run was planned";
        boolean stays = rules.existing() == Existing.STAYS || (rules.existing() == Existing.STAYS_IF_NEWER && isNewer);
        if (stays && now.isRegularFile()) {
            return new LeftAloneException(what + (isNewer ? " and is newer" : "") + ", so it stays");
        }
        return new ChangedException(what + ", so it is not replaced; the next run decides again");
    }

    /** A place beside the target of a download; its directories exist afterwards. */
    Path temporaryFor(String path, String fileId) throws IOException {
        Path target = places.of(path);
        places.createParents(target);
        guard.checkNoDiskCame(Objects.requireNonNull(target.getParent()));
        if (!places.isMarker(path)) {
            // Before anything is downloaded in vain, with every run again.
            places.checkNameIsFree(target);
            places.checkNoLinkIsThere(path, target);
        }
        return temporaries.beside(target, path, fileId);
    }

    /**
     * Gives a finished download its time, the permissions and owner of the file that it replaces, brings it to the disk
     * and moves it to its name in one step. What was edited or made there since the scan stays, unless the options say
     * otherwise.
     *
     * @param info what its bucket says of it, which is not trusted
     * @return false if somebody else has put the very file there meanwhile
     */
    boolean moveIntoPlace(Path temporary, SyncAction.Download action, Expected expected, Map<String, String> info)
            throws IOException {
        try {
            UnixFacts facts = UnixFacts.of(info, rules.preserve(), UnixFacts.REGULAR);
            Path target = places.of(action.path());
            setTime(temporary, action.modifiedMillis());
            if (isForced()) {
                force(temporary);
            }
            boolean moved;
            synchronized (moving) {
                places.checkParents(target);
                places.checkNameIsFree(target);
                places.checkNoLinkIsThere(action.path(), target);
                checkSpelling(temporary, target);
                moved = move(temporary, target, action, expected, facts);
            }
            changed.changed(target);
            return moved;
        } catch (IOException e) {
            // Nobody goes on with a finished download whose place is taken.
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    private boolean move(Path temporary, Path target, SyncAction.Download action, Expected expected, UnixFacts facts)
            throws IOException {
        Path name = target.getFileName();
        try (OpenDirectory parent = OpenDirectory.of(root, target)) {
            if (parent.look(name, places.following()).isPresent() && !places.isLinkInTheWay(target)) {
                // First, so that the last look and the renaming have nothing between them.
                OwnerAndMode.keep(target, temporary);
            } else if (rules.preserve().hasAccess() && facts.mode().isEmpty()) {
                temporaries.makeLikeNew(temporary);
            }
            facts.giveTo(temporary);
            Optional<BasicFileAttributes> now = parent.look(name, places.following());
            if (now.isEmpty() || now.get().isSymbolicLink()) {
                return moveToFreeName(parent, temporary, action, expected);
            }
            if (!isAsPlanned(target, now.get(), expected)) {
                return giveWay(parent, temporary, action, expected, now.get());
            }
            replace(parent, temporary, action, expected, now.get());
            return true;
        }
    }

    private void replace(
            OpenDirectory parent,
            Path temporary,
            SyncAction.Download action,
            Expected expected,
            BasicFileAttributes now)
            throws IOException {
        Path target = places.of(action.path());
        Backup.Kept kept =
                now.isDirectory() ? Backup.Kept.NOTHING : rules.backup().keep(action.path(), target);
        boolean isReplaced = false;
        try {
            if (!kept.holds(target)) {
                throw surprise(target, now, action, expected);
            }
            parent.rename(temporary.getFileName(), target.getFileName());
            isReplaced = true;
        } finally {
            if (!isReplaced) {
                kept.forget();
            }
        }
    }

    /** What is there now was not when the run was planned: it is what was wanted, or stays. */
    private boolean giveWay(
            OpenDirectory parent,
            Path temporary,
            SyncAction.Download action,
            Expected expected,
            BasicFileAttributes now)
            throws IOException {
        Path target = places.of(action.path());
        boolean isOther = mayBeDone(target, now, action, expected) && Files.mismatch(temporary, target) >= 0;
        if (isOther) {
            throw surprise(target, now, action, expected);
        }
        parent.deleteFile(temporary.getFileName());
        return false;
    }

    /** A link is made only where nothing is: whoever makes a file there meanwhile keeps it. */
    boolean moveToFreeName(OpenDirectory parent, Path temporary, SyncAction.Download action, Expected expected)
            throws IOException {
        Path target = places.of(action.path());
        Path name = target.getFileName();
        Path unnamed = temporary.getFileName();
        if (parent.look(name, LinkOption.NOFOLLOW_LINKS)
                .filter(BasicFileAttributes::isSymbolicLink)
                .isPresent()) {
            // It leads nowhere, as was seen above; a file is one that somebody made meanwhile.
            if (expected instanceof Expected.LocalCopy) {
                throw new ChangedException(
                        target + " has become a link that leads nowhere since the run was planned, so it"
                                + " is not replaced; the next run decides again");
            }
            rules.backup().keep(action.path(), target);
            parent.deleteFile(name);
        }
        try {
            secondNames.give(target, temporary);
        } catch (FileAlreadyExistsException e) {
            Optional<BasicFileAttributes> now = parent.look(name, places.following());
            if (now.isEmpty()) {
                throw new ChangedException(target + " was made and taken away since the run was planned", e);
            }
            return giveWay(parent, temporary, action, expected, now.get());
        } catch (UnsupportedOperationException | IOException noLinks) {
            // A rename replaces, so it is looked once more.
            LOG.debug("{} gets no second name: it is renamed", temporary, noLinks);
            Optional<BasicFileAttributes> now = parent.look(name, LinkOption.NOFOLLOW_LINKS);
            if (now.isPresent()) {
                return giveWay(parent, temporary, action, expected, now.get());
            }
            parent.rename(unnamed, name);
            return true;
        }
        if (!parent.isSame(unnamed, name)) {
            throw new IOException(target.getParent() + " was replaced by another directory or a link meanwhile");
        }
        parent.deleteFile(unnamed);
        return true;
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
            rules.backup().force();
            changed.force();
        }
    }

    /**
     * Deletes a file that still is what was planned.
     *
     * @return false if it was gone already
     */
    boolean delete(SyncAction.DeleteLocal action, Expected expected) throws IOException {
        Path target = places.of(action.path());
        boolean wasThere = isThere(target);
        if (wasThere) {
            wasThere = deleteAsPlanned(target, action, expected);
        }
        changed.changed(target);
        removeEmptyParents(target);
        return wasThere;
    }

    /** Whether a directory leads to a name; without the root, nobody knows what is below it. */
    private boolean isThere(Path target) throws IOException {
        Files.readAttributes(root, BasicFileAttributes.class);
        try {
            places.checkParents(target);
            return true;
        } catch (NoSuchFileException | TypeClashException e) {
            // Where its directory is gone, or is a file by now, so is what was below it.
            return false;
        }
    }

    private boolean deleteAsPlanned(Path target, SyncAction.DeleteLocal action, Expected expected) throws IOException {
        try (OpenDirectory parent = OpenDirectory.of(root, target)) {
            if (places.isMarker(action.path())) {
                return deleteIfEmpty(parent, target);
            }
            Optional<BasicFileAttributes> now = parent.look(target.getFileName(), places.following());
            if (now.isEmpty()
                    || (rules.links().areStored() && now.get().isSymbolicLink() != places.isLink(action.path()))) {
                return false;
            }
            if (now.get().isDirectory()) {
                // The file is gone, as where its directory is a file by now.
                return false;
            }
            boolean isAsPlanned = now.get().size() == action.size()
                    && FileTimes.millis(now.get().lastModifiedTime()) == action.modifiedMillis()
                    && (!(expected instanceof Expected.LocalCopy planned) || isMarked(target, planned));
            if (!isAsPlanned) {
                throw new ChangedException(target + " has changed since the run was planned, so it is not deleted");
            }
            takeAway(parent, target, action.path());
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** It holds nothing that could be lost: a directory that is not empty any more stays. */
    private static boolean deleteIfEmpty(OpenDirectory parent, Path directory) throws IOException {
        Optional<BasicFileAttributes> now = parent.look(directory.getFileName(), LinkOption.NOFOLLOW_LINKS);
        if (now.filter(BasicFileAttributes::isDirectory).isEmpty()) {
            return false;
        }
        try {
            parent.deleteDirectory(directory.getFileName());
            return true;
        } catch (DirectoryNotEmptyException | NoSuchFileException e) {
            LOG.debug("{} is not empty any more, or gone", directory, e);
            return false;
        }
    }

    private void takeAway(OpenDirectory parent, Path target, String path) throws IOException {
        Backup.Kept kept = rules.backup().keep(path, target);
        boolean isGone = false;
        try {
            if (!kept.holds(target)) {
                throw new ChangedException(target + " has changed since the run was planned, so it is not deleted");
            }
            parent.deleteFile(target.getFileName());
            isGone = true;
        } finally {
            if (!isGone) {
                kept.forget();
            }
        }
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
        Path target = places.of(action.path());
        if (action instanceof SyncAction.DeleteLocal) {
            return places.isBelowLink(target) || Files.notExists(target, LinkOption.NOFOLLOW_LINKS);
        }
        if (!(action instanceof SyncAction.Download download)
                || places.isLink(action.path())
                || places.isMarker(action.path())
                || places.hasLinkAbove(target)
                || !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        BasicFileAttributes now = Files.readAttributes(target, BasicFileAttributes.class);
        return isLike(now, download) && !rules.likeness().asksForContent(download, there(now, download));
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            return !entries.iterator().hasNext();
        } catch (DirectoryIteratorException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }

    /** Whether a name is that of a link, which lies on the disk without its ending. */
    boolean isLink(String path) {
        return places.isLink(path);
    }

    /** Whether a name is that of the marker of an empty directory, which is the directory itself on the disk. */
    boolean isMarker(String path) {
        return places.isMarker(path);
    }

    /** Whether the permissions and owner of what is downloaded are asked for. */
    boolean keepsAccess() {
        return rules.preserve().hasAccess();
    }

    /**
     * Makes an empty directory, or gives one that is there its time; one with entries is left alone.
     *
     * @param info what its bucket says of it, which is not trusted
     * @return false if it has entries
     */
    boolean makeDirectory(SyncAction.Download action, Map<String, String> info) throws IOException {
        if (action.bytes() != 0) {
            throw new IOException("what stands for an empty directory has no content");
        }
        Path directory = places.of(action.path());
        UnixFacts facts = UnixFacts.of(info, rules.preserve(), UnixFacts.DIRECTORY);
        boolean isMade = true;
        synchronized (moving) {
            places.createParents(directory);
            guard.checkNoDiskCame(Objects.requireNonNull(directory.getParent()));
            try (OpenDirectory parent = OpenDirectory.of(root, directory)) {
                if (parent.look(directory.getFileName(), LinkOption.NOFOLLOW_LINKS)
                        .isEmpty()) {
                    makeDirectory(parent, directory, action, facts);
                } else {
                    places.checkIsRealDirectory(directory);
                    isMade = isEmpty(directory);
                    if (isMade) {
                        finishDirectory(directory, action, facts);
                    }
                }
            }
        }
        changed.changed(directory);
        return isMade;
    }

    /** It has its name only when all of it is as it is to be. */
    private void makeDirectory(OpenDirectory parent, Path directory, SyncAction.Download action, UnixFacts facts)
            throws IOException {
        Path temporary = temporaries.beside(directory, action.path(), action.fileId());
        Files.createDirectory(temporary);
        boolean hasName = false;
        try {
            finishDirectory(temporary, action, facts);
            if (parent.look(temporary.getFileName(), LinkOption.NOFOLLOW_LINKS)
                    .filter(BasicFileAttributes::isDirectory)
                    .isEmpty()) {
                throw new IOException(directory.getParent() + " was replaced by another directory or a link meanwhile");
            }
            // What is there by now gives way only if it is an empty directory.
            parent.rename(temporary.getFileName(), directory.getFileName());
            hasName = true;
        } finally {
            if (!hasName) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    private static void finishDirectory(Path directory, SyncAction.Download action, UnixFacts facts)
            throws IOException {
        // Its time last: by that a later run tells whether all of it is as it is to be.
        facts.giveToDirectory(directory);
        setTime(directory, action.modifiedMillis());
    }

    private static void setTime(Path file, long modifiedMillis) throws IOException {
        Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(FileTimes.of(modifiedMillis), null, null);
    }

    /**
     * Makes a link of a finished download: it leads to what its content says. Nothing is ever written through it.
     *
     * @param info what its bucket says of it, which is not trusted
     * @return false if that very link was there
     */
    boolean makeLink(Path temporary, SyncAction.Download action, Expected expected, Map<String, String> info)
            throws IOException {
        try {
            Path place = places.of(action.path());
            Path leadsTo = LinkTarget.read(temporary);
            int directories = root.relativize(place).getNameCount() - 1;
            if (!rules.preserve().has(Preserve.What.ALL_SYMLINKS) && LinkTarget.mayLeadOut(leadsTo, directories)) {
                throw new IOException("the link leads to " + leadsTo + ", which may lie outside of " + root
                        + ", so it is not made; preserve=allSymlinks makes such links too");
            }
            UnixFacts facts = UnixFacts.of(info, rules.preserve(), UnixFacts.LINK);
            boolean made;
            synchronized (moving) {
                places.checkParents(place);
                places.checkNameIsFree(place);
                checkSpelling(temporary, place);
                try (OpenDirectory parent = OpenDirectory.of(root, place)) {
                    made = makeLink(parent, temporary, new WantedLink(action, leadsTo, facts), expected);
                }
            }
            changed.changed(place);
            return made;
        } finally {
            // It is the content, or a link that did not get its name.
            Files.deleteIfExists(temporary);
        }
    }

    private record WantedLink(SyncAction.Download action, Path leadsTo, UnixFacts facts) {}

    private boolean makeLink(OpenDirectory parent, Path temporary, WantedLink wanted, Expected expected)
            throws IOException {
        Path place = places.of(wanted.action().path());
        Path name = place.getFileName();
        Path unnamed = temporary.getFileName();
        Optional<BasicFileAttributes> now = parent.look(name, LinkOption.NOFOLLOW_LINKS);
        boolean isThere = now.isPresent()
                && now.get().isSymbolicLink()
                && Files.readSymbolicLink(place).equals(wanted.leadsTo());
        parent.deleteFile(unnamed);
        Files.createSymbolicLink(temporary, wanted.leadsTo());
        if (parent.look(unnamed, LinkOption.NOFOLLOW_LINKS)
                .filter(BasicFileAttributes::isSymbolicLink)
                .isEmpty()) {
            throw new IOException(place.getParent() + " was replaced by another directory or a link meanwhile");
        }
        setTime(temporary, wanted.action().modifiedMillis());
        wanted.facts().giveOwner(temporary);
        if (now.isPresent()) {
            replaceLink(parent, temporary, wanted, expected, now.get(), isThere);
            return !isThere;
        }
        try {
            // It is a second name of the link itself: whoever makes a file there meanwhile keeps it.
            secondNames.give(place, temporary);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(place + " was made since the run was planned, so it is not replaced", e);
        } catch (UnsupportedOperationException | IOException noLinks) {
            // A disk without second names of links: a rename replaces, so it is looked once more.
            if (parent.look(name, LinkOption.NOFOLLOW_LINKS).isPresent()) {
                throw new IOException(place + " was made since the run was planned, so it is not replaced", noLinks);
            }
            parent.rename(unnamed, name);
        }
        if (parent.look(name, LinkOption.NOFOLLOW_LINKS).isEmpty()) {
            throw new IOException(place.getParent() + " was replaced by another directory or a link meanwhile");
        }
        return true;
    }

    /** Only a link that is the one of the scan, or leads to the same, gives way to another. */
    private void replaceLink(
            OpenDirectory parent,
            Path temporary,
            WantedLink wanted,
            Expected expected,
            BasicFileAttributes now,
            boolean isThere)
            throws IOException {
        Path place = places.of(wanted.action().path());
        boolean isPlanned = now.isSymbolicLink()
                && expected instanceof Expected.LocalCopy planned
                && now.size() == planned.size()
                && FileTimes.millis(now.lastModifiedTime()) == planned.modifiedMillis()
                && isMarked(wanted.action().path(), planned.mark());
        if (!isThere && !isPlanned) {
            throw new IOException(
                    place + (now.isSymbolicLink() ? " has changed since the run was planned" : " is a file")
                            + ", so it is not replaced by a link; the next run decides again");
        }
        Backup.Kept kept = isThere
                ? Backup.Kept.NOTHING
                : rules.backup().keep(wanted.action().path(), place);
        boolean isReplaced = false;
        try {
            if (!isThere && !kept.holds(place)) {
                throw new IOException(place + " has changed since the run was planned, so it is not replaced");
            }
            parent.rename(temporary.getFileName(), place.getFileName());
            isReplaced = true;
        } finally {
            if (!isReplaced) {
                kept.forget();
            }
        }
    }

    private void checkSpelling(Path temporary, Path target) throws IOException {
        if (NameCase.isIgnoredAt(temporary)) {
            spelling.check(root, target);
        }
    }
}
