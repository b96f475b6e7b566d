// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Lets the threads of a client change one name after the other, where the change depends on what is there. A fixed number
 * of locks, so that some names share one. Thread-safe.
 */
public final class NameLocks {
    private static final int LOCKS = 64;

    private final Lock[] locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(Lock[]::new);

    /** The lock of that name, which its holder keeps across calls: whoever waits for it needs their result. */
    public Lock of(String bucketId, String fileName) {
        return locks[Math.floorMod(31 * bucketId.hashCode() + fileName.hashCode(), LOCKS)];
    }
}
