// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** Messages of a queue become files. */
@NullMarked
package io.github.camelb2.examples.jmstob2;

import org.jspecify.annotations.NullMarked;
