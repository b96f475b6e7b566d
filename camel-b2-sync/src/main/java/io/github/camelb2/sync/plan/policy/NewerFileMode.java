// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.policy;

/** What happens to a file whose destination is newer than its source; only asked when times are compared. */
public enum NewerFileMode {
    /** The file fails, the others go on. */
    RAISE_ERROR,
    /** The destination stays as it is. */
    SKIP,
    /** The older source replaces the newer destination. */
    REPLACE
}
