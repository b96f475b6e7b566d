// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.check;

/** How much a check looks at. */
public enum Verify {
    /** What a listing and a directory tell: what a sync compares, as {@code compareMode} says. */
    METADATA("metadata"),
    /** Sizes, and the SHA-1 that B2 keeps against that of the local file, which is read; nothing is downloaded. */
    DIGEST("digest"),
    /** Sizes, and the content of both sides: everything is read, downloads are billed. */
    CONTENT("content");

    private final String word;

    Verify(String word) {
        this.word = word;
    }

    /** The word in options and reports. */
    public String word() {
        return word;
    }
}
