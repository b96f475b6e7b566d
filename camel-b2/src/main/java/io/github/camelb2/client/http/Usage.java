// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.util.concurrent.atomic.LongAdder;

import io.github.camelb2.client.api.TransactionClass;

/**
 * What one client has used of the service since it was made, as far as answers tell: this is the only place that counts
 * it. Thread-safe.
 */
public final class Usage {
    private final LongAdder classA = new LongAdder();
    private final LongAdder classB = new LongAdder();
    private final LongAdder classC = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder refused = new LongAdder();

    Usage() {}

    void answered(TransactionClass transactionClass, int transactions) {
        adder(transactionClass).add(transactions);
    }

    /** The service is busy. */
    void refused() {
        refused.increment();
    }

    void sent(long bytes) {
        sent.add(bytes);
    }

    void received(long bytes) {
        received.add(bytes);
    }

    private LongAdder adder(TransactionClass transactionClass) {
        return switch (transactionClass) {
            case A -> classA;
            case B -> classB;
            case C -> classC;
        };
    }

    /** Transactions of that class; every answer counts, those to tries that failed too. */
    public long transactions(TransactionClass transactionClass) {
        return adder(transactionClass).sum();
    }

    /** Bytes of files that were sent, those of tries that failed too. */
    public long bytesSent() {
        return sent.sum();
    }

    /** Bytes of files, both ways. */
    public long bytesMoved() {
        return bytesSent() + bytesReceived();
    }

    /** Answers that said that the service is busy: 429 or 503. */
    public long refusals() {
        return refused.sum();
    }

    /** Bytes of files that came, those that were dropped too. */
    public long bytesReceived() {
        return received.sum();
    }
}
