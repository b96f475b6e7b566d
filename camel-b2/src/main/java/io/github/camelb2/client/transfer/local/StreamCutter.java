// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.local;

import java.io.Closeable;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.transfer.plan.TransferOptions.StreamMemory;

/**
 * Cuts a stream that can be read once into pieces that can be read again: a piece that the memory of the client has room
 * for stays there, any other goes to a temporary file; both exist until the piece is closed. For one thread at a time.
 */
public final class StreamCutter implements Closeable {
    private static final int BUFFER = 64 << 10;

    private final UploadSource source;
    private final LocalStore store;
    private final StreamMemory limits;
    private final byte[] buffer = new byte[BUFFER];
    private final PushbackInputStream stream;
    private final @Nullable Sha1 whole;
    private long taken;
    private int number;
    private boolean isChecked;

    private StreamCutter(UploadSource source, LocalStore store, StreamMemory limits, PushbackInputStream stream) {
        this.source = source;
        this.store = store;
        this.limits = limits;
        this.stream = stream;
        this.whole = source.sha1().isPresent() ? new Sha1() : null;
    }

    /** @throws B2LocalContentException if the stream was read before */
    public static StreamCutter open(UploadSource source, LocalStore store, StreamMemory limits) {
        try {
            return new StreamCutter(source, store, limits, new PushbackInputStream(source.open()));
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
            hash(buffer, first);
            take(first);
            return Optional.of(SpooledPiece.inMemory(number, Arrays.copyOf(buffer, first), first, () -> {}));
        }
        return Optional.of(keep(length, first));
    }

    /**
     * A piece of which a full buffer was read: in memory as far as the client's budget goes; otherwise, or if it turns
     * out to be longer, in a temporary file.
     */
    private SpooledPiece keep(long length, int first) {
        hash(buffer, first);
        int most = (int) Math.min(length, limits.each());
        if (most < first || !store.memory().tryTake(most, limits)) {
            return spool(length, buffer, first);
        }
        boolean kept = false;
        try {
            byte[] content = new byte[most];
            System.arraycopy(buffer, 0, content, 0, first);
            int filled = fill(content, first);
            if (filled == most && most < length && hasMore()) {
                return spool(length, content, filled);
            }
            take(filled);
            kept = true;
            return SpooledPiece.inMemory(
                    number, content, filled, () -> store.memory().giveBack(most));
        } finally {
            if (!kept) {
                store.memory().giveBack(most);
            }
        }
    }

    /** Reads until the array is full or the stream has ended; answers how far it is filled. */
    private int fill(byte[] content, int from) {
        int filled = from;
        int count = 1;
        while (count > 0 && filled < content.length) {
            count = read(buffer, Math.min(BUFFER, content.length - filled));
            System.arraycopy(buffer, 0, content, filled, count);
            hash(buffer, count);
            filled += count;
        }
        return filled;
    }

    /** Whether nothing follows; reads one byte ahead to know. */
    public boolean hasEnded() {
        if (hasMore()) {
            return false;
        }
        checkEnd();
        return true;
    }

    private boolean hasMore() {
        byte[] ahead = new byte[1];
        if (read(ahead, 1) == 0) {
            return false;
        }
        try {
            stream.unread(ahead);
        } catch (IOException e) {
            throw LocalFailure.reading(source, e);
        }
        return true;
    }

    private void hash(byte[] content, int count) {
        if (whole != null) {
            whole.update(content, 0, count);
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

    /** @param start what was read of the piece, and hashed */
    private SpooledPiece spool(long length, byte[] start, int count) {
        SpoolFile file = createFile();
        boolean complete = false;
        try {
            file.write(start, count, 0);
            long written = count;
            int more = (int) Math.min(BUFFER, length - written);
            for (int read = read(buffer, more); read > 0; read = read(buffer, more)) {
                hash(buffer, read);
                file.write(buffer, read, written);
                written += read;
                more = (int) Math.min(BUFFER, length - written);
            }
            take(written);
            complete = true;
            return SpooledPiece.onDisk(number, file, written);
        } catch (IOException e) {
            throw LocalFailure.spooling(store.directory(), e);
        } finally {
            if (!complete) {
                file.close();
            }
        }
    }

    private SpoolFile createFile() {
        try {
            return store.spoolFile();
        } catch (IOException e) {
            throw LocalFailure.spooling(store.directory(), e);
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
        LocalFailure.closeQuietly(stream, source);
    }
}
