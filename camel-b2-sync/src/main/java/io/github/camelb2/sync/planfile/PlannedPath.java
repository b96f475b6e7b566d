// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.planfile;

import io.github.camelb2.sync.plan.actions.PathPlan;

/**
 * One line of a plan.
 *
 * @param plan what is done to a path
 * @param mark tells the local file that is read from others of its size and time; empty where there is none, or nobody knows
 */
public record PlannedPath(PathPlan plan, String mark) {}
