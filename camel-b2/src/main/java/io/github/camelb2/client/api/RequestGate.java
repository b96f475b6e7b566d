// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.api;

/**
 * Lets requests pass or keeps them back, for somebody who wants to use no more than a certain amount. Methods are called on
 * the threads that do the work, also several at once. What is kept back fails at once and is not tried again.
 */
public interface RequestGate {
    /** Lets all pass. */
    RequestGate OPEN = new RequestGate() {};

    /**
     * A request is about to be sent; each try is one.
     *
     * @throws B2CapExceededException if it must not be
     */
    default void beforeRequest(String call, TransactionClass transactionClass) {}

    /**
     * The content of a download is about to be read.
     *
     * @param bytes as many as its answer announces
     * @throws B2CapExceededException if it must not be; the connection is cut then
     */
    default void beforeContent(String call, long bytes) {}

    /** The gate for the last look behind a change, for which something may have been kept; this one if not. */
    default RequestGate ofLook() {
        return this;
    }

    /** A gate that lets pass what this one and then another one lets pass. */
    default RequestGate and(RequestGate other) {
        if (this == OPEN || other == OPEN) {
            return this == OPEN ? other : this;
        }
        RequestGate first = this;
        return new RequestGate() {
            @Override
            public void beforeRequest(String call, TransactionClass transactionClass) {
                first.beforeRequest(call, transactionClass);
                other.beforeRequest(call, transactionClass);
            }

            @Override
            public void beforeContent(String call, long bytes) {
                first.beforeContent(call, bytes);
                other.beforeContent(call, bytes);
            }

            @Override
            public RequestGate ofLook() {
                return first.ofLook().and(other.ofLook());
            }
        };
    }
}
