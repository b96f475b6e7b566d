// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression in Python's notation with the meaning of {@code re.match}: it has to match at the beginning of the
 * text, not to its end.
 *
 * <p>{@code .} stops only at a line feed, {@code \\w}, {@code \\d} and {@code \\b} know all of Unicode, and what Java
 * writes differently (named groups, {@code \\Z}, brackets in classes, {@code {,n}}) is translated. What Python would refuse
 * is refused.
 */
public final class PythonRegex {
    private static final String PYTHON_ESCAPES = "abBdDfnrsStuUvwWxAZN";
    private static final Pattern GROUP_START = Pattern.compile("\\(\\?P<([A-Za-z_]\\w*)>");
    private static final Pattern GROUP_REFERENCE = Pattern.compile("\\(\\?P=([A-Za-z_]\\w*)\\)");
    private static final Pattern QUANTIFIER = Pattern.compile("\\{(\\d*)(,?)(\\d*)\\}");
    private static final Pattern OCTAL = Pattern.compile("0[0-7]{0,2}");
    private static final Pattern LONG_UNICODE = Pattern.compile("U([0-9a-fA-F]{8})");

    private final String source;
    private final Pattern pattern;

    private PythonRegex(String source, Pattern pattern) {
        this.source = source;
        this.pattern = pattern;
    }

    /**
     * Compiles an expression.
     *
     * @throws IllegalArgumentException if it is none; the message shows it and the place
     */
    public static PythonRegex compile(String expression) {
        try {
            String java = new Translation(expression).run();
            return new PythonRegex(
                    expression, Pattern.compile(java, Pattern.UNIX_LINES | Pattern.UNICODE_CHARACTER_CLASS));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "\"" + expression + "\" is not a regular expression: " + e.getDescription(), e);
        }
    }

    /** Whether the text begins with a match. */
    public boolean matches(String text) {
        return pattern.matcher(text).lookingAt();
    }

    @Override
    public String toString() {
        return source;
    }

    /** One pass over one expression. */
    private static final class Translation {
        private final String in;
        private final StringBuilder out = new StringBuilder();
        private int at;
        private boolean inClass;
        private int classStart;

        Translation(String in) {
            this.in = in;
        }

        String run() {
            while (at < in.length()) {
                char c = in.charAt(at);
                if (c == '\\') {
                    escape();
                } else if (inClass) {
                    classCharacter(c);
                } else {
                    character(c);
                }
            }
            return out.toString();
        }

        private void character(char c) {
            switch (c) {
                case '[' -> {
                    inClass = true;
                    out.append(c);
                    at++;
                    if (at < in.length() && in.charAt(at) == '^') {
                        out.append('^');
                        at++;
                    }
                    classStart = at;
                }
                case '(' -> group();
                case '{' -> brace();
                default -> copy();
            }
        }

        /** Java gives {@code [} and {@code &&} inside a class a meaning that Python does not. */
        private void classCharacter(char c) {
            if (c == ']' && at > classStart) {
                inClass = false;
                copy();
            } else if (c == '[' || c == '&' || c == ']') {
                out.append('\\');
                copy();
            } else {
                copy();
            }
        }

        private void group() {
            Matcher named = GROUP_START.matcher(in).region(at, in.length());
            Matcher reference = GROUP_REFERENCE.matcher(in).region(at, in.length());
            if (named.lookingAt()) {
                out.append("(?<").append(groupName(named.group(1))).append('>');
                at = named.end();
            } else if (reference.lookingAt()) {
                out.append("\\k<").append(groupName(reference.group(1))).append('>');
                at = reference.end();
            } else {
                copy();
            }
        }

        /** Java's group names have no underscore; a doubled letter keeps translated names apart. */
        private static String groupName(String name) {
            return "g" + name.replace("Z", "ZZ").replace("_", "Zu");
        }

        private void brace() {
            Matcher quantifier = QUANTIFIER.matcher(in).region(at, in.length());
            boolean counts = quantifier.lookingAt()
                    && !(quantifier.group(1).isEmpty() && quantifier.group(3).isEmpty());
            if (!counts) {
                out.append('\\');
                copy();
                return;
            }
            String least = quantifier.group(1).isEmpty() ? "0" : quantifier.group(1);
            out.append('{')
                    .append(least)
                    .append(quantifier.group(2))
                    .append(quantifier.group(3))
                    .append('}');
            at = quantifier.end();
        }

        private void escape() {
            if (at + 1 >= in.length()) {
                throw new PatternSyntaxException("it ends with a lone backslash", in, at);
            }
            char c = in.charAt(at + 1);
            boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (isLetter && PYTHON_ESCAPES.indexOf(c) < 0) {
                throw new PatternSyntaxException("Python has no escape \\" + c, in, at);
            }
            switch (c) {
                case 'Z' -> replaceEscape("\\z", 2);
                case 'v' -> replaceEscape("\\x0b", 2);
                case 'b' -> replaceEscape(inClass ? "\\x08" : "\\b", 2);
                case '0' -> octal();
                case 'U' -> longUnicode();
                default -> replaceEscape("\\" + c, 2);
            }
        }

        private void octal() {
            Matcher digits = OCTAL.matcher(in).region(at + 1, in.length());
            if (digits.lookingAt()) {
                String hex = Integer.toHexString(Integer.parseInt(digits.group(), 8));
                replaceEscape("\\x{" + hex + "}", 1 + digits.group().length());
            }
        }

        private void longUnicode() {
            Matcher digits = LONG_UNICODE.matcher(in).region(at + 1, in.length());
            if (!digits.lookingAt()) {
                throw new PatternSyntaxException("\\U needs eight hexadecimal digits", in, at);
            }
            replaceEscape("\\x{" + digits.group(1) + "}", 2 + 8);
        }

        private void replaceEscape(String java, int length) {
            out.append(java);
            at += length;
        }

        private void copy() {
            out.append(in.charAt(at));
            at++;
        }
    }
}
