// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.transfer.local.ProcessLock;
import io.github.camelb2.sync.scan.disk.TemporaryNames;
import io.github.camelb2.sync.wire.PlanSigner;

/**
 * Proves that two machines see one directory: while a run lives, a file lies in it whose name only those can tell who know
 * the key. It is named as temporary files of syncs are, so that no sync takes it for one of the user's. Not thread-safe.
 */
public final class RunToken implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunToken.class);

    private final Path file;
    private final ProcessLock lock;

    private RunToken(Path file, ProcessLock lock) {
        this.file = file;
        this.lock = lock;
    }

    /**
     * Lays it down; the directory is created if it is not there.
     *
     * @throws IOException if it cannot
     */
    public static RunToken put(Path root, PlanSigner signer, String runId) throws IOException {
        Files.createDirectories(root);
        Path file = file(root, signer, runId);
        return new RunToken(file, ProcessLock.create(file));
    }

    /** Takes away that of a run whose coordinator died. */
    public static void removeLeft(Path root, PlanSigner signer, String runId) {
        try {
            Files.deleteIfExists(file(root, signer, runId));
        } catch (IOException e) {
            LOG.warn("The file of run {} in {} cannot be deleted: {}", runId, root, e.toString());
        }
    }

    /** Whether a directory is the one that the coordinator of that run sees. */
    public static boolean isIn(Path root, PlanSigner signer, String runId) {
        return Files.exists(file(root, signer, runId), LinkOption.NOFOLLOW_LINKS);
    }

    private static Path file(Path root, PlanSigner signer, String runId) {
        return root.resolve(TemporaryNames.mark(TemporaryNames.tag(signer.token(runId))));
    }

    /** Takes it away. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
            lock.close();
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted: {}", file, e.toString());
        }
    }
}
