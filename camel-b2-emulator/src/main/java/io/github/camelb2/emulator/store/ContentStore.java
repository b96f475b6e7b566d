package io.github.camelb2.emulator.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * File contents on disk. What is being received lives in {@code incoming}, what was accepted in {@code content}; a file of the store is deleted
 * when the last version, part or running download that uses it lets go.
 *
 * <p>Safe for use by many threads.
 */
public final class ContentStore {

    /** The size of the buffers in which bodies move; large enough that system calls do not count. */
    public static final int BUFFER_SIZE = 64 * 1024;

    private final Path incoming;
    private final Path contents;
    private final AtomicLong nextName = new AtomicLong(1);
    /** How many users each stored file has; guarded by this map's own monitor. */
    private final Map<String, Integer> users = new HashMap<>();

    private ContentStore(Path incoming, Path contents) {
        this.incoming = incoming;
        this.contents = contents;
    }

    /** Opens the store below a directory, which is made if it is missing; whatever an earlier process was receiving is dropped. */
    public static ContentStore open(Path directory) throws IOException {
        Path incoming = Files.createDirectories(directory.resolve("incoming"));
        Path contents = Files.createDirectories(directory.resolve("content"));
        ContentStore store = new ContentStore(incoming, contents);
        for (Path left : list(incoming)) {
            Files.delete(left);
        }
        return store;
    }

    /** A new body to receive; closing it without {@link Incoming#accept()} drops the bytes. */
    public Incoming receive() throws IOException {
        String name = Long.toString(nextName.getAndIncrement(), 36);
        return new Incoming(name, incoming.resolve(name));
    }

    /** One more user of this content. */
    public void retain(Content content) {
        synchronized (users) {
            for (Segment segment : content.segments()) {
                users.merge(segment.file(), 1, Integer::sum);
            }
        }
    }

    /** The same bytes with one more user, on disk even if they were generated. */
    public Content keep(Content content) throws IOException {
        if (content.literal().length > 0) {
            return put(new ByteArrayInputStream(content.literal()));
        }
        retain(content);
        return content;
    }

    /** One user less; files that nobody uses any more are deleted. */
    public void release(Content content) {
        Set<String> unused = new HashSet<>();
        synchronized (users) {
            for (Segment segment : content.segments()) {
                if (users.merge(segment.file(), -1, Integer::sum) == 0) {
                    users.remove(segment.file());
                    unused.add(segment.file());
                }
            }
        }
        for (String file : unused) {
            try {
                Files.deleteIfExists(path(file));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot delete content " + file, e);
            }
        }
    }

    /** Forgets stored files that no replayed record uses: leftovers of a process that was killed. Call once, before serving. */
    public void dropUnused() throws IOException {
        for (Path folder : list(contents)) {
            for (Path file : list(folder)) {
                String name = file.getFileName().toString();
                nextName.accumulateAndGet(Long.parseLong(name, 36) + 1, Math::max);
                boolean used;
                synchronized (users) {
                    used = users.containsKey(name);
                }
                if (!used) {
                    Files.delete(file);
                }
            }
        }
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
        try {
            return list(incoming).size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many files hold accepted content. */
    public int storedFiles() {
        synchronized (users) {
            return users.size();
        }
    }

    private Path path(String file) {
        // At most 1,296 folders: a million small files stay quick to open.
        String folder = file.length() < 2 ? "0" + file : file.substring(file.length() - 2);
        return contents.resolve(folder).resolve(file);
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    /** A body on its way in. Not for use by several threads. */
    public final class Incoming implements AutoCloseable {

        private final String name;
        private final Path path;
        private final FileChannel channel;
        private long length;
        private boolean accepted;

        private Incoming(String name, Path path) throws IOException {
            this.name = name;
            this.path = path;
            this.channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }

        public void write(byte[] bytes, int offset, int count) throws IOException {
            ByteBuffer source = ByteBuffer.wrap(bytes, offset, count);
            while (source.hasRemaining()) {
                length += channel.write(source);
            }
        }

        /** Moves the bytes into the store and returns them with one user. */
        public Content accept() throws IOException {
            channel.close();
            if (length == 0) {
                return Content.EMPTY;
            }
            Path target = path(name);
            move(target);
            accepted = true;
            Content content = Content.of(List.of(new Segment(name, 0, length)));
            retain(content);
            return content;
        }

        private void move(Path target) throws IOException {
            Path folder = target.resolveSibling("");
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
            }
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        }

        @Override
        public void close() throws IOException {
            channel.close();
            if (!accepted) {
                Files.deleteIfExists(path);
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
