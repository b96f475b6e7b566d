// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.claim;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.IncludeVersions;

import static org.assertj.core.api.Assertions.assertThat;

class SelectionTest {
    @Test
    void consumersThatDifferInAnythingThatChoosesFilesHaveDifferentNames() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("nothing", name(it -> {}));
        names.put("bucket", name(it -> it.setBucketName("other")));
        names.put("prefix", name(it -> it.setPrefix("a")));
        names.put("prefix that reads like none", name(it -> it.setPrefix("null")));
        names.put("prefix and delimiter as one", name(it -> it.setPrefix("a,1:/")));
        names.put("prefix and delimiter", name(it -> {
            it.setPrefix("a");
            it.setDelimiter("/");
        }));
        names.put("fileName", name(it -> it.setFileName("a")));
        names.put("startFromFileName", name(it -> it.setStartFromFileName("a")));
        names.put("include", name(it -> it.setInclude("a")));
        names.put("exclude", name(it -> it.setExclude("a")));
        names.put("antInclude", name(it -> it.setAntInclude("a")));
        names.put("antExclude", name(it -> it.setAntExclude("a")));
        names.put("doneFileName", name(it -> it.setDoneFileName("a")));
        names.put("includeVersions", name(it -> it.setIncludeVersions(IncludeVersions.all)));
        names.put("includeHidden", name(it -> it.setIncludeHidden(true)));
        names.put("includeFolders", name(it -> it.setIncludeFolders(true)));
        names.put("minSize", name(it -> it.setMinSize("5")));
        names.put("maxSize", name(it -> it.setMaxSize("5")));
        names.put("minAge", name(it -> it.setMinAge(5)));
        names.put("maxAge", name(it -> it.setMaxAge(5)));
        names.put("asOf", name(it -> it.setAsOf("-3d")));

        Map<String, String> first = new HashMap<>();
        names.forEach(
                (option, name) -> assertThat(first.put(name, option)).as(option).isNull());
    }

    @Test
    void sizesThatAreTheSameAreWrittenInAnyUnit() {
        assertThat(name(it -> it.setMinSize("1MB"))).isEqualTo(name(it -> it.setMinSize("1000000")));
    }

    @Test
    void whatChoosesNoFilesChangesNothing() {
        assertThat(name(it -> it.setMaxMessagesPerPoll(7))).isEqualTo(name(it -> {}));
    }

    private static String name(Consumer<B2Configuration> change) {
        B2Configuration options = new B2Configuration();
        options.setBucketName("media");
        change.accept(options);
        return Selection.nameOf(options);
    }
}
