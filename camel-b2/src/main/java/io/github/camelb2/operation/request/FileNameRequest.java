// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.request;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.model.file.FileNames;

/**
 * All versions of one file: the request of {@code unhideFile} and {@code deleteAllFileVersions}.
 *
 * @param bucketId its bucket
 * @param fileName its name
 * @param bypassGovernance whether governance retention may be ignored, null for not
 * @param dryRun whether deleteAllFileVersions only says what it would delete
 */
public record FileNameRequest(
        String bucketId, String fileName, @Nullable Boolean bypassGovernance, boolean dryRun) {
    public FileNameRequest {
        FileNames.check(fileName);
    }

    /** That file. */
    public static FileNameRequest of(String bucketId, String fileName) {
        return new FileNameRequest(bucketId, fileName, null, false);
    }

    /** The same, also against governance retention. */
    public FileNameRequest withBypassGovernance(@Nullable Boolean value) {
        return new FileNameRequest(bucketId, fileName, value, dryRun);
    }

    /** The same, but deleteAllFileVersions deletes nothing. */
    public FileNameRequest withDryRun(boolean value) {
        return new FileNameRequest(bucketId, fileName, bypassGovernance, value);
    }

    /** What messages call it. */
    public String subject() {
        return FileNames.quote(fileName) + " in bucket " + bucketId;
    }
}
