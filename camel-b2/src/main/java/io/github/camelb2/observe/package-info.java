// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * What is told of the work of a context's B2 endpoints: {@link io.github.camelb2.observe.B2Observer} is what hears it, and
 * {@link io.github.camelb2.observe.B2Observers} knows all who do.
 */
@NullMarked
package io.github.camelb2.observe;

import org.jspecify.annotations.NullMarked;
