// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.api;

/**
 * One call of the B2 Native API: a value that is at the same time the JSON body of its request.
 *
 * <p>Implementations are immutable records in {@code client.call}; Jackson writes their components as the members of
 * the request, leaving out those that are null. They hold no connection and may be sent any number of times, by any
 * thread.
 *
 * @param <T> what the service answers
 * @see <a href="https://www.backblaze.com/apidocs/introduction-to-the-b2-native-api">Backblaze: B2 Native API</a>
 */
public interface B2Call<T> {
    /** The name of the call as B2 spells it, for example {@code b2_list_buckets}. */
    String name();

    /** The class that the JSON of a successful answer is read into. */
    Class<T> responseType();

    /** The capability that an application key needs for it; named in the error when the service refuses. */
    Capability capability();

    /** Whether it may be sent again when its answer was lost. */
    Repeat repeat();

    /** The price class that Backblaze counts it in. */
    TransactionClass transactionClass();

    /**
     * What the call is about, for messages: {@code "docs/a.txt" in bucket 4a48fe8875c6214145260818}; empty when there
     * is nothing to name. Never holds a secret.
     */
    String subject();
}
