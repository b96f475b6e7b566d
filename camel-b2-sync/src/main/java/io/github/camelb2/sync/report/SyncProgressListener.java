// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.report;

/** Hears the figures of runs; called from one thread at a time, a few times a second and once at the end of each run. */
@FunctionalInterface
public interface SyncProgressListener {
    /** Hears nothing. */
    SyncProgressListener NONE = (name, progress) -> {};

    /** New figures of the run of the endpoint with that name; must be quick, and what it throws is logged and dropped. */
    void onProgress(String name, SyncProgress progress);

    /** A run ended, behind its last figures; told once for each run, and what it throws is logged and dropped. */
    default void onEnd(SyncReport report, SyncProgress figures) {}
}
