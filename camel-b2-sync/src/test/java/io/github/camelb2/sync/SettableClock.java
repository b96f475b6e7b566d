// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/** The clock of the emulator in tests: the machine's, unless something is done at a time of its own. Thread-safe. */
final class SettableClock implements InstantSource {
    private volatile @Nullable Instant fixed;

    @Override
    public Instant instant() {
        Instant time = fixed;
        return time == null ? InstantSource.system().instant() : time;
    }

    /** Does something as if it were that time. */
    <T> T at(long millis, Supplier<T> task) {
        fixed = Instant.ofEpochMilli(millis);
        try {
            return task.get();
        } finally {
            fixed = null;
        }
    }
}
