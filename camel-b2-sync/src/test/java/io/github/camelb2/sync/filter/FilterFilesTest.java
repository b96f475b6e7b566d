// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.filter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.filter.FileFilter;
import io.github.camelb2.filter.NameRule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The files of filters and of names, line by line. */
class FilterFilesTest {
    @TempDir
    Path temp;

    private final FilterFiles files = new FilterFiles();

    private Path write(String text) throws IOException {
        return Files.writeString(temp.resolve("rules.txt"), text);
    }

    private NameRule rules(String... lines) throws IOException {
        return files.filterFrom(write(String.join("\n", lines)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "*.tmp        | a.tmp d/a.tmp                  | a.tmpx tmp",
                "/*.tmp       | a.tmp                          | d/a.tmp",
                "d/**         | d/x d/e/x c/d/x                | d ad/x d.x",
                "/d/**        | d/x d/e/x                      | c/d/x d",
                "d/*          | d/x c/d/x                      | d/e/x",
                "a?c          | abc d/abc                      | ac a/c abbc",
                "[a-c]1       | a1 c1                          | d1 A1",
                "[^a-c]1      | d1                             | a1 1",
                "[[:digit:]]x | 1x                             | ax",
                "[&[]x        | &x                             | ax",
                "*.{jpg,p?g}  | a.jpg a.png d/a.pqg            | a.gif a.pg",
                "{{a+b}}      | ab aaab d/ab                   | b",
                "a\\*b        | a*b                            | axb",
                "a+(b)^$.d    | a+(b)^$.d                      | aab",
                "**           | a d/a                          | ",
                "/a**z        | az abcz a/b/z                  | b/az",
            })
    void globsMeanWhatRcloneMeans(String glob, String matching, String others) {
        Glob compiled = Glob.compile(glob);

        for (String name : matching.split(" ")) {
            assertThat(compiled.matches(name)).as(glob + " matches " + name).isTrue();
        }
        if (others != null) {
            for (String name : others.split(" ")) {
                assertThat(compiled.matches(name)).as(glob + " matches " + name).isFalse();
            }
        }
    }

    @Test
    void theFirstLineThatMatchesDecidesAndIsNamed() throws IOException {
        NameRule rule = rules("# comment", "", "; another", "+ keep/*.tmp", "  - *.tmp  ", "- cache/");

        assertThat(rule.excludes("keep/a.tmp")).isFalse();
        assertThat(rule.inclusion("keep/a.tmp").orElseThrow())
                .isEqualTo("line 4 of " + temp + "/rules.txt: + keep/*.tmp");
        assertThat(rule.excludes("a.tmp")).isTrue();
        assertThat(rule.reason("a.tmp")).isEqualTo("line 5 of " + temp + "/rules.txt: - *.tmp");
        assertThat(rule.reason("d/cache/x/y")).startsWith("line 6 of ");
        assertThat(rule.excludes("other")).isFalse();
    }

    /** Where rclone is not at hand to be asked. */
    @Test
    void oneBlankBehindTheSignIsNoPartOfTheGlob() throws IOException {
        assertThat(rules("-  lead").excludes(" lead")).isTrue();
        assertThat(rules("-  lead").excludes("lead")).isFalse();
        assertThat(rules("- lead ").excludes("lead")).isTrue();
        assertThat(rules("\u00a0- lead\u00a0").excludes("lead")).isTrue();
        assertThat(rules("- a\rb").excludes("a\rb")).isTrue();
        assertThat(rules("-  lead").reason(" lead")).isEqualTo("line 1 of " + temp + "/rules.txt: -  lead");
    }

    /** As rclone, which looks into no other directories than those in which its globs may mean something. */
    @Test
    void directoriesAreAskedToo() throws IOException {
        NameRule rule = rules("- old/", "+ new/", "+ b/*", "+ /x/y/*.txt", "- *");

        assertThat(List.of("b/a", "b/b", "x/y/a.txt")).noneMatch(rule::excludes);
        assertThat(List.of("new/a", "old/a", "a/b/c", "x/a.txt", "a/old/b/c")).allMatch(rule::excludes);
        assertThat(rule.reason("a/b/c"))
                .isEqualTo("line 5 of " + temp + "/rules.txt: - *, which leaves out a directory above it");
        assertThat(List.of("a", "a/b", "old")).allMatch(rule::excludesAllBelow);
        assertThat(List.of("b", "x", "x/y")).noneMatch(rule::excludesAllBelow);
        assertThat(rules("+ new/", "- *").excludes("new/a")).isTrue();
        assertThat(rules("- new/").excludes("c/new/a/b")).isTrue();
    }

    @Test
    void anExclamationMarkForgetsTheLinesBeforeIt() throws IOException {
        assertThat(rules("- *", "!", "- b").excludes("a")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-x       | write \"+ glob\" or \"- glob\"",
                "exclude x | write \"+ glob\"",
                "- ***    | more than two stars",
                "- [a     | a [ has no ]",
                "- a]     | a ] has no [",
                "- {a     | a { has no }",
                "- a}     | a } has no {",
                "- {{a    | a {{ has no }}",
                "- {{(}}  | it is no glob",
                "- [[:x:]] | [:x:] is no class",
                "- a\\    | nothing follows the backslash",
            })
    void aLineThatIsNoRuleIsRefusedByItsNumber(String line, String reason) {
        assertThatThrownBy(() -> rules("# first", line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Option filterFrom=" + temp + "/rules.txt: line 2, \"" + line)
                .hasMessageContaining(reason);
    }

    @Test
    void aFileThatCannotBeReadIsRefused() throws IOException {
        assertThatThrownBy(() -> files.filesFrom(temp.resolve("none")))
                .hasMessage("Option filesFrom=" + temp
                        + "/none cannot be: there is no such file; write the path of a text" + " file in UTF-8");
        assertThatThrownBy(() -> files.filterFrom(temp)).hasMessageContaining("it cannot be read");
        Files.write(temp.resolve("latin"), "- caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> files.filterFrom(temp.resolve("latin"))).hasMessageContaining("it is not in UTF-8");
        assertThatThrownBy(() -> files.filesFrom(temp.resolve("latin"))).hasMessageContaining("it is not in UTF-8");
    }

    @Test
    void aListNamesWhatTakesPart() throws IOException {
        NameRule rule = files.filesFrom(write("\uFEFFa.txt\r\n/d/b.txt\n\nd/e/c d\n"));

        assertThat(List.of("a.txt", "d/b.txt", "d/e/c d")).noneMatch(rule::excludes);
        assertThat(List.of("b.txt", "d/a.txt", "/d/b.txt", "", "d")).allMatch(rule::excludes);
        assertThat(List.of("d", "d/e")).noneMatch(rule::excludesAllBelow);
        assertThat(List.of("e", "d/f", "a.txt")).allMatch(rule::excludesAllBelow);
        assertThat(rule.reason("x")).contains("which does not list it");
    }

    /** A name that is listed and left out is lost with deleteExcluded=true. */
    @Test
    void eachLineOfAListIsANameAsItIs() throws IOException {
        List<String> names =
                List.of("#hash", "# a b", ";semi", " lead", "trail ", "\ttab\t", " ", "!", "+ a", "- a", "d/ #x ");
        NameRule rule = files.filesFrom(write(String.join("\n", names)));

        assertThat(names).noneMatch(rule::excludes);
        assertThat(List.of("lead", "trail", "tab", "hash", "semi", "a", "d/#x", "d/ #x"))
                .allMatch(rule::excludes);
        assertThat(rule.excludesAllBelow("d")).isFalse();
    }

    @Test
    void aListOfMoreNamesThanCanBeHeldIsRefused() throws IOException {
        Path list = write(IntStream.rangeClosed(0, NameList.MOST)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining("\n")));

        assertThatThrownBy(() -> files.filesFrom(list))
                .hasMessageContaining("it has more than " + NameList.MOST + " names");
    }

    @Test
    void aFileThatChangedIsReadAgain() throws IOException {
        NameRule before = rules("- a");
        assertThat(files.filterFrom(temp.resolve("rules.txt"))).isSameAs(before);

        NameRule after = rules("- bb");

        assertThat(before.excludes("a")).isTrue();
        assertThat(after.excludes("a")).isFalse();
    }

    /** What is passed by is never looked at, so a mistake would lose files. */
    @Test
    void nobodyPassesByADirectoryOfWhichAFileTakesPart() throws IOException {
        Random random = new Random(20);
        int passedBy = 0;
        for (int round = 0; round < 400; round++) {
            List<String> lines = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                lines.add((random.nextInt(3) == 0 ? "+ " : "- ") + Names.glob(random));
            }
            FileFilter filter = new FileFilter.Builder()
                    .rule(rules(lines.toArray(String[]::new)))
                    .ant(
                            random.nextInt(3) == 0 ? Names.ant(random) : null,
                            random.nextInt(3) == 0 ? Names.ant(random) : null)
                    .build();
            for (int i = 0; i < 20; i++) {
                String folder = Names.path(random);
                if (filter.excludesAllBelow(folder)) {
                    passedBy++;
                    for (int j = 0; j < 20; j++) {
                        assertThat(filter.acceptsName(folder + "/" + Names.path(random)))
                                .as(lines + " below " + folder)
                                .isFalse();
                    }
                }
            }
        }
        assertThat(passedBy).isGreaterThan(200);
    }

    /** Names and patterns of few letters, so that they meet. */
    static final class Names {
        private static final String[] PARTS = {"a", "b", "ab", "a.b", "c", "aa"};
        private static final String[] GLOBS = {
            "*", "a*", "?", "**", "[ab]", "{a,b}", "a", "b", "ab", "*.b", "??", "{a,b*}"
        };
        private static final String[] ANTS = {"*", "a*", "?", "**", "a", "b", "ab", "*.b", "??"};

        static String path(Random random) {
            return join(random, PARTS);
        }

        static String glob(Random random) {
            return (random.nextBoolean() ? "/" : "") + join(random, GLOBS) + (random.nextInt(3) == 0 ? "/" : "");
        }

        static String ant(Random random) {
            return join(random, ANTS);
        }

        private static String join(Random random, String[] parts) {
            return IntStream.rangeClosed(0, random.nextInt(3))
                    .mapToObj(i -> parts[random.nextInt(parts.length)])
                    .collect(Collectors.joining("/"));
        }

        private Names() {}
    }
}
