// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

/**
 * A large file that a worker has begun and nobody is known to have finished.
 *
 * @param fileId   its id
 * @param planId   the plan that it was begun for; {@link #OF_OTHER_RUN} if that was one of another run
 * @param path     where it is to lie below the destination
 * @param isStored whether another version was stored for that plan, so that nobody wants this one
 */
public record BegunFile(String fileId, long planId, String path, boolean isStored) {
    /** No plan has that number. */
    public static final long OF_OTHER_RUN = 0;

    BegunFile stored() {
        return new BegunFile(fileId, planId, path, true);
    }
}
