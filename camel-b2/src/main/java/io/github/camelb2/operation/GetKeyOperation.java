package io.github.camelb2.operation;

import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.call.KeyCalls.ListKeys;
import io.github.camelb2.client.model.ApplicationKey;

/** Describes one application key, without its secret. */
final class GetKeyOperation implements Operation<ListKeys, ApplicationKey> {
    @Override
    public Class<ListKeys> requestType() {
        return ListKeys.class;
    }

    @Override
    public ListKeys bind(Params params, OperationScope scope) {
        return ListKeys.of()
                .withStartApplicationKeyId(params.require(Inputs.KEY_ID))
                .withMaxKeyCount(1);
    }

    // B2 has no call for one key: the listing that starts at it shows it first.
    @Override
    public ApplicationKey run(ListKeys request, OperationScope scope) {
        return scope.call(request).keys().stream()
                .filter(key -> key.applicationKeyId().equals(request.startApplicationKeyId()))
                .findFirst()
                .orElseThrow(() -> new B2NotFoundException(ErrorDetails.local(
                                request.name(), "key " + request.startApplicationKeyId(), "there is no such key")
                        .withAdvice("listKeys shows the keys of the account")));
    }

    @Override
    public void reply(ApplicationKey result, Reply reply) {
        CreateKeyOperation.describe(result, reply);
    }
}
