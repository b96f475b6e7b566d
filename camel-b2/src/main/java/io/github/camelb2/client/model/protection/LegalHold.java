// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.protection;

import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Whether a file version is under legal hold. Words that this client does not know survive unchanged. */
public record LegalHold(@JsonValue String name) {
    public static final LegalHold ON = new LegalHold("on");
    public static final LegalHold OFF = new LegalHold("off");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public LegalHold {
        Objects.requireNonNull(name, "name");
    }

    @Override
    public String toString() {
        return name;
    }
}
