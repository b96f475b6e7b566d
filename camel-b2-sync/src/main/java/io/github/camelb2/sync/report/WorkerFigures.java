// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.report;

/**
 * What one worker did in a run over several machines.
 *
 * @param worker names it: its machine, its process and its context
 * @param plans  path plans that it ended well
 * @param failed path plans that failed with it
 * @param bytes  what it moved
 */
public record WorkerFigures(String worker, long plans, long failed, long bytes) {
    /** One line for people. */
    @Override
    public String toString() {
        return worker + ": " + plans + " plans, " + failed + " failed, " + bytes + " bytes";
    }

    WorkerFigures and(boolean isWell, long moved) {
        return new WorkerFigures(worker, plans + (isWell ? 1 : 0), failed + (isWell ? 0 : 1), bytes + moved);
    }
}
