// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.local;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.model.file.Digits;

/** Makes the sources that uploads read from. */
public final class UploadSources {
    private UploadSources() {}

    /**
     * A file, read in place and never copied; it may be read from several positions at once. Its length, modification
     * time and identity are taken now: a file that is another one at the end fails the upload. A file that says it is
     * empty and is not, as those of {@code /proc}, is read once, to its end.
     *
     * @throws io.github.camelb2.client.api.B2LocalContentException if it is no regular file or cannot be read
     */
    public static UploadSource file(Path path) {
        FileUploadSource file = FileUploadSource.of(path);
        return file.hasMoreThanItSays() ? new UnsizedFileSource(path, file.lastModified()) : file;
    }

    /** These bytes, which the caller must not change until the upload has ended. */
    public static UploadSource bytes(byte[] content) {
        return new BytesUploadSource(content, 0, content.length);
    }

    /** {@code length} bytes of an array from {@code offset}, which the caller must not change until the upload has ended. */
    public static UploadSource bytes(byte[] content, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, content.length);
        return new BytesUploadSource(content, offset, length);
    }

    /**
     * A stream that can be read once. The upload closes it, also when it fails. It is read by one thread at a time: by the
     * caller's, and where it becomes a large file in turn also by those of the pool for parts.
     *
     * @param length its bytes, empty when only its end tells; a stream that turns out to have another length fails the
     *     upload
     * @param description what it is, for messages: {@code the message body}
     */
    public static UploadSource stream(InputStream stream, OptionalLong length, String description) {
        return new StreamUploadSource(stream, length, description);
    }

    /**
     * That source with the SHA-1 of its bytes, known beforehand: a small upload is refused by B2 if it does not fit, a
     * large file keeps it as {@code large_file_sha1}, which later downloads are checked against.
     *
     * @param sha1 40 hex digits
     */
    public static UploadSource withSha1(UploadSource source, String sha1) {
        if (!Digits.areSha1(sha1)) {
            throw new IllegalArgumentException("a SHA-1 has 40 hex digits, not \"" + sha1 + '"');
        }
        String digits = sha1.toLowerCase(Locale.ROOT);
        Optional<String> known = source.sha1();
        if (known.isPresent() && !known.get().equalsIgnoreCase(digits)) {
            throw LocalFailure.wrongSource(
                    source, "it has SHA-1 " + known.get() + " instead of " + digits + ", which was given");
        }
        return new KnownSha1Source(source, digits);
    }

    private static final class BytesUploadSource implements UploadSource {
        private final byte[] content;
        private final int start;
        private final int size;

        BytesUploadSource(byte[] content, int start, int size) {
            this.content = content;
            this.start = start;
            this.size = size;
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
        public InputStream open() {
            return new ByteArrayInputStream(content, start, size);
        }

        @Override
        public InputStream open(long offset, long length) {
            Objects.checkFromIndexSize(offset, length, (long) size);
            return new ByteArrayInputStream(content, start + (int) offset, (int) length);
        }

        @Override
        public String describe() {
            return size + " bytes in memory";
        }

        @Override
        public String toString() {
            return describe();
        }
    }

    private static final class StreamUploadSource implements UploadSource {
        private final OptionalLong length;
        private final String description;
        private @Nullable InputStream stream;

        StreamUploadSource(InputStream stream, OptionalLong length, String description) {
            this.stream = stream;
            this.length = length;
            this.description = description;
        }

        @Override
        public OptionalLong length() {
            return length;
        }

        @Override
        public boolean isReplayable() {
            return false;
        }

        @Override
        public synchronized InputStream open() throws IOException {
            InputStream opened = stream;
            if (opened == null) {
                throw new IOException(description + " was read before and cannot be read again");
            }
            stream = null;
            return opened;
        }

        @Override
        public InputStream open(long offset, long bytes) {
            throw new IllegalStateException(description + " can only be read once, from its beginning");
        }

        @Override
        public String describe() {
            return description;
        }
    }

    /** A file that the system makes while it is read: nobody knows its length before. */
    private record UnsizedFileSource(Path path, OptionalLong lastModified) implements UploadSource {
        @Override
        public OptionalLong length() {
            return OptionalLong.empty();
        }

        @Override
        public boolean isReplayable() {
            return false;
        }

        @Override
        public InputStream open() throws IOException {
            return Channels.newInputStream(RegularFile.open(path));
        }

        @Override
        public InputStream open(long offset, long length) {
            throw new IllegalStateException(describe() + " can only be read from its beginning");
        }

        @Override
        public String describe() {
            return "file " + path;
        }
    }

    private record KnownSha1Source(UploadSource source, String digits) implements UploadSource {
        @Override
        public OptionalLong length() {
            return source.length();
        }

        @Override
        public boolean isReplayable() {
            return source.isReplayable();
        }

        @Override
        public InputStream open() throws IOException {
            return source.open();
        }

        @Override
        public InputStream open(long offset, long length) throws IOException {
            return source.open(offset, length);
        }

        @Override
        public boolean isLocal() {
            // What was said of a source that knows nothing itself is compared, whatever reading it costs.
            return source.isLocal() || source.sha1().isEmpty();
        }

        @Override
        public Optional<String> sha1() {
            return Optional.of(digits);
        }

        @Override
        public OptionalLong lastModified() {
            return source.lastModified();
        }

        @Override
        public void checkUnchanged() throws IOException {
            source.checkUnchanged();
        }

        @Override
        public String describe() {
            return source.describe();
        }
    }
}
