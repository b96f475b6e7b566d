// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.ErrorDetails;

/**
 * A file as it was when the upload began. Every opened stream has a channel of its own, because an interrupt closes the
 * channel of the thread that it meets, and must not close those of the other parts.
 */
record FileUploadSource(Path path, BasicFileAttributes seen) implements UploadSource {
    static FileUploadSource of(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw unreadable(path, "is not a regular file", null);
            }
            if (!Files.isReadable(path)) {
                throw unreadable(path, "may not be read by this user", null);
            }
            return new FileUploadSource(path, attributes);
        } catch (NoSuchFileException e) {
            throw unreadable(path, "does not exist", e);
        } catch (IOException e) {
            throw unreadable(path, "cannot be read: " + LocalFailure.reason(e), e);
        }
    }

    /** Whether it is said to be empty and has content, as the files of {@code /proc}. */
    boolean hasMoreThanItSays() {
        if (seen.size() > 0) {
            return false;
        }
        try (InputStream content = Channels.newInputStream(RegularFile.open(path))) {
            return content.read() >= 0 && Files.size(path) == 0;
        } catch (IOException e) {
            throw unreadable(path, "cannot be read: " + LocalFailure.reason(e), e);
        }
    }

    private static B2LocalContentException unreadable(Path path, String why, @Nullable IOException e) {
        return new B2LocalContentException(ErrorDetails.local("upload", "file " + path, why), e);
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(seen.size());
    }

    @Override
    public OptionalLong lastModified() {
        return OptionalLong.of(seen.lastModifiedTime().toMillis());
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
        return open(0, seen.size());
    }

    @Override
    public InputStream open(long offset, long length) throws IOException {
        long whole = seen.size();
        Objects.checkFromIndexSize(offset, length, whole);
        FileChannel channel = RegularFile.open(path);
        try {
            return new ChannelRangeStream(offset == 0 ? channel : channel.position(offset), length, describe());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void checkUnchanged() throws IOException {
        BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
        if (now.size() != seen.size()) {
            throw new IOException(describe() + " changed while it was read: it had " + seen.size() + " bytes and has "
                    + now.size() + " now");
        }
        if (!now.lastModifiedTime().equals(seen.lastModifiedTime())) {
            throw new IOException(describe() + " changed while it was read: it was written at " + now.lastModifiedTime()
                    + ", after the upload began");
        }
        if (!now.isRegularFile() || !Objects.equals(now.fileKey(), seen.fileKey())) {
            throw new IOException(describe() + " changed while it was read: another file took its place");
        }
    }

    @Override
    public String describe() {
        return "file " + path;
    }
}
