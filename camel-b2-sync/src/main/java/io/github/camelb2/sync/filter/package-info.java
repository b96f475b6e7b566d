// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * The files that say which names a sync is about, and why one is or is not.
 *
 * <ul>
 *   <li>{@link io.github.camelb2.sync.filter.FilterRules} are the lines of {@code filterFrom}, each with a glob of
 *       rclone's kind; {@link io.github.camelb2.sync.filter.NameList} holds the names of {@code filesFrom}.
 *   <li>{@link io.github.camelb2.sync.filter.FilterFiles} reads both when a run begins, if they have changed.
 *   <li>{@link io.github.camelb2.sync.filter.Explanation} is what {@code mode=explain} answers.
 * </ul>
 */
@NullMarked
package io.github.camelb2.sync.filter;

import org.jspecify.annotations.NullMarked;
