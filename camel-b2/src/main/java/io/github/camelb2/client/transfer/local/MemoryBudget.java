// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.local;

import java.util.concurrent.atomic.AtomicLong;

import io.github.camelb2.client.transfer.plan.TransferOptions.StreamMemory;

/**
 * How much content a client holds in memory instead of on disk, so that neither the length nor the number of transfers
 * makes it grow. Thread-safe.
 */
public final class MemoryBudget {
    private final AtomicLong held = new AtomicLong();

    /** Whether the limits leave room for so many bytes; if so, they are taken until {@link #giveBack}. */
    public boolean tryTake(long bytes, StreamMemory limits) {
        if (bytes > limits.each()) {
            return false;
        }
        if (held.addAndGet(bytes) <= limits.all()) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    /** What was taken is needed no longer. */
    public void giveBack(long bytes) {
        held.addAndGet(-bytes);
    }
}
