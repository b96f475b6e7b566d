package io.github.camelb2.operation;

import io.github.camelb2.client.api.AccountInfo;

/** Answers the login, and logs in if there is none. */
final class GetAccountInfoOperation implements Operation<NoRequest, AccountInfo> {
    @Override
    public Class<NoRequest> requestType() {
        return NoRequest.class;
    }

    @Override
    public NoRequest bind(Params params, OperationScope scope) {
        return NoRequest.INSTANCE;
    }

    @Override
    public AccountInfo run(NoRequest request, OperationScope scope) {
        return scope.client().accountInfo();
    }
}
