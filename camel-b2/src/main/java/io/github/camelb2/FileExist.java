// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

/** What uploads and copies do where there is a file of that name. */
public enum FileExist {
    /** They store another version, which hides the older one. */
    Override,

    /** They fail. */
    Fail,

    /** They store nothing, and say so. */
    Ignore
}
