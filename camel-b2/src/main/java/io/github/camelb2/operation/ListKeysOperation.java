package io.github.camelb2.operation;

import java.util.Iterator;

import io.github.camelb2.client.call.KeyCalls.ListKeys;
import io.github.camelb2.client.model.ApplicationKey;

/** Lists the application keys of the account, without their secrets. */
final class ListKeysOperation implements Operation<ListKeys, Iterator<ApplicationKey>> {
    private static final int PAGE = 1000;

    @Override
    public Class<ListKeys> requestType() {
        return ListKeys.class;
    }

    @Override
    public ListKeys bind(Params params, OperationScope scope) {
        return ListKeys.of().withMaxKeyCount(params.find(Inputs.MAX_FILE_COUNT).orElse(PAGE));
    }

    @Override
    public Iterator<ApplicationKey> run(ListKeys request, OperationScope scope) {
        return scope.client().listKeys(request, scope.settings());
    }
}
