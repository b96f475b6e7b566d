// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.item.PathOrder;
import io.github.camelb2.sync.scan.disk.DirectoryStates;
import io.github.camelb2.sync.scan.disk.MountTable;

/**
 * Device and number of entries of each directory of the source, and what is mounted there, as the last run saw them that
 * read all of the source: behind a line that says whose they are one line of JSON each, in the order of names, so that
 * neither reading nor writing holds more than a line, and a line that says how many they were. Thread-safe: the scan goes
 * on for a moment when a run is broken off.
 *
 * <p>An incomplete run does not know of directories that it did not enter whether they are gone. What was known of them
 * still holds after it, and their lines are marked, so that a complete run forgets them.
 *
 * <p>A directory that was a disk of its own and is none now, or is gone, or that is empty and lies on another device, is
 * one whose disk is not mounted; one where another disk is mounted is not the one that was stored. A file that is damaged,
 * or another sync's, tells nothing, and then nothing may be removed.
 */
final class StateFile implements DirectoryStates, AutoCloseable {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int FORMAT = 2;
    /** What a line that accepts calls the source itself. */
    private static final String ROOT = ".";

    /** The length of a line that holds after an incomplete run only. */
    private static final int MARKED = 6;

    /** More than any system mounts. */
    private static final int MAX_DISKS = 10_000;

    private final Path file;
    private final String sync;
    private final String source;
    private final Path next;
    /** Where the user says which directories are meant to be as they are; one run takes it. */
    private final Path accept;

    private final Set<String> accepted = new HashSet<>();
    private final Map<String, JsonNode> disks = new HashMap<>();
    /** Those that were not looked at, until it is their turn to be written. */
    private final Set<String> leftOut = new HashSet<>();

    private Optional<String> trouble = Optional.empty();
    private @Nullable BufferedReader before;
    private @Nullable BufferedWriter now;
    private @Nullable JsonNode ahead;
    private boolean wasComplete;
    private @Nullable MountTable mounts;
    private long written;

    /**
     * Opens both; they are closed by {@link #close}.
     *
     * @param sync   the name of the sync
     * @param source its directory
     * @throws IllegalArgumentException if the file cannot be read or written
     */
    StateFile(Path file, String sync, String source, String runId) {
        this.file = file.toAbsolutePath();
        this.sync = sync;
        this.source = source;
        this.next = this.file.resolveSibling(this.file.getFileName() + "." + runId);
        this.accept = this.file.resolveSibling(this.file.getFileName() + ".accept");
        try {
            open();
        } catch (IOException e) {
            close();
            throw new IllegalArgumentException(
                    "Option stateFile=" + file + " cannot be used: " + e + "; write a file in a directory that exists",
                    e);
        }
    }

    private void open() throws IOException {
        now = Files.newBufferedWriter(next);
        writeLine(MAPPER.createObjectNode()
                .put("format", FORMAT)
                .put("sync", sync)
                .put("source", source));
        if (Files.notExists(file)) {
            return;
        }
        if (Files.exists(accept)) {
            readAccepted();
        }
        trouble = check();
        if (trouble.isEmpty()) {
            before = Files.newBufferedReader(file);
            before.readLine();
        } else {
            disks.clear();
        }
    }

    private void readAccepted() throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(accept)) {
            for (String line = lines.readLine(); line != null && accepted.size() < MAX_DISKS; line = lines.readLine()) {
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

    /** Reads all of it: what a power cut or a full disk left must not count as nothing recorded. */
    private Optional<String> check() throws IOException {
        try (BufferedReader all = Files.newBufferedReader(file)) {
            JsonNode head = line(all);
            if (!head.isObject() || head.path("format").asInt() != FORMAT) {
                return damaged();
            }
            if (!head.path("sync").asText().equals(sync)
                    || !head.path("source").asText().equals(source)) {
                return Optional.of("stateFile=" + file + " was written by sync "
                        + head.path("sync").asText() + " of "
                        + head.path("source").asText()
                        + ", so nobody knows which disks of this one were mounted: nothing is removed; write a file of its"
                        + " own for each sync, or a directory");
            }
            long count = 0;
            Map<String, JsonNode> marked = new HashMap<>();
            JsonNode line = line(all);
            for (; line.isArray() && line.size() >= 4 && line.size() <= MARKED; line = line(all)) {
                remember(line, line.size() == MARKED ? marked : disks);
                count++;
            }
            wasComplete = line.path("complete").asBoolean(true);
            if (!wasComplete) {
                disks.putAll(marked);
            }
            boolean isWhole = line.path("directories").asLong(-1) == count && disks.size() <= MAX_DISKS;
            return isWhole && all.readLine() == null ? Optional.empty() : damaged();
        } catch (JsonProcessingException | CharacterCodingException e) {
            return damaged();
        }
    }

    private static JsonNode line(BufferedReader reader) throws IOException {
        String line = reader.readLine();
        JsonNode read = line == null ? null : MAPPER.readTree(line);
        return read == null ? MissingNode.getInstance() : read;
    }

    private void remember(JsonNode directory, Map<String, JsonNode> known) {
        boolean wasMounted = directory.get(3).asBoolean()
                || (!directory.path(4).asText().isEmpty()
                        && !directory.get(0).asText().isEmpty());
        boolean isDisk = wasMounted && directory.get(2).asInt() > 0;
        if (isDisk
                && known.size() <= MAX_DISKS
                && !accepted.contains(directory.get(0).asText())) {
            known.put(directory.get(0).asText(), directory);
        }
    }

    private Optional<String> damaged() {
        return Optional.of(
                "stateFile=" + file + " is empty, cut off or damaged, so nobody knows which disks were mounted:"
                        + " nothing is removed; if all of them are mounted, delete it, and the next run writes it anew");
    }

    @Override
    public synchronized Optional<String> trouble() {
        return trouble;
    }

    @Override
    public synchronized List<String> disks() {
        return List.copyOf(disks.keySet());
    }

    @Override
    public synchronized Optional<String> entered(String path, Path directory, @Nullable Path above, int entries) {
        try {
            String device = device(directory);
            boolean isDisk = above != null && !device.equals(device(above));
            String mount = mount(path, directory, above, isDisk);
            ArrayNode line =
                    MAPPER.createArrayNode().add(path).add(device).add(entries).add(isDisk);
            if (!mount.isEmpty()) {
                line.add(mount);
            }
            JsonNode known = known(path);
            Optional<String> trouble = known == null || known.get(2).asInt() == 0 || accepted.contains(path)
                    ? Optional.empty()
                    : compare(unmarked(known), directory, line)
                            .map(reason -> reason + " If it is meant to be so, " + remedy(path));
            // What it should be is still known after this run.
            writeLine(known != null && trouble.isPresent() ? unmarked(known) : line);
            written++;
            return trouble;
        } catch (IOException e) {
            throw new UncheckedIOException("stateFile=" + file + " cannot be used: " + e, e);
        }
    }

    private static Optional<String> compare(JsonNode known, Path directory, JsonNode now) {
        String then =
                "in the last run that saw it, when it held " + known.get(2).asInt() + " entries: is its disk mounted?";
        String wasOn = known.path(4).asText();
        String isOn = now.path(4).asText();
        if ((known.get(3).asBoolean() || !wasOn.isEmpty()) && !now.get(3).asBoolean() && isOn.isEmpty()) {
            return Optional.of("the directory " + directory + " is no disk of its own and was one " + then);
        }
        if (!wasOn.isEmpty() && !wasOn.equals(isOn)) {
            return Optional.of("another disk is at " + directory + " (" + isOn + ") than (" + wasOn + ") " + then);
        }
        boolean isNewDisk = known.size() == 4
                && !known.get(3).asBoolean()
                && !known.get(0).asText().isEmpty()
                && (now.get(3).asBoolean() || !isOn.isEmpty());
        if (isNewDisk && now.get(2).asInt() > 0) {
            return Optional.of("a disk is at " + directory + " and was none " + then.replace("is its disk mounted?", "")
                    + "which may lie hidden below it.");
        }
        return now.get(2).asInt() == 0 && !known.get(1).equals(now.get(1))
                ? Optional.of("the directory " + directory + " is empty and lies on another device than " + then)
                : Optional.empty();
    }

    @Override
    public synchronized void leftOut(String path) {
        leftOut.add(path);
    }

    /** A directory that was known and was not entered: it is gone, left out or unreadable. */
    private void passOver(JsonNode known) throws IOException {
        String path = known.get(0).asText();
        if (accepted.contains(path)) {
            return;
        }
        ArrayNode line = unmarked(known);
        if (!leftOut.remove(path)) {
            if (line.size() == 4) {
                line.add("");
            }
            line.add(true);
        }
        writeLine(line);
        written++;
    }

    private static ArrayNode unmarked(JsonNode known) {
        ArrayNode line = known.deepCopy();
        if (line.size() == MARKED) {
            line.remove(MARKED - 1);
            if (line.get(4).asText().isEmpty()) {
                line.remove(4);
            }
        }
        return line;
    }

    /**
     * What is mounted at a directory, or at or above the root; empty where nothing is. A bind mount of the same disk has the
     * device of its surroundings.
     */
    private String mount(String path, Path directory, @Nullable Path above, boolean isDisk) throws IOException {
        MountTable known = mounts;
        if (known == null || isDisk) {
            // Entering a directory may have mounted it.
            known = MountTable.read();
            mounts = known;
        }
        MountTable.Mount mount = known.covering(directory.toRealPath());
        if (mount == null) {
            return "";
        }
        boolean isOfAbove = !path.isEmpty() && above != null && mount.equals(known.covering(above.toRealPath()));
        if (isOfAbove) {
            return "";
        }
        return path.isEmpty() ? mount.description() + " at " + mount.point() : mount.description();
    }

    @Override
    public String remedy(String path) {
        return "write the line " + (path.isEmpty() ? ROOT : path) + " to " + accept
                + ": the next run takes it and deletes that file";
    }

    private @Nullable JsonNode known(String path) throws IOException {
        String key = path + "/";
        while (before != null) {
            if (ahead == null) {
                ahead = lineThatHolds(before);
            }
            if (!ahead.isArray()) {
                return null;
            }
            int order = path.isEmpty() && ahead.get(0).asText().isEmpty()
                    ? 0
                    : PathOrder.compare(sortKey(ahead.get(0).asText()), path.isEmpty() ? "" : key);
            if (order > 0) {
                return null;
            }
            JsonNode found = ahead;
            ahead = null;
            if (order == 0) {
                return found;
            }
            passOver(found);
        }
        return null;
    }

    private JsonNode lineThatHolds(BufferedReader from) throws IOException {
        JsonNode line = line(from);
        while (wasComplete && line.size() == MARKED) {
            line = line(from);
        }
        return line;
    }

    private void passOverTheRest() throws IOException {
        BufferedReader from = before;
        JsonNode line = ahead;
        if (from != null) {
            for (line = line == null ? lineThatHolds(from) : line; line.isArray(); line = lineThatHolds(from)) {
                passOver(line);
            }
        }
    }

    private static String sortKey(String path) {
        return path.isEmpty() ? "" : path + "/";
    }

    private static String device(Path directory) throws IOException {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("unix")
                ? String.valueOf(Files.getAttribute(directory, "unix:dev"))
                : Files.getFileStore(directory).name();
    }

    /**
     * The run has read all of the source: what it saw counts from now on. Where nothing was known of the disks, that stays
     * so.
     *
     * @param isComplete whether what it did not see is gone
     */
    synchronized void commit(boolean isComplete) throws IOException {
        if (trouble.isPresent()) {
            return;
        }
        passOverTheRest();
        writeLine(MAPPER.createObjectNode().put("directories", written).put("complete", isComplete));
        closeBoth();
        try (FileChannel whole = FileChannel.open(next, StandardOpenOption.WRITE)) {
            whole.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (!accepted.isEmpty()) {
            Files.deleteIfExists(accept);
        }
    }

    @Override
    public synchronized void close() {
        try {
            closeBoth();
            Files.deleteIfExists(next);
        } catch (IOException e) {
            throw new UncheckedIOException("stateFile=" + file + " cannot be closed: " + e, e);
        }
    }

    private void closeBoth() throws IOException {
        if (now != null) {
            now.close();
            now = null;
        }
        if (before != null) {
            before.close();
            before = null;
        }
    }
}
