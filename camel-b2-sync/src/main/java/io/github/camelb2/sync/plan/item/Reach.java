// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.item;

/** How far a refused or excluded name reaches, and where it stands in the order of a scan. */
public enum Reach {
    /** The name itself; it stands where a file of that name stands. */
    NAME,
    /** Everything below the name, which is a directory; it stands where the directory's first file would. */
    TREE,
    /**
     * As {@link #TREE}, of a directory that was read and has entries whose names nobody can tell: any name that is missing
     * there may be one of these, and what was listed can be trusted.
     */
    UNNAMED,
    /** Nothing: something is only told of it. It stands where a file of that name stands. */
    NOTHING;

    /** Whether it is a directory with all below it. */
    public boolean isOfTree() {
        return this == TREE || this == UNNAMED;
    }
}
