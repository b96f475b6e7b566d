// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.file;

import org.jspecify.annotations.Nullable;

/** Tells numbers and digests from other texts; asked for each file, where a regular expression is what costs. */
public final class Digits {
    /** How many hex digits a SHA-1 has. */
    public static final int OF_SHA1 = 40;

    /** No more fit into a long for certain. */
    private static final int MOST_DECIMAL = 18;

    private Digits() {}

    /** Whether it is a SHA-1 as B2 spells it: 40 hex digits of either case. */
    public static boolean areSha1(@Nullable String text) {
        if (text == null || text.length() != OF_SHA1) {
            return false;
        }
        for (int i = 0; i < OF_SHA1; i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F')) {
                return false;
            }
        }
        return true;
    }

    /** Whether any of them is a capital letter; looking is cheaper than converting what needs none. */
    static boolean haveUpperCase(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) >= 'A' && digits.charAt(i) <= 'Z') {
                return true;
            }
        }
        return false;
    }

    /** Whether it is a whole number of at most 18 digits, with a minus or without. */
    public static boolean areWholeNumber(@Nullable String text) {
        if (text == null) {
            return false;
        }
        int start = text.startsWith("-") ? 1 : 0;
        int count = text.length() - start;
        if (count < 1 || count > MOST_DECIMAL) {
            return false;
        }
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
