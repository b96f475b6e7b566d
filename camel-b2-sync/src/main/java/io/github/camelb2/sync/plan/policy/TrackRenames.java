// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.policy;

/** What makes a name that vanished and one that came the same file. */
public enum TrackRenames {
    /** Nothing: a file that moved is uploaded under its new name. */
    OFF,
    /** Their size and SHA-1. */
    SHA1,
    /** Their size and time, where no other file has the same: content is not looked at. */
    SIZE_AND_TIME
}
