// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.TransactionClass;

/** Counts answered requests by price class. Thread-safe. */
final class TransactionCounters implements ClientListener {
    private final Map<TransactionClass, LongAdder> counters = new EnumMap<>(TransactionClass.class);

    TransactionCounters() {
        for (TransactionClass each : TransactionClass.values()) {
            counters.put(each, new LongAdder());
        }
    }

    @Override
    public void onRequest(String call, TransactionClass transactionClass, int status, int attempt, Duration took) {
        if (status != 0) {
            counter(transactionClass).increment();
        }
    }

    TransactionCounts read() {
        return new TransactionCounts(
                counter(TransactionClass.A).sum(),
                counter(TransactionClass.B).sum(),
                counter(TransactionClass.C).sum());
    }

    private LongAdder counter(TransactionClass transactionClass) {
        return counters.computeIfAbsent(transactionClass, any -> new LongAdder());
    }
}
