// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * What becomes of a version once its exchange has ended: {@link io.github.camelb2.poll.after.AfterRead} does one thing to one
 * version, {@link io.github.camelb2.poll.after.AfterExchange} decides when.
 */
@NullMarked
package io.github.camelb2.poll.after;

import org.jspecify.annotations.NullMarked;
