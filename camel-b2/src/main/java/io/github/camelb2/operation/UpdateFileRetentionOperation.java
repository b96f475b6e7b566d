package io.github.camelb2.operation;

import io.github.camelb2.client.call.FileCalls.UpdateFileRetention;
import io.github.camelb2.client.model.FileLockState;

/** Locks a version until some time, or unlocks it. */
final class UpdateFileRetentionOperation implements CallOperation<UpdateFileRetention, FileLockState> {
    @Override
    public Class<UpdateFileRetention> requestType() {
        return UpdateFileRetention.class;
    }

    @Override
    public UpdateFileRetention bind(Params params, OperationScope scope) {
        return new UpdateFileRetention(
                params.fileName(),
                params.fileId(),
                FileAttributes.newRetention(params),
                params.find(Inputs.BYPASS_GOVERNANCE).orElse(null));
    }
}
