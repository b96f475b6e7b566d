// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run.state;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The disks that a run has seen and the state file does not know yet, on the disk before anything of them is stored: a run
 * that is killed has stored files of a disk which the next one has to miss. A file beside the state file, of which a cut
 * last line tells nothing. Two runs may add to one. Used by one thread at a time.
 */
final class SeenDisks {
    private static final Logger LOG = LoggerFactory.getLogger(SeenDisks.class);
    private static final String BEGINNING = "{\"format\":";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Path file;
    private final JsonNode head;
    private final Map<String, DirectoryState> all = new HashMap<>();
    private boolean hasHead;

    /** @param head the line that says whose it is */
    SeenDisks(Path file, JsonNode head) throws IOException {
        this.file = file;
        this.head = head;
        if (!Files.isRegularFile(file)) {
            return;
        }
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            boolean isOwn = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isEmpty() && !hasHead) {
                    refuseOther(line);
                }
                isOwn = read(line, isOwn);
            }
        }
    }

    /** A file that is merely named so is the user's. */
    private void refuseOther(String first) {
        // A power cut leaves a part of the first line, or zeros in its place.
        boolean isCut = BEGINNING.startsWith(first) || first.charAt(0) == 0;
        if (!first.startsWith(BEGINNING) && !isCut) {
            throw new IllegalArgumentException(
                    file + ", where the disks are written that a run sees, is no file of a sync:"
                            + " give it another name, or write another stateFile");
        }
        hasHead = true;
    }

    /** Whether lines that follow are this sync's. */
    private boolean read(String line, boolean isOwn) {
        try {
            JsonNode json = MAPPER.readTree(line);
            if (json.isObject()) {
                return json.equals(head);
            }
            if (isOwn && all.size() <= KnownStates.MAX_DISKS) {
                DirectoryState.of(json).ifPresent(disk -> all.put(disk.path(), disk));
            }
        } catch (JsonProcessingException e) {
            LOG.debug("A line of {} was cut off: {}", file, line, e);
        }
        return isOwn;
    }

    /** Those that were seen, by their path. */
    Map<String, DirectoryState> all() {
        return all;
    }

    /** Brings a disk to the file, and that to its disk. */
    void add(DirectoryState disk) throws IOException {
        if (disk.equals(all.put(disk.path(), disk))) {
            return;
        }
        // The line end comes first: what is before it may have been cut.
        byte[] lines = ("\n" + head + "\n" + disk.line() + "\n").getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            channel.write(ByteBuffer.wrap(lines));
            channel.force(true);
        }
    }

    /** The state file knows them now. */
    void forget() throws IOException {
        Files.deleteIfExists(file);
    }
}
