// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.filter;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.filter.NameRule;

/**
 * The lines of a file of filters, in rclone's notation: {@code + glob} lets a name take part, {@code - glob} leaves it out,
 * {@code !} forgets the lines before it. Blanks at the ends of a line say nothing, and one behind the sign does not belong
 * to the glob; any further one does. The first line that matches decides; what none matches takes part. Empty lines,
 * and those that begin with {@code #} or {@code ;}, say nothing.
 *
 * <p>As rclone does, it asks the same of each directory above a name: {@code - dir/} leaves out everything below, and so
 * does {@code - *}, unless a line above it lets names take part that may be there. {@code + dir/} lets a directory be looked
 * into, and no file take part. Thread-safe.
 */
final class FilterRules implements NameRule {
    private static final char NEXT_LINE = 0x85;

    private record Line(int number, String text, boolean includes, Glob glob) {
        Line with(Glob other) {
            return new Line(number, text, includes, other);
        }
    }

    /** The line that leaves out a directory, or one above it; null where none does. */
    private record Verdict(String folder, @Nullable Line line) {}

    private final Path file;
    /** Asked of names. */
    private final List<Line> lines = new ArrayList<>();
    /** Asked of directories, with a slash at their end. */
    private final List<Line> folders = new ArrayList<>();
    /** Names come directory by directory. */
    private volatile Verdict last = new Verdict("", null);

    private FilterRules(Path file) {
        this.file = file;
    }

    /** @throws IllegalArgumentException if a line is no rule; the message names the option, the file and the line */
    static FilterRules parse(Path file, List<String> texts) {
        FilterRules rules = new FilterRules(file);
        for (int i = 0; i < texts.size(); i++) {
            String text = trimmed(texts.get(i));
            if (text.equals("!")) {
                rules.lines.clear();
                rules.folders.clear();
            } else if (!text.isEmpty() && !text.startsWith("#") && !text.startsWith(";")) {
                rules.add(i + 1, text);
            }
        }
        return rules;
    }

    /** Without what rclone takes for blanks at its ends, which is not what {@link String#strip} takes for them. */
    private static String trimmed(String line) {
        int from = 0;
        int to = line.length();
        while (from < to && isBlank(line.charAt(from))) {
            from++;
        }
        while (from < to && isBlank(line.charAt(to - 1))) {
            to--;
        }
        return line.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return Character.isSpaceChar(c) || (c >= '\t' && c <= '\r') || c == NEXT_LINE;
    }

    private void add(int number, String text) {
        if (!text.startsWith("+ ") && !text.startsWith("- ")) {
            throw wrong(file, number, text, "write \"+ glob\" or \"- glob\", or \"!\" to begin again", null);
        }
        // Further blanks begin the glob: names may have them.
        String glob = text.substring(2);
        boolean includes = text.startsWith("+");
        boolean isOfFolder = glob.endsWith("/");
        String whole = isOfFolder && !includes ? glob + "**" : glob;
        boolean isOfBoth = whole.contains("**");
        try {
            Line line = new Line(number, text, includes, Glob.compile(whole));
            if (isOfBoth || !isOfFolder) {
                lines.add(line);
                if (includes || whole.equals("*")) {
                    line.glob().folders().forEach(folder -> folders.add(line.with(folder)));
                }
            }
            if (isOfBoth || isOfFolder) {
                folders.add(line);
            }
        } catch (IllegalArgumentException e) {
            throw wrong(file, number, text, "it is no glob: " + e.getMessage(), e);
        }
    }

    private static IllegalArgumentException wrong(
            Path file, int number, String text, String advice, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "Option filterFrom=" + file + ": line " + number + ", \"" + text + "\", cannot be: " + advice, cause);
    }

    @Override
    public boolean excludes(String name) {
        Line line = deciding(lines, name);
        return (line != null && !line.includes()) || excludingFolder(above(name)) != null;
    }

    private static @Nullable Line deciding(List<Line> lines, String name) {
        for (Line line : lines) {
            if (line.glob().matches(name)) {
                return line;
            }
        }
        return null;
    }

    private static String above(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }

    private @Nullable Line excludingFolder(String folder) {
        Verdict known = last;
        if (!known.folder().equals(folder)) {
            known = new Verdict(folder, findExcluding(folder));
            last = known;
        }
        return known.line();
    }

    private @Nullable Line findExcluding(String folder) {
        for (int end = folder.indexOf('/'); end >= 0; end = folder.indexOf('/', end + 1)) {
            Line line = deciding(folders, folder.substring(0, end + 1));
            if (line != null && !line.includes()) {
                return line;
            }
        }
        Line line = folder.isEmpty() ? null : deciding(folders, folder + "/");
        return line == null || line.includes() ? null : line;
    }

    @Override
    public String reason(String name) {
        Line line = deciding(lines, name);
        if (line != null && !line.includes()) {
            return told(line);
        }
        Line ofFolder = excludingFolder(above(name));
        return ofFolder == null ? "filterFrom=" + file : told(ofFolder) + ", which leaves out a directory above it";
    }

    private String told(Line line) {
        return "line " + line.number() + " of " + file + ": " + line.text();
    }

    @Override
    public Optional<String> inclusion(String name) {
        Line line = deciding(lines, name);
        return line == null || !line.includes() ? Optional.empty() : Optional.of(told(line));
    }

    @Override
    public boolean excludesAllBelow(String folder) {
        return excludingFolder(folder) != null;
    }
}
