package io.github.camelb2.sync.scan;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "//",
                "/..",
                "/../",
                "/a.txt",
                "./folder/a.txt",
                "../test",
                "folder/./a.txt",
                "folder/folder/.",
                "folder/folder/..",
                "a//b/",
                "a/b//c",
                "a/b/c/../d",
                "a/../",
                "a/./",
                "a/b/c/..",
                "..",
                ".",
                "./",
                "../",
                "\\",
                "\\\\",
                "\\z",
                "..\\",
                "..\\..",
                "\\..\\",
                ".\\\\//",
                ".\\a",
                "a\\.\\b",
                "a\\..\\b",
                "a\\\\b",
                "\\\\server\\share",
                "\\\\?\\C:\\a",
                "a/\\b",
                "a\\/b",
                "x/..\\y",
                "x\\../y"
            })
    void nameWithDotsOrEmptyPartsIsNotSynced(String name) {
        assertThat(DiskNames.unsyncable(name)).isPresent();
        assertThat(DiskNames.unholdable(name)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " / ",
                " ./. ",
                "a",
                ".folder/",
                "..folder/",
                "..file",
                "file..",
                "file/ ..",
                ".. / ..",
                "..a/b../c../..d/e../",
                "folder\\test",
                "folder\\..f",
                "mix/and\\match/",
                "a\\b\\c\\d",
                "...",
                "a/.../b"
            })
    void oddButHarmlessNameIsSynced(String name) {
        assertThat(DiskNames.unsyncable(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dir/", "a\\b", "a\0b", "C:/x", "z:", "a.b2.sync.tmp"})
    void nameThatADiskCannotHoldIsRefusedForADisk(String name) {
        assertThat(DiskNames.unholdable(name)).isPresent();
    }

    @Test
    void longPartOfANameIsRefusedByItsBytes() {
        assertThat(DiskNames.unholdable("é".repeat(127) + "/a")).isEmpty();
        assertThat(DiskNames.unholdable("é".repeat(128) + "/a")).isPresent();
        assertThat(RemoteNames.refusal("é".repeat(125) + "/a")).isEmpty();
        assertThat(RemoteNames.refusal("é".repeat(126) + "/a")).isPresent();
        assertThat(RemoteNames.refusal("12345/".repeat(170) + "1234")).isEmpty();
        assertThat(RemoteNames.refusal("12345/".repeat(170) + "12345")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b", "a\\b", "a\u0001", "a\nb", "a\u007f", "a\uD83D", "\uDE00a"})
    void nameThatB2RefusesIsRefused(String name) {
        assertThat(RemoteNames.refusal(name)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "😀", "..", "a b", "C:", "a\u0080b"})
    void nameThatB2TakesIsTaken(String name) {
        assertThat(RemoteNames.refusal(name)).isEmpty();
    }
}
