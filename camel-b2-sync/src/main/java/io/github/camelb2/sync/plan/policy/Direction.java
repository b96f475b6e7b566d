// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.policy;

/** Where files come from and where they go. Two local directories are not synced. */
public enum Direction {
    /** A directory into a bucket. */
    LOCAL_TO_B2,
    /** A bucket into a directory. */
    B2_TO_LOCAL,
    /** A bucket into a bucket, by copies that B2 makes. */
    B2_TO_B2;

    /** Whether the destination is a directory of this machine. */
    public boolean isToLocal() {
        return this == B2_TO_LOCAL;
    }
}
