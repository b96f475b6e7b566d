// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.step;

import java.util.function.BiConsumer;
import java.util.function.BiFunction;

import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.operation.Operations;
import io.github.camelb2.operation.header.Params;
import io.github.camelb2.operation.request.NoRequest;

/**
 * An operation that only builds a request, sends it and shapes the answer: one row of the table in {@link Operations}.
 *
 * @param requestType the class of its request
 * @param bucketNeed what it must know of a bucket first
 * @param binding makes the request of headers and options
 * @param sending does it
 * @param answering puts the result into the message
 */
public record Row<R, T>(
        Class<R> requestType,
        BucketNeed bucketNeed,
        BiFunction<Params, OperationScope, R> binding,
        BiFunction<R, OperationScope, T> sending,
        BiConsumer<T, Reply> answering)
        implements Operation<R, T> {

    /** One call of the B2 API, whose answer becomes the body. */
    public static <C extends B2Call<T>, T> Row<C, T> call(
            Class<C> type, BiFunction<Params, OperationScope, C> binding) {
        return of(type, binding, (request, scope) -> scope.call(request));
    }

    /** A request, and what is done with it; the result becomes the body. */
    public static <R, T> Row<R, T> of(
            Class<R> type, BiFunction<Params, OperationScope, R> binding, BiFunction<R, OperationScope, T> sending) {
        return new Row<>(type, BucketNeed.NONE, binding, sending, (result, reply) -> reply.body(result));
    }

    /** What needs no request. */
    public static <T> Row<NoRequest, T> bare(BiFunction<NoRequest, OperationScope, T> sending) {
        return of(NoRequest.class, (params, scope) -> NoRequest.INSTANCE, sending);
    }

    /** The same, which needs that of a bucket. */
    public Row<R, T> needs(BucketNeed need) {
        return new Row<>(requestType, need, binding, sending, answering);
    }

    /** The same, which answers in another way. */
    public Row<R, T> answers(BiConsumer<T, Reply> other) {
        return new Row<>(requestType, bucketNeed, binding, sending, other);
    }

    @Override
    public R bind(Params params, OperationScope scope) {
        return binding.apply(params, scope);
    }

    @Override
    public T run(R request, OperationScope scope) {
        return sending.apply(request, scope);
    }

    @Override
    public void reply(T result, Reply reply) {
        answering.accept(result, reply);
    }
}
