// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.filter;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import io.github.camelb2.filter.NameRule;

/**
 * The names of a file of names, one a line, relative to the root of the sync: no other takes part. Spaces around a name and
 * a slash before it have no meaning; empty lines, and those that begin with {@code #} or {@code ;}, say nothing. It holds at
 * most {@value #MOST} names. Immutable.
 */
final class NameList implements NameRule {
    /** Some 20 MiB of names as long as most are. */
    static final int MOST = 200_000;

    private final Path file;
    private final Set<String> names;
    private final Set<String> folders;

    private NameList(Path file, Set<String> names, Set<String> folders) {
        this.file = file;
        this.names = names;
        this.folders = folders;
    }

    /**
     * Reads a list.
     *
     * @throws IllegalArgumentException if it has too many names; the message names the option and what to do
     * @throws IOException              if it cannot be read
     */
    static NameList read(Path file, BufferedReader in) throws IOException {
        Set<String> names = new HashSet<>();
        Set<String> folders = new HashSet<>();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#") || text.startsWith(";")) {
                continue;
            }
            String name = text.startsWith("/") ? text.substring(1) : text;
            if (names.add(name) && names.size() > MOST) {
                throw new IllegalArgumentException("Option filesFrom=" + file + " cannot be: it has more than " + MOST
                        + " names; write fewer, or rules for them in a file for filterFrom");
            }
            for (int slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/', slash - 1)) {
                if (!folders.add(name.substring(0, slash))) {
                    break;
                }
            }
        }
        return new NameList(file, names, folders);
    }

    @Override
    public boolean excludes(String name) {
        return !names.contains(name);
    }

    @Override
    public String reason(String name) {
        return "filesFrom=" + file + ", which does not list it";
    }

    @Override
    public boolean excludesAllBelow(String folder) {
        return !folders.contains(folder);
    }
}
