package io.github.camelb2.operation;

import io.github.camelb2.client.call.FileCalls.DeleteFileVersion;
import io.github.camelb2.client.model.FileId;

/** Deletes one version of a file for ever. */
final class DeleteFileVersionOperation implements CallOperation<DeleteFileVersion, FileId> {
    @Override
    public Class<DeleteFileVersion> requestType() {
        return DeleteFileVersion.class;
    }

    @Override
    public DeleteFileVersion bind(Params params, OperationScope scope) {
        return new DeleteFileVersion(
                params.fileName(),
                params.fileId(),
                params.find(Inputs.BYPASS_GOVERNANCE).orElse(null));
    }
}
