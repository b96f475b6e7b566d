package io.github.camelb2.operation;

import io.github.camelb2.client.api.B2Call;

/**
 * An operation that is one call of the B2 API.
 *
 * @param <C> the call
 * @param <T> what B2 answers
 */
interface CallOperation<C extends B2Call<T>, T> extends Operation<C, T> {
    @Override
    default T run(C request, OperationScope scope) {
        return scope.call(request);
    }
}
