// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.emulator.state.file.FileVersion.Action;
import io.github.camelb2.emulator.state.file.FileVersion.Stored;

import static org.assertj.core.api.Assertions.assertThat;

/** Listings over small sets of versions, written as {@code name@time} with {@code !} for a hide marker and {@code ~} for an unfinished file. */
class ListingTest {

    private static final String BUCKET = "0123456789ab000000000001";

    private final StoredVersions versions = new StoredVersions(BUCKET, "bucket", new PackedVersions(new Dictionary()));
    private long sequence;

    @BeforeEach
    void store() {
        given("a@1", "a/b@1", "a/c@1", "a/c@2!", "a0@1", "b@1", "b@2", "b@3~", "c@1~", "d/x@1", "d/x@2!", "é@1");
        given("\uFF61@1", "😀@1");
    }

    private void given(String... written) {
        for (String one : written) {
            Action action = one.endsWith("!") ? Action.HIDE : one.endsWith("~") ? Action.START : Action.UPLOAD;
            String[] parts = one.replaceAll("[!~]$", "").split("@");
            VersionKey key = new VersionKey(parts[0], Long.parseLong(parts[1]), ++sequence);
            String id = FileIds.format(BUCKET, key.sequence(), key.timestamp());
            versions.put(new FileVersion(id, BUCKET, key, action, "t", Map.of(), Stored.NOTHING, Protection.NONE));
        }
    }

    private static String written(FileVersion file) {
        return switch (file.action()) {
            case FOLDER -> file.name();
            case HIDE -> file.name() + "@" + file.timestamp() + "!";
            case START -> file.name() + "@" + file.timestamp() + "~";
            case UPLOAD -> file.name() + "@" + file.timestamp();
        };
    }

    private static String written(Page page) {
        return String.join(" ", page.files().stream().map(ListingTest::written).toList());
    }

    private static Listing listing(String prefix, String delimiter, String start, int count) {
        return new Listing(prefix, delimiter, VersionKey.before(start), count);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    prefix | delimiter | start  | count | page                                | next
                    ''     | ''        | ''     | 100   | a@1 a/b@1 a0@1 b@2 é@1 ｡@1 😀@1      |
                    ''     | ''        | ''     | 2     | a@1 a/b@1                           | a0
                    ''     | /         | ''     | 100   | a@1 a/ a0@1 b@2 é@1 ｡@1 😀@1         |
                    ''     | /         | ''     | 2     | a@1 a/                              | a0
                    ''     | /         | a/     | 1     | a/                                  | a0
                    ''     | /         | a/b    | 1     | a/                                  | a0
                    ''     | /         | a/bb   | 1     | a0@1                                | b
                    a/     | /         | a/     | 100   | a/b@1                               |
                    a      | ''        | ''     | 100   | a@1 a/b@1 a0@1                      |
                    a      | ''        | b      | 100   | ''                                  |
                    d/     | ''        | ''     | 100   | ''                                  |
                    ''     | ''        | c      | 100   | é@1 ｡@1 😀@1                         |
                    ''     | ''        | ''     | 0     | ''                                  | a
                    a      | c         | ''     | 100   | a@1 a/b@1 a0@1                      |
                    ''     | b         | ''     | 100   | a@1 a/b a0@1 b é@1 ｡@1 😀@1          |
                    """, useHeadersInDisplayName = true)
    void namesShowTheNewestUploads(String prefix, String delimiter, String start, int count, String page, String next) {
        Page names = listing(prefix, delimiter, start, count).names(BUCKET, versions);

        assertThat(written(names)).isEqualTo(page);
        assertThat(names.nextName()).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    prefix | delimiter | start | count | page                          | next
                    a/     | ''        | ''    | 100   | a/b@1 a/c@2! a/c@1            |
                    b      | ''        | ''    | 100   | b@3~ b@2 b@1                  |
                    b      | ''        | ''    | 1     | b@3~                          | b
                    ''     | /         | a0    | 100   | a0@1 b@3~ b@2 b@1 c@1~ d/ é@1 ｡@1 😀@1 |
                    ''     | /         | ''    | 2     | a@1 a/                        | a0
                    """, useHeadersInDisplayName = true)
    void versionsShowEverythingNewestFirst(
            String prefix, String delimiter, String start, int count, String page, String next) {
        Page all = listing(prefix, delimiter, start, count).versions(BUCKET, versions);

        assertThat(written(all)).isEqualTo(page);
        assertThat(all.nextName()).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({"1, ''", "2, ''", "3, ''", "1, /", "2, /", "5, /"})
    void pagesOfAnySizeJoinToTheWhole(int count, String delimiter) {
        List<String> joined = new ArrayList<>();
        VersionKey start = VersionKey.before("");
        while (start != null) {
            Page page = new Listing("", delimiter, start, count).versions(BUCKET, versions);
            page.files().forEach(file -> joined.add(written(file)));
            start = page.nextName() == null
                    ? null
                    : page.nextId() == null
                            ? VersionKey.before(page.nextName())
                            : FileIds.position(page.nextName(), page.nextId());
        }

        Page whole = listing("", delimiter, "", 1_000).versions(BUCKET, versions);
        assertThat(String.join(" ", joined)).isEqualTo(written(whole));
    }

    @Test
    void pageStartsWhereADeletedVersionStood() {
        FileVersion gone = versions.ceiling(new VersionKey("b", 2, Long.MAX_VALUE));
        versions.remove(gone);

        Page page = new Listing("", null, FileIds.position("b", gone.id()), 2).versions(BUCKET, versions);

        assertThat(written(page)).isEqualTo("b@1 c@1~");
    }
}
