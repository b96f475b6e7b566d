// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.scan;

import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The files that say that others are complete: one for the whole bucket, one for each file, or none.
 *
 * <p>{@code ${file:name}} stands for the whole name of a file, {@code ${file:name.noext}} for it without the ending
 * behind its last dot. Done files are never consumed themselves. Pure and immutable.
 */
public final class DoneFiles {
    private static final String NAME = "${file:name}";
    private static final String NAME_WITHOUT_EXTENSION = "${file:name.noext}";

    private final @Nullable String template;
    private final @Nullable Pattern doneNames;

    private DoneFiles(@Nullable String template) {
        this.template = template;
        this.doneNames = template != null && isPerFile(template) ? namesOf(template) : null;
    }

    /** @throws IllegalArgumentException if the template holds anything else than the two expressions */
    public static DoneFiles of(@Nullable String template) {
        if (template != null) {
            String rest = template.replace(NAME, "").replace(NAME_WITHOUT_EXTENSION, "");
            if (rest.contains("${") || rest.isEmpty()) {
                throw Refused.option(
                        "doneFileName",
                        template,
                        "write a file name, which may hold " + NAME + " or " + NAME_WITHOUT_EXTENSION
                                + " and must differ from the name of the file");
            }
        }
        return new DoneFiles(template);
    }

    /** The name of the one file without which nothing is consumed. */
    public Optional<String> common() {
        return doneNames == null ? Optional.ofNullable(template) : Optional.empty();
    }

    /** The name of the file without which that file is not consumed. */
    public Optional<String> doneFileOf(String name) {
        if (doneNames == null || template == null) {
            return Optional.empty();
        }
        return Optional.of(
                template.replace(NAME_WITHOUT_EXTENSION, withoutExtension(name)).replace(NAME, name));
    }

    boolean isDoneFile(String name) {
        return doneNames == null
                ? name.equals(template)
                : doneNames.matcher(name).matches();
    }

    private static boolean isPerFile(String template) {
        return template.contains(NAME) || template.contains(NAME_WITHOUT_EXTENSION);
    }

    private static Pattern namesOf(String template) {
        StringBuilder regex = new StringBuilder();
        String rest = template.replace(NAME_WITHOUT_EXTENSION, NAME);
        for (int at = rest.indexOf(NAME); at >= 0; at = rest.indexOf(NAME)) {
            regex.append(Pattern.quote(rest.substring(0, at))).append(".+");
            rest = rest.substring(at + NAME.length());
        }
        return Pattern.compile(regex.append(Pattern.quote(rest)).toString(), Pattern.DOTALL);
    }

    /** The name up to the last dot of its last segment. */
    private static String withoutExtension(String name) {
        int dot = name.lastIndexOf('.');
        return dot > name.lastIndexOf('/') ? name.substring(0, dot) : name;
    }
}
