// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.client;

import java.nio.file.Path;
import java.util.List;

/**
 * A task on the command line of a program under measurement: a verb and what it needs, one word each.
 *
 * <p>Both Java programs understand {@code idle} (log in and end), {@code upload BUCKET FILE NAME CONNECTIONS}, {@code download BUCKET NAME FILE CONNECTIONS},
 * {@code upload-many BUCKET DIRECTORY COUNT THREADS}, {@code download-many BUCKET DIRECTORY COUNT THREADS}, {@code read-many BUCKET COUNT THREADS}
 * and {@code list BUCKET}.
 */
record Arguments(List<String> words) {

    Arguments {
        words = List.copyOf(words);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("Name a task");
        }
    }

    static Arguments of(String... words) {
        return new Arguments(List.of(words));
    }

    String verb() {
        return words.get(0);
    }

    String word(int index) {
        if (index >= words.size()) {
            throw new IllegalArgumentException("Task " + words + " lacks its argument " + index);
        }
        return words.get(index);
    }

    /** Whether that is among them. */
    boolean has(String word) {
        return words.contains(word);
    }

    Path path(int index) {
        return Path.of(word(index));
    }

    int number(int index) {
        return Integer.parseInt(word(index));
    }

    IllegalArgumentException unknown() {
        return new IllegalArgumentException("Unknown task " + verb());
    }
}
