// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * File contents on disk. What is being received lives in {@code incoming}; what was written down in the journal in {@code content}, each file
 * with a {@link Header} at its end. A file of the store is deleted when the last version, part or running download that uses it lets go.
 *
 * <p>Bytes come to {@code content} only after the journal names them, so whatever is there was promised to somebody: a file that the journal
 * does not name shows that the journal has lost something.
 *
 * <p>Safe for use by many threads.
 */
public final class ContentStore {

    /** The size of the buffers in which bodies move; large enough that system calls do not count. */
    public static final int BUFFER_SIZE = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(ContentStore.class);

    private static final Pattern OURS = Pattern.compile("[0-9a-z]{1,12}");

    private final Path directory;
    private final Path incoming;
    private final Path contents;
    private final Durability durability;
    private final Keeping keeping;
    private final AtomicLong nextName = new AtomicLong(1);
    /** Accepted files that are still in {@code incoming}. */
    private final Set<String> pending = ConcurrentHashMap.newKeySet();

    private final Users users = new Users();

    /** What is done with bytes. */
    public enum Keeping {
        BYTES,
        /** They are counted and forgotten; nobody can read them. */
        LENGTHS
    }

    private ContentStore(Path directory, Durability durability, Keeping keeping) throws IOException {
        this.directory = directory;
        this.incoming = Files.createDirectories(directory.resolve("incoming"));
        this.contents = Files.createDirectories(directory.resolve("content"));
        this.durability = durability;
        this.keeping = keeping;
    }

    /** Opens the store below a directory, which is made if it is missing. Nothing there changes before {@link #settle}. */
    public static ContentStore open(Path directory, Durability durability, Keeping keeping) throws IOException {
        return new ContentStore(directory, durability, keeping);
    }

    /**
     * What is on disk.
     *
     * @param content names of files in {@code content}
     * @param incoming names of files in {@code incoming}: accepted by a process that was killed while it wrote them down, or never accepted
     */
    public record Inventory(Set<String> content, Set<String> incoming) {

        public boolean has(String file) {
            return content.contains(file) || incoming.contains(file);
        }
    }

    /** Looks what is on disk; new files will have names that are not there. */
    public Inventory inventory() throws IOException {
        Set<String> stored = new HashSet<>();
        for (String folder : names(contents)) {
            // Paths for a hundred thousand files take longer than their names.
            for (String name : names(contents.resolve(folder))) {
                // What somebody else left there is none of our business.
                if (OURS.matcher(name).matches() && folder.equals(folder(name))) {
                    stored.add(name);
                }
            }
        }
        Set<String> received = new HashSet<>(names(incoming));
        stored.forEach(this::taken);
        received.forEach(this::taken);
        return new Inventory(stored, received);
    }

    private static List<String> names(Path directory) {
        String[] names = directory.toFile().list();
        return names == null ? List.of() : List.of(names);
    }

    private void taken(String name) {
        try {
            nextName.accumulateAndGet(Long.parseLong(name, 36) + 1, Math::max);
        } catch (NumberFormatException e) {
            LOG.debug("{} is no file of this store", name);
        }
    }

    /**
     * Puts every file in its place once it is known what the account uses: from {@code incoming} comes what is used, the rest of it was promised
     * to nobody and goes. From now on files without users are deleted.
     */
    public void settle(Inventory inventory) throws IOException {
        for (String name : inventory.incoming()) {
            if (users.isUsed(name) && !inventory.content().contains(name)) {
                move(name);
            } else {
                Files.delete(incoming.resolve(name));
            }
        }
        users.settle();
    }

    /** The header of a stored file; empty if it has none. */
    public Optional<JsonNode> header(String file) throws IOException {
        Path stored = path(file);
        return Header.read(Files.exists(stored) ? stored : incoming.resolve(file));
    }

    /** Deletes a file in {@code content} that nobody uses. */
    public void delete(String file) throws IOException {
        Files.deleteIfExists(path(file));
    }

    /** Moves a file out of the way, into {@code unclaimed}: nobody uses it, but nobody knows that it may go. */
    public void setAside(String file) throws IOException {
        Path unclaimed = Files.createDirectories(directory.resolve("unclaimed"));
        Files.move(path(file), unclaimed.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Whether a stored file has a user; to be asked before {@link #settle}. */
    public boolean isUsed(String file) {
        return users.isUsed(file);
    }

    /**
     * Puts a header where it survives the journal: at the end of bytes that were just accepted, or else into a file of its own, the content's
     * card. Follow with {@link #publish}, or with {@link #dropCard} if it was not written down.
     *
     * @param header made from the content as it will be, card included
     */
    public Content prepare(Content content, Function<Content, ObjectNode> header) throws IOException {
        List<Segment> segments = content.segments();
        if (segments.size() == 1 && pending.contains(segments.get(0).file())) {
            Header.append(incoming.resolve(segments.get(0).file()), header.apply(content), durability);
            return content;
        }
        String card = newName();
        Content named = content.withCard(card);
        pending.add(card);
        users.first(Content.EMPTY.withCard(card));
        boolean written = false;
        try {
            Header.append(incoming.resolve(card), header.apply(named), durability);
            written = true;
        } finally {
            if (!written) {
                dropCard(content, named);
            }
        }
        return named;
    }

    /** Lets go of the card of {@code old}, if {@code kept} has another one. */
    public void dropCard(Content kept, Content old) {
        String card = old.card();
        if (card != null && !card.equals(kept.card())) {
            release(Content.EMPTY.withCard(card));
        }
    }

    /** Moves accepted files of a content to their place, because the journal names them now. */
    public void publish(Content content) {
        content.files().filter(pending::contains).distinct().forEach(file -> {
            try {
                move(file);
                pending.remove(file);
            } catch (IOException e) {
                // It can be read where it is, and the next process moves it.
                LOG.warn("Cannot move {} from incoming to content", file, e);
            }
        });
    }

    private void move(String file) throws IOException {
        Path target = stored(file);
        Path folder = target.resolveSibling("");
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
        Files.move(incoming.resolve(file), target, StandardCopyOption.ATOMIC_MOVE);
        durability.forceDirectory(folder);
    }

    /**
     * One user less, because the version with this id is gone: it must not come back from a header, although its bytes may still be in use.
     *
     * @param gone the header that says so
     */
    public void releaseGone(Content content, String id, ObjectNode gone) {
        content.files().forEach(file -> {
            try {
                if (users.isSettled() && users.isShared(file) && isAbout(id, Header.read(path(file)))) {
                    // A new header behind the old one is what counts.
                    Header.append(path(file), gone, durability);
                }
            } catch (IOException e) {
                LOG.warn("Cannot write to {} that {} is gone", file, id, e);
            }
        });
        release(content);
    }

    private static boolean isAbout(String id, Optional<JsonNode> header) {
        return header.map(found -> found.path("record"))
                .filter(record -> id.equals(record.path("id").asText())
                        || id.equals(record.path("file").asText()))
                .isPresent();
    }

    /** Gives content that was stored before there were headers one; what comes back has a card if its bytes could not carry it. */
    public Content addHeader(Content content, Function<Content, ObjectNode> header) throws IOException {
        List<Segment> segments = content.segments();
        if (segments.size() == 1 && content.isKept() && segments.get(0).offset() == 0) {
            Path file = path(segments.get(0).file());
            if (!users.isShared(segments.get(0).file()) && Files.size(file) == content.length()) {
                Header.append(file, header.apply(content), durability);
                return content;
            }
        }
        return prepare(content, header);
    }

    private String newName() {
        return Long.toString(nextName.getAndIncrement(), 36);
    }

    /** A new body to receive; closing it without {@link Incoming#accept()} drops the bytes. */
    public Incoming receive() throws IOException {
        String name = keeping == Keeping.BYTES ? newName() : Segment.DISCARDED;
        return new Incoming(name, incoming.resolve(name));
    }

    /** One more user of this content. */
    public void retain(Content content) {
        users.retain(content);
        if (!users.isSettled()) {
            // Names in the journal are not given out again, though their files may be gone.
            content.files().forEach(this::taken);
        }
    }

    /** The same bytes with one more user, on disk even if they were generated. */
    public Content keep(Content content) throws IOException {
        if (content.literal().length > 0) {
            return put(new ByteArrayInputStream(content.literal()));
        }
        Content shared = content.withCard(null);
        retain(shared);
        return shared;
    }

    /** One user less; files that nobody uses any more are deleted. */
    public void release(Content content) {
        for (String file : users.release(content)) {
            try {
                Files.deleteIfExists(path(file));
                pending.remove(file);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot delete content " + file, e);
            }
        }
    }

    /** The files of a content that are missing, or that were cut while nobody looked: usually none. */
    public List<String> damaged(Content content, Inventory inventory) {
        List<String> damaged = new ArrayList<>();
        for (Segment segment : content.segments()) {
            if (segment.isDiscarded()) {
                continue;
            }
            // Before settle, what was accepted may still be where it came in.
            Path folder = inventory.content().contains(segment.file()) ? folderOf(segment.file()) : incoming;
            // Paths of a hundred thousand files take longer than their names.
            if (new File(folder.toString(), segment.file()).length() < segment.offset() + segment.length()) {
                damaged.add(segment.file());
            }
        }
        String card = content.card();
        if (card != null && !inventory.has(card)) {
            damaged.add(card);
        }
        return damaged;
    }

    /** Whether every byte of a content is on disk: files may have been cut while the emulator runs. */
    public boolean isWhole(Content content) {
        return content.segments().stream()
                .filter(segment -> !segment.isDiscarded())
                .allMatch(segment -> path(segment.file()).toFile().length() >= segment.offset() + segment.length());
    }

    /** Writes the content to a stream; the caller must have retained it. */
    public void copy(Content content, OutputStream out) throws IOException {
        out.write(content.literal());
        byte[] buffer = new byte[(int) Math.min(BUFFER_SIZE, Math.max(1, content.length()))];
        for (Segment segment : content.segments()) {
            copy(segment, out, buffer);
        }
    }

    private void copy(Segment segment, OutputStream out, byte[] buffer) throws IOException {
        if (segment.isDiscarded()) {
            throw new IOException("the content was counted and not kept");
        }
        try (FileChannel channel = FileChannel.open(path(segment.file()), StandardOpenOption.READ)) {
            long position = segment.offset();
            long end = position + segment.length();
            while (position < end) {
                ByteBuffer target = ByteBuffer.wrap(buffer, 0, (int) Math.min(buffer.length, end - position));
                int read = channel.read(target, position);
                if (read < 0) {
                    throw new IOException("content " + segment.file() + " ends at " + position + ", not at " + end);
                }
                out.write(buffer, 0, read);
                position += read;
            }
        }
    }

    /** How many bodies are being received now, or were left behind by a failure: 0 in a quiet emulator. */
    public int incomingFiles() {
        return names(incoming).size();
    }

    /** How many files hold accepted content. */
    public int storedFiles() {
        return users.filesOfBytes();
    }

    private Path path(String file) {
        return pending.contains(file) ? incoming.resolve(file) : stored(file);
    }

    private Path stored(String file) {
        return folderOf(file).resolve(file);
    }

    private Path folderOf(String file) {
        return contents.resolve(folder(file));
    }

    // At most 1,296 folders: a million small files stay quick to open.
    private static String folder(String file) {
        return file.length() < 2 ? "0" + file : file.substring(file.length() - 2);
    }

    /** A body on its way in. Not for use by several threads. */
    public final class Incoming implements AutoCloseable {

        private final String name;
        private final Path path;
        private final @Nullable FileChannel channel;
        private long length;
        private boolean accepted;

        private Incoming(String name, Path path) throws IOException {
            this.name = name;
            this.path = path;
            this.channel = keeping == Keeping.BYTES
                    ? FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
                    : null;
        }

        public void write(byte[] bytes, int offset, int count) throws IOException {
            if (channel == null) {
                length += count;
                return;
            }
            ByteBuffer source = ByteBuffer.wrap(bytes, offset, count);
            while (source.hasRemaining()) {
                length += channel.write(source);
            }
        }

        /** Ends the body and returns its bytes with one user. */
        public Content accept() throws IOException {
            if (channel != null && length > 0) {
                durability.force(channel);
            }
            closeFile();
            if (length == 0) {
                return Content.EMPTY;
            }
            accepted = true;
            if (channel != null) {
                pending.add(name);
            }
            Content content =
                    channel == null ? Content.unkept(length) : Content.of(List.of(new Segment(name, 0, length)));
            users.first(content);
            return content;
        }

        @Override
        public void close() throws IOException {
            closeFile();
            if (channel != null && !accepted) {
                Files.deleteIfExists(path);
            }
        }

        private void closeFile() throws IOException {
            if (channel != null) {
                channel.close();
            }
        }
    }

    /** Reads a whole content; for tests and for what is known to be small. */
    public byte[] readAll(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        copy(content, bytes);
        return bytes.toByteArray();
    }

    /** Receives a whole stream; for what is made in this JVM. */
    public Content put(InputStream source) throws IOException {
        try (Incoming body = receive()) {
            byte[] buffer = new byte[BUFFER_SIZE];
            for (int read = source.read(buffer); read >= 0; read = source.read(buffer)) {
                body.write(buffer, 0, read);
            }
            return body.accept();
        }
    }
}
