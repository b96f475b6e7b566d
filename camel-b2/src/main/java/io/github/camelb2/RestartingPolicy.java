// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

/** What streaming uploads do with names that the bucket has already. */
public enum RestartingPolicy {
    /** Numbers begin anew with every start: a new version is stored over what has the name. */
    override,
    /** Numbers go on behind the last one that the bucket has: no file that is there is covered by a new version. */
    lastPart
}
