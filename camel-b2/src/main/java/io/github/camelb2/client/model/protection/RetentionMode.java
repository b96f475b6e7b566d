// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.protection;

import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How strictly a file version is locked. Words that this client does not know survive unchanged. */
public record RetentionMode(@JsonValue String name) {
    public static final RetentionMode GOVERNANCE = new RetentionMode("governance");
    public static final RetentionMode COMPLIANCE = new RetentionMode("compliance");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RetentionMode {
        Objects.requireNonNull(name, "name");
    }

    @Override
    public String toString() {
        return name;
    }
}
