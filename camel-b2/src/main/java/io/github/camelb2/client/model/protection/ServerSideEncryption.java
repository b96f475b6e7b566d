// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.protection;

import java.io.IOException;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonParser;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.model.json.Tokens;

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

    /**
     * Reads a member of an answer.
     *
     * @throws IOException if it is not of that form
     */
    public static ServerSideEncryption read(JsonParser json) throws IOException {
        Tokens.start(json);
        EncryptionMode mode = null;
        String algorithm = null;
        for (String name = Tokens.next(json); name != null; name = Tokens.next(json)) {
            switch (name) {
                case "mode" -> mode = new EncryptionMode(Tokens.text(json));
                case "algorithm" -> algorithm = Tokens.text(json);
                default -> json.skipChildren();
            }
        }
        return new ServerSideEncryption(mode, algorithm);
    }

    /** The mode, empty when it is not encrypted. */
    public Optional<EncryptionMode> findMode() {
        return Optional.ofNullable(mode);
    }
}
