// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.header;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.model.file.FileNameEncoding;
import io.github.camelb2.client.model.file.FileVersion;

/**
 * Which files the steps of a route have found so far: how a name, an id or a type that a step wrote is told from one
 * that the route has set.
 *
 * <p>It travels as text in one header, so that it is there wherever the other headers are: in copies, in aggregations,
 * behind a broker. Immutable.
 *
 * @param files the file of the route's source, then those of operations, the newest last, one for each bucket
 */
record FoundFiles(List<Found> files) {
    private static final int MOST = 8;
    private static final String BETWEEN_FILES = ";";
    private static final String BETWEEN_FIELDS = " ";
    private static final FoundFiles NONE = new FoundFiles(List.of());

    FoundFiles {
        files = List.copyOf(files);
    }

    /** Who found a file, and whether name and id headers are its work. */
    enum Finder {
        /** The consumer that the message comes from; it wrote the headers. */
        SOURCE,

        /** An operation, which wrote the headers. */
        WRITER,

        /** An operation, which left the headers to whoever had set them. */
        READER
    }

    /**
     * One file that was found.
     *
     * @param bucketName its bucket, empty where that is not known
     */
    record Found(Finder finder, String bucketName, String fileId, String fileName, String contentType) {
        private String text() {
            return String.join(
                    BETWEEN_FIELDS,
                    finder.name(),
                    FileNameEncoding.encodeParameter(bucketName),
                    FileNameEncoding.encodeParameter(fileId),
                    FileNameEncoding.encodeParameter(fileName),
                    FileNameEncoding.encodeParameter(contentType));
        }

        private static Optional<Found> parse(String text) {
            String[] fields = text.split(BETWEEN_FIELDS, -1);
            try {
                return fields.length != 5
                        ? Optional.empty()
                        : Optional.of(new Found(
                                Finder.valueOf(fields[0]),
                                FileNameEncoding.decode(fields[1]),
                                FileNameEncoding.decode(fields[2]),
                                FileNameEncoding.decode(fields[3]),
                                FileNameEncoding.decode(fields[4])));
            } catch (IllegalArgumentException e) {
                // Somebody else's text: it is about no file that was found.
                return Optional.empty();
            }
        }
    }

    /** What the message says; nothing where it says what none of ours wrote. */
    static FoundFiles of(Message message) {
        Object text = message.getHeader(B2Constants.FOUND);
        if (text == null) {
            return NONE;
        }
        List<Found> files = new ArrayList<>();
        for (String one : HeaderText.of(text).split(BETWEEN_FILES)) {
            Found.parse(one).ifPresent(files::add);
        }
        return new FoundFiles(files);
    }

    /** Only the file that the source has found. */
    static FoundFiles bySource(String bucketName, FileVersion version) {
        return bySource(bucketName, version.fileId(), version.fileName(), version.contentType());
    }

    /** Only the file that the source has been told of. */
    static FoundFiles bySource(String bucketName, String fileId, String fileName, String contentType) {
        return new FoundFiles(List.of(new Found(Finder.SOURCE, bucketName, fileId, fileName, contentType)));
    }

    /** With one more, which goes before others of its bucket. */
    FoundFiles with(Finder finder, String bucketName, FileVersion version) {
        List<Found> more = new ArrayList<>(files);
        more.removeIf(it -> it.finder() != Finder.SOURCE && it.bucketName().equals(bucketName));
        if (more.size() >= MOST) {
            more.remove(1);
        }
        more.add(new Found(finder, bucketName, version.fileId(), version.fileName(), version.contentType()));
        return new FoundFiles(more);
    }

    void write(Message message) {
        StringBuilder text = new StringBuilder();
        for (Found file : files) {
            text.append(text.length() == 0 ? "" : BETWEEN_FILES).append(file.text());
        }
        message.setHeader(B2Constants.FOUND, text.toString());
    }

    /** The file that the message came from. */
    Optional<Found> source() {
        for (Found file : files) {
            if (file.finder() == Finder.SOURCE) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** The file that counts in a bucket: that of the source goes before those of operations. */
    Optional<Found> in(String bucketName) {
        for (Found file : files) {
            if (!bucketName.isEmpty() && file.bucketName().equals(bucketName)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** Whether the value of the header {@code CamelB2FileName} is what a step wrote. */
    boolean wroteName(@Nullable Object value) {
        Optional<Found> writer = lastWriter();
        return writer.isPresent() && writer.get().fileName().equals(HeaderText.of(value));
    }

    /** Whether the value of the header {@code CamelB2FileId} is what a step wrote. */
    boolean wroteId(@Nullable Object value) {
        Optional<Found> writer = lastWriter();
        return writer.isPresent() && writer.get().fileId().equals(HeaderText.of(value));
    }

    /** Whether the value of the header {@code CamelFileName} is what the consumer wrote. */
    boolean wroteCamelName(@Nullable Object value) {
        Optional<Found> source = source();
        return source.isPresent() && source.get().fileName().equals(HeaderText.of(value));
    }

    /** Whether the value of the header {@code CamelFileContentType} is what the consumer wrote. */
    boolean wroteCamelType(@Nullable Object value) {
        Optional<Found> source = source();
        return source.isPresent() && source.get().contentType().equals(HeaderText.of(value));
    }

    private Optional<Found> lastWriter() {
        for (int i = files.size() - 1; i >= 0; i--) {
            if (files.get(i).finder() != Finder.READER) {
                return Optional.of(files.get(i));
            }
        }
        return Optional.empty();
    }
}
