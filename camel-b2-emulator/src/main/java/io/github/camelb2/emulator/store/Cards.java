// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.emulator.json.Json;

/**
 * A second copy of the records that have no content to carry them: the account, its keys and its buckets, one small file each, and a list of the
 * keys and buckets that were deleted. Each has the number of its change in the journal and a checksum, so that an account whose journal is
 * damaged gets back what is newer. Safe for use by many threads.
 */
public final class Cards {

    private static final Logger LOG = LoggerFactory.getLogger(Cards.class);
    private static final Set<String> KINDS = Set.of("account", "key", "bucket");
    private static final String GONE = "Gone";
    private static final String CARD = ".json";
    private static final String FRESH = ".new";

    private final Path directory;
    private final Path gone;
    private final Durability durability;

    public Cards(Path parent, Durability durability) {
        this.directory = parent.resolve("cards");
        this.gone = directory.resolve("gone.jsonl");
        this.durability = durability;
    }

    /**
     * A card.
     *
     * @param record what it says
     * @param serial the number of the change; -1 on a card of an earlier build
     */
    public record Card(JsonNode record, long serial) {

        public String id() {
            return record.path("id").asText();
        }

        public String kind() {
            return record.path("t").asText();
        }
    }

    /**
     * What can be read of them.
     *
     * @param cards those that are whole
     * @param gone the numbers of the changes that deleted keys and buckets, by their ids
     * @param damaged how many cards are not whole
     * @param knowsGone whether the list of what was deleted is there and whole
     */
    public record Known(List<Card> cards, Map<String, Long> gone, int damaged, boolean knowsGone) {

        /** The highest number of a change that they tell of; -1 if they tell of none. */
        public long last() {
            return Stream.concat(cards.stream().map(Card::serial), gone.values().stream())
                    .mapToLong(Long::longValue)
                    .max()
                    .orElse(-1);
        }

        public boolean isEmpty() {
            return cards.isEmpty() && gone.isEmpty() && damaged == 0;
        }
    }

    /** Reads them all. */
    public synchronized Known read() throws IOException {
        List<Card> cards = new ArrayList<>();
        int damaged = 0;
        for (Path file : files()) {
            Card card = card(Files.readAllBytes(file));
            if (KINDS.contains(card.kind())) {
                cards.add(card);
            } else {
                LOG.warn("{} is damaged", file);
                damaged++;
            }
        }
        if (cards.stream().anyMatch(card -> card.serial() >= 0)) {
            // Where one has a checksum all have: without it nobody knows whether they are whole.
            int all = cards.size();
            cards.removeIf(card -> card.serial() < 0);
            damaged += all - cards.size();
        }
        Map<String, Long> deleted = new HashMap<>();
        boolean knowsGone = readGone(deleted);
        return new Known(cards, deleted, damaged, knowsGone);
    }

    private static Card card(byte[] bytes) throws IOException {
        Seal seal = Seal.find(bytes, 0, bytes.length);
        try {
            if (seal == null) {
                return new Card(Json.read(bytes), -1);
            }
            return new Card(seal.isWhole() ? Seal.open(bytes, 0, seal) : Json.read("{}"), seal.serial());
        } catch (JsonProcessingException e) {
            return new Card(Json.read("{}"), -1);
        }
    }

    private boolean readGone(Map<String, Long> deleted) throws IOException {
        if (!Files.exists(gone)) {
            return false;
        }
        boolean[] whole = {true};
        for (byte[] line : lines(Files.readAllBytes(gone))) {
            Seal seal = Seal.find(line, 0, line.length);
            if (seal == null || !seal.isWhole()) {
                whole[0] = false;
            } else {
                deleted.put(Seal.open(line, 0, seal).path("id").asText(), seal.serial());
            }
        }
        return whole[0];
    }

    private static List<byte[]> lines(byte[] bytes) {
        List<byte[]> lines = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '\n') {
                if (i > begin) {
                    lines.add(Arrays.copyOfRange(bytes, begin, i));
                }
                begin = i + 1;
            }
        }
        return lines;
    }

    private List<Path> files() throws IOException {
        return files(CARD);
    }

    private List<Path> files(String ending) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    /**
     * Does what a record says that the journal has already under this number; records of other kinds are none of its business. Whatever goes wrong
     * is made good when the account is opened the next time.
     */
    public synchronized void follow(ObjectNode entry, long serial) {
        String kind = entry.get("t").textValue();
        try {
            if (KINDS.contains(kind)) {
                write(name(entry), Seal.seal(entry, serial));
            } else if (kind.endsWith(GONE) && KINDS.contains(kind.substring(0, kind.length() - GONE.length()))) {
                append(Seal.seal(entry, serial));
                Files.deleteIfExists(directory.resolve(name(
                        kind.substring(0, kind.length() - GONE.length()),
                        entry.get("id").textValue())));
            }
        } catch (IOException e) {
            LOG.warn("Cannot write to {}", directory, e);
        }
    }

    /** Makes the cards those of these records and of what was deleted, whatever they were; the journal goes as far as {@code last}. */
    public synchronized void follow(List<ObjectNode> live, Map<String, Long> deleted, long last) throws IOException {
        PrivateFiles.createDirectories(directory);
        Known before = read();
        Set<JsonNode> whole = new HashSet<>();
        before.cards().stream().filter(card -> card.serial() >= 0).forEach(card -> whole.add(card.record()));
        Set<String> names = new HashSet<>();
        for (ObjectNode entry : live) {
            names.add(name(entry));
            if (!whole.contains(entry)) {
                write(name(entry), Seal.seal(entry, last));
            }
        }
        for (Path file : files()) {
            if (!names.contains(file.getFileName().toString())) {
                Files.delete(file);
            }
        }
        for (Path leftByAKill : files(FRESH)) {
            Files.delete(leftByAKill);
        }
        if (!before.knowsGone() || !before.gone().keySet().containsAll(deleted.keySet())) {
            writeGone(before.gone(), deleted);
        }
    }

    private void writeGone(Map<String, Long> before, Map<String, Long> deleted) throws IOException {
        Map<String, Long> all = new TreeMap<>(before);
        all.putAll(deleted);
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Map.Entry<String, Long> one : all.entrySet()) {
            ObjectNode record = JsonNodeFactory.instance.objectNode();
            lines.write(Seal.seal(record.put("t", "gone").put("id", one.getKey()), one.getValue()));
            lines.write('\n');
        }
        write(gone.getFileName().toString(), lines.toByteArray());
    }

    private void append(byte[] sealed) throws IOException {
        PrivateFiles.createDirectories(directory);
        byte[] line = Arrays.copyOf(sealed, sealed.length + 1);
        line[sealed.length] = '\n';
        try (FileChannel channel = FileChannel.open(
                gone, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), PrivateFiles.attributes(gone))) {
            writeFully(channel, line);
        }
    }

    private void write(String name, byte[] content) throws IOException {
        PrivateFiles.createDirectories(directory);
        Path fresh = directory.resolve(name + FRESH);
        Files.deleteIfExists(fresh);
        try (FileChannel channel = FileChannel.open(fresh, PrivateFiles.WRITE, PrivateFiles.attributes(fresh))) {
            writeFully(channel, content);
        }
        Files.move(fresh, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        durability.forceDirectory(directory);
    }

    private void writeFully(FileChannel channel, byte[] content) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        durability.force(channel);
    }

    private static String name(JsonNode entry) {
        return name(entry.get("t").textValue(), entry.get("id").textValue());
    }

    // Ids are letters and digits, but they are read from files too.
    private static String name(String kind, String id) {
        return kind + "-" + id.replaceAll("[^A-Za-z0-9_]", "_") + CARD;
    }
}
