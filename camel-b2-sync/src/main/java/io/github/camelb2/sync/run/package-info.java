// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * One run's life: its phases, its workers, what was issued and how it ended.
 *
 * <p>{@link io.github.camelb2.sync.run.SyncEngine} joins scans, planner and executor to a
 * {@link io.github.camelb2.sync.run.SyncSession}, which is one run from the first look to the report.
 */
@NullMarked
package io.github.camelb2.sync.run;

import org.jspecify.annotations.NullMarked;
