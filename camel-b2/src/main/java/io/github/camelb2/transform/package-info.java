// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** Data types that messages of {@code b2:} can be turned into. */
@NullMarked
package io.github.camelb2.transform;

import org.jspecify.annotations.NullMarked;
