// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * Application keys and download authorizations as B2 answers them.
 *
 * <p>Everything here is immutable. Words of B2's open sets are wrapped strings, so that new ones survive unchanged.
 */
@NullMarked
package io.github.camelb2.client.model.key;

import org.jspecify.annotations.NullMarked;
