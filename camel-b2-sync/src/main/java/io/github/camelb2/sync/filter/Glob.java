// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.filter;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A glob with the meaning that rclone gives it: {@code *} stops at a slash, {@code **} does not, {@code ?} is one character
 * but a slash, {@code [a-z]} one of several, {@code {a,b}} one of two, {@code {{regex}}} what that says, a backslash takes
 * the meaning from what follows. With a slash at its beginning it begins at the root of the sync, else behind any slash.
 *
 * @see <a href="https://rclone.org/filtering/">Filtering with rclone</a>
 */
final class Glob {
    /** Of these nobody can tell the directories. */
    private static final Pattern HARD = Pattern.compile("\\{[^{}]*(?:\\*\\*|/)[^{}]*\\}|\\{\\{|\\}\\}|\\{[^{}]*\\{");

    private final String text;
    private final Pattern pattern;

    private Glob(String text, Pattern pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    /** @throws IllegalArgumentException if it is none, with the reason */
    static Glob compile(String text) {
        try {
            return new Glob(text, Pattern.compile(new Translation(text).run(), Pattern.UNIX_LINES));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(e.getDescription(), e);
        }
    }

    boolean matches(String path) {
        return pattern.matcher(path).find();
    }

    /**
     * The directories in which rclone looks for names that it means: those before each slash, and before each {@code **}
     * whatever is below them; where it has no slash, or one within braces, every directory. A name whose directory is none of
     * them is not found, although the glob would mean it.
     */
    List<Glob> folders() {
        if (HARD.matcher(text).find()) {
            return List.of(compile("/**"));
        }
        Set<String> found = new LinkedHashSet<>();
        String rest = text.replaceAll("/{2,}", "/");
        for (int end = lastEnd(rest); end >= 0; end = lastEnd(rest)) {
            String stars = rest.startsWith("**", end) ? "**" : "";
            rest = rest.substring(0, end);
            found.add(rest + stars + "/");
        }
        if (found.isEmpty()) {
            return List.of(compile("/**"));
        }
        // The root is always looked into.
        return found.stream().filter(it -> !it.equals("/")).map(Glob::compile).toList();
    }

    private static int lastEnd(String glob) {
        return Math.max(glob.lastIndexOf('/'), glob.lastIndexOf("**"));
    }

    /** One pass over one glob. */
    private static final class Translation {
        private final String in;
        private final StringBuilder out = new StringBuilder();
        private int at;
        private int braces;

        Translation(String in) {
            this.in = in;
        }

        String run() {
            out.append(in.startsWith("/") ? "^" : "(?:^|/)");
            at = in.startsWith("/") ? 1 : 0;
            while (at < in.length()) {
                take(in.charAt(at++));
            }
            if (braces != 0) {
                throw new IllegalArgumentException("a { has no }");
            }
            return out.append("\\z").toString();
        }

        private void take(char c) {
            switch (c) {
                case '*' -> stars();
                case '?' -> out.append("[^/]");
                case '[' -> brackets();
                case ']' -> throw new IllegalArgumentException("a ] has no [");
                case '{' -> brace();
                case '}' -> {
                    if (--braces < 0) {
                        throw new IllegalArgumentException("a } has no {");
                    }
                    out.append(')');
                }
                case ',' -> out.append(braces > 0 ? "|" : ",");
                case '\\' -> {
                    if (at == in.length()) {
                        throw new IllegalArgumentException("nothing follows the backslash at its end");
                    }
                    quote(in.charAt(at++));
                }
                default -> quote(c);
            }
        }

        private void quote(char c) {
            if (c < 0x80 && !Character.isLetterOrDigit(c)) {
                out.append('\\');
            }
            out.append(c);
        }

        private void stars() {
            int count = 1;
            while (at < in.length() && in.charAt(at) == '*') {
                at++;
                count++;
            }
            if (count > 2) {
                throw new IllegalArgumentException("more than two stars follow each other");
            }
            out.append(count == 1 ? "[^/]*" : ".*");
        }

        private void brace() {
            if (at >= in.length() || in.charAt(at) != '{') {
                braces++;
                out.append("(?:");
                return;
            }
            int end = in.indexOf("}}", ++at);
            if (end < 0) {
                throw new IllegalArgumentException("a {{ has no }}");
            }
            // The expression may end in a brace of its own.
            while (end + 2 < in.length() && in.charAt(end + 2) == '}') {
                end++;
            }
            out.append("(?:").append(in, at, end).append(')');
            at = end + 2;
        }

        private void brackets() {
            out.append('[');
            if (at < in.length() && in.charAt(at) == '^') {
                out.append('^');
                at++;
            }
            while (at < in.length() && in.charAt(at) != ']') {
                if (in.startsWith("[:", at) && in.indexOf(":]", at) > 0) {
                    int end = in.indexOf(":]", at);
                    out.append(posix(in.substring(at + 2, end)));
                    at = end + 2;
                    continue;
                }
                char c = in.charAt(at++);
                // Java knows sets within sets, and their intersection.
                out.append(c == '[' || c == '&' ? "\\" : "").append(c);
            }
            if (at == in.length()) {
                throw new IllegalArgumentException("a [ has no ]");
            }
            at++;
            out.append(']');
        }

        private static String posix(String name) {
            return switch (name) {
                case "alpha" -> "\\p{Alpha}";
                case "digit" -> "\\p{Digit}";
                case "alnum" -> "\\p{Alnum}";
                case "upper" -> "\\p{Upper}";
                case "lower" -> "\\p{Lower}";
                case "punct" -> "\\p{Punct}";
                case "space" -> "\\p{Space}";
                case "blank" -> "\\p{Blank}";
                case "cntrl" -> "\\p{Cntrl}";
                case "graph" -> "\\p{Graph}";
                case "print" -> "\\p{Print}";
                case "xdigit" -> "\\p{XDigit}";
                case "word" -> "\\w";
                default -> throw new IllegalArgumentException("[:" + name + ":] is no class of characters");
            };
        }
    }
}
