// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.local;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.github.camelb2.client.transfer.plan.TransferOptions.Access;
import io.github.camelb2.client.transfer.plan.TransferOptions.Fsync;

/**
 * The one home of the temporary files of a client: pieces of streams in a directory of their own, and downloads beside
 * their targets. Thread-safe.
 *
 * <p>Their names are random, so that nobody else's file can have one. What a killed process has left is looked for once
 * in each directory, when this client first writes to it, and deleted if no living process has it locked.
 */
public final class LocalStore {
    /** A client that downloads to more directories in turn looks once more into the first ones. */
    private static final int REMEMBERED = 10_000;

    private final Path directory;
    private final InstantSource clock;
    private final MemoryBudget memory = new MemoryBudget();
    private final SharedForce directories = new SharedForce(ForcedDirectories::force);

    /** Where what was left over has been looked for; guarded by itself. */
    private final Set<Path> swept = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });

    /** @param directory holds pieces of streams, and the marks of uploads under way; made when it is needed */
    public LocalStore(Path directory, InstantSource clock) {
        this.clock = clock;
        this.directory = directory;
    }

    /** Holds pieces of streams, and the marks of uploads under way. */
    public Path directory() {
        return directory;
    }

    /** What may be held in memory instead of here. */
    public MemoryBudget memory() {
        return memory;
    }

    /** A new file for a piece of a stream. */
    SpoolFile spoolFile() throws IOException {
        PrivateDirectory.prepare(directory);
        sweepPieces();
        return SpoolFile.create(directory);
    }

    /** Deletes the pieces that killed processes have left, unless that was done; the directory is trusted. */
    public void sweepPieces() {
        if (isNew(directory)) {
            LeftOvers.delete(directory, SpoolFile::isName, clock);
        }
    }

    /**
     * A new file that takes the target's place when it is complete.
     *
     * @param length its bytes
     * @param fsync whether it is forced to the disk before
     * @param access who may open it
     * @throws io.github.camelb2.client.api.B2LocalContentException if the directory is missing or cannot be written, the
     *     target is a directory, or there is not enough room
     */
    public TemporaryFile temporaryFile(Path target, long length, Fsync fsync, Access access) {
        sweepBeside(target);
        return TemporaryFile.create(target, length, fsync, access, directories);
    }

    /**
     * Puts a short file in the place of the target, as a {@link #temporaryFile} that is filled and moved.
     *
     * @param content all of it
     * @param modified its modification time
     * @throws io.github.camelb2.client.api.B2LocalContentException if that fails, and the target is as it was
     */
    public void write(Path target, byte[] content, FileTime modified, Fsync fsync, Access access) {
        sweepBeside(target);
        TemporaryFile.write(target, content, modified, fsync, access, directories);
    }

    private void sweepBeside(Path target) {
        Path beside = target.toAbsolutePath().getParent();
        if (beside != null && isNew(beside)) {
            LeftOvers.delete(beside, TemporaryFile::isOwnName, clock);
        }
    }

    private boolean isNew(Path path) {
        synchronized (swept) {
            return swept.add(path.toAbsolutePath().normalize());
        }
    }
}
