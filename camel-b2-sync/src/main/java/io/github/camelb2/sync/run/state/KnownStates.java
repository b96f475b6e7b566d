// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run.state;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the directories of a source before a run, in the order of names: what the last run wrote that came to
 * its end, and the disks that one has seen which was killed. Neither holds more than a line and the disks. Used by one
 * thread at a time.
 */
final class KnownStates implements AutoCloseable {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    /** More than any system mounts. */
    static final int MAX_DISKS = 10_000;

    private final Path file;
    private final Map<String, DirectoryState> disks = new HashMap<>();
    /** Those that a killed run has seen, and whose turn has not come. */
    private final Deque<DirectoryState> seen = new ArrayDeque<>();

    private Optional<String> trouble = Optional.empty();
    private @Nullable BufferedReader lines;
    private @Nullable DirectoryState ahead;
    private boolean wasComplete;

    /**
     * Reads all of the file once: what a power cut or a full disk left must not count as nothing recorded.
     *
     * @param head     the line that says whose it is
     * @param seen     the disks that a killed run has seen
     * @param accepted the directories that are meant to be as they are
     */
    KnownStates(Path file, JsonNode head, Collection<DirectoryState> seen, Set<String> accepted) throws IOException {
        this.file = file;
        seen.stream().sorted((one, other) -> one.compareTo(other.path())).forEach(this.seen::add);
        if (Files.exists(file)) {
            trouble = check(head);
        }
        if (trouble.isPresent()) {
            disks.clear();
            return;
        }
        seen.forEach(state -> disks.put(state.path(), state));
        disks.keySet().removeAll(accepted);
        disks.values().removeIf(Predicate.not(DirectoryState::wasMounted));
        if (Files.exists(file)) {
            lines = Files.newBufferedReader(file);
            lines.readLine();
        }
    }

    /** Why nothing is known; empty if that is not so. */
    Optional<String> trouble() {
        return trouble;
    }

    /** What was a disk of its own, by its path. */
    Map<String, DirectoryState> disks() {
        return disks;
    }

    private Optional<String> check(JsonNode head) throws IOException {
        try (BufferedReader all = Files.newBufferedReader(file)) {
            JsonNode written = line(all);
            if (!written.isObject() || !written.path("format").equals(head.path("format"))) {
                return damaged();
            }
            if (!written.equals(head)) {
                return Optional.of("stateFile=" + file + " was written by sync "
                        + written.path("sync").asText() + " of "
                        + written.path("source").asText()
                        + ", so nobody knows which disks of this one were mounted: nothing is removed; write a file of its"
                        + " own for each sync, or a directory");
            }
            return checkLines(all);
        } catch (JsonProcessingException | CharacterCodingException e) {
            return damaged();
        }
    }

    private Optional<String> checkLines(BufferedReader all) throws IOException {
        long count = 0;
        Map<String, DirectoryState> marked = new HashMap<>();
        JsonNode line = line(all);
        for (Optional<DirectoryState> state = DirectoryState.of(line); state.isPresent(); count++) {
            remember(state.get(), state.get().isMarked() ? marked : disks);
            line = line(all);
            state = DirectoryState.of(line);
        }
        wasComplete = line.path("complete").asBoolean(true);
        if (!wasComplete) {
            disks.putAll(marked);
        }
        boolean isWhole = line.path("directories").asLong(-1) == count && disks.size() <= MAX_DISKS;
        return isWhole && all.readLine() == null ? Optional.empty() : damaged();
    }

    private static void remember(DirectoryState state, Map<String, DirectoryState> known) {
        if (state.wasMounted() && known.size() <= MAX_DISKS) {
            known.put(state.path(), state);
        }
    }

    private Optional<String> damaged() {
        return Optional.of(
                "stateFile=" + file + " is empty, cut off or damaged, so nobody knows which disks were mounted:"
                        + " nothing is removed; if all of them are mounted, delete it, and the next run writes it anew");
    }

    private static JsonNode line(BufferedReader reader) throws IOException {
        String line = reader.readLine();
        JsonNode read = line == null ? null : MAPPER.readTree(line);
        return read == null ? MissingNode.getInstance() : read;
    }

    /** What is known of the next directory in the order of names; null at the end. */
    @Nullable
    DirectoryState peek() throws IOException {
        if (ahead == null) {
            ahead = readThatHolds();
        }
        DirectoryState killed = seen.peek();
        return ahead == null || (killed != null && killed.compareTo(ahead.path()) <= 0) ? killed : ahead;
    }

    /** Goes on behind what {@link #peek} shows. */
    void skip() {
        DirectoryState killed = seen.peek();
        boolean isBoth = killed != null && ahead != null && killed.path().equals(ahead.path());
        boolean isOfKilled = killed != null && (ahead == null || killed.compareTo(ahead.path()) <= 0);
        if (isOfKilled) {
            seen.remove();
        }
        if (isBoth || !isOfKilled) {
            ahead = null;
        }
    }

    private @Nullable DirectoryState readThatHolds() throws IOException {
        BufferedReader from = lines;
        while (from != null) {
            Optional<DirectoryState> state = DirectoryState.of(line(from));
            if (state.isEmpty()) {
                return null;
            }
            if (!(wasComplete && state.get().isMarked())) {
                return state.get();
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        if (lines != null) {
            lines.close();
            lines = null;
        }
        ahead = null;
        seen.clear();
    }
}
