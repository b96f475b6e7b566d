package io.github.camelb2.operation;

import io.github.camelb2.client.api.AccountInfo;

/** Logs in anew, whether or not the token at hand is still good. */
final class AuthorizeAccountOperation implements Operation<NoRequest, AccountInfo> {
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
        return scope.client().authorize();
    }
}
