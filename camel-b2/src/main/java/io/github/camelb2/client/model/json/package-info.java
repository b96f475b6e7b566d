// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * How answers of B2 are read: strictly where a member is needed, and without a word about members that are unknown.
 *
 * <p>Members that this client does not know are ignored.
 */
@NullMarked
package io.github.camelb2.client.model.json;

import org.jspecify.annotations.NullMarked;
