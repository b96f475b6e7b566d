// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.file;

import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.call.FileCalls.DeleteFileVersion;
import io.github.camelb2.client.model.file.FileId;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.operation.header.Params;
import io.github.camelb2.operation.request.FileNameRequest;
import io.github.camelb2.operation.step.BucketNeed;
import io.github.camelb2.operation.step.Operation;
import io.github.camelb2.operation.step.OperationScope;
import io.github.camelb2.operation.step.Reply;

/** Shows a hidden file again: deletes the hide marker that is its newest version. */
public final class UnhideFileOperation implements Operation<FileNameRequest, FileId> {
    private static final String CALL = "unhideFile";

    @Override
    public Class<FileNameRequest> requestType() {
        return FileNameRequest.class;
    }

    @Override
    public BucketNeed bucketNeed() {
        return BucketNeed.ID;
    }

    @Override
    public FileNameRequest bind(Params params, OperationScope scope) {
        return FileRequests.name(params);
    }

    @Override
    public FileId run(FileNameRequest request, OperationScope scope) {
        FileVersion newest = scope.client()
                .newestVersion(request.bucketId(), request.fileName(), scope.settings())
                .orElseThrow(() -> refused(request, "there is no version of it", "check its name and the bucket"));
        if (!newest.hides()) {
            throw refused(request, "it is not hidden: its newest version is of kind " + newest.action(), "leave it");
        }
        return scope.call(new DeleteFileVersion(newest.fileName(), newest.fileId(), request.bypassGovernance()));
    }

    @Override
    public void reply(FileId result, Reply reply) {
        reply.deleted(result);
    }

    private static B2NotFoundException refused(FileNameRequest request, String why, String advice) {
        return new B2NotFoundException(
                ErrorDetails.local(CALL, request.subject(), why).withAdvice(advice));
    }
}
