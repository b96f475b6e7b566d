package io.github.camelb2.emulator.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.emulator.json.Json;

/**
 * A second copy of the records that have no content to carry them: the account, its keys and its buckets, one small file each, so that an
 * account without a journal gets them back. Safe for use by many threads.
 */
public final class Cards {

    private static final Logger LOG = LoggerFactory.getLogger(Cards.class);
    private static final Set<String> KINDS = Set.of("account", "key", "bucket");
    private static final String GONE = "Gone";

    private final Path directory;
    private final Durability durability;

    public Cards(Path parent, Durability durability) {
        this.directory = parent.resolve("cards");
        this.durability = durability;
    }

    /** Whether there are any. */
    public boolean exist() throws IOException {
        return !read().isEmpty();
    }

    /**
     * Does what a record says that the journal has already; records of other kinds are none of its business. Whatever goes wrong is made good when
     * the account is opened the next time.
     */
    public synchronized void follow(ObjectNode entry) {
        String kind = entry.get("t").textValue();
        try {
            if (KINDS.contains(kind)) {
                write(name(entry), entry);
            } else if (kind.endsWith(GONE) && KINDS.contains(kind.substring(0, kind.length() - GONE.length()))) {
                Files.deleteIfExists(directory.resolve(name(
                        kind.substring(0, kind.length() - GONE.length()),
                        entry.get("id").textValue())));
            }
        } catch (IOException e) {
            LOG.warn("Cannot write to {}", directory, e);
        }
    }

    /** Makes the cards those of these records, whatever they were. */
    public synchronized void follow(List<ObjectNode> live) throws IOException {
        List<JsonNode> before = read();
        Set<String> names = new HashSet<>();
        for (ObjectNode entry : live) {
            names.add(name(entry));
            if (!before.contains(entry)) {
                write(name(entry), entry);
            }
        }
        for (Path file : files()) {
            if (!names.contains(file.getFileName().toString())) {
                Files.delete(file);
            }
        }
    }

    /** What is readable of them. */
    public synchronized List<JsonNode> read() throws IOException {
        List<JsonNode> entries = new ArrayList<>();
        for (Path file : files()) {
            try {
                JsonNode entry = Json.read(Files.readAllBytes(file));
                if (KINDS.contains(entry.path("t").asText())) {
                    entries.add(entry);
                }
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                LOG.warn("{} is damaged", file, e);
            }
        }
        return entries;
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private void write(String name, ObjectNode entry) throws IOException {
        Files.createDirectories(directory);
        Path fresh = directory.resolve(name + ".new");
        ByteBuffer bytes = ByteBuffer.wrap(Json.bytes(entry));
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            durability.force(channel);
        }
        Files.move(fresh, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        durability.forceDirectory(directory);
    }

    private static String name(JsonNode entry) {
        return name(entry.get("t").textValue(), entry.get("id").textValue());
    }

    // Ids are letters and digits, but they are read from files too.
    private static String name(String kind, String id) {
        return kind + "-" + id.replaceAll("[^A-Za-z0-9_]", "_") + ".json";
    }
}
