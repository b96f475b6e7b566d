// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.SizeAndAge;

/**
 * Which files take part: those whose name no rule, and whose size and age no bound leaves out. Listings, deleteFiles,
 * consumers and syncs ask the same class.
 *
 * <p>Everything is asked in one order: the rules for names as they were added, then the least and the largest size, then
 * the least and the largest age. A file is left out by the first that leaves it out. Immutable.
 */
public final class FileFilter {
    /** Lets every file take part. */
    public static final FileFilter ALL = new Builder().build();

    private final List<NameRule> rules;
    private final SizeAndAge bounds;

    private FileFilter(List<NameRule> rules, SizeAndAge bounds) {
        this.rules = List.copyOf(rules);
        this.bounds = bounds;
    }

    /** Collects rules in the order in which they are asked, and bounds. Absent options add nothing. */
    public static final class Builder {
        private final List<NameRule> rules = new ArrayList<>();
        private SizeAndAge bounds = SizeAndAge.ALL;

        /** Adds a rule. */
        public Builder rule(NameRule rule) {
            rules.add(rule);
            return this;
        }

        /**
         * Adds {@code include} and {@code exclude}: regular expressions for the whole name.
         *
         * @throws IllegalArgumentException if one is none; the message names the option
         */
        public Builder regexes(@Nullable String include, @Nullable String exclude) {
            if (include != null) {
                Pattern pattern = pattern("include", include);
                rules.add(new RegexRule("include=" + include + ", which does not match", name -> !pattern.matcher(name)
                        .matches()));
            }
            if (exclude != null) {
                Pattern pattern = pattern("exclude", exclude);
                rules.add(new RegexRule(
                        "exclude=" + exclude, name -> pattern.matcher(name).matches()));
            }
            return this;
        }

        /** Adds {@code antInclude} and {@code antExclude}: Ant patterns, separated by commas. */
        public Builder ant(@Nullable String include, @Nullable String exclude) {
            if (include != null) {
                rules.add(AntPatterns.of("antInclude", include, AntPatterns.Sense.INCLUDES));
            }
            if (exclude != null) {
                rules.add(AntPatterns.of("antExclude", exclude, AntPatterns.Sense.EXCLUDES));
            }
            return this;
        }

        /** Bounds size and age. */
        public Builder bounds(SizeAndAge limits) {
            bounds = limits;
            return this;
        }

        /** Makes the filter. */
        public FileFilter build() {
            return new FileFilter(rules, bounds);
        }

        private static Pattern pattern(String option, String text) {
            try {
                return Pattern.compile(text);
            } catch (PatternSyntaxException e) {
                throw wrong(
                        option,
                        text,
                        "it is no regular expression (" + e.getDescription() + " at index " + e.getIndex()
                                + "); in a URI write RAW(...) around it");
            }
        }
    }

    private record RegexRule(String reason, Predicate<String> excluding) implements NameRule {
        @Override
        public boolean excludes(String name) {
            return excluding.test(name);
        }

        @Override
        public String reason(String name) {
            return reason;
        }
    }

    private static IllegalArgumentException wrong(String option, String value, String advice) {
        return new IllegalArgumentException("Option " + option + "=" + value + " cannot be: " + advice);
    }

    /** Whether files of that name take part, as far as their name tells. */
    public boolean acceptsName(String name) {
        for (NameRule rule : rules) {
            if (rule.excludes(name)) {
                return false;
            }
        }
        return true;
    }

    /** The sizes and ages that take part. */
    public SizeAndAge bounds() {
        return bounds;
    }

    /** Whether names have a say. */
    public boolean limitsNames() {
        return !rules.isEmpty();
    }

    /** Whether every file below a folder is left out, so that nobody needs to look into it; false is always right. */
    public boolean excludesAllBelow(String folder) {
        for (NameRule rule : rules) {
            if (rule.excludesAllBelow(folder)) {
                return true;
            }
        }
        return false;
    }

    /** What leaves out files of a name; empty if nothing does. */
    public Optional<String> exclusionOfName(String name) {
        return rules.stream().filter(rule -> rule.excludes(name)).findFirst().map(rule -> rule.reason(name));
    }

    /** What lets a name take part that something else of a rule would leave out; empty if nothing does. */
    public Optional<String> inclusionOfName(String name) {
        return rules.stream().flatMap(rule -> rule.inclusion(name).stream()).findFirst();
    }

    /** What leaves out files of a size; empty if nothing does. */
    public Optional<String> exclusionOfSize(long bytes) {
        if (bounds.acceptsSize(bytes)) {
            return Optional.empty();
        }
        return Optional.of(
                bytes < bounds.minSize()
                        ? "minSize: it has " + bytes + " bytes, less than " + bounds.minSize()
                        : "maxSize: it has " + bytes + " bytes, more than " + bounds.maxSize());
    }

    /** What leaves out files of a time, in ms since 1970, at the time {@code now}; empty if nothing does. */
    public Optional<String> exclusionOfTime(long time, long now) {
        if (bounds.acceptsTime(time, now)) {
            return Optional.empty();
        }
        long age = Math.max(0, now - time);
        return Optional.of(
                age < bounds.minAge()
                        ? "minAge: it is " + age + " ms old, less than " + bounds.minAge()
                        : "maxAge: it is " + age + " ms old, more than " + bounds.maxAge());
    }
}
