// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.plan;

import java.util.Locale;

/**
 * How a file is moved.
 *
 * @param partSize bytes of a part or range, {@link #AUTO} to let the transfer choose
 * @param concurrency how many parts or ranges are in flight, at most 1,000 (4)
 * @param resume what becomes of a large upload whose connection was lost
 * @param verify what a download does whose content has another SHA-1 than is known of the file
 * @param largeFileSha1 when a large file is given the SHA-1 of the whole
 * @param lostUpload what a small upload does whose answer was lost
 * @param fsync when a download is forced to the disk before it gets its name
 * @param memory how much of streams is kept in memory
 * @param access who may open the file that a download fills
 */
public record TransferOptions(
        long partSize,
        WorkerCount concurrency,
        Resume resume,
        Verify verify,
        LargeFileSha1 largeFileSha1,
        LostUpload lostUpload,
        Fsync fsync,
        StreamMemory memory,
        Access access) {
    /** The part size that lets the transfer choose. */
    public static final long AUTO = PartPlan.AUTO;

    /** Automatic part sizes, 4 connections, unfinished large files are resumed, everything is checked. */
    public static final TransferOptions DEFAULT = new TransferOptions(
            AUTO,
            WorkerCount.of(4),
            Resume.UNFINISHED_FILES,
            Verify.STRICT,
            LargeFileSha1.AUTO,
            LostUpload.LOOK_UP,
            Fsync.AUTO,
            StreamMemory.DEFAULT,
            Access.BY_UMASK);

    private static final int MOST_CONNECTIONS = 1000;

    public TransferOptions {
        if (partSize < 0) {
            throw new IllegalArgumentException("partSize is " + partSize + ": it must be a number of bytes, or auto");
        }
        if (concurrency.first() < 1 || concurrency.most() > MOST_CONNECTIONS) {
            throw new IllegalArgumentException(
                    "maxConcurrency is " + concurrency.most() + ": it must be between 1 and " + MOST_CONNECTIONS);
        }
    }

    /**
     * For how many connections a file is cut: those that it begins with, whatever their number becomes, so that an upload
     * that goes on later cuts it in the same way.
     */
    public int maxConcurrency() {
        return concurrency.first();
    }

    public TransferOptions withPartSize(long value) {
        return new TransferOptions(
                value, concurrency, resume, verify, largeFileSha1, lostUpload, fsync, memory, access);
    }

    public TransferOptions withMaxConcurrency(int value) {
        return withConcurrency(WorkerCount.of(value));
    }

    public TransferOptions withConcurrency(WorkerCount value) {
        return new TransferOptions(partSize, value, resume, verify, largeFileSha1, lostUpload, fsync, memory, access);
    }

    public TransferOptions withResume(Resume value) {
        return new TransferOptions(
                partSize, concurrency, value, verify, largeFileSha1, lostUpload, fsync, memory, access);
    }

    public TransferOptions withVerify(Verify value) {
        return new TransferOptions(
                partSize, concurrency, resume, value, largeFileSha1, lostUpload, fsync, memory, access);
    }

    public TransferOptions withLargeFileSha1(LargeFileSha1 value) {
        return new TransferOptions(partSize, concurrency, resume, verify, value, lostUpload, fsync, memory, access);
    }

    public TransferOptions withLostUpload(LostUpload value) {
        return new TransferOptions(partSize, concurrency, resume, verify, largeFileSha1, value, fsync, memory, access);
    }

    public TransferOptions withFsync(Fsync value) {
        return new TransferOptions(
                partSize, concurrency, resume, verify, largeFileSha1, lostUpload, value, memory, access);
    }

    public TransferOptions withMemory(StreamMemory value) {
        return new TransferOptions(
                partSize, concurrency, resume, verify, largeFileSha1, lostUpload, fsync, value, access);
    }

    public TransferOptions withAccess(Access value) {
        return new TransferOptions(
                partSize, concurrency, resume, verify, largeFileSha1, lostUpload, fsync, memory, value);
    }

    /** Who may open the file that a download fills, also when it is complete. */
    public enum Access {
        /** Whoever this process lets open its new files. */
        BY_UMASK,
        /** Nobody but its owner, where the disk knows permissions: who wants others to open it says so afterwards. */
        OWNER_ONLY
    }

    /**
     * How much of streams is kept in memory instead of on disk.
     *
     * @param each the most bytes of one stream (1 MiB)
     * @param all the most bytes of all of a client together (64 MiB)
     */
    public record StreamMemory(int each, long all) {
        /** 1 MiB and 64 MiB. */
        public static final StreamMemory DEFAULT = new StreamMemory(1 << 20, 64L << 20);

        public StreamMemory {
            if (each < 0 || all < 0) {
                throw new IllegalArgumentException(
                        "streamMemory is " + each + ", streamMemoryTotal is " + all + ": they must be 0 or more bytes");
            }
        }
    }

    /** What becomes of a large upload whose connection was lost. */
    public enum Resume {
        /** Its file stays unfinished, and the next upload of the same content under that name resumes it. */
        UNFINISHED_FILES,
        /** Its file is cancelled, and every upload begins anew. */
        NEVER
    }

    /** What a download does whose content has another SHA-1 than is known of the file, however often it is fetched. */
    public enum Verify {
        /** It fails, and names both. */
        STRICT,
        /** It succeeds, and a warning names both: for files whose {@code large_file_sha1} was asserted wrongly. */
        WARN,
        /** Nothing is compared. */
        OFF;

        /** The one that an option names so. */
        public static Verify of(String option) {
            return valueOf(option.toUpperCase(Locale.ROOT));
        }
    }

    /** When a large file is given the SHA-1 of the whole as {@code large_file_sha1}, which B2 does not compute. */
    public enum LargeFileSha1 {
        /** When it is known, or the source can be read again, in which case it is read once more to know it. */
        AUTO,
        /** Always: a stream whose SHA-1 is not known goes to disk as a whole before it is sent. */
        ALWAYS,
        /** Only when it is known beforehand. */
        NEVER;

        /** The one that an option names so. */
        public static LargeFileSha1 of(String option) {
            return valueOf(option.toUpperCase(Locale.ROOT));
        }
    }

    /** What a small upload does whose answer was lost, so that nobody knows whether B2 has stored it. */
    public enum LostUpload {
        /** One listing looks for it; it is sent again only if it is not there. */
        LOOK_UP,
        /** It is sent again, which may store it twice. */
        REPEAT,
        /** It fails. */
        FAIL;

        /** The one that an option names so. */
        public static LostUpload of(String option) {
            return "lookUp".equals(option) ? LOOK_UP : valueOf(option.toUpperCase(Locale.ROOT));
        }
    }

    /** When a download is forced to the disk before it gets its name, so that a loss of power leaves no empty file. */
    public enum Fsync {
        /** As {@link #ALWAYS}. */
        AUTO,
        /** The content before the renaming, and the directory after it. */
        ALWAYS,
        /** The content; whoever moves many files forces each directory once. Not an option of endpoints. */
        CONTENT,
        /** Never: the operating system writes it when it likes. */
        NEVER;

        /** The one that an option names so. */
        public static Fsync of(String option) {
            return valueOf(option.toUpperCase(Locale.ROOT));
        }
    }
}
