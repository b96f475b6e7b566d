// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.item;

import java.io.IOException;

import io.github.camelb2.sync.plan.policy.CompareMode;

/** Tells the SHA-1 of a local file's content; asked only when {@link CompareMode#SHA1} needs it. */
@FunctionalInterface
public interface ContentSha1 {
    /** For plans that never compare content. */
    ContentSha1 NONE = file -> {
        throw new IOException("no local content to compare");
    };

    /**
     * The SHA-1 as 40 hexadecimal digits in lower case.
     *
     * @throws IOException if the file cannot be read; the path fails and the others go on
     */
    String of(ScanItem.LocalFile file) throws IOException;
}
