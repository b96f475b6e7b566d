// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator;

import java.util.function.LongSupplier;

/**
 * Gives memory back when nobody asks for anything: what a burst of requests left in the heap is tidied up only when more is needed, so it would
 * stay resident for as long as the emulator runs. For processes of its own; in the JVM of a test it has nothing to say. Not for use by several
 * threads.
 */
final class QuietMemory {

    private final LongSupplier requests;
    private final Runnable tidying;
    private long seen;
    private long tidied = -1;

    /**
     * Looks after a process.
     *
     * @param requests how many requests have begun
     * @param tidying what gives memory back, for some hundredths of a second
     */
    QuietMemory(LongSupplier requests, Runnable tidying) {
        this.requests = requests;
        this.tidying = tidying;
    }

    /** To be called every few seconds: tidies up once after each time in which there were requests, and at first. */
    void look() {
        long now = requests.getAsLong();
        boolean isQuiet = now == seen;
        seen = now;
        if (isQuiet && tidied != now) {
            tidying.run();
            tidied = now;
        }
    }
}
