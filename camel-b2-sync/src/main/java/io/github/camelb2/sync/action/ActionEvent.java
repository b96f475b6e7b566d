// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.actions.SyncAction;

/**
 * One action that is finished.
 *
 * @param runId   the run
 * @param action  what was done, or would be in a dry run
 * @param fileId  the version made or deleted; empty for local deletes, dry runs and failures
 * @param failure why it failed; null when it did not
 */
public record ActionEvent(
        String runId,
        SyncAction action,
        String fileId,
        @Nullable Exception failure) {}
