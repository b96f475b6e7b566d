// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * Does one thing of a plan at a time and answers what came of it: uploads, copies, downloads, removals.
 *
 * <p>{@link io.github.camelb2.sync.action.ActionRunner} does the actions of a direction; the two kinds of side are
 * {@link io.github.camelb2.sync.action.LocalSide} and {@link io.github.camelb2.sync.action.BucketSide}. Nothing here
 * knows of runs.
 */
@NullMarked
package io.github.camelb2.sync.action;

import org.jspecify.annotations.NullMarked;
