// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.scan;

import java.time.InstantSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.B2Configuration;

import static io.github.camelb2.poll.Versions.folder;
import static io.github.camelb2.poll.Versions.hide;
import static io.github.camelb2.poll.Versions.started;
import static io.github.camelb2.poll.Versions.upload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NewVersionFilterTest {
    private final B2Configuration options = new B2Configuration();

    @ParameterizedTest
    @CsvSource({
        "include, .*\\.csv, in/a.csv, true",
        "include, .*\\.csv, in/a.csv.gz, false",
        "include, a, in/a, false",
        "exclude, in/tmp/.*, in/tmp/a, false",
        "exclude, in/tmp/.*, in/a, true",
        "antInclude, in/**/*.csv, in/2026/07/a.csv, true",
        "antInclude, in/*.csv, in/2026/a.csv, false",
        "antInclude, '*.txt , **/*.csv', in/a.csv, true",
        "antInclude, ?, ' a', false",
        "antInclude, ?, 'a ', false",
        "antInclude, ?a, ' a', true",
        "antInclude, a?, 'a\t', true",
        "antInclude, in/a, 'in/a ', false",
        "antInclude, in/ a, 'in/ a', true",
        "antInclude, in/a, 'in /a', false",
        "antInclude, in /*, 'in /a', true",
        "antInclude, in/a, 'in/ /a', false",
        "antInclude, 'in/ /a', 'in/ /a', true",
        "antInclude, *.csv, ' a b.csv', true",
        "antExclude, tmp/**, 'tmp /a', true",
        "antExclude, **/tmp/**, in/tmp/a, false",
        "antExclude, **/tmp/**, in/a, true"
    })
    void patternsMatchWholeNames(String option, String pattern, String name, boolean isWanted) {
        set(option, pattern);

        assertThat(filter().accepts(upload(name, "1", 1))).isEqualTo(isWanted);
    }

    @Test
    void excludedNamesAreNotWantedEvenWhenIncluded() {
        options.setInclude(".*");
        options.setAntExclude("**/*.tmp");

        assertThat(filter().accepts(upload("a/b.tmp", "1", 1))).isFalse();
        assertThat(filter().accepts(upload("a/b.csv", "1", 1))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"in/, false, false", "in/, true, true", "in/.bzEmpty, false, false", "in/.bzEmpty, true, true"})
    void placeholdersOfFoldersAreWantedOnlyWhenAskedFor(String name, boolean includeFolders, boolean isWanted) {
        options.setIncludeFolders(includeFolders);

        assertThat(filter().accepts(upload(name, "1", 1))).isEqualTo(isWanted);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void hideMarkersAreWantedOnlyWhenAskedFor(boolean includeHidden) {
        options.setIncludeHidden(includeHidden);

        assertThat(filter().accepts(hide("a", "1", 1))).isEqualTo(includeHidden);
    }

    @Test
    void whatHasNoContentYetOrNeverIsNotWanted() {
        options.setIncludeFolders(true);
        options.setIncludeHidden(true);

        assertThat(filter().accepts(started("a", "1", 1))).isFalse();
        assertThat(filter().accepts(folder("a/"))).isFalse();
    }

    @Test
    void doneFilesAreNotWanted() {
        options.setDoneFileName("${file:name}.done");

        assertThat(filter().accepts(upload("in/a.csv.done", "1", 1))).isFalse();
        assertThat(filter().accepts(upload("in/a.csv", "1", 1))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"include", "exclude"})
    void brokenExpressionIsRefusedByName(String option) {
        set(option, "a(");

        assertThatThrownBy(this::filter)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Option " + option + "=a( cannot be")
                .hasMessageContaining("RAW(...)");
    }

    private NewVersionFilter filter() {
        return NewVersionFilter.of(options, DoneFiles.of(options.getDoneFileName()), InstantSource.system());
    }

    private void set(String option, String value) {
        switch (option) {
            case "include" -> options.setInclude(value);
            case "exclude" -> options.setExclude(value);
            case "antInclude" -> options.setAntInclude(value);
            case "antExclude" -> options.setAntExclude(value);
            default -> throw new IllegalArgumentException(option);
        }
    }
}
