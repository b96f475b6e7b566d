// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * What is billed, and what it costs.
 *
 * <p>{@link io.github.camelb2.client.cost.Bill} is what was or will be used; {@link
 * io.github.camelb2.client.cost.CostModel} turns it into money.
 */
@NullMarked
package io.github.camelb2.client.cost;

import org.jspecify.annotations.NullMarked;
