// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.actions;

import java.util.Objects;

/**
 * What makes one run this run.
 *
 * @param id        names it in plans, reports and messages
 * @param nowMillis the one time that ages are counted from, in milliseconds since 1970
 */
public record SyncRun(String id, long nowMillis) {
    /** Refuses a run without an id. */
    public SyncRun {
        Objects.requireNonNull(id, "id");
    }
}
