// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.delete;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.call.LargeFileCalls.CancelLargeFile;
import io.github.camelb2.client.call.LargeFileCalls.ListParts;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.large.Part;
import io.github.camelb2.operation.request.CleanUpRequest;
import io.github.camelb2.operation.step.OperationScope;

/** Which unfinished large files {@code cleanUp} leaves, because somebody may be at work on them. Thread-safe. */
final class UnfinishedCleanUp {
    /** Uploads by slow lines, and pauses between their parts, last shorter. */
    private static final Duration AT_REST = Duration.ofDays(1);

    private final CleanUpRequest request;
    private final OperationScope scope;
    private final long active;

    UnfinishedCleanUp(CleanUpRequest request, OperationScope scope, Instant now) {
        this.request = request;
        this.scope = scope;
        Duration rest = request.olderThan().compareTo(AT_REST) > 0 ? request.olderThan() : AT_REST;
        this.active = now.minus(rest).toEpochMilli();
    }

    /** Whether an upload of this machine claims it, or it was started or got a part within the age, or a day at least. */
    boolean isToStay(FileVersion file) {
        return scope.client().isClaimed(request.bucketId(), file.fileName(), file.fileId()) || isActive(file);
    }

    private boolean isActive(FileVersion file) {
        if (file.uploadTimestamp() > active) {
            return true;
        }
        try {
            Iterator<Part> parts = scope.client().listParts(ListParts.of(file.fileId()), scope.settings());
            while (parts.hasNext()) {
                if (parts.next().uploadTimestamp() > active) {
                    return true;
                }
            }
            return false;
        } catch (B2Exception e) {
            if (CancelLargeFile.isGone(e)) {
                return true;
            }
            // Nobody knows, so it stays; the report says why.
            throw e;
        }
    }

    /**
     * Cancels it unless it is to stay: looked at last right before, while no upload of this machine can begin to go on
     * with it. Answers whether it was this call that cancelled it; who uploads it, or another cleaner, may have been faster.
     */
    boolean cancel(FileVersion file) {
        return scope.client()
                .cancelUnclaimed(
                        request.bucketId(), file.fileName(), file.fileId(), () -> !isActive(file), scope.settings());
    }
}
