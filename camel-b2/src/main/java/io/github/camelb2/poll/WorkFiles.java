// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.operation.file.LocalTarget;
import io.github.camelb2.operation.step.OperationScope;
import io.github.camelb2.poll.after.WorkFile;
import io.github.camelb2.poll.scan.Encryptions;

/**
 * Downloads versions to local files before their exchanges begin: the option {@code localWorkDirectory} of a consumer.
 * Thread-safe.
 */
final class WorkFiles {
    private final OperationScope scope;
    private final Path directory;
    private final Encryptions encryptions;

    private WorkFiles(OperationScope scope, Path directory) {
        this.scope = scope;
        this.directory = directory;
        this.encryptions = Encryptions.of(scope.options());
    }

    /** Those of the endpoint; null if it has none, or its messages have no content. */
    static @Nullable WorkFiles of(OperationScope scope) {
        String directory = scope.options().getLocalWorkDirectory();
        boolean hasContent = scope.options().isIncludeBody() && !scope.options().isIgnoreBody();
        return directory == null || !hasContent ? null : new WorkFiles(scope, Path.of(directory));
    }

    private WorkFile reserve(FileVersion version) {
        WorkFile plain = WorkFile.reserve(LocalTarget.resolve(directory, version.fileName()), null);
        if (plain != null) {
            return plain;
        }
        Path own = LocalTarget.resolve(directory, version.fileId() + "/" + version.fileName());
        WorkFile beside = WorkFile.reserve(own, directory.resolve(version.fileId()));
        if (beside == null) {
            throw new IllegalStateException("two deliveries of version " + version.fileId() + " at once");
        }
        return beside;
    }

    /**
     * Downloads the version: to its name below the directory or, while another version is there, below its file id.
     *
     * @throws B2Exception if it cannot be read from B2, or written here
     */
    WorkFile fetch(FileVersion version) {
        WorkFile file = reserve(version);
        boolean isThere = false;
        try {
            Encryption key = encryptions.toRead(version);
            DownloadFile request = DownloadFile.byId(version.fileId());
            scope.client()
                    .download(
                            key == null ? request : request.withServerSideEncryption(key),
                            file.path(),
                            scope.transfers(),
                            scope.settings());
            isThere = true;
            return file;
        } finally {
            if (!isThere) {
                file.leave();
            }
        }
    }
}
