// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.item;

/** Whose key a version is encrypted with, as the listing says it. */
public enum ContentKey {
    /** B2's, or none: nobody needs a key to read it. */
    B2,
    /** The customer's: reading needs it. */
    CUSTOMER,
    /** The listing did not say; whoever reads asks. */
    UNKNOWN
}
