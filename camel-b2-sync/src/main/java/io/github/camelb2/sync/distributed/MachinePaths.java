// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes the paths of a machine out of what it tells others: below the directories that it works on, what is left is the
 * path relative to them; of any other absolute path, its last name. So are ids of keys and accounts. Immutable.
 */
public final class MachinePaths {
    /** A path of whatever system that begins where a word begins; addresses of the web have something before the slash. */
    private static final Pattern ABSOLUTE =
            Pattern.compile("(?<![\\w/\\\\:.…])(?:/|[A-Za-z]:[/\\\\]|\\\\\\\\)[^\\s\"'<>|;,()]*");

    /** Ids of application keys, which contain that of their account, and what the client calls so. */
    private static final Pattern KEY_ID = Pattern.compile(
            "(?<=\\bkey id )(?=[^\\s:]*[0-9])[^\\s:,;()]+|(?<=\\baccount(?: id)? )[0-9a-f]{12}\\b|(?<![\\w])[0-9a-f]{15}[0-9]{10}(?![\\w])");

    private final List<String> directories;

    /** @param directories what the machine works on */
    public MachinePaths(Collection<Path> directories) {
        this.directories = directories.stream()
                .flatMap(MachinePaths::names)
                .map(Path::toString)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** As the user wrote it, and as the system calls it. */
    private static Stream<Path> names(Path directory) {
        Path whole = directory.toAbsolutePath().normalize();
        if (whole.getNameCount() == 0) {
            return Stream.empty();
        }
        try {
            return Stream.of(whole, whole.toRealPath());
        } catch (IOException e) {
            // It is not there, and then it has no other name.
            return Stream.of(whole);
        }
    }

    /** The text without them. */
    public String without(String text) {
        String relative = text;
        for (String directory : directories) {
            relative = Pattern.compile(Pattern.quote(directory) + "(?:[/\\\\](?=\\S)|(?![^\\s\"'<>|;,():]))")
                    .matcher(relative)
                    .replaceAll(found -> found.group().length() == directory.length() ? "the directory" : "");
        }
        relative = KEY_ID.matcher(relative).replaceAll("…");
        return ABSOLUTE.matcher(relative).replaceAll(found -> Matcher.quoteReplacement(lastName(found.group())));
    }

    private static String lastName(String path) {
        String rest = path.replaceAll("[/\\\\:.]+$", "");
        int last = Math.max(rest.lastIndexOf('/'), rest.lastIndexOf('\\'));
        // A lone slash is a word between others.
        return last < 0 ? path : "…/" + rest.substring(last + 1) + path.substring(rest.length());
    }
}
