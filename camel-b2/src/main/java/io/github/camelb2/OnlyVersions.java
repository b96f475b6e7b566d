// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

/** Which versions of a name are deleted. */
public enum OnlyVersions {
    /** Every version and hide marker. */
    all,

    /** Those whose name has a newer version or hide marker. */
    old
}
