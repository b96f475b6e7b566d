// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Each row of the table of features names a test that there is. */
class FeatureTableTest {
    private static final Path ROOT = Path.of("..");
    private static final int COLUMNS = 6;
    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");

    @Test
    void everyRowNamesATestThatThereIs() throws IOException {
        List<String> rows = Files.readAllLines(ROOT.resolve("src/main/docs/features.adoc")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| feature "))
                .toList();
        Map<String, String> tests = tests();

        assertThat(rows).hasSizeGreaterThan(5).allSatisfy(row -> {
            List<String> cells = Stream.of(row.substring(1).split("(?<!\\\\)\\|", -1))
                    .map(String::strip)
                    .toList();
            assertThat(cells).as(row).hasSize(COLUMNS).noneMatch(String::isEmpty);
            if (cells.get(1).equals("–")) {
                assertThat(cells.get(COLUMNS - 1)).as(row).isEqualTo("–");
                return;
            }
            Matcher test = TEST.matcher(cells.get(COLUMNS - 1));
            assertThat(test.find())
                    .as("names its test as `Class.method`: " + row)
                    .isTrue();
            assertThat(tests).as(row).containsKey(test.group(1));
            assertThat(tests.get(test.group(1)))
                    .as(row)
                    .containsPattern("@(Test|ParameterizedTest|Property|TestFactory)[^{};]*(\\{[^{}]*}[^{};]*)*void "
                            + test.group(2) + "\\(");
        });
    }

    /** The code of each test class, by its name; of several of one name all. */
    private static Map<String, String> tests() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(it -> it.toString().replace('\\', '/').matches(".*/src/test/java/.*\\.java"))
                    .collect(Collectors.toMap(
                            it -> it.getFileName().toString().replace(".java", ""),
                            FeatureTableTest::text,
                            String::concat));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
