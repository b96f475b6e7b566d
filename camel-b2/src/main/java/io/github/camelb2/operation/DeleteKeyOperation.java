package io.github.camelb2.operation;

import io.github.camelb2.client.call.KeyCalls.DeleteKey;
import io.github.camelb2.client.model.ApplicationKey;

/** Deletes an application key; who uses it is logged out. */
final class DeleteKeyOperation implements CallOperation<DeleteKey, ApplicationKey> {
    @Override
    public Class<DeleteKey> requestType() {
        return DeleteKey.class;
    }

    @Override
    public DeleteKey bind(Params params, OperationScope scope) {
        return DeleteKey.of(params.require(Inputs.KEY_ID));
    }
}
