// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.delete;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.call.LargeFileCalls.CancelLargeFile;
import io.github.camelb2.client.call.LargeFileCalls.ListUnfinishedLargeFiles;
import io.github.camelb2.client.model.file.FileId;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.operation.file.VersionFilter;
import io.github.camelb2.operation.header.Inputs;
import io.github.camelb2.operation.header.Params;
import io.github.camelb2.operation.request.CancelUnfinishedRequest;
import io.github.camelb2.operation.step.BucketNeed;
import io.github.camelb2.operation.step.Operation;
import io.github.camelb2.operation.step.OperationScope;

/** Cancels the large files that were started some time ago and never finished; the answer names them. */
public final class CancelUnfinishedLargeFilesOperation implements Operation<CancelUnfinishedRequest, List<FileId>> {
    @Override
    public Class<CancelUnfinishedRequest> requestType() {
        return CancelUnfinishedRequest.class;
    }

    @Override
    public BucketNeed bucketNeed() {
        return BucketNeed.ID_OF_EXISTING;
    }

    @Override
    public CancelUnfinishedRequest bind(Params params, OperationScope scope) {
        return new CancelUnfinishedRequest(
                params.bucketId(),
                params.find(Inputs.PREFIX).orElse(null),
                params.require(Inputs.OLDER_THAN),
                params.find(Inputs.DRY_RUN).orElse(false));
    }

    @Override
    public List<FileId> run(CancelUnfinishedRequest request, OperationScope scope) {
        Instant limit = scope.now().minus(request.olderThan());
        ListUnfinishedLargeFiles listing =
                new ListUnfinishedLargeFiles(request.bucketId(), request.prefix(), null, null);
        VersionFilter filter = VersionFilter.of(scope.options());
        List<FileId> cancelled = new ArrayList<>();
        Iterator<FileVersion> all = scope.client().listUnfinishedLargeFiles(listing, scope.settings());
        while (all.hasNext()) {
            FileVersion file = all.next();
            boolean isOld = request.olderThan().isZero()
                    || !Instant.ofEpochMilli(file.uploadTimestamp()).isAfter(limit);
            if (isOld && filter.accepts(file, scope.now()) && (request.dryRun() || cancel(file, scope))) {
                cancelled.add(new FileId(file.fileId(), file.fileName()));
            }
        }
        return cancelled;
    }

    /** Whether it was this call that cancelled the file; who uploads it, or another cleaner, may have been faster. */
    private static boolean cancel(FileVersion file, OperationScope scope) {
        try {
            scope.call(CancelLargeFile.of(file.fileId()));
            return true;
        } catch (B2Exception e) {
            if (CancelLargeFile.isGone(e)) {
                return false;
            }
            throw e;
        }
    }
}
