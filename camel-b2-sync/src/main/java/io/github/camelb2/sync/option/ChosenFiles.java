// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.option;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.SizeAndAge;
import io.github.camelb2.filter.FileFilter;
import io.github.camelb2.filter.NameRule;
import io.github.camelb2.sync.SyncFilterOptions;
import io.github.camelb2.sync.filter.FilterFiles;

/** Reads {@link SyncFilterOptions}, in the order in which they are asked. Thread-safe. */
final class ChosenFiles {
    private final SyncFilterOptions options;
    private final FilterFiles files = new FilterFiles();

    ChosenFiles(SyncFilterOptions options) {
        this.options = options;
    }

    /** @throws IllegalArgumentException naming the option that cannot be */
    FileFilter filter() {
        FileFilter.Builder filter = new FileFilter.Builder();
        addRule(filter, "filesFrom", options.getFilesFrom(), files::filesFrom);
        addRule(filter, "filterFrom", options.getFilterFrom(), files::filterFrom);
        return filter.ant(options.getAntInclude(), options.getAntExclude())
                .bounds(SizeAndAge.of(
                        options.getMinSize(), options.getMaxSize(), options.getMinAge(), options.getMaxAge()))
                .build();
    }

    private static void addRule(
            FileFilter.Builder filter, String option, @Nullable String text, Function<Path, NameRule> reader) {
        if (text == null) {
            return;
        }
        try {
            filter.rule(reader.apply(Path.of(text).toAbsolutePath()));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "Option " + option + "=" + text + " cannot be: it is no path of this machine, " + e.getReason(), e);
        }
    }

    /** Tells what is set, the files with the SHA-256 of what is in them. */
    void say(BiConsumer<String, @Nullable String> said) {
        said.accept("filesFrom", withDigest("filesFrom", options.getFilesFrom(), files::filesFrom));
        said.accept("filterFrom", withDigest("filterFrom", options.getFilterFrom(), files::filterFrom));
        said.accept("antInclude", options.getAntInclude());
        said.accept("antExclude", options.getAntExclude());
        said.accept("minSize", options.getMinSize());
        said.accept("maxSize", options.getMaxSize());
        said.accept(
                "minAge",
                options.getMinAge() == 0
                        ? null
                        : Duration.ofMillis(options.getMinAge()).toString());
        said.accept(
                "maxAge",
                options.getMaxAge() == 0
                        ? null
                        : Duration.ofMillis(options.getMaxAge()).toString());
    }

    private @Nullable String withDigest(String option, @Nullable String text, Consumer<Path> reader) {
        if (text == null) {
            return null;
        }
        Path file = Path.of(text).toAbsolutePath();
        reader.accept(file);
        return text + " (SHA-256 " + files.sha256(option, file) + ")";
    }

    /** What of it a path plan is made for; the contents of the files are not among it. */
    Stream<Object> scope() {
        return Stream.of(
                String.valueOf(options.getFilesFrom()),
                String.valueOf(options.getFilterFrom()),
                String.valueOf(options.getAntInclude()),
                String.valueOf(options.getAntExclude()),
                String.valueOf(options.getMinSize()),
                String.valueOf(options.getMaxSize()),
                options.getMinAge(),
                options.getMaxAge());
    }
}
