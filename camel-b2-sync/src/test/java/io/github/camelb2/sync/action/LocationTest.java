// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LocationTest {

    @ParameterizedTest
    @CsvSource({
        "b2://bucket,         bucket, ''",
        "b2://bucket/,        bucket, ''",
        "b2://bucket/a,       bucket, a/",
        "b2://bucket/a/b/,    bucket, a/b/",
        "b2://bucket/a%20b,   bucket, a%20b/",
        "b2:bucket/a,         bucket, a/"
    })
    void bucketIsReadAsB2sdkReadsIt(String text, String name, String prefix) {
        assertThat(Location.parse("source", text)).isEqualTo(new Location.Bucket(name, prefix));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/data", "data", "b2:/x", "B2://x"})
    void everythingElseIsAPath(String text) {
        assertThat(Location.parse("source", text))
                .isEqualTo(new Location.Directory(Path.of(text).toAbsolutePath().normalize()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "b2:", "b2://", "b2:///a", "b2://bucket//a", "b2://bucket/a//b", "a\0b"})
    void whatNamesNothingIsRefusedWithTheOption(String text) {
        assertThatThrownBy(() -> Location.parse("destination", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Option destination=" + text);
    }

    @Test
    void prefixesOfOneBucketOverlapWhenOneContainsTheOther() {
        assertThat(bucket("b", "a/").overlaps(bucket("b", ""))).isTrue();
        assertThat(bucket("b", "a/").overlaps(bucket("b", "a/b/"))).isTrue();
        assertThat(bucket("b", "a/").overlaps(bucket("b", "ab/"))).isFalse();
        assertThat(bucket("b", "a/").overlaps(bucket("c", "a/"))).isFalse();
    }

    private static Location.Bucket bucket(String name, String prefix) {
        return new Location.Bucket(name, prefix);
    }
}
