// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.step;

import io.github.camelb2.operation.header.Params;

/**
 * One thing that a {@code b2:} producer can do.
 *
 * <p>Implementations hold no state and are shared by all threads.
 *
 * @param <R> its request: what {@code pojoRequest=true} takes as the body
 * @param <T> what it answers
 */
public interface Operation<R, T> {
    /** The class of its request. */
    Class<R> requestType();

    /** What it must know of a bucket to make a request of headers and options. */
    default BucketNeed bucketNeed() {
        return BucketNeed.NONE;
    }

    /**
     * Makes the request of headers and options; changes nothing.
     *
     * @throws IllegalArgumentException if an input is missing or wrong; the message names what to set
     */
    R bind(Params params, OperationScope scope);

    /**
     * Does it.
     *
     * @throws io.github.camelb2.client.api.B2Exception if it failed
     */
    T run(R request, OperationScope scope);

    /** Puts the result into the message: as its body, unless the operation says otherwise. */
    default void reply(T result, Reply reply) {
        reply.body(result);
    }
}
