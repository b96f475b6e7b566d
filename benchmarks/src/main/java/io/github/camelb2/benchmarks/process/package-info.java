// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * Child processes and what they cost: wall time, processor time and memory.
 */
@NullMarked
package io.github.camelb2.benchmarks.process;

import org.jspecify.annotations.NullMarked;
