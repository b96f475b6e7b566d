package io.github.camelb2.operation;

import io.github.camelb2.client.call.LargeFileCalls.CancelLargeFile;
import io.github.camelb2.client.model.FileId;

/** Cancels a large file that was not finished, and deletes its parts. */
final class CancelLargeFileOperation implements CallOperation<CancelLargeFile, FileId> {
    @Override
    public Class<CancelLargeFile> requestType() {
        return CancelLargeFile.class;
    }

    @Override
    public CancelLargeFile bind(Params params, OperationScope scope) {
        return CancelLargeFile.of(params.fileId());
    }
}
