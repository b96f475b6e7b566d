// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/** Counts what a stream has done since it was started. Thread-safe. */
final class StreamFigures {
    private final AtomicLong added = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong recovered = new AtomicLong();
    private final AtomicLong storedMessages = new AtomicLong();
    private final AtomicLong storedFiles = new AtomicLong();
    private final AtomicLong storedParts = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong waits = new AtomicLong();
    private volatile @Nullable String lastFailure;

    void added(boolean isRepeated) {
        added.incrementAndGet();
        repeated.addAndGet(isRepeated ? 1 : 0);
    }

    /** The messages of a file that may be there twice. */
    void repeatedFile(long messages) {
        repeated.addAndGet(messages);
    }

    void recovered(long messages) {
        recovered.addAndGet(messages);
    }

    void stored(long messages) {
        storedFiles.incrementAndGet();
        storedMessages.addAndGet(messages);
        lastFailure = null;
    }

    void storedPart() {
        storedParts.incrementAndGet();
        lastFailure = null;
    }

    /** Counts a failure; answers whether it is the first since something was stored. */
    boolean failed(Exception failure) {
        failures.incrementAndGet();
        boolean isFirst = lastFailure == null;
        lastFailure = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return isFirst;
    }

    void waited() {
        waits.incrementAndGet();
    }

    long added() {
        return added.get();
    }

    long repeated() {
        return repeated.get();
    }

    long recovered() {
        return recovered.get();
    }

    long storedMessages() {
        return storedMessages.get();
    }

    long storedFiles() {
        return storedFiles.get();
    }

    long storedParts() {
        return storedParts.get();
    }

    long failures() {
        return failures.get();
    }

    /** How often somebody found the spool full and waited. */
    long waits() {
        return waits.get();
    }

    /** What went wrong last; empty since something was stored. */
    Optional<String> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }
}
