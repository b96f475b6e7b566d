// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan;

import io.github.camelb2.sync.plan.actions.Expected;
import io.github.camelb2.sync.plan.actions.StoredContent;

/** Remembers what is about to go by its size and its SHA-1, in bounded memory. A mistake only means one more look. */
final class GoingContents {
    private final ContentFilter sizes = ContentFilter.ofSizes();
    private final ContentFilter withoutTime = ContentFilter.ofSizes();
    private final ContentFilter withoutSha1 = ContentFilter.ofSizes();
    private final ContentFilter digests = new ContentFilter();

    void add(StoredContent version) {
        sizes.add(version.size(), 0);
        if (version.hasNoTimeOfItsOwn()) {
            withoutTime.add(version.size(), 0);
        }
        if (version.sha1().isEmpty()) {
            withoutSha1.add(version.size(), 0);
        } else {
            digests.add(version.sha1(), version.size(), 0);
        }
    }

    /** Its content is read only where something may hold the same. */
    void add(Expected.LocalCopy file) {
        sizes.add(file.size(), 0);
        withoutTime.add(file.size(), 0);
        withoutSha1.add(file.size(), 0);
    }

    boolean hasSize(long size) {
        return sizes.mayContain(size, 0);
    }

    /** Whether something of that size goes whose time is not that of its source. */
    boolean hasSizeWithoutTime(long size) {
        return withoutTime.mayContain(size, 0);
    }

    /** Whether something of that size goes that may hold this; an empty digest is unknown. */
    boolean mayBe(long size, String sha1) {
        return sha1.isEmpty() ? hasSize(size) : withoutSha1.mayContain(size, 0) || digests.mayContain(sha1, size, 0);
    }
}
