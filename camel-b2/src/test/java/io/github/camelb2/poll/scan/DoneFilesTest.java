// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.scan;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DoneFilesTest {
    @ParameterizedTest
    @CsvSource({
        "${file:name}.done, in/a.csv, in/a.csv.done",
        "${file:name.noext}.done, in/a.csv, in/a.done",
        "${file:name.noext}.done, in.d/a, in.d/a.done",
        "done/${file:name}, in/a.csv, done/in/a.csv"
    })
    void doneFileOfAFileIsNamedAfterIt(String template, String file, String done) {
        DoneFiles doneFiles = DoneFiles.of(template);

        assertThat(doneFiles.doneFileOf(file)).contains(done);
        assertThat(doneFiles.common()).isEmpty();
        assertThat(doneFiles.isDoneFile(done)).isTrue();
        assertThat(doneFiles.isDoneFile(file)).isFalse();
    }

    @Test
    void fixedNameIsOneDoneFileForAll() {
        DoneFiles doneFiles = DoneFiles.of("in/ready");

        assertThat(doneFiles.common()).contains("in/ready");
        assertThat(doneFiles.doneFileOf("in/a")).isEmpty();
        assertThat(doneFiles.isDoneFile("in/ready")).isTrue();
        assertThat(doneFiles.isDoneFile("in/ready2")).isFalse();
    }

    @Test
    void withoutTemplateThereIsNone() {
        DoneFiles doneFiles = DoneFiles.of(null);

        assertThat(doneFiles.common()).isEmpty();
        assertThat(doneFiles.doneFileOf("a")).isEmpty();
        assertThat(doneFiles.isDoneFile("a")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"${date:now}.done", "${file:name}", "${file:name.noext}", ""})
    void templateThatCannotWorkIsRefused(String template) {
        assertThatThrownBy(() -> DoneFiles.of(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Option doneFileName=" + template + " cannot be");
    }
}
