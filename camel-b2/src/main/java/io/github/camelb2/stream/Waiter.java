// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import org.jspecify.annotations.Nullable;

/** Somebody who waits until a message is safe. Called once, on a thread that must not be held. */
@FunctionalInterface
interface Waiter {
    /**
     * It is safe, or never will be.
     *
     * @param file the file that it is in, where that is stored; null while only the spool or a part has it
     * @param failure null if it is safe
     */
    void done(@Nullable StoredBatch file, @Nullable Exception failure);
}
