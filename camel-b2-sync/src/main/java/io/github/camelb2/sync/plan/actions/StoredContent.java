// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.actions;

import io.github.camelb2.sync.plan.item.RemoteVersion;

/**
 * What a version in a bucket holds, as far as a listing tells it.
 *
 * @param size           bytes; negative when nobody knows
 * @param modifiedMillis the time of its source where that is known, else of its upload
 * @param uploadMillis   when it was stored; 0 when nobody knows
 * @param sha1           40 hexadecimal digits in lower case; empty when nobody knows
 */
public record StoredContent(long size, long modifiedMillis, long uploadMillis, String sha1) {
    /** Nobody knows. */
    public static final StoredContent UNKNOWN = new StoredContent(-1, -1, 0, "");

    /** That of a listed version. */
    public static StoredContent of(RemoteVersion version) {
        return new StoredContent(version.size(), version.modifiedMillis(), version.uploadMillis(), version.sha1());
    }

    /** Whether nothing but its upload has given it a time: then its source had another. */
    public boolean hasNoTimeOfItsOwn() {
        return modifiedMillis == uploadMillis;
    }
}
