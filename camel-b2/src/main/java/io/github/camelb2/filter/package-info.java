// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * Which files an operation, a consumer or a sync is about: {@link io.github.camelb2.filter.FileFilter} asks rules for names,
 * and bounds of size and age, in one order, and says which of them leaves a file out.
 */
@NullMarked
package io.github.camelb2.filter;

import org.jspecify.annotations.NullMarked;
