// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * The {@code b2-sync:} component: endpoints, producer and consumer, the {@code b2-sync} and {@code b2-file-upload} route
 * templates, and what joins them to the planner and the executors.
 *
 * <p>{@link io.github.camelb2.sync.option.SyncOptions} turns options into values and refuses wrong ones;
 * {@link io.github.camelb2.sync.launch.SyncRuns} knows the runs that are under way.
 */
@NullMarked
package io.github.camelb2.sync;

import org.jspecify.annotations.NullMarked;
