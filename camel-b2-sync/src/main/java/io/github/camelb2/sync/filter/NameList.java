// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.filter;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.filter.NameRule;
import io.github.camelb2.sync.plan.actions.ShellQuoting;
import io.github.camelb2.sync.plan.actions.ShownText;

/**
 * The names of a file of names, one a line, relative to the root of the sync: no other takes part. Each line is a name as it
 * is, with the blanks at its ends, and with a {@code #} that other programs take for the beginning of a comment: what is
 * listed must not be left out. Only a slash before a name has no meaning, and empty lines say nothing. It holds at most
 * {@value #MOST} names. Immutable.
 */
final class NameList implements NameRule {
    private static final Logger LOG = LoggerFactory.getLogger(NameList.class);

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
        String unusual = "";
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isEmpty()) {
                continue;
            }
            if (unusual.isEmpty() && isUnusual(line)) {
                unusual = line;
            }
            String name = line.startsWith("/") ? line.substring(1) : line;
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
        if (!unusual.isEmpty()) {
            LOG.warn(
                    "filesFrom={} has the line {}, which is taken as the name of a file as it is, and so is each line: there"
                            + " are no comments, and blanks belong to the name",
                    file,
                    ShownText.of(ShellQuoting.quote(unusual)));
        }
        return new NameList(file, names, folders);
    }

    /** Whether other programs take it for a comment, or for another name. */
    private static boolean isUnusual(String line) {
        return line.startsWith("#") || line.startsWith(";") || !line.equals(line.strip());
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
