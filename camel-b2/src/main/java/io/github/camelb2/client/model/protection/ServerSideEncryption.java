// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.protection;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * How something is encrypted at rest, as B2 answers it: never with a key.
 *
 * @param mode SSE-B2 or SSE-C, null when it is not encrypted
 * @param algorithm {@code AES256}, null when it is not encrypted
 */
public record ServerSideEncryption(
        @Nullable EncryptionMode mode, @Nullable String algorithm) {
    /** Not encrypted. */
    public static final ServerSideEncryption NONE = new ServerSideEncryption(null, null);

    /** The mode, empty when it is not encrypted. */
    public Optional<EncryptionMode> findMode() {
        return Optional.ofNullable(mode);
    }
}
