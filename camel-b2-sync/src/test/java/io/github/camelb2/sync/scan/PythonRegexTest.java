// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The expected values are what Python's re.match answers. */
class PythonRegexTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "a,              abc,      true",
                "b,              abc,      false",
                ".*b,            abc,      true",
                "abc$,           abcd,     false",
                "`abc$`,         `abc\n`,  true",
                "abc\\Z,         abc,      true",
                "abc\\Z,         `abc\n`,  false",
                "`a.b`,          `a\rb`,   true",
                "`a.b`,          `a\u0085b`, true",
                "`a.b`,          `a\nb`,   false",
                "\\w+$,          größe,    true",
                "\\d+$,          ٣٤,       true",
                "(?P<x_1>a)(?P=x_1), aa,   true",
                "(?P<x_1>a)(?P=x_1), ab,   false",
                "(?P<a>x)(?P<a_>y)(?P=a_), xyy, true",
                "[[]x,           [x,       true",
                "`[a&&b]+$`,     `a&b`,    true",
                "[]]x,           ]x,       true",
                "[^]]x,          ax,       true",
                "`a{,2}b`,       aab,      true",
                "`a{,2}b`,       aaab,     false",
                "`a{b`,          `a{b`,    true",
                "`a{}`,          `a{}`,    true",
                "`x{2,3}$`,      xxx,      true",
                "\\.git/,        .git/x,   true",
                "(?i)ABC,        abc,      true",
                "(?i)Ä,          ä,        true",
                "\\U0001f600,    😀,        true",
                "\\u00e9,        é,        true",
                "a\\0?b,         ab,       true",
                "`[\\b]?c`,      c,        true",
                "a|b,            bcd,      true"
            })
    void expressionMeansWhatItMeansInPython(String expression, String text, boolean matches) {
        assertThat(PythonRegex.compile(expression).matches(text)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[a", "*a", "\\p{L}", "\\Qa\\E", "\\h", "a\\", "\\U12", "(?P<1>a)"})
    void whatPythonRefusesIsRefused(String expression) {
        assertThatThrownBy(() -> PythonRegex.compile(expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"" + expression + "\" is not a regular expression: ");
    }
}
