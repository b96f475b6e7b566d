// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.local;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.transfer.plan.Slice;

/**
 * The SHA-1 of content that can be read again, and of each of its parts, from one pass over it.
 *
 * @param whole of everything; empty if not every part was read
 * @param parts by number
 */
public record ContentDigests(String whole, Map<Integer, String> parts) {
    /** Nothing was read. */
    public static final ContentDigests NONE = new ContentDigests("", Map.of());

    private static final Logger LOG = LoggerFactory.getLogger(ContentDigests.class);
    private static final int BUFFER = 1 << 20;

    public ContentDigests {
        parts = Map.copyOf(parts);
    }

    /**
     * Reads all of the parts, which together are everything; the digests of the parts and of the whole are computed side
     * by side.
     *
     * @param helper computes those of the parts; what it does not begin in time the caller does
     * @throws io.github.camelb2.client.api.B2LocalContentException if the source cannot be read
     */
    public static ContentDigests ofAll(UploadSource source, List<Slice> parts, Executor helper) {
        return ofAll(source, parts, helper, () -> true);
    }

    /**
     * The same for as long as somebody wants them.
     *
     * @throws CancellationException if nobody does any more
     */
    static ContentDigests ofAll(UploadSource source, List<Slice> parts, Executor helper, BooleanSupplier isWanted) {
        Sha1 whole = new Sha1();
        Map<Integer, String> digests = new HashMap<>();
        byte[] buffer = new byte[BUFFER];
        for (Slice part : parts) {
            check(isWanted);
            Sha1 own = new Sha1();
            read(source, part, buffer, count -> {
                FutureTask<?> beside = beside(helper, () -> own.update(buffer, 0, count));
                whole.update(buffer, 0, count);
                finishWell(beside);
                check(isWanted);
            });
            digests.put(part.number(), own.hex());
        }
        return new ContentDigests(whole.hex(), digests);
    }

    private static void check(BooleanSupplier isWanted) {
        if (!isWanted.getAsBoolean()) {
            throw new CancellationException("the digests are not wanted any more");
        }
    }

    private static FutureTask<?> beside(Executor helper, Runnable work) {
        FutureTask<?> task = new FutureTask<>(work, null);
        try {
            helper.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.trace("The pool for parts is full or going down; the caller computes all digests", e);
        }
        return task;
    }

    private static void finishWell(FutureTask<?> task) {
        Throwable failure = finish(task);
        if (failure != null) {
            throw new IllegalStateException("a digest failed", failure);
        }
    }

    /** Does it where nobody has begun it, and waits for its end: the buffer is used again. Answers why it failed. */
    static @Nullable Throwable finish(FutureTask<?> task) {
        task.run();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    task.get();
                    return null;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    return e.getCause();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Reads some of the parts.
     *
     * @throws io.github.camelb2.client.api.B2LocalContentException if the source cannot be read
     */
    public static ContentDigests ofSome(UploadSource source, Collection<Slice> parts) {
        Map<Integer, String> digests = new HashMap<>();
        byte[] buffer = new byte[BUFFER];
        for (Slice part : parts) {
            Sha1 own = new Sha1();
            read(source, part, buffer, count -> own.update(buffer, 0, count));
            digests.put(part.number(), own.hex());
        }
        return new ContentDigests("", digests);
    }

    private interface Bytes {
        void read(int count);
    }

    private static void read(UploadSource source, Slice part, byte[] buffer, Bytes bytes) {
        try {
            InputStream content = source.open(part.offset(), part.length());
            try (Closeable closing = () -> LocalFailure.closeQuietly(content, source)) {
                for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                    bytes.read(count);
                    if (Thread.currentThread().isInterrupted()) {
                        // Not every source looks, and a large one takes long.
                        throw new ClosedByInterruptException();
                    }
                }
            }
        } catch (IOException e) {
            throw LocalFailure.reading(source, e);
        }
    }
}
