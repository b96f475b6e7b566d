// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.local;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.transfer.local.ProcessLock;
import io.github.camelb2.client.transfer.local.TemporaryFile;
import io.github.camelb2.sync.scan.disk.TemporaryNames;

/**
 * The temporary files of one run at a destination directory. Their names carry the run, and while it lives it holds a lock
 * on a file of its own there: so that runs into one directory, in this JVM or another, neither share a temporary file nor
 * take one from each other, and what a killed run left is known to be nobody's. Thread-safe; its monitor guards its
 * fields.
 */
public final class Temporaries implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Temporaries.class);
    private static final int MAX_REMEMBERED = 10_000;

    private final Path root;
    private final String run;
    private final List<Path> found = new ArrayList<>();
    private @Nullable ProcessLock mark;

    /** @param runId of whatever form: a message may have made it up */
    public Temporaries(Path root, String runId) {
        this.root = root;
        this.run = TemporaryNames.tag(runId);
    }

    /** Whether a file of this name is a temporary one of some run. */
    public static boolean isName(String fileName) {
        return TemporaryNames.isTemporary(fileName);
    }

    /** A place beside a target, for one version. The run is marked as alive from then on. */
    public Path beside(Path target, String path, String fileId) throws IOException {
        hold();
        return target.resolveSibling(TemporaryNames.download(path, fileId, run));
    }

    /**
     * What time it is by the clock of the disk that holds a directory: that of a file which is made there for a moment.
     *
     * @throws IOException if none can be made
     */
    FileTime timeOfDisk(Path directory) throws IOException {
        Path file = directory.resolve(
                TemporaryNames.download("clock", UUID.randomUUID().toString(), run));
        try {
            Files.createFile(file);
            return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /**
     * Gives a file the permissions and owner that any new file gets beside it.
     *
     * @throws IOException if none can be made there
     */
    public void makeLikeNew(Path file) throws IOException {
        Path other = file.resolveSibling(
                TemporaryNames.download("new", UUID.randomUUID().toString(), run));
        try {
            Files.createFile(other);
            OwnerAndMode.keep(other, file);
        } finally {
            Files.deleteIfExists(other);
        }
    }

    private synchronized void hold() throws IOException {
        if (mark != null) {
            return;
        }
        Path file = markOf(run);
        try {
            mark = ProcessLock.create(file);
        } catch (FileAlreadyExistsException e) {
            LOG.debug("{} is held already", file, e);
        }
    }

    private Path markOf(String tag) {
        return root.resolve(TemporaryNames.mark(tag));
    }

    /** The scan met a temporary file of whatever run. */
    public synchronized void found(Path file) {
        // What does not fit is found again by the next run.
        if (isName(file.getFileName().toString()) && found.size() < MAX_REMEMBERED) {
            found.add(file);
        }
    }

    /** Removes what runs left that do not live any more. */
    public synchronized void removeLeftovers() {
        Map<String, Boolean> alive = new HashMap<>();
        List<Path> marks = new ArrayList<>();
        for (Path file : found) {
            String name = file.getFileName().toString();
            Optional<String> download = TemporaryNames.runOfDownload(name);
            Optional<String> mark = TemporaryNames.runOfMark(name);
            if (download.isPresent() && !alive.computeIfAbsent(download.get(), this::isAlive)) {
                delete(file);
            } else if (mark.isPresent() && !alive.computeIfAbsent(mark.get(), this::isAlive)) {
                marks.add(file);
            } else if (TemporaryFile.isOwnName(name)) {
                deleteUnlessFilled(file);
            }
        }
        marks.forEach(Temporaries::delete);
        found.clear();
    }

    /** The client locks a file while it fills it. */
    private static void deleteUnlessFilled(Path file) {
        try {
            Optional<ProcessLock> lock = ProcessLock.tryLock(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            if (lock.isPresent()) {
                try (ProcessLock held = lock.get()) {
                    if (held.isReal()) {
                        delete(file);
                    }
                }
            }
        } catch (IOException e) {
            LOG.debug("{} is left: nobody can tell whether it is being filled", file, e);
        }
    }

    /** A run that cannot be proved dead lives: where files cannot be locked, all do. */
    private boolean isAlive(String tag) {
        if (tag.equals(run)) {
            return true;
        }
        try {
            Optional<ProcessLock> lock =
                    ProcessLock.tryLock(markOf(tag), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            if (lock.isEmpty()) {
                return true;
            }
            try (ProcessLock held = lock.get()) {
                return !held.isReal();
            }
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            LOG.debug("Nobody can tell whether run {} lives", tag, e);
            return true;
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("The unfinished download {} cannot be deleted: {}", file, e.toString());
        }
    }

    /** Ends the life of the run. */
    @Override
    public synchronized void close() {
        if (mark == null) {
            return;
        }
        delete(markOf(run));
        try {
            mark.close();
        } catch (IOException e) {
            LOG.warn("{} cannot be closed: {}", markOf(run), e.toString());
        }
        mark = null;
    }
}
