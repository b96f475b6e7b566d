// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.local;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.transfer.local.FileStamp;
import io.github.camelb2.client.transfer.local.UploadSource;
import io.github.camelb2.sync.action.failure.ChangedException;
import io.github.camelb2.sync.plan.policy.Preserve;
import io.github.camelb2.sync.scan.disk.FileTimes;
import io.github.camelb2.sync.scan.disk.Links;

/**
 * The content of a local file as it was planned: with another size or time it refuses to open. If it changes while it is
 * read, or its name leads to another file, even to one of the same size and time, the upload fails: each opening and the
 * end check the file's number and the time of its last change of any kind.
 */
public final class LocalFileSource implements UploadSource {
    private static final int BUFFER = 64 * 1024;

    private final Path file;
    private final Content content;
    private final long size;
    private final FileStamp stamp;
    private final long digestFrom;
    private final Map<String, String> info;
    private volatile @Nullable String wholeSha1;

    /** How a file is looked at and read. */
    interface Content {
        FileStamp stamp() throws IOException;

        InputStream open(long offset) throws IOException;
    }

    private record OfFile(Path file, Links links) implements Content {
        @Override
        public FileStamp stamp() throws IOException {
            return FileStamp.of(file);
        }

        @Override
        public InputStream open(long offset) throws IOException {
            SeekableByteChannel channel = links.open(file);
            try {
                return Channels.newInputStream(channel.position(offset));
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }
    }

    /** The content of a link that is stored is where it leads; nobody follows it. */
    private record OfLink(Path link) implements Content {
        @Override
        public FileStamp stamp() throws IOException {
            return FileStamp.of(link, LinkOption.NOFOLLOW_LINKS);
        }

        @Override
        public InputStream open(long offset) throws IOException {
            byte[] target = LinkTarget.bytesOf(link);
            return new ByteArrayInputStream(target, (int) Math.min(offset, target.length), target.length);
        }
    }

    /** What stands for an empty directory is empty. */
    private record OfDirectory(Path directory, List<LinkOption> links) implements Content {
        @Override
        public FileStamp stamp() throws IOException {
            FileStamp stamp = FileStamp.of(directory, links.toArray(LinkOption[]::new));
            return new FileStamp(0, stamp.modified(), stamp.changed(), stamp.key());
        }

        @Override
        public InputStream open(long offset) {
            return InputStream.nullInputStream();
        }
    }

    /**
     * What stands for an empty directory as it was planned; a new entry changes its time.
     *
     * @param links whether links are followed
     * @throws IOException if it is not what was planned
     */
    public static LocalFileSource ofDirectory(
            Path directory, long plannedMillis, Preserve preserve, LinkOption... links) throws IOException {
        return new LocalFileSource(
                directory,
                0,
                plannedMillis,
                Long.MAX_VALUE,
                new OfDirectory(directory, List.of(links)),
                UnixFacts.infoOf(directory, preserve, links));
    }

    /**
     * A symbolic link as it was planned.
     *
     * @throws IOException if it is not what was planned, or no link
     */
    public static LocalFileSource ofLink(Path link, long plannedSize, long plannedMillis, Preserve preserve)
            throws IOException {
        return new LocalFileSource(
                link,
                plannedSize,
                plannedMillis,
                Long.MAX_VALUE,
                new OfLink(link),
                UnixFacts.infoOf(link, preserve, LinkOption.NOFOLLOW_LINKS));
    }

    /**
     * Looks at the file.
     *
     * @param digestFrom the size from which its SHA-1 is computed before it is uploaded
     * @param links      open it
     * @param preserve   what of it is stored besides content and time
     * @throws IOException if it is not what was planned; the message names the file and the difference
     */
    public LocalFileSource(
            Path file, long plannedSize, long plannedMillis, long digestFrom, Links links, Preserve preserve)
            throws IOException {
        this(file, plannedSize, plannedMillis, digestFrom, new OfFile(file, links), UnixFacts.infoOf(file, preserve));
    }

    private LocalFileSource(
            Path file, long plannedSize, long plannedMillis, long digestFrom, Content content, Map<String, String> info)
            throws IOException {
        this.file = file;
        this.content = content;
        this.digestFrom = digestFrom;
        this.stamp = stampNow();
        if (stamp.size() != plannedSize || FileTimes.millis(stamp.modified()) != plannedMillis) {
            throw new ChangedException(
                    file + " has changed since it was scanned; the next run uploads it" + advice(stamp, plannedSize));
        }
        this.size = plannedSize;
        this.info = info;
        if (size == 0) {
            refuseHiddenContent();
        }
    }

    private FileStamp stampNow() throws IOException {
        try {
            return content.stamp();
        } catch (NoSuchFileException e) {
            throw gone(file, e);
        }
    }

    /** What the scan has found is not there any more: one that is gone has changed, as one that was edited has. */
    public static ChangedException gone(Path file, IOException why) {
        return new ChangedException(file + " is gone since it was scanned; the next run decides again", why);
    }

    /** Files that a system makes up, as those of /proc, say that they are empty. */
    private void refuseHiddenContent() throws IOException {
        try (InputStream in = opened(0)) {
            if (in.read() >= 0) {
                throw new IOException(file + " says that it is empty and has content: it cannot be stored");
            }
        }
    }

    /** What is known of the content: of all of it, and of its first bytes. */
    public record Digests(String beginning, String whole) {}

    /** Reads the file once and tells both SHA-1s, as 40 hexadecimal digits. */
    public Digests digests(long beginning) throws IOException {
        try (InputStream in = open()) {
            MessageDigest digest = sha1Digest();
            update(digest, in, beginning);
            String first = hex((MessageDigest) digest.clone());
            update(digest, in, size - beginning);
            return new Digests(first, hex(digest));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the SHA-1 of every Java can be cloned", e);
        }
    }

    private void update(MessageDigest digest, InputStream in, long count) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (long left = count; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException(file + " became shorter while it was read");
            }
            digest.update(buffer, 0, read);
            left -= read;
        }
    }

    private static MessageDigest sha1Digest() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The content from that position to its end. */
    public UploadSource from(long start) {
        LocalFileSource whole = this;
        return new UploadSource() {
            @Override
            public OptionalLong length() {
                return OptionalLong.of(size - start);
            }

            @Override
            public boolean isReplayable() {
                return true;
            }

            @Override
            public boolean isLocal() {
                return true;
            }

            @Override
            public InputStream open() throws IOException {
                return whole.open(start, size - start);
            }

            @Override
            public InputStream open(long offset, long length) throws IOException {
                return whole.open(start + offset, length);
            }

            @Override
            public void checkUnchanged() throws IOException {
                whole.checkUnchanged();
            }

            @Override
            public String describe() {
                return whole.describe() + " from byte " + start;
            }
        };
    }

    /**
     * The SHA-1 of a file that becomes a large one, where the next runs compare content: B2 keeps none of its own. Costs
     * one more reading of the file.
     */
    @Override
    public Optional<String> sha1() {
        if (size < digestFrom) {
            return Optional.empty();
        }
        String known = wholeSha1;
        if (known == null) {
            try {
                known = digests(0).whole();
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
            wholeSha1 = known;
        }
        return Optional.of(known);
    }

    /** What is stored with it because its disk says so. */
    public Map<String, String> info() {
        return info;
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(size);
    }

    @Override
    public boolean isReplayable() {
        return true;
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public InputStream open() throws IOException {
        return open(0, size);
    }

    @Override
    public InputStream open(long offset, long length) throws IOException {
        InputStream in = opened(offset);
        try {
            // The name led to this file before and after it was opened, so it is this file that is open.
            checkUnchanged();
        } catch (IOException e) {
            in.close();
            throw e;
        }
        return new BoundedStream(in, length);
    }

    private InputStream opened(long offset) throws IOException {
        try {
            return content.open(offset);
        } catch (NoSuchFileException e) {
            throw gone(file, e);
        }
    }

    @Override
    public void checkUnchanged() throws IOException {
        FileStamp now = stampNow();
        if (!now.equals(stamp)) {
            throw new ChangedException(file
                    + " changed while it was read, so it was not stored; the next run uploads it" + advice(now, size));
        }
    }

    /** Whoever writes to a file all the time, as to a log, would wait for the next run for ever. */
    private static String advice(FileStamp now, long before) {
        return now.size() > before
                ? " if it rests then. It grew by " + (now.size() - before)
                        + " bytes meanwhile: one that always does, as a"
                        + " log, is never stored and withholds the removal of names in every run, so leave it out"
                        + " (excludeRegex) or sync copies of it"
                : "";
    }

    @Override
    public String describe() {
        return "file " + file;
    }
}
