// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

import java.util.Optional;

/** The time for which one coordinator holds a sync. Thread-safe. */
public interface Term {
    /** Later than that of every run of this name before. */
    long epoch();

    /** What is known of a run before that did not come to its end; empty if none. */
    Optional<String> unfinished();

    /**
     * Says that the coordinator lives.
     *
     * @param state how far the run is
     * @return false if another has taken the sync over
     */
    boolean holds(String state);

    /** The run has ended. */
    void end();
}
