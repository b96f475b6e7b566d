// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.check;

/** What a check says of one name. The signs are those of {@code rclone check --combined}. */
public enum Verdict {
    /** Both sides have the same, as far as was looked. */
    EQUAL("equal", '='),
    /** Both sides have the name, and not the same. */
    DIFFERENT("different", '*'),
    /** The destination lacks it. */
    MISSING("missing", '+'),
    /** The source lacks it. */
    EXTRA("extra", '-'),
    /** It could not be compared: nothing is known. */
    UNKNOWN("unknown", '!');

    private final String word;
    private final char sign;

    Verdict(String word, char sign) {
        this.word = word;
        this.sign = sign;
    }

    /** The word in lines of JSON. */
    public String word() {
        return word;
    }

    /** The sign in combined files. */
    public char sign() {
        return sign;
    }
}
