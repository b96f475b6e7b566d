// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.request;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The request of {@code deleteFiles}: either files, or all files under a prefix.
 *
 * @param bucketId their bucket
 * @param files names, of which all versions are deleted, or names with file ids; null to go by prefix
 * @param prefix all versions of all names that start with it, empty for the whole bucket; null to go by files
 * @param dryRun whether only to say what would be deleted
 * @param bypassGovernance whether governance retention may be ignored, null for not
 */
public record DeleteFilesRequest(
        String bucketId,
        @Nullable List<FileToDelete> files,
        @Nullable String prefix,
        boolean dryRun,
        @Nullable Boolean bypassGovernance) {
    public DeleteFilesRequest {
        Objects.requireNonNull(bucketId, "bucketId");
        files = files == null ? null : List.copyOf(files);
        if ((files == null) == (prefix == null)) {
            throw new IllegalArgumentException("deleteFiles needs either files or a prefix: set one of them");
        }
    }

    /** Deletes these files. */
    public static DeleteFilesRequest of(String bucketId, List<FileToDelete> files) {
        return new DeleteFilesRequest(bucketId, files, null, false, null);
    }

    /** Deletes everything under the prefix. */
    public static DeleteFilesRequest under(String bucketId, String prefix) {
        return new DeleteFilesRequest(bucketId, null, prefix, false, null);
    }

    /** The same, but nothing is deleted. */
    public DeleteFilesRequest asDryRun() {
        return new DeleteFilesRequest(bucketId, files, prefix, true, bypassGovernance);
    }

    /**
     * A file to delete.
     *
     * @param fileName its name
     * @param fileId one version of it; null for all versions
     */
    public record FileToDelete(String fileName, @Nullable String fileId) {
        public FileToDelete {
            Objects.requireNonNull(fileName, "fileName");
        }
    }
}
