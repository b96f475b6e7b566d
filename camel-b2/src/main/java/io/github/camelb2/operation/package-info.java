// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * What a {@code b2:} producer can do.
 *
 * <ul>
 *   <li>{@link io.github.camelb2.operation.Operations} is the table of operations.
 *   <li>{@link io.github.camelb2.operation.OperationRunner} takes a message through one.
 * </ul>
 */
@NullMarked
package io.github.camelb2.operation;

import org.jspecify.annotations.NullMarked;
