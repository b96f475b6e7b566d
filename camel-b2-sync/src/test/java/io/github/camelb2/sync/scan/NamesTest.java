// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.transfer.local.OwnDigits;
import io.github.camelb2.sync.scan.disk.DiskNames;
import io.github.camelb2.sync.scan.disk.NameEncoding;
import io.github.camelb2.sync.scan.disk.TemporaryNames;

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
                "x/.."
            })
    void nameWithDotsOrEmptyPartsIsNotSynced(String name) {
        assertThat(DiskNames.unsyncable(name)).isPresent();
        assertThat(DiskNames.POSIX.unholdable(name)).isPresent();
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
                "\\z",
                "..\\..",
                "a\\\\b",
                "C:/x",
                "...",
                "a/.../b"
            })
    void oddButHarmlessNameIsSynced(String name) {
        assertThat(DiskNames.unsyncable(name)).isEmpty();
    }

    static Stream<String> unholdable() {
        String run = TemporaryNames.tag("run");
        return Stream.of(
                "",
                "dir/",
                "a\0b",
                "x/" + TemporaryNames.download("a", "id", run),
                TemporaryNames.mark(run),
                ".b2-" + OwnDigits.of("any", 32) + ".b2tmp");
    }

    @ParameterizedTest
    @MethodSource("unholdable")
    void nameThatADiskCannotHoldIsRefusedForADisk(String name) {
        assertThat(DiskNames.POSIX.unholdable(name)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\\b",
                "..\\x",
                "C:/x",
                "z:",
                "a:b",
                "CON",
                "a.",
                "a ",
                "notes.b2.sync.tmp",
                ".x.b2tmp",
                ".b2-1.b2tmp",
                "x/.b2-00112233445566778899-00112233445566778899.b2.sync.tmp",
                ".b2-run-00112233445566778899.b2.sync.tmp",
                ".b2-00112233445566778899aabbccddeeff.b2tmp",
                "a\nb",
                "é"
            })
    void posixDiskTakesWhatOthersRefuse(String name) {
        assertThat(DiskNames.POSIX.unholdable(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\\b",
                "..\\x",
                "C:/x",
                "z:",
                "a:b",
                "CON",
                "x/nul.txt",
                "com1.tar.gz",
                "LPT¹",
                "a.",
                "a ",
                "a./b",
                "what?",
                "a\nb"
            })
    void windowsDiskRefusesWhatItCannotHold(String name) {
        assertThat(DiskNames.WINDOWS.unholdable(name)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONSOLE", "x/nulls.txt", "com10", ".a", " a", "é", "a.b.c"})
    void windowsDiskTakesTheRest(String name) {
        assertThat(DiskNames.WINDOWS.unholdable(name)).isEmpty();
    }

    @Test
    void posixLocaleSpellsAsciiOnly() {
        NameEncoding posix = new NameEncoding("ANSI_X3.4-1968");

        assertThat(posix.canSpell("a b")).isTrue();
        assertThat(posix.canSpell("é")).isFalse();
        assertThat(new NameEncoding("UTF-8").canSpell("é😀")).isTrue();
    }

    @Test
    void longPartOfANameIsRefusedByItsBytes() {
        assertThat(DiskNames.POSIX.unholdable("é".repeat(127) + "/a")).isEmpty();
        assertThat(DiskNames.POSIX.unholdable("é".repeat(128) + "/a")).isPresent();
        assertThat(RemoteNames.refusal("é".repeat(512))).isEmpty();
        assertThat(RemoteNames.refusal("é".repeat(512) + "a")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\u0001", "a\nb", "a\u007f", "a\uD83D", "\uDE00a"})
    void nameThatB2RefusesIsRefused(String name) {
        assertThat(RemoteNames.refusal(name)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "😀", "..", "a b", "C:", "a\u0080b", "a\\b", "/a", "a//b"})
    void nameThatB2TakesIsTaken(String name) {
        assertThat(RemoteNames.refusal(name)).isEmpty();
    }
}
