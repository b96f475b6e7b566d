// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** Micrometer meters of everything that {@link io.github.camelb2.observe.B2Observer} hears, where Micrometer is there. */
@NullMarked
package io.github.camelb2.metrics;

import org.jspecify.annotations.NullMarked;
