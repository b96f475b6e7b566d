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
 * {@code !} forgets the lines before it. The first line that matches decides; what none matches takes part. Empty lines,
 * and those that begin with {@code #} or {@code ;}, say nothing. Immutable.
 */
final class FilterRules implements NameRule {
    private record Line(int number, String text, boolean includes, Glob glob) {}

    private final Path file;
    private final List<Line> lines;

    private FilterRules(Path file, List<Line> lines) {
        this.file = file;
        this.lines = List.copyOf(lines);
    }

    /** @throws IllegalArgumentException if a line is no rule; the message names the option, the file and the line */
    static FilterRules parse(Path file, List<String> texts) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i).strip();
            if (text.equals("!")) {
                lines.clear();
            } else if (!text.isEmpty() && !text.startsWith("#") && !text.startsWith(";")) {
                lines.add(line(file, i + 1, text));
            }
        }
        return new FilterRules(file, lines);
    }

    private static Line line(Path file, int number, String text) {
        if (!text.startsWith("+ ") && !text.startsWith("- ")) {
            throw wrong(file, number, text, "write \"+ glob\" or \"- glob\", or \"!\" to begin again", null);
        }
        try {
            return new Line(
                    number,
                    text,
                    text.startsWith("+"),
                    Glob.compile(text.substring(2).strip()));
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
        Line line = deciding(name);
        return line != null && !line.includes();
    }

    private @Nullable Line deciding(String name) {
        for (Line line : lines) {
            if (line.glob().matches(name)) {
                return line;
            }
        }
        return null;
    }

    @Override
    public String reason(String name) {
        Line line = deciding(name);
        return line == null ? "filterFrom=" + file : told(line);
    }

    private String told(Line line) {
        return "line " + line.number() + " of " + file + ": " + line.text();
    }

    @Override
    public Optional<String> inclusion(String name) {
        Line line = deciding(name);
        return line == null || !line.includes() ? Optional.empty() : Optional.of(told(line));
    }

    @Override
    public boolean excludesAllBelow(String folder) {
        for (Line line : lines) {
            if (line.includes() && line.glob().mayMatchBelow(folder)) {
                return false;
            }
            if (!line.includes() && line.glob().matchesAllBelow(folder)) {
                return true;
            }
        }
        return false;
    }
}
