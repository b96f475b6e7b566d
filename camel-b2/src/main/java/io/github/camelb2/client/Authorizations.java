// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How often a client logged in.
 *
 * @param made logins that B2 granted
 * @param latest when the last of them was granted, null when there was none
 */
public record Authorizations(long made, @Nullable Instant latest) {
    static final Authorizations NONE = new Authorizations(0, null);
}
