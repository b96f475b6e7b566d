// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan;

/** What a directory is in which there is nothing at all. */
public enum EmptyDirectories {
    /** Nothing. */
    PASSED_BY,
    /** An empty file of the name of a marker, with the time of the directory. */
    STORED
}
