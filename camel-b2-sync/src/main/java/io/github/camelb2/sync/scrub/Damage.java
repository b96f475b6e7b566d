// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scrub;

/**
 * A version that does not hold what its recorded digest says, or cannot be read.
 *
 * @param path   the relative path
 * @param fileId the version
 * @param size   its bytes
 * @param sha1   the recorded digest
 * @param what   one sentence for a person: what was read, and what became of it
 * @param state  what became of it
 */
public record Damage(String path, String fileId, long size, String sha1, String what, State state) {
    /** What became of damage. */
    public enum State {
        /** The good content was stored as a new version. */
        REPAIRED,
        /** It is as it was. */
        LEFT
    }
}
