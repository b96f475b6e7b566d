// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.request;

import java.time.Duration;
import java.util.List;

import io.github.camelb2.client.model.file.FileId;

/**
 * How far the replication of a bucket is, by the status that B2 says of each version; hide markers and unfinished large
 * files are not replicated and not counted.
 *
 * @param seen versions that were looked at
 * @param pending that are still to be replicated
 * @param pendingBytes their content
 * @param completed that have been
 * @param failed that B2 has given up
 * @param replicas that came from another bucket
 * @param outside of which B2 says nothing: no rule is for them
 * @param lag for how long the oldest that is pending has been there, by the clock of the service; zero if none is
 * @param failedFiles the first 1,000 that failed
 */
public record ReplicationReport(
        long seen,
        long pending,
        long pendingBytes,
        long completed,
        long failed,
        long replicas,
        long outside,
        Duration lag,
        List<FileId> failedFiles) {
    /** How many that failed are named. */
    public static final int MAX_NAMED = 1_000;

    public ReplicationReport {
        failedFiles = List.copyOf(failedFiles);
    }
}
