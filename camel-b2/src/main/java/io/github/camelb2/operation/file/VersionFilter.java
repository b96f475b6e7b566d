// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.file;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.apache.camel.util.AntPathMatcher;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.SizeAndAge;
import io.github.camelb2.client.model.file.FileVersion;

/**
 * Which files the options {@code include}, {@code exclude}, {@code antInclude}, {@code antExclude}, {@code minSize},
 * {@code maxSize}, {@code minAge} and {@code maxAge} choose: the same for consumers, listings and deleteFiles.
 *
 * <p>Names are compared whole, folders included. Immutable.
 */
public final class VersionFilter {
    private final List<Predicate<String>> names;
    private final SizeAndAge sizeAndAge;

    private VersionFilter(List<Predicate<String>> names, SizeAndAge sizeAndAge) {
        this.names = List.copyOf(names);
        this.sizeAndAge = sizeAndAge;
    }

    /** @throws IllegalArgumentException naming the option that cannot be */
    public static VersionFilter of(B2Configuration options) {
        List<Predicate<String>> names = new ArrayList<>();
        regex("include", options.getInclude(), names, false);
        regex("exclude", options.getExclude(), names, true);
        ant(options.getAntInclude(), names, false);
        ant(options.getAntExclude(), names, true);
        return new VersionFilter(names, sizeAndAge(options));
    }

    /** @throws IllegalArgumentException naming the option that cannot be */
    public static SizeAndAge sizeAndAge(B2Configuration options) {
        return SizeAndAge.of(options.getMinSize(), options.getMaxSize(), options.getMinAge(), options.getMaxAge());
    }

    private static void regex(String option, @Nullable String text, List<Predicate<String>> names, boolean negate) {
        if (text == null) {
            return;
        }
        Pattern pattern = pattern(option, text);
        names.add(name -> pattern.matcher(name).matches() != negate);
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

    private static void ant(@Nullable String text, List<Predicate<String>> names, boolean negate) {
        if (text == null) {
            return;
        }
        List<String> patterns = List.of(text.trim().split("\\s*,\\s*"));
        AntPathMatcher matcher = AntPathMatcher.INSTANCE;
        names.add(name -> patterns.stream().anyMatch(it -> matcher.match(it, name)) != negate);
    }

    private static IllegalArgumentException wrong(String option, String value, String advice) {
        return new IllegalArgumentException("Option " + option + "=" + value + " cannot be: " + advice);
    }

    /** Whether files of that name are wanted at all. */
    public boolean acceptsName(String name) {
        return names.stream().allMatch(it -> it.test(name));
    }

    /** Whether that version is wanted at that time. A folder of a listing has only a name. */
    public boolean accepts(FileVersion version, Instant now) {
        return acceptsName(version.fileName())
                && (version.representsFolder() || isOfSize(version) && isOfAge(version, now));
    }

    private boolean isOfSize(FileVersion version) {
        // A hide marker is of no size: to delete it would show what it hides.
        return !sizeAndAge.limitsSize() || !version.hides() && sizeAndAge.acceptsSize(version.contentLength());
    }

    private boolean isOfAge(FileVersion version, Instant now) {
        return sizeAndAge.acceptsTime(version.uploadTimestamp(), now.toEpochMilli());
    }

    /** Whether size or age of a version have a say, so that a name alone does not suffice. */
    public boolean needsVersion() {
        return sizeAndAge.limitsSize() || sizeAndAge.limitsAge();
    }
}
