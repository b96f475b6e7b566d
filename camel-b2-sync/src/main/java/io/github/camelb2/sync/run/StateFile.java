package io.github.camelb2.sync.run;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.PathOrder;
import io.github.camelb2.sync.scan.DirectoryStates;

/**
 * Device and number of entries of each directory of the source, as the last complete run saw them: one line of JSON each,
 * in the order of names, so that neither reading nor writing holds more than a line. A directory that is empty now and
 * lies on another device than it did is one whose disk is not mounted. Thread-safe: the scan goes on for a
 * moment when a run is broken off.
 */
final class StateFile implements DirectoryStates, AutoCloseable {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Path file;
    private final Path next;
    private @Nullable BufferedReader before;
    private @Nullable BufferedWriter now;
    private @Nullable JsonNode ahead;

    /**
     * Opens both; they are closed by {@link #close}.
     *
     * @throws IllegalArgumentException if the file cannot be read or written
     */
    StateFile(Path file, String runId) {
        this.file = file.toAbsolutePath();
        this.next = this.file.resolveSibling(this.file.getFileName() + "." + runId);
        try {
            now = Files.newBufferedWriter(next);
            before = Files.newBufferedReader(this.file);
        } catch (NoSuchFileException e) {
            if (now == null) {
                throw unusable(e);
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private IllegalArgumentException unusable(IOException e) {
        return new IllegalArgumentException(
                "Option stateFile=" + file + " cannot be used: " + e + "; write a file in a directory that exists", e);
    }

    @Override
    public synchronized Optional<String> entered(String path, Path directory, int entries) {
        try {
            String device = device(directory);
            BufferedWriter out = now;
            if (out != null) {
                out.write(MAPPER.createArrayNode()
                        .add(path)
                        .add(device)
                        .add(entries)
                        .toString());
                out.newLine();
            }
            JsonNode known = known(path);
            if (known == null || entries > 0 || known.get(1).asText().equals(device)) {
                return Optional.empty();
            }
            int held = known.get(2).asInt();
            return held == 0
                    ? Optional.empty()
                    : Optional.of("the directory " + directory + " is empty and lies on another device than in the last"
                            + " complete run, when it held " + held + " entries: is its disk mounted?");
        } catch (IOException e) {
            throw new UncheckedIOException("stateFile=" + file + " cannot be used: " + e, e);
        }
    }

    private @Nullable JsonNode known(String path) throws IOException {
        String key = path + "/";
        while (true) {
            if (ahead == null) {
                String line = before == null ? null : before.readLine();
                if (line == null) {
                    return null;
                }
                ahead = MAPPER.readTree(line);
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

    /** The run was complete: what it saw counts from now on. */
    synchronized void commit() throws IOException {
        closeBoth();
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
