// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.policy;

/** What happens at the destination to files that the source does not have, and to old versions. */
public enum KeepMode {
    /** Nothing. */
    NO_DELETE,
    /** They are deleted at once, with all their versions. */
    DELETE,
    /** They are hidden at once and deleted when they are older than the days to keep; buckets only. */
    KEEP_BEFORE_DELETE
}
