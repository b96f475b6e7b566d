// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

/** Which versions of a file a consumer takes. */
public enum IncludeVersions {
    /** The newest version of each name. */
    latest,

    /** Every version. */
    all
}
