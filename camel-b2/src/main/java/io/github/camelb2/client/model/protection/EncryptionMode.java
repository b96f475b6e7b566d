// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.protection;

import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How B2 encrypts a file at rest. Words that this client does not know survive unchanged. */
public record EncryptionMode(@JsonValue String name) {
    public static final EncryptionMode SSE_B2 = new EncryptionMode("SSE-B2");
    public static final EncryptionMode SSE_C = new EncryptionMode("SSE-C");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public EncryptionMode {
        Objects.requireNonNull(name, "name");
    }

    @Override
    public String toString() {
        return name;
    }
}
