// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.delete;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.camelb2.client.call.FileCalls.DeleteFileVersion;
import io.github.camelb2.client.model.file.FileId;
import io.github.camelb2.operation.file.FileRequests;
import io.github.camelb2.operation.header.Inputs;
import io.github.camelb2.operation.header.Params;
import io.github.camelb2.operation.request.FileNameRequest;
import io.github.camelb2.operation.step.BucketNeed;
import io.github.camelb2.operation.step.Operation;
import io.github.camelb2.operation.step.OperationScope;

/**
 * Deletes all versions and hide markers of one name for ever, the oldest first, so that no older version shows in
 * between. The first failure ends it. Unfinished large files stay: they may be under way.
 */
public final class DeleteAllFileVersionsOperation implements Operation<FileNameRequest, List<FileId>> {
    @Override
    public Class<FileNameRequest> requestType() {
        return FileNameRequest.class;
    }

    @Override
    public BucketNeed bucketNeed() {
        return BucketNeed.ID_OF_EXISTING;
    }

    @Override
    public FileNameRequest bind(Params params, OperationScope scope) {
        return FileRequests.name(params).withDryRun(params.find(Inputs.DRY_RUN).orElse(false));
    }

    @Override
    public List<FileId> run(FileNameRequest request, OperationScope scope) {
        List<FileId> versions = new ArrayList<>();
        scope.client()
                .versionsOf(request.bucketId(), request.fileName(), scope.settings())
                .forEach(version -> versions.add(new FileId(version.fileId(), version.fileName())));
        Collections.reverse(versions);
        for (FileId version : request.dryRun() ? List.<FileId>of() : versions) {
            scope.call(new DeleteFileVersion(version.fileName(), version.fileId(), request.bypassGovernance()));
        }
        return versions;
    }
}
