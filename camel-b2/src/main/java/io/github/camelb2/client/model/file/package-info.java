// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * Versions of files as B2 answers them, their names and information, and the rules of names.
 *
 * <p>Everything here is immutable. Words of B2's open sets are wrapped strings, so that new ones survive unchanged.
 */
@NullMarked
package io.github.camelb2.client.model.file;

import org.jspecify.annotations.NullMarked;
