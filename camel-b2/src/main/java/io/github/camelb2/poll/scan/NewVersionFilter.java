package io.github.camelb2.poll.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.apache.camel.util.AntPathMatcher;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.client.model.FileVersion;

/**
 * Which file versions a consumer wants, by name and kind alone; what it consumed before does not matter here.
 *
 * <p>Names are compared whole, folders included. Pure and immutable.
 */
public final class NewVersionFilter {
    private static final String EMPTY_FOLDER = ".bzEmpty";

    private final List<Predicate<String>> names;
    private final boolean hideMarkers;

    private NewVersionFilter(List<Predicate<String>> names, boolean hideMarkers) {
        this.names = List.copyOf(names);
        this.hideMarkers = hideMarkers;
    }

    /** @throws IllegalArgumentException naming the option whose pattern is none */
    public static NewVersionFilter of(B2Configuration options, DoneFiles doneFiles) {
        List<Predicate<String>> names = new ArrayList<>();
        names.add(name -> !doneFiles.isDoneFile(name));
        if (!options.isIncludeFolders()) {
            names.add(name -> !name.endsWith("/") && !name.endsWith(EMPTY_FOLDER));
        }
        regex("include", options.getInclude(), names, false);
        regex("exclude", options.getExclude(), names, true);
        ant(options.getAntInclude(), names, false);
        ant(options.getAntExclude(), names, true);
        return new NewVersionFilter(names, options.isIncludeHidden());
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
            throw Refused.option(
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

    /** Whether files of that name are wanted at all. */
    boolean acceptsName(String name) {
        return names.stream().allMatch(it -> it.test(name));
    }

    /** Whether that version is wanted: content, or a hide marker if they are asked for, under a name that is wanted. */
    public boolean accepts(FileVersion version) {
        return (version.hasContent() || hideMarkers && version.hides()) && acceptsName(version.fileName());
    }
}
