// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.filter;

import java.util.List;

import org.apache.camel.util.AntPathMatcher;

/** The options {@code antInclude} and {@code antExclude}: Ant patterns, separated by commas. */
record AntPatterns(String option, String text, List<String> patterns, Sense sense) implements NameRule {
    /** What a match means. */
    enum Sense {
        /** Only what matches takes part. */
        INCLUDES,
        /** What matches does not. */
        EXCLUDES
    }

    /** Names that no pattern means, unless it means every name. */
    private static final List<String> ANY_NAMES = List.of("\u0001", "\u0001".repeat(64));

    static AntPatterns of(String option, String text, Sense sense) {
        return new AntPatterns(option, text, List.of(text.trim().split("\\s*,\\s*")), sense);
    }

    @Override
    public boolean excludes(String name) {
        return matching(name).isEmpty() == (sense == Sense.INCLUDES);
    }

    private String matching(String name) {
        for (String pattern : patterns) {
            if (matches(pattern, name)) {
                return pattern;
            }
        }
        return "";
    }

    private static boolean matches(String pattern, String name) {
        return AntPathMatcher.INSTANCE.match(untrimmable(pattern), untrimmable(name));
    }

    /** The matcher trims each part of a path: in place of what it would take it gets surrogates, which no name has alone. */
    private static String untrimmable(String text) {
        if (text.chars().noneMatch(each -> each <= ' ')) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text);
        for (int i = 0; i < kept.length(); i++) {
            char each = kept.charAt(i);
            if (each <= ' ') {
                kept.setCharAt(i, (char) (Character.MIN_LOW_SURROGATE + each));
            }
        }
        return kept.toString();
    }

    @Override
    public String reason(String name) {
        return sense == Sense.INCLUDES
                ? option + "=" + text + ", which does not match"
                : option + "=" + text + ", where " + matching(name) + " matches";
    }

    @Override
    public boolean excludesAllBelow(String folder) {
        if (sense == Sense.INCLUDES) {
            return patterns.stream().noneMatch(pattern -> mayMatchBelow(pattern, folder));
        }
        return patterns.stream()
                .anyMatch(pattern -> pattern.endsWith("/**")
                        && ANY_NAMES.stream().allMatch(name -> matches(pattern, folder + "/" + name)));
    }

    /** As far as the folders at the beginning of a pattern tell that have no wildcards. */
    private static boolean mayMatchBelow(String pattern, String folder) {
        int wildcard = 0;
        while (wildcard < pattern.length() && "*?{".indexOf(pattern.charAt(wildcard)) < 0) {
            wildcard++;
        }
        String certain = pattern.substring(0, wildcard);
        String below = folder + "/";
        return certain.startsWith(below) || below.startsWith(certain);
    }
}
