// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.claim;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.camel.spi.IdempotentRepository;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.model.file.FileVersion;

/**
 * The right to consume one file version, held from its finding to the end of its exchange.
 *
 * <p>While it is held, no other poll, consumer or process that shares the repositories gets one for the same key.
 * Whoever takes it closes it, whatever happens; closing it twice is allowed. Thread-safe.
 */
public final class Claim implements AutoCloseable {
    private final FileVersion version;
    private final @Nullable FileVersion doneFile;
    private final String key;
    private final IdempotentRepository inProgress;
    private final AtomicBoolean isHeld = new AtomicBoolean(true);

    private Claim(FileVersion version, @Nullable FileVersion doneFile, String key, IdempotentRepository inProgress) {
        this.version = version;
        this.doneFile = doneFile;
        this.key = key;
        this.inProgress = inProgress;
    }

    /** The claim on a version that is not settled; empty if somebody else holds it, or has just settled it. */
    public static Optional<Claim> take(
            FileVersion version,
            @Nullable FileVersion doneFile,
            VersionMemory memory,
            IdempotentRepository inProgress) {
        Optional<Claim> claim = hold(version, doneFile, memory, inProgress);
        if (claim.isEmpty()) {
            return claim;
        }
        boolean isTaken = false;
        try {
            // Its last holder may have settled it between our looking and our holding.
            isTaken = !memory.isSettled(version);
            return isTaken ? claim : Optional.empty();
        } finally {
            if (!isTaken) {
                claim.get().close();
            }
        }
    }

    /** The claim on a version whether it is settled or not; empty if somebody else holds it. */
    public static Optional<Claim> hold(
            FileVersion version,
            @Nullable FileVersion doneFile,
            VersionMemory memory,
            IdempotentRepository inProgress) {
        String key = memory.keyOf(version);
        return inProgress.add(key) ? Optional.of(new Claim(version, doneFile, key, inProgress)) : Optional.empty();
    }

    public FileVersion version() {
        return version;
    }

    /** The file that said that this one is complete, as it was then. */
    public Optional<FileVersion> doneFile() {
        return Optional.ofNullable(doneFile);
    }

    /**
     * Closes them all, also if closing one of them fails.
     *
     * @throws RuntimeException the first failure, the others suppressed
     */
    public static void closeAll(Iterable<Claim> claims) {
        RuntimeException first = null;
        for (Claim claim : claims) {
            try {
                claim.close();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    @Override
    public void close() {
        if (isHeld.compareAndSet(true, false)) {
            inProgress.remove(key);
        }
    }

    @Override
    public String toString() {
        return "Claim[" + version.fileName() + ", " + version.fileId() + "]";
    }
}
