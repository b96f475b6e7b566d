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

    /** A file that one delivery has, and the name that it has below the directory. */
    private record Reserved(WorkFile file, String name) {}

    private Reserved reserve(FileVersion version, LocalTarget target) {
        WorkFile plain = WorkFile.reserve(target.find(version.fileName()), null);
        if (plain != null) {
            return new Reserved(plain, version.fileName());
        }
        String name = version.fileId() + "/" + version.fileName();
        WorkFile beside = WorkFile.reserve(target.find(name), directory.resolve(version.fileId()));
        if (beside == null) {
            throw new IllegalStateException("two deliveries of version " + version.fileId() + " at once");
        }
        return new Reserved(beside, name);
    }

    /**
     * Downloads the version: to its name below the directory or, while another version is there, below its file id.
     *
     * @throws B2Exception if it cannot be read from B2, or written here
     */
    WorkFile fetch(FileVersion version) {
        try (LocalTarget target = LocalTarget.below(directory)) {
            Reserved reserved = reserve(version, target);
            WorkFile file = fetch(version, target, reserved);
            target.complete();
            return file;
        }
    }

    private WorkFile fetch(FileVersion version, LocalTarget target, Reserved reserved) {
        boolean isThere = false;
        try {
            Encryption key = encryptions.toRead(version);
            DownloadFile request = DownloadFile.byId(version.fileId());
            scope.client()
                    .download(
                            key == null ? request : request.withServerSideEncryption(key),
                            answer -> {
                                target.prepare(reserved.name());
                                return reserved.file().path();
                            },
                            scope.transfers(),
                            scope.settings());
            isThere = true;
            return reserved.file();
        } finally {
            if (!isThere) {
                reserved.file().leave();
            }
        }
    }
}
