// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * Copies of any size inside B2, and files that are put together from pieces of this machine and of B2.
 *
 * <p>{@code Copier} copies one file, {@code Concatenator} makes one of several {@link
 * io.github.camelb2.client.transfer.copy.Piece pieces} as {@code EmergePlan} cuts them.
 */
@NullMarked
package io.github.camelb2.client.transfer.copy;

import org.jspecify.annotations.NullMarked;
