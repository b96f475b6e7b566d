// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.call;

import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.Repeat;
import io.github.camelb2.client.api.TransactionClass;

/** A call that says what all of its kind have in common in one line; repeated freely unless it says otherwise. */
public interface JsonCall<T> extends B2Call<T> {
    /** The line of its kind. */
    Kind<T> kind();

    @Override
    default String name() {
        return kind().name();
    }

    @Override
    default Class<T> responseType() {
        return kind().responseType();
    }

    @Override
    default Capability capability() {
        return kind().capability();
    }

    @Override
    default TransactionClass transactionClass() {
        return kind().transactionClass();
    }

    @Override
    default Repeat repeat() {
        return Repeat.SAFE;
    }

    /**
     * Whether that can be the answer to this call: one about another file, part or bucket than was asked for is not, whatever
     * it says. What B2 may leave out or choose itself proves nothing.
     */
    default boolean isAnsweredBy(T answer) {
        return true;
    }

    /**
     * What all calls of one name have in common; see {@link B2Call} for the members.
     *
     * @param name as B2 spells it
     * @param responseType what the answer is read into
     * @param capability what the key needs
     * @param transactionClass the price class
     */
    record Kind<T>(String name, Class<T> responseType, Capability capability, TransactionClass transactionClass) {}
}
