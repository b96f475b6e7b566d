// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.file;

import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a file version is: an upload, an unfinished large file, a hide marker, or a folder of a listing. Words that this client does not know survive unchanged. */
public record Action(@JsonValue String name) {
    public static final Action UPLOAD = new Action("upload");
    public static final Action COPY = new Action("copy");
    public static final Action START = new Action("start");
    public static final Action HIDE = new Action("hide");
    public static final Action FOLDER = new Action("folder");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Action {
        Objects.requireNonNull(name, "name");
    }

    @Override
    public String toString() {
        return name;
    }
}
