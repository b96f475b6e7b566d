package io.github.camelb2.operation;

import io.github.camelb2.client.call.FileCalls.UpdateFileLegalHold;
import io.github.camelb2.client.model.FileLockState;
import io.github.camelb2.client.model.LegalHold;

/** Puts a version under legal hold, or ends it. */
final class UpdateFileLegalHoldOperation implements CallOperation<UpdateFileLegalHold, FileLockState> {
    @Override
    public Class<UpdateFileLegalHold> requestType() {
        return UpdateFileLegalHold.class;
    }

    @Override
    public UpdateFileLegalHold bind(Params params, OperationScope scope) {
        return UpdateFileLegalHold.of(
                params.fileName(), params.fileId(), new LegalHold(params.require(Inputs.LEGAL_HOLD.demanded())));
    }
}
