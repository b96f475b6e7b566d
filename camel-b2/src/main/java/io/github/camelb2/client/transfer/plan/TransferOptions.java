package io.github.camelb2.client.transfer.plan;

/**
 * How a file is moved.
 *
 * @param partSize bytes of a part or range, {@link #AUTO} to let the transfer choose
 * @param maxConcurrency the most parts or ranges in flight, 1 to 1,000 (4)
 * @param resume what becomes of a large upload whose connection was lost
 */
public record TransferOptions(long partSize, int maxConcurrency, Resume resume) {
    /** The part size that lets the transfer choose. */
    public static final long AUTO = PartPlan.AUTO;

    /** Automatic part sizes, 4 connections, unfinished large files are gone on with. */
    public static final TransferOptions DEFAULT = new TransferOptions(AUTO, 4, Resume.UNFINISHED_FILES);

    private static final int MOST_CONNECTIONS = 1000;

    public TransferOptions {
        if (partSize < 0) {
            throw new IllegalArgumentException("partSize is " + partSize + ": it must be a number of bytes, or auto");
        }
        if (maxConcurrency < 1 || maxConcurrency > MOST_CONNECTIONS) {
            throw new IllegalArgumentException(
                    "maxConcurrency is " + maxConcurrency + ": it must be between 1 and " + MOST_CONNECTIONS);
        }
    }

    public TransferOptions withPartSize(long value) {
        return new TransferOptions(value, maxConcurrency, resume);
    }

    public TransferOptions withMaxConcurrency(int value) {
        return new TransferOptions(partSize, value, resume);
    }

    public TransferOptions withResume(Resume value) {
        return new TransferOptions(partSize, maxConcurrency, value);
    }

    /** What becomes of a large upload whose connection was lost. */
    public enum Resume {
        /** Its file stays unfinished, and the next upload of the same content under that name goes on with it. */
        UNFINISHED_FILES,
        /** Its file is cancelled, and every upload begins anew. */
        NEVER
    }
}
