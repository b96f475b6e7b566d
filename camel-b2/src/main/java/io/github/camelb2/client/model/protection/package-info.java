// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * What keeps a version from being deleted or read by others: file lock, retention, legal hold, encryption.
 *
 * <p>Everything here is immutable. Words of B2's open sets are wrapped strings, so that new ones survive unchanged.
 */
@NullMarked
package io.github.camelb2.client.model.protection;

import org.jspecify.annotations.NullMarked;
