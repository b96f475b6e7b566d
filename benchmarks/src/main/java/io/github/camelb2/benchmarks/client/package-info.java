// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * The programs under measurement: each is the main class of a JVM of its own.
 */
@NullMarked
package io.github.camelb2.benchmarks.client;

import org.jspecify.annotations.NullMarked;
