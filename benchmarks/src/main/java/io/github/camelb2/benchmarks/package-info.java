// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * Measures clients of B2 against the emulator: {@link io.github.camelb2.benchmarks.Benchmarks} is the program, {@code cases} what is
 * measured, {@code client} the programs that are measured, {@code process} how, and {@code report} the table.
 */
@NullMarked
package io.github.camelb2.benchmarks;

import org.jspecify.annotations.NullMarked;
