// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * Parts of large files, and the addresses that uploads go to.
 *
 * <p>Everything here is immutable. Words of B2's open sets are wrapped strings, so that new ones survive unchanged.
 */
@NullMarked
package io.github.camelb2.client.model.large;

import org.jspecify.annotations.NullMarked;
