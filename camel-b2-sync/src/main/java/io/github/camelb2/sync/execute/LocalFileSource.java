package io.github.camelb2.sync.execute;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.OptionalLong;

import io.github.camelb2.client.transfer.UploadSource;
import io.github.camelb2.sync.scan.FileTimes;

/**
 * The content of a local file as it was planned: with another size or time it refuses to open, and if either changes
 * while it is read the upload fails.
 */
final class LocalFileSource implements UploadSource {
    private final Path file;
    private final long size;
    private final FileTime modified;

    /**
     * Looks at the file.
     *
     * @throws IOException if it is not what was planned; the message names the file and the difference
     */
    LocalFileSource(Path file, long plannedSize, long plannedMillis) throws IOException {
        this.file = file;
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (attributes.size() != plannedSize || FileTimes.millis(attributes.lastModifiedTime()) != plannedMillis) {
            throw new IOException(file + " has changed since it was scanned; the next run uploads it");
        }
        this.size = plannedSize;
        this.modified = attributes.lastModifiedTime();
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
    public InputStream open() throws IOException {
        return open(0, size);
    }

    @Override
    public InputStream open(long offset, long length) throws IOException {
        SeekableByteChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            channel.position(offset);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return new BoundedStream(Channels.newInputStream(channel), length);
    }

    @Override
    public void checkUnchanged() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (attributes.size() != size || !attributes.lastModifiedTime().equals(modified)) {
            throw new IOException(file + " changed while it was read, so it was not stored; the next run uploads it");
        }
    }

    @Override
    public String describe() {
        return "file " + file;
    }
}
