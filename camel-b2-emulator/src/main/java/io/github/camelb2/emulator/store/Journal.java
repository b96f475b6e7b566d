package io.github.camelb2.emulator.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Every change of the account, one JSON object on a line, in the order in which it happened.
 *
 * <p>Each record reaches the operating system before the answer reaches the client, so a killed process loses nothing that it promised; a
 * machine that loses power may. A last line that was cut in the middle is ignored, because nobody was told of it.
 */
public final class Journal implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private OutputStream out;

    private Journal(Path file, OutputStream out) {
        this.file = file;
        this.out = out;
    }

    /** Opens the journal for appending; the file is made if it is missing. */
    public static Journal open(Path file) throws IOException {
        return new Journal(file, Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    /** The first record, if there is one. */
    public static Optional<JsonNode> first(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            String line = lines.readLine();
            return line == null ? Optional.empty() : Optional.of(JSON.readTree(line));
        }
    }

    /** Reads what an earlier process wrote, record by record. */
    public static void replay(Path file, Consumer<JsonNode> replay) throws IOException {
        if (Files.exists(file)) {
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                replay(lines, replay);
            }
        }
    }

    private static void replay(BufferedReader lines, Consumer<JsonNode> replay) throws IOException {
        for (String line = lines.readLine(); line != null; ) {
            String next = lines.readLine();
            parse(line, next == null).ifPresent(replay);
            line = next;
        }
    }

    private static Optional<JsonNode> parse(String line, boolean isLast) throws IOException {
        try {
            return Optional.of(JSON.readTree(line));
        } catch (JsonProcessingException e) {
            if (isLast) {
                return Optional.empty();
            }
            throw new IOException("the journal is damaged before its last line", e);
        }
    }

    public synchronized void append(ObjectNode entry) {
        try {
            out.write((entry + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** Replaces the journal by the records that are still worth something; whoever is killed meanwhile keeps the old one. */
    public synchronized void rewrite(Consumer<Consumer<ObjectNode>> records) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (var writer = Files.newBufferedWriter(fresh)) {
            records.accept(entry -> {
                try {
                    writer.write(entry + "\n");
                } catch (IOException e) {
                    throw new UncheckedIOException("cannot write " + fresh, e);
                }
            });
        }
        out.close();
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        out = Files.newOutputStream(file, StandardOpenOption.APPEND);
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
