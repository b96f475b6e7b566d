// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** Plans as JSON, for the way to another JVM and for the place where removals wait. */
@NullMarked
package io.github.camelb2.sync.wire;

import org.jspecify.annotations.NullMarked;
