// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

import java.time.InstantSource;

/** Which coordinator holds a sync. Thread-safe. */
public interface Epochs {
    /**
     * Begins the next epoch of a sync.
     *
     * @throws IllegalStateException if another coordinator is alive in it
     */
    Term begin(String sync, String runId);

    /** For a sync that is only coordinated from here: its epochs are times. */
    static MemoryEpochs inMemory(InstantSource clock) {
        return new MemoryEpochs(clock, System::nanoTime);
    }
}
