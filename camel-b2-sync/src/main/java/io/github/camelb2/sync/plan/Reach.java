package io.github.camelb2.sync.plan;

/** How far a refused or excluded name reaches, and where it stands in the order of a scan. */
public enum Reach {
    /** The name itself; it stands where a file of that name stands. */
    NAME,
    /** Everything below the name, which is a directory; it stands where the directory's first file would. */
    TREE
}
