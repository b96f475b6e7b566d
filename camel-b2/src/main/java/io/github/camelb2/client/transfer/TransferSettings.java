package io.github.camelb2.client.transfer;

import java.util.Objects;

import io.github.camelb2.client.retry.CallSettings;

/**
 * How one upload, download or copy is carried out.
 *
 * @param call times and listener of its calls
 * @param partSize bytes of a part or range; {@link #AUTO_PART_SIZE} chooses so that all connections work until the end
 * @param maxConcurrency how many parts or ranges of one file are in flight, 1 or more (4)
 * @param resumeLargeFiles whether an unfinished large file that matches is continued (true)
 */
public record TransferSettings(CallSettings call, long partSize, int maxConcurrency, boolean resumeLargeFiles) {
    /** Chooses the size of parts and ranges by the file. */
    public static final long AUTO_PART_SIZE = 0;

    /** The default of everything. */
    public static final TransferSettings DEFAULT = new TransferSettings(CallSettings.DEFAULT, AUTO_PART_SIZE, 4, true);

    public TransferSettings {
        Objects.requireNonNull(call, "call");
        if (partSize < 0) {
            throw new IllegalArgumentException("partSize is " + partSize + ": it must be a number of bytes, or auto");
        }
        if (maxConcurrency < 1) {
            throw new IllegalArgumentException("maxConcurrency is " + maxConcurrency + ": it must be 1 or more");
        }
    }

    public TransferSettings withCall(CallSettings value) {
        return new TransferSettings(value, partSize, maxConcurrency, resumeLargeFiles);
    }

    public TransferSettings withPartSize(long value) {
        return new TransferSettings(call, value, maxConcurrency, resumeLargeFiles);
    }

    public TransferSettings withMaxConcurrency(int value) {
        return new TransferSettings(call, partSize, value, resumeLargeFiles);
    }

    /** Whether an unfinished large file that matches is continued. */
    public TransferSettings withResumeLargeFiles(boolean value) {
        return new TransferSettings(call, partSize, maxConcurrency, value);
    }
}
