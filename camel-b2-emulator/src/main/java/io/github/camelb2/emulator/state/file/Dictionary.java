// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts that many versions share: content types, names of info, ways of encryption. It only grows, up to a limit; other texts then stand where
 * they are used. Guarded by the account's lock.
 */
final class Dictionary {

    private static final int MAX_WORDS = 4_096;
    private static final int MAX_LENGTH = 100;

    private final List<String> words = new ArrayList<>();
    private final Map<String, Integer> codes = new HashMap<>();

    /** The number of a text, which is added if there is room; -1 if there is none. */
    int code(String word) {
        Integer known = codes.get(word);
        if (known != null) {
            return known;
        }
        if (words.size() >= MAX_WORDS || word.length() > MAX_LENGTH) {
            return -1;
        }
        add(word);
        return words.size() - 1;
    }

    void add(String word) {
        codes.put(word, words.size());
        words.add(word);
    }

    String word(int code) {
        return words.get(code);
    }

    List<String> words() {
        return words;
    }
}
