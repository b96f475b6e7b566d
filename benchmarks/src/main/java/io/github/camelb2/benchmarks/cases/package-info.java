// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * One class per thing that is measured.
 */
@NullMarked
package io.github.camelb2.benchmarks.cases;

import org.jspecify.annotations.NullMarked;
