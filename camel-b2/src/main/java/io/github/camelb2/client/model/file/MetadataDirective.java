// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.file;

import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Whether a copy keeps the metadata of its source or gets new ones. Words that this client does not know survive unchanged. */
public record MetadataDirective(@JsonValue String name) {
    public static final MetadataDirective COPY = new MetadataDirective("COPY");
    public static final MetadataDirective REPLACE = new MetadataDirective("REPLACE");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public MetadataDirective {
        Objects.requireNonNull(name, "name");
    }

    @Override
    public String toString() {
        return name;
    }
}
