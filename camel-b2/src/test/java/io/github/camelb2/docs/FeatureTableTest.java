// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.docs;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.tooling.model.ComponentModel;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Each row of the table of features names a test that there is. */
class FeatureTableTest {
    private static final Path ROOT = Path.of("..");
    private static final int COLUMNS = 6;
    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");

    private static final Path LISTS = ROOT.resolve("examples/routes/src/test/resources/elsewhere");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");
    private static final int B2 = 2;
    private static final int RCLONE = 3;
    private static final int AWS2_S3 = 4;

    private static List<String> rows() throws IOException {
        return Files.readAllLines(ROOT.resolve("src/main/docs/features.adoc")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| feature "))
                .toList();
    }

    private static List<String> cells(String row) {
        return Stream.of(row.substring(1).split("(?<!\\\\)\\|", -1))
                .map(String::strip)
                .toList();
    }

    /** The flags and commands that the cells of a column name: each flag by itself, a command without its flags. */
    private static Set<String> names(int column) throws IOException {
        Set<String> names = new TreeSet<>();
        for (String row : rows()) {
            NAME.matcher(cells(row).get(column)).results().forEach(found -> {
                String text = found.group(1);
                Stream.of(text.split(" ")).filter(word -> word.startsWith("--")).forEach(names::add);
                String command = text.replaceAll("(^| )-.*", "").strip();
                if (!command.isEmpty()) {
                    names.add(command);
                }
            });
        }
        return names;
    }

    private static Set<String> list(String name) throws IOException {
        return Files.readAllLines(LISTS.resolve(name)).stream()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.toSet());
    }

    @Test
    void theCommandsAndFlagsOfB2AreThoseOfItsVersion4() throws IOException {
        Set<String> known = list("b2-commands.txt");
        known.addAll(list("b2-sync-flags.txt"));

        assertThat(known).containsAll(names(B2));
        assertThat(names(B2)).isNotEmpty();
    }

    @Test
    void theCommandsAndFlagsOfRcloneAreThoseOfTheProgram() throws Exception {
        Set<String> known = list("rclone-commands.txt");
        known.addAll(list("rclone-flags.txt"));
        known.addAll(list("rclone-b2-flags.txt"));
        // Of rclone check, which the list of common flags has not.
        known.add("--download");
        Set<String> named = names(RCLONE).stream()
                .map(name -> name.startsWith("-") || name.startsWith("rclone ") ? name : "rclone " + name)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(known).containsAll(named);
        assertThat(named).hasSizeGreaterThan(5);
        Assumptions.assumeTrue(isInstalled("rclone"), "rclone is not installed");
        String program = output("rclone", "help", "flags")
                + output("rclone", "check", "--help")
                + output("rclone", "sync", "--help")
                + output("rclone", "help");
        assertThat(named).allSatisfy(name -> assertThat(program)
                .containsPattern("(?m)(^|[ ,])" + Pattern.quote(name.replace("rclone ", "")) + "[ ,]"));
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }

    @Test
    void theNamesOfAws2S3AreThoseOfCamelsCatalog() throws IOException {
        ComponentModel component = new DefaultCamelCatalog().componentModel("aws2-s3");
        Set<String> known = new HashSet<>();
        component.getEndpointOptions().forEach(option -> {
            known.add(option.getName());
            if (option.getName().equals("operation")) {
                known.addAll(option.getEnums());
            }
        });
        component.getEndpointHeaders().forEach(header -> known.add(header.getName()));

        assertThat(known).containsAll(names(AWS2_S3));
        assertThat(names(AWS2_S3)).hasSizeGreaterThan(3);
    }

    @Test
    void everyRowNamesATestThatThereIs() throws IOException {
        List<String> rows = rows();
        Map<String, String> tests = tests();

        assertThat(rows).hasSizeGreaterThan(5).allSatisfy(row -> {
            List<String> cells = cells(row);
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
