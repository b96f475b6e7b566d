// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.transfer.local.ProcessLock;

/**
 * A file that a sync writes for itself, as a report, a plan or what a check finds: a misspelt name must not cost a file of
 * somebody's, and two runs must not write one. Immutable.
 *
 * @param option the option that names it
 * @param file   where it is
 * @param what   what it is called, with its article, as {@code no plan}
 * @param kind   tells its content from others'
 */
public record OwnFile(String option, Path file, String what, Kind kind) {
    /** Expression for a text of JSON as Jackson writes it. */
    public static final String TEXT = "\"(?:[^\"\\\\]++|\\\\.)*+\"";

    private static final int TRIES = 100;

    /** Whether a file was written to its end. */
    public enum State {
        WHOLE,
        /** Its last line may be cut off, also within a character. */
        UNFINISHED
    }

    /** Whether the content of a file is that of a sync's own; an empty one is. */
    @FunctionalInterface
    public interface Kind {
        boolean isOwn(BufferedReader there, State state) throws IOException;

        /** Those of nothing but such lines; of an unfinished one the last may be cut off. */
        static Kind ofLines(Pattern first, Pattern others) {
            return (there, state) -> {
                String line = there.readLine();
                for (boolean isFirst = true; line != null; isFirst = false) {
                    String next = there.readLine();
                    boolean mayBeCutOff = state == State.UNFINISHED && next == null;
                    Matcher own = (isFirst ? first : others).matcher(line);
                    if (!own.matches() && !(mayBeCutOff && (!isFirst || own.hitEnd()))) {
                        return false;
                    }
                    line = next;
                }
                return true;
            };
        }
    }

    /** Names the file by its whole path. */
    public OwnFile {
        file = file.toAbsolutePath();
    }

    /** What it is called until it is whole. */
    public Path unfinished() {
        return unfinished(file);
    }

    private static Path unfinished(Path file) {
        return beside(file, "", ".incomplete");
    }

    private static Path lock(Path file) {
        return beside(file, ".", ".b2-sync.lock");
    }

    /** Where a file is put together of two. */
    public static Path merged(Path file) {
        return beside(file, "", ".merged");
    }

    /** Says what was written to a file whose lines could be anybody's. */
    public static Path mark(Path file) {
        return beside(file, ".", ".b2-sync.mark");
    }

    /** A mark that is being written. */
    public static Path newMark(Path mark) {
        return beside(mark, "", ".new");
    }

    /** Of a file of states: the disks that were seen. */
    public static Path disks(Path file) {
        return beside(file, "", ".disks");
    }

    /** Of a file of states: where the user accepts that a disk is another one. */
    public static Path accept(Path file) {
        return beside(file, "", ".accept");
    }

    /** What a sync may write beside a file that an option names: no other option may name it. */
    public static List<Path> beside(Path file) {
        return List.of(
                unfinished(file), lock(file), merged(file), mark(file), newMark(mark(file)), disks(file), accept(file));
    }

    private static Path beside(Path file, String before, String ending) {
        return file.resolveSibling(before + file.getFileName() + ending);
    }

    /**
     * Does nothing where neither it nor the unfinished one is there, or both are a sync's.
     *
     * @throws IllegalArgumentException if one is somebody's: no file, a link, of several names, or of other content
     */
    public void refuseOther() throws IOException {
        refuseOther(file, State.WHOLE);
        refuseOther(unfinished(), State.UNFINISHED);
    }

    private void refuseOther(Path there, State state) throws IOException {
        if (Files.notExists(there, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isRegularFile(there, LinkOption.NOFOLLOW_LINKS) || !hasOwnContent(there, state)) {
            throw new IllegalArgumentException("Option " + option + "=" + there + " is there and is " + what
                    + ", so it is not replaced: delete it, or write another name");
        }
        refuseShared(option, there);
    }

    private boolean hasOwnContent(Path there, State state) throws IOException {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(state == State.WHOLE ? CodingErrorAction.REPORT : CodingErrorAction.REPLACE);
        try {
            // Not closed: where this process holds the file, that is its lock.
            return ProcessLock.read(
                    there, channel -> kind.isOwn(new BufferedReader(Channels.newReader(channel, decoder, -1)), state));
        } catch (CharacterCodingException e) {
            // Ours are UTF-8.
            return false;
        }
    }

    /**
     * Takes it for one run, until that is closed.
     *
     * @throws IllegalArgumentException if another run has it, here or in another process, or it is somebody's
     */
    public Held hold() throws IOException {
        refuseOther();
        // No lock of the file itself: a killed run leaves it, and whoever reads it would give the lock back.
        Path lockFile = lock(file);
        for (int i = 0; i < TRIES; i++) {
            Object before = keyOf(lockFile);
            boolean isTaken = Files.exists(lockFile, LinkOption.NOFOLLOW_LINKS);
            if (isTaken && (!Files.isRegularFile(lockFile, LinkOption.NOFOLLOW_LINKS) || Files.size(lockFile) > 0)) {
                throw new IllegalArgumentException("Option " + option + "=" + file + " cannot be used: " + lockFile
                        + " is there and is no lock of a sync; write another name");
            }
            Optional<Held> held = tryHold(lockFile, isTaken, before);
            if (held.isPresent()) {
                return held.get();
            }
        }
        throw inUse();
    }

    /** Empty where the lock was given back, and its file deleted, meanwhile. */
    private Optional<Held> tryHold(Path lockFile, boolean isThere, @Nullable Object before) throws IOException {
        ProcessLock lock;
        try {
            lock = ProcessLock.tryLock(
                            lockFile,
                            isThere ? StandardOpenOption.READ : StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.WRITE,
                            LinkOption.NOFOLLOW_LINKS)
                    .orElseThrow(this::inUse);
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            if (Files.notExists(Objects.requireNonNull(file.getParent()))) {
                throw e;
            }
            return Optional.empty();
        }
        Object now = keyOf(lockFile);
        if (Files.exists(lockFile, LinkOption.NOFOLLOW_LINKS) && (!isThere || Objects.equals(before, now))) {
            return Optional.of(new Held(lockFile, lock));
        }
        lock.close();
        return Optional.empty();
    }

    private static @Nullable Object keyOf(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private IllegalArgumentException inUse() {
        return new IllegalArgumentException("Option " + option + "=" + file
                + " cannot be used: another run is writing it; wait for its end, or give each run a file of its own");
    }

    /** The file is this run's. */
    public static final class Held implements AutoCloseable {
        private final Path lockFile;
        private final ProcessLock lock;

        private Held(Path lockFile, ProcessLock lock) {
            this.lockFile = lockFile;
            this.lock = lock;
        }

        @Override
        public void close() throws IOException {
            try {
                if (ProcessLock.held(lockFile).filter(own -> own == lock).isPresent()) {
                    Files.deleteIfExists(lockFile);
                }
            } finally {
                lock.close();
            }
        }
    }

    /** Gives the unfinished file its name; what it holds is on the disk before. */
    public void replace() throws IOException {
        try (FileChannel whole = FileChannel.open(unfinished(), StandardOpenOption.WRITE)) {
            whole.force(true);
        }
        Files.move(unfinished(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Opens it for writing from its beginning, in its place; the caller closes it.
     *
     * @throws IllegalArgumentException if it has another name as well
     */
    public OutputStream open() throws IOException {
        refuseShared(option, file);
        if (Files.isRegularFile(file) && !tellsLinks(file)) {
            // Nobody knows what other names it has; a new one has none.
            Path real = file.toRealPath();
            Files.delete(real);
            return Files.newOutputStream(real, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }
        return Files.newOutputStream(file);
    }

    /**
     * Does nothing where a file has one name, or is not there, or nobody can tell.
     *
     * @param option the option that names the file
     * @throws IllegalArgumentException if it has another name as well
     */
    public static void refuseShared(String option, Path file) throws IOException {
        if (!Files.isRegularFile(file) || !tellsLinks(file)) {
            return;
        }
        int names = (int) Files.getAttribute(file, "unix:nlink");
        if (names > 1) {
            throw new IllegalArgumentException("Option " + option + "=" + file + " is a file of " + names
                    + " names (hard links), and what is written to it would be in all of them: delete it, or write"
                    + " another name");
        }
    }

    private static boolean tellsLinks(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix");
    }
}
