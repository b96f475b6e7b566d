// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.B2Constants;
import io.github.camelb2.B2Operations;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every operation, option and header that is promised is there and used by a test; that each has its line in the
 * documentation is for {@link DocumentationTest}.
 *
 * <p>A test uses a header if its code has the constant or the name; an option if its code sets it in a URI, in YAML or
 * by the setter; an operation if its code names it. Comments do not count, nor do the tables that name them all.
 */
class CoverageTest {
    private static final Path TESTS = Path.of("src", "test");
    private static final Path PROMISED = TESTS.resolve(Path.of("resources", "promised.txt"));

    /** Code that names all operations because the compiler makes it, and this class. */
    private static final Set<String> TABLES =
            Set.of("CoverageTest.java", "OperationStage.java", "OperationErrorPathsTest.java", "promised.txt");

    private static final String CODE = code();

    @Test
    void whatIsPromisedIsThereAndNothingElse() {
        assertThat(promised("operation"))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(B2Operations.values()).map(Enum::name).toList());
        assertThat(promised("header"))
                .containsExactlyInAnyOrderElementsOf(
                        headers().map(CoverageTest::value).toList());
        assertThat(promised("option"))
                .containsExactlyInAnyOrderElementsOf(options().collect(Collectors.toCollection(TreeSet::new)));
    }

    @ParameterizedTest
    @EnumSource
    void everyOperationIsUsedByATest(B2Operations operation) {
        assertThat(isInCode("(B2Operations\\.|operation[=:] ?)" + operation + "\\b"))
                .as("a test uses the operation " + operation)
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("headers")
    void everyHeaderIsUsedByATest(Field constant) {
        String camels = constant.getName().replace("CAMEL_", "");
        assertThat(isInCode("B2Constants\\." + constant.getName() + "\\b|\\b" + value(constant) + "\\b|\\bExchange\\."
                        + camels + "\\b"))
                .as("a test uses the header " + value(constant))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("options")
    void everyOptionIsUsedByATest(String option) {
        String setter = "set" + option.substring(0, 1).toUpperCase(Locale.ROOT) + option.substring(1);
        assertThat(isInCode("[?&\"]" + option + "=|\\." + setter + "\\(|\n *" + option + ": "))
                .as("a test sets the option " + option)
                .isTrue();
    }

    private static boolean isInCode(String pattern) {
        return Pattern.compile(pattern).matcher(CODE).find();
    }

    static Stream<Field> headers() {
        return Arrays.stream(B2Constants.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class);
    }

    /** The options of this component; those that it inherits are Camel's. */
    static Stream<String> options() {
        return Stream.<Class<?>>iterate(B2Configuration.class, Objects::nonNull, Class::getSuperclass)
                .flatMap(options -> Arrays.stream(options.getDeclaredFields()))
                .filter(field -> field.isAnnotationPresent(UriParam.class))
                .filter(field -> !field.isAnnotationPresent(UriPath.class))
                .map(Field::getName);
    }

    private static String value(Field constant) {
        try {
            return (String) constant.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The names that the file lists behind that word. */
    private static List<String> promised(String kind) {
        return lines(PROMISED)
                .filter(line -> line.startsWith(kind + " "))
                .flatMap(line -> Arrays.stream(line.split(" ")).skip(1))
                .toList();
    }

    private static String code() {
        try (Stream<Path> files = Files.walk(TESTS)) {
            Pattern comment = Pattern.compile("^\\s*(//|\\*|/\\*|#)");
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(java|yaml|xml)"))
                    .filter(file -> !TABLES.contains(file.getFileName().toString()))
                    .flatMap(CoverageTest::lines)
                    .filter(line -> !comment.matcher(line).find())
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
