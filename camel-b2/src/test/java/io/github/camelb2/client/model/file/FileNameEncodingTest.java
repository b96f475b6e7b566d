// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.file;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FileNameEncodingTest {
    @ParameterizedTest
    @ValueSource(strings = {"AZaz09", ".", "_", "-", "/", "~", "!", "$", "'", "(", ")", "*", ";", "=", ":", "@"})
    void safeCharactersStayAsTheyAre(String safe) {
        assertThat(FileNameEncoding.encode(safe)).isEqualTo(safe);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '\t',
            quoteCharacter = '\0',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                " \t%20",
                "\"\t%22",
                "#\t%23",
                "%\t%25",
                "&\t%26",
                "+\t%2B",
                ",\t%2C",
                "<\t%3C",
                ">\t%3E",
                "?\t%3F",
                "[\t%5B",
                "\\\t%5C",
                "]\t%5D",
                "^\t%5E",
                "`\t%60",
                "{\t%7B",
                "|\t%7C",
                "}\t%7D",
                "\u007f\t%7F",
                "é\t%C3%A9",
                "自由\t%E8%87%AA%E7%94%B1",
                "😀\t%F0%9F%98%80",
                "a b+c/é.txt\ta%20b%2Bc/%C3%A9.txt"
            })
    void everythingElseIsPercentEncodedUtf8AndComesBack(String text, String encoded) {
        assertThat(FileNameEncoding.encode(text)).isEqualTo(encoded);
        assertThat(FileNameEncoding.decode(encoded)).isEqualTo(text);
        assertThat(FileNameEncoding.decode(encoded.toLowerCase())).isEqualTo(text);
    }

    @Test
    void plusIsDecodedToASpaceAsB2Does() {
        assertThat(FileNameEncoding.decode("a+b%2Bc")).isEqualTo("a b+c");
    }

    @Test
    void parametersAlsoEncodeWhatSeparatesThem() {
        assertThat(FileNameEncoding.encodeParameter("attachment; filename=\"a&b.txt\""))
                .isEqualTo("attachment%3B%20filename%3D%22a%26b.txt%22");
    }

    @Test
    void brokenEscapeIsRefused() {
        assertThatThrownBy(() -> FileNameEncoding.decode("a%2")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "100%", "%zz", "a%2", "a+b%2", "%C3%A9%", "%-1"})
    void whatWasNeverEncodedIsWhatItIs(String raw) {
        assertThat(FileNameEncoding.decodeIfEncoded(raw)).isEqualTo(raw);
    }

    @Test
    void whatIsEncodedIsDecodedWhoeverAsks() {
        assertThat(FileNameEncoding.decodeIfEncoded("a+b%2Bc%C3%A9")).isEqualTo("a b+cé");
        // As b2sdk does: bytes that are no UTF-8 become the sign for it.
        assertThat(FileNameEncoding.decodeIfEncoded("a%FFb")).isEqualTo("a\ufffdb");
    }
}
