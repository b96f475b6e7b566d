// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * Medians, ratios and the table that is printed.
 */
@NullMarked
package io.github.camelb2.benchmarks.report;

import org.jspecify.annotations.NullMarked;
