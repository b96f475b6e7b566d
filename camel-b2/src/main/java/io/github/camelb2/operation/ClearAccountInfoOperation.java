package io.github.camelb2.operation;

/** Forgets the login, here and in the repository; the next operation logs in again. */
final class ClearAccountInfoOperation implements Operation<NoRequest, NoRequest> {
    @Override
    public Class<NoRequest> requestType() {
        return NoRequest.class;
    }

    @Override
    public NoRequest bind(Params params, OperationScope scope) {
        return NoRequest.INSTANCE;
    }

    @Override
    public NoRequest run(NoRequest request, OperationScope scope) {
        scope.client().clearAccountInfo();
        return request;
    }

    /** The message stays as it was: there is nothing to tell. */
    @Override
    public void reply(NoRequest result, Reply reply) {}
}
