// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.actions;

/** The kinds of action, as the report counts them and the header {@code CamelB2SyncAction} names them. */
public enum ActionKind {
    /** A local file goes to B2, as a whole or only its new end. */
    UPLOAD("upload"),
    /** A version comes from B2. */
    DOWNLOAD("download"),
    /** B2 copies a version. */
    COPY("copy"),
    /** B2 copies the version of a name that vanished, whose content is that of a file that came. */
    RENAME("rename"),
    /** The same, by size and time alone. */
    RENAME_BY_TIME("renameByTime"),
    /** A hide marker is put on a name. */
    HIDE("hide"),
    /** A version is deleted for good. */
    DELETE("delete"),
    /** A file of this machine is deleted. */
    DELETE_LOCAL("deleteLocal");

    private final String word;

    ActionKind(String word) {
        this.word = word;
    }

    /** The word in headers and reports. */
    public String word() {
        return word;
    }

    /** Whether an action of this kind takes something away from the destination. */
    public boolean isDestructive() {
        return this == HIDE || this == DELETE || this == DELETE_LOCAL;
    }
}
