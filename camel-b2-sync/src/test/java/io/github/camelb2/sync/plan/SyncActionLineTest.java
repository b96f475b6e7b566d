// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan;

import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelb2.sync.plan.actions.ShellQuoting;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.plan.actions.SyncAction.Delete.Note;

import static org.assertj.core.api.Assertions.assertThat;

class SyncActionLineTest {

    @ParameterizedTest
    @MethodSource("lines")
    void actionReadsAsB2sdkPrintsIt(SyncAction action, String line) {
        assertThat(action.line()).isEqualTo(line);
    }

    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of(new SyncAction.Upload("some.pdf", 1, 1), "upload some.pdf"),
                Arguments.of(new SyncAction.Upload("a b", 1, 1), "upload 'a b'"),
                Arguments.of(new SyncAction.Download("a/b c.txt", "id", 1, 1), "dnload a/b c.txt"),
                Arguments.of(new SyncAction.Copy("z'", "id", 1, 1, SyncAction.Copy.Metadata.KEPT), "copy z'"),
                Arguments.of(new SyncAction.Hide("y"), "hide   y"),
                Arguments.of(new SyncAction.Delete("x", "id", Note.OLD_VERSION), "delete x (old version)"),
                Arguments.of(new SyncAction.Delete("x", "id", Note.HIDE_MARKER), "delete x (hide marker)"),
                Arguments.of(new SyncAction.Delete("x", "id", Note.NEWEST), "delete x "),
                Arguments.of(new SyncAction.DeleteLocal("x y", 1, 1), "delete 'x y'"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "a.txt, a.txt",
                "`A-Z_0@%+=:,./-`, `A-Z_0@%+=:,./-`",
                "é.txt, `'é.txt'`",
                "q'u, `'q'\"'\"'u'`",
                "`a\u0007b`, `'a\\x07b'`",
                "`a\tb`, `'a\tb'`",
                "`a\u009bb`, `'a\\x9bb'`",
                "`a\\b`, `'a\\b'`",
                "`$x`, `'$x'`"
            })
    void nameIsQuotedForAShell(String name, String shown) {
        assertThat(ShellQuoting.quote(name)).isEqualTo(shown);
    }
}
