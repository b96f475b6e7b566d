// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * Decides what a sync has to do, without doing any of it: two ordered streams of names go in, one stream of path plans
 * comes out. Nothing here reads a disk, a clock or a network; the same input always gives the same plan.
 *
 * <p>{@link io.github.camelb2.sync.plan.SyncPlanner} is the way in. {@link io.github.camelb2.sync.plan.item.ScanItem} is
 * what scans deliver, {@link io.github.camelb2.sync.plan.policy.SyncPolicy} what the user chose,
 * {@link io.github.camelb2.sync.plan.actions.PathPlan} what comes out.
 */
@NullMarked
package io.github.camelb2.sync.plan;

import org.jspecify.annotations.NullMarked;
