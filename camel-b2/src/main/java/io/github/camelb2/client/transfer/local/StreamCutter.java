package io.github.camelb2.client.transfer.local;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2LocalContentException;

/**
 * Cuts a stream that can be read once into pieces that can be read again: a piece of up to 64 KiB stays in memory, a
 * longer one goes to a temporary file, which exists until the piece is closed. For one thread at a time.
 */
public final class StreamCutter implements Closeable {
    private static final int BUFFER = 64 << 10;

    private final UploadSource source;
    private final Path directory;
    private final byte[] buffer = new byte[BUFFER];
    private InputStream stream;
    private final @Nullable Sha1 whole;
    private long taken;
    private int number;
    private boolean isChecked;

    private StreamCutter(UploadSource source, Path directory, InputStream stream) {
        this.source = source;
        this.directory = directory;
        this.stream = stream;
        this.whole = source.sha1().isPresent() ? new Sha1() : null;
    }

    /** @throws B2LocalContentException if the stream was read before */
    public static StreamCutter open(UploadSource source, Path directory) {
        try {
            return new StreamCutter(source, directory, source.open());
        } catch (IOException e) {
            throw LocalFailure.reading(source, e);
        }
    }

    /**
     * The next piece of up to that many bytes; empty when the stream has ended.
     *
     * @throws B2LocalContentException if the stream cannot be read, or the piece not be written
     */
    public Optional<SpooledPiece> next(long length) {
        int first = read(buffer, (int) Math.min(BUFFER, length));
        if (first == 0) {
            checkEnd();
            return Optional.empty();
        }
        number++;
        if (first < BUFFER || first == length) {
            hash(first);
            take(first);
            return Optional.of(SpooledPiece.inMemory(number, Arrays.copyOf(buffer, first)));
        }
        return Optional.of(spool(length, first));
    }

    /** Whether nothing follows; reads one byte ahead to know. */
    public boolean hasEnded() {
        byte[] ahead = new byte[1];
        if (read(ahead, 1) == 0) {
            checkEnd();
            return true;
        }
        stream = new SequenceInputStream(new ByteArrayInputStream(ahead), stream);
        return false;
    }

    private void hash(int count) {
        if (whole != null) {
            whole.update(buffer, 0, count);
        }
    }

    private void take(long bytes) {
        taken += bytes;
        OptionalLong promised = source.length();
        if (promised.isPresent() && taken > promised.getAsLong()) {
            throw LocalFailure.wrongSource(
                    source, "it has more than the " + promised.getAsLong() + " bytes that were announced");
        }
    }

    /** At the end, which may be looked at more than once. */
    private void checkEnd() {
        checkLength();
        if (whole != null && !isChecked) {
            isChecked = true;
            String sha1 = whole.hex();
            String given = source.sha1().orElseThrow();
            if (!sha1.equals(given)) {
                throw LocalFailure.wrongSource(
                        source, "it has SHA-1 " + sha1 + " instead of " + given + ", which was given");
            }
        }
    }

    private void checkLength() {
        OptionalLong promised = source.length();
        if (promised.isPresent() && promised.getAsLong() != taken) {
            throw LocalFailure.wrongSource(
                    source,
                    "it has " + taken + " bytes instead of the " + promised.getAsLong() + " that were announced");
        }
    }

    private SpooledPiece spool(long length, int first) {
        SpoolFile file = createFile();
        boolean complete = false;
        try {
            long written = 0;
            for (int count = first; count > 0; count = read(buffer, (int) Math.min(BUFFER, length - written))) {
                hash(count);
                file.write(buffer, count, written);
                written += count;
            }
            take(written);
            complete = true;
            return SpooledPiece.onDisk(number, file, written);
        } catch (IOException e) {
            throw LocalFailure.spooling(directory, e);
        } finally {
            if (!complete) {
                file.close();
            }
        }
    }

    private SpoolFile createFile() {
        try {
            PrivateDirectory.prepare(directory);
            if (number == 1) {
                SpoolFile.deleteLeftOver(directory);
            }
            return SpoolFile.create(directory);
        } catch (IOException e) {
            throw LocalFailure.spooling(directory, e);
        }
    }

    /** Fills the target as far as the stream goes. */
    private int read(byte[] target, int length) {
        try {
            return stream.readNBytes(target, 0, length);
        } catch (IOException e) {
            throw LocalFailure.reading(source, e);
        }
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            throw LocalFailure.reading(source, e);
        }
    }
}
