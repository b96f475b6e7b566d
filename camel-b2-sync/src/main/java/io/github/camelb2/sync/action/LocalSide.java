package io.github.camelb2.sync.action;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

import io.github.camelb2.sync.plan.SyncAction;
import io.github.camelb2.sync.scan.DiskNames;
import io.github.camelb2.sync.scan.FileTimes;

/**
 * A directory as one side of a sync. Relative paths may come from a bucket or a message, so each is judged here before
 * anything is touched: nothing outside the directory is read, written or deleted. Thread-safe.
 */
public final class LocalSide implements Side {
    private static final String TEMPORARY_PREFIX = ".b2-";
    private static final String TEMPORARY_SUFFIX = ".b2.sync.tmp";

    private final Path root;
    private final long digestFrom;
    private final NameCase spelling = new NameCase();
    /** Two downloads whose names differ only in case must not both find their name free. */
    private final Object moving = new Object();

    public LocalSide(Path root) {
        this(root, Long.MAX_VALUE);
    }

    /** @param digestFrom the size from which the SHA-1 of a file is computed before it is uploaded */
    public LocalSide(Path root, long digestFrom) {
        this.root = root;
        this.digestFrom = digestFrom;
    }

    /** Where to read a file of the source; links below the directory are followed there, as the scan did. */
    Path toRead(String path) throws IOException {
        return resolve(path, DiskNames.unsyncable(path));
    }

    /** The content of a file of the source, which has to be as it was planned. */
    public LocalFileSource source(String path, long size, long modifiedMillis) throws IOException {
        return new LocalFileSource(toRead(path), size, modifiedMillis, digestFrom);
    }

    /**
     * A place beside the target of a download; its directories exist afterwards. The same version always gets the same
     * place, so that what an interrupted run left is found again.
     */
    Path temporaryFor(String path, String fileId) throws IOException {
        Path target = target(path);
        createParents(target);
        // Before anything is downloaded in vain, with every run again.
        checkNameIsFree(target);
        return target.resolveSibling(TEMPORARY_PREFIX + hash(path + '\n' + fileId) + TEMPORARY_SUFFIX);
    }

    /** Gives a finished download its time and moves it to its name in one step. */
    void moveIntoPlace(Path temporary, String path, long modifiedMillis) throws IOException {
        try {
            Path target = target(path);
            Files.setLastModifiedTime(temporary, FileTimes.of(modifiedMillis));
            synchronized (moving) {
                checkParents(target);
                checkNameIsFree(target);
                checkSpelling(temporary, target);
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            // Nobody goes on with a finished download whose place is taken.
            Files.deleteIfExists(temporary);
            throw e;
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
                && FileTimes.millis(attributes.lastModifiedTime()) == download.modifiedMillis();
    }

    /** Whether a temporary file is one of ours; those of other tools may be in use. */
    static boolean isOwnTemporary(Path file) {
        String name = file.getFileName().toString();
        // The client fills a file of its own beside the one it was given.
        return name.startsWith(TEMPORARY_PREFIX) || name.startsWith("." + TEMPORARY_PREFIX);
    }

    private Path target(String path) throws IOException {
        return resolve(path, DiskNames.unholdable(path));
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
            throw new IOException(directory + " is a file, so nothing can be stored below it");
        }
    }

    private static void checkNameIsFree(Path target) throws IOException {
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(target + " is a directory, so no file of that name can be stored");
        }
    }

    private void checkSpelling(Path temporary, Path target) throws IOException {
        if (NameCase.isIgnoredAt(temporary)) {
            spelling.check(root, target);
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 10);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
