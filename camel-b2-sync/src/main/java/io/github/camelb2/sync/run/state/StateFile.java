// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run.state;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.item.PathOrder;
import io.github.camelb2.sync.scan.disk.Birth;
import io.github.camelb2.sync.scan.disk.DirectoryIdentity;
import io.github.camelb2.sync.scan.disk.DirectoryStates;
import io.github.camelb2.sync.scan.disk.MountTable;
import io.github.camelb2.sync.wire.OwnFile;

/**
 * What the directories of the source and their disks looked like when a run last came there: behind a line that says whose
 * they are one {@link DirectoryState} each, in the order of names, so that neither reading nor writing holds more than a
 * line, and a line that says how many they were. Thread-safe: the scan goes on for a moment when a run is broken off.
 *
 * <p>An incomplete run does not know of directories that it did not enter whether they are gone. What was known of them
 * still holds after it, and their lines are marked, so that a complete run forgets them. A disk that was not known is on
 * record before anything of it is stored, because a run may be killed: see {@link SeenDisks}.
 *
 * <p>A directory that was a disk of its own and is none now, or is gone, or that is empty and lies on another device, is
 * one whose disk is not mounted; one where another disk is mounted, or where nothing is left of what the disk held, is not
 * the one that was stored. A file that is damaged, or another sync's, tells nothing, and then nothing may be removed.
 */
public final class StateFile implements DirectoryStates, AutoCloseable {
    private static final int FORMAT = 2;
    /** What a line that accepts calls the source itself. */
    private static final String ROOT = ".";

    /** Whether the run removes and stores what it plans. */
    public enum Use {
        /** It does, so that the next run has to know what it saw. */
        REMEMBERED,
        /** It only looks. */
        LOOKED_AT
    }

    private final Path file;
    private final Use use;
    private final JsonNode head;
    private final Path next;
    /** Where the user says which directories are meant to be as they are; one run takes it. */
    private final Path accept;

    private final Set<String> accepted = new HashSet<>();
    /** Those that were not looked at, until it is their turn to be written. */
    private final Set<String> leftOut = new HashSet<>();

    private @Nullable KnownStates before;
    private @Nullable SeenDisks seen;
    private @Nullable BufferedWriter now;
    private @Nullable MountTable mounts;
    /** Files that are mounted by themselves, as those that were before or that were not known, in the order of names. */
    private final TreeMap<String, DirectoryState> mountedFiles =
            new TreeMap<>(Comparator.comparing(path -> path + "/", PathOrder.COMPARATOR));

    private @Nullable String lastMountedFile;
    private long written;
    private boolean hasLooked;

    /**
     * Opens what there is; it is closed by {@link #close}.
     *
     * @param sync   the name of the sync
     * @param source its directory
     * @throws IllegalArgumentException if the file cannot be read or written
     */
    public StateFile(Path file, String sync, String source, String runId, Use use) {
        this.file = file.toAbsolutePath();
        this.use = use;
        this.head = JsonNodeFactory.instance
                .objectNode()
                .put("format", FORMAT)
                .put("sync", sync)
                .put("source", source);
        this.next = beside("." + runId);
        this.accept = OwnFile.accept(file);
        try {
            open();
        } catch (IllegalArgumentException e) {
            close();
            throw e;
        } catch (IOException e) {
            close();
            throw new IllegalArgumentException(
                    "Option stateFile=" + file + " cannot be used: " + e + "; write a file in a directory that exists",
                    e);
        }
    }

    private Path beside(String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    private void open() throws IOException {
        OwnFile.refuseShared("stateFile", file);
        OwnFile.refuseShared("stateFile", OwnFile.disks(file));
        OwnFile.refuseShared("stateFile", accept);
        now = Files.newBufferedWriter(next, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        writeLine(head);
        SeenDisks disks = new SeenDisks(OwnFile.disks(file), head);
        seen = disks;
        if (Files.exists(accept)) {
            readAccepted();
        }
        before = new KnownStates(file, head, disks.all().values(), accepted);
        findMountedFiles();
    }

    private void readAccepted() throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(accept)) {
            for (String line = lines.readLine();
                    line != null && accepted.size() < KnownStates.MAX_DISKS;
                    line = lines.readLine()) {
                accepted.add(line.equals(ROOT) ? "" : line);
            }
        }
    }

    private void writeLine(JsonNode line) throws IOException {
        BufferedWriter out = now;
        if (out != null) {
            out.write(line.toString());
            out.newLine();
        }
    }

    private void write(DirectoryState state) throws IOException {
        writeMountedFilesBefore(state);
        writeLine(state.line());
        written++;
    }

    /** Each has its line where its name stands; null for all of the rest. */
    private void writeMountedFilesBefore(@Nullable DirectoryState next) throws IOException {
        String last = lastMountedFile;
        String path = last == null ? firstMountedFile() : mountedFiles.higherKey(last);
        while (path != null && (next == null || next.compareTo(path) > 0)) {
            lastMountedFile = path;
            writeLine(Objects.requireNonNull(mountedFiles.get(path)).line());
            written++;
            path = mountedFiles.higherKey(path);
        }
    }

    private @Nullable String firstMountedFile() {
        return mountedFiles.isEmpty() ? null : mountedFiles.firstKey();
    }

    /** A volume of a container may be one file. */
    private void findMountedFiles() {
        KnownStates all = before;
        if (all == null) {
            return;
        }
        try {
            Path root = Path.of(head.path("source").asText()).toRealPath();
            MountTable table = MountTable.read();
            for (Path point : table.points()) {
                MountTable.Mount mount = table.covering(point);
                if (mount != null && point.startsWith(root) && !point.equals(root) && Files.isRegularFile(point)) {
                    String path = root.relativize(point).toString();
                    DirectoryState state = new DirectoryState(
                            path, mount.device(), 1, true, mount.description(), false, Birth.UNKNOWN, List.of());
                    DirectoryState known = all.disks().get(path);
                    if (known == null || known.mount().equals(state.mount())) {
                        mountedFiles.put(path, state);
                    }
                }
            }
        } catch (IOException | InvalidPathException e) {
            // Without a root nothing is scanned.
            mountedFiles.clear();
        }
    }

    @Override
    public synchronized Optional<String> trouble() {
        return before == null ? Optional.empty() : before.trouble();
    }

    @Override
    public synchronized List<String> disks() {
        if (before == null) {
            return List.of();
        }
        List<String> missing = new ArrayList<>(before.disks().keySet());
        missing.removeAll(mountedFiles.keySet());
        return missing;
    }

    @Override
    public synchronized Optional<String> entered(String path, Path directory, @Nullable Path above, Content content) {
        if (now == null) {
            // The run has ended, and what the scan still finds is nobody's.
            return Optional.empty();
        }
        try {
            if (!hasLooked) {
                for (DirectoryState file : mountedFiles.values()) {
                    remember(file, before == null ? null : before.disks().get(file.path()));
                }
            }
            hasLooked = true;
            DirectoryState state = look(path, directory, above, content);
            DirectoryState known = known(path);
            Optional<String> trouble = known == null || accepted.contains(path)
                    ? Optional.empty()
                    : known.trouble(state, directory, content)
                            .map(reason -> reason + " If it is meant to be so, " + remedy(path));
            if (known != null && trouble.isPresent()) {
                // What it should be is still known after this run.
                write(known.marked(false));
                return trouble;
            }
            remember(state, known);
            write(state);
            return trouble;
        } catch (IOException e) {
            throw new UncheckedIOException("stateFile=" + file + " cannot be used: " + e, e);
        }
    }

    private void remember(DirectoryState state, @Nullable DirectoryState known) throws IOException {
        boolean isNew = state.entries() > 0
                && state.isDiskOfItsOwn()
                && (known == null || !known.isDiskOfItsOwn() || known.entries() == 0);
        if (isNew && seen != null && use == Use.REMEMBERED) {
            seen.add(state);
        }
    }

    private DirectoryState look(String path, Path directory, @Nullable Path above, Content content) throws IOException {
        String device = String.valueOf(DirectoryIdentity.device(directory));
        boolean isDisk = above != null && !device.equals(String.valueOf(DirectoryIdentity.device(above)));
        MountTable.Mount mount = mount(path, directory, above, isDisk);
        String description = mount == null ? "" : mount.description();
        boolean isOfItsOwn = isDisk
                || (mount != null
                        && (!path.isEmpty()
                                || mount.isInMemory()
                                || mount.point().equals(directory.toRealPath())));
        return new DirectoryState(
                path,
                device,
                content.entries(),
                isDisk,
                mount != null && path.isEmpty() ? description + " at " + mount.point() : description,
                false,
                isOfItsOwn && mount != null ? mount.birth() : Birth.UNKNOWN,
                isOfItsOwn ? content.someNames() : List.of());
    }

    @Override
    public synchronized void leftOut(String path) {
        leftOut.add(path);
    }

    /** A directory that was known and was not entered: it is gone, left out or unreadable. */
    private void passOver(DirectoryState known) throws IOException {
        if (!accepted.contains(known.path()) && !mountedFiles.containsKey(known.path())) {
            write(known.marked(!leftOut.remove(known.path())));
        }
    }

    /**
     * What is mounted at a directory, or at or above the root; null where nothing is. A bind mount of the same disk has the
     * device of its surroundings.
     */
    private MountTable.@Nullable Mount mount(String path, Path directory, @Nullable Path above, boolean isDisk)
            throws IOException {
        MountTable known = mounts;
        if (known == null || isDisk) {
            // Entering a directory may have mounted it.
            known = MountTable.read();
            mounts = known;
        }
        MountTable.Mount mount = known.covering(directory.toRealPath());
        boolean isOfAbove =
                mount != null && !path.isEmpty() && above != null && mount.equals(known.covering(above.toRealPath()));
        return isOfAbove ? null : mount;
    }

    @Override
    public String remedy(String path) {
        return "write the line " + (path.isEmpty() ? ROOT : path) + " to " + accept
                + ": the next run takes it and deletes that file";
    }

    private @Nullable DirectoryState known(String path) throws IOException {
        KnownStates all = before;
        if (all == null || all.trouble().isPresent()) {
            return null;
        }
        for (DirectoryState state = all.peek(); state != null; state = all.peek()) {
            int order = state.compareTo(path);
            if (order > 0) {
                return null;
            }
            all.skip();
            if (order == 0) {
                return state;
            }
            passOver(state);
        }
        return null;
    }

    private void passOverTheRest() throws IOException {
        KnownStates all = before;
        if (all != null) {
            for (DirectoryState state = all.peek(); state != null; state = all.peek()) {
                all.skip();
                passOver(state);
            }
        }
    }

    /**
     * The run has ended: what it saw counts from now on, be it all of the source or a part. Does nothing where it did not
     * look, or where nothing was known of the disks, which stays so.
     *
     * @param isComplete whether what it did not see is gone
     */
    public synchronized void commit(boolean isComplete) throws IOException {
        if (!hasLooked || use == Use.LOOKED_AT || trouble().isPresent() || now == null) {
            return;
        }
        passOverTheRest();
        writeMountedFilesBefore(null);
        writeLine(JsonNodeFactory.instance
                .objectNode()
                .put("directories", written)
                .put("complete", isComplete));
        closeAll();
        try (FileChannel whole = FileChannel.open(next, StandardOpenOption.WRITE)) {
            whole.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (seen != null) {
            seen.forget();
        }
        if (!accepted.isEmpty()) {
            Files.deleteIfExists(accept);
        }
    }

    @Override
    public synchronized void close() {
        try {
            closeAll();
            Files.deleteIfExists(next);
        } catch (IOException e) {
            throw new UncheckedIOException("stateFile=" + file + " cannot be closed: " + e, e);
        }
    }

    private void closeAll() throws IOException {
        if (now != null) {
            now.close();
            now = null;
        }
        if (before != null) {
            before.close();
        }
    }
}
