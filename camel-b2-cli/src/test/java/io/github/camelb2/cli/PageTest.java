// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.emulator.B2Emulator;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands of the manual's page do what it says, one after the other, and it names every option. */
class PageTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^\\[source,(console|json)]\\n-{4}\\n(.*?)^-{4}$");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    @TempDir
    Path directory;

    private static String page() throws Exception {
        return Files.readString(Path.of("../src/main/docs/command-line.adoc"));
    }

    private static Stream<String> lines(String language) throws Exception {
        return BLOCK.matcher(page())
                .results()
                .filter(block -> block.group(1).equals(language))
                .flatMap(block -> block.group(2).lines());
    }

    @Test
    void everyCommandOfThePageRuns() throws Exception {
        Files.createDirectories(directory.resolve("photos"));
        Files.writeString(directory.resolve("photos/a.jpg"), "a");
        Files.writeString(directory.resolve("photos/b.tmp"), "b");
        Files.writeString(directory.resolve("report.csv"), "1,2");
        List<String> ran = new ArrayList<>();
        try (B2Emulator b2 = B2Emulator.start()) {
            for (String bucket : List.of("my-bucket", "locked-bucket")) {
                b2.state().createBucket(bucket);
            }
            for (String line : lines("console").toList()) {
                String[] words =
                        words(line.replaceAll("^\\$ (.* \\| )?camel-b2 ", "").replace("/data", directory.toString()));
                if (line.contains(" emulator ") || line.contains("locked-bucket")) {
                    assertThat(CamelB2.commandLine().parseArgs(words).subcommand())
                            .isNotNull();
                } else {
                    Run.Ended ended = Run.on(b2).typing("a pipe").run(words);
                    assertThat(ended.code()).as("%s: %s", line, ended).isZero();
                }
                ran.add(line);
            }
            assertThat(b2.state().names("my-bucket"))
                    .containsExactly("photos.tar", "photos/a.jpg", "photos/b.tmp", "reports/today.csv");
        }
        assertThat(ran).hasSizeGreaterThan(15);
        assertThat(directory.resolve("today.csv")).hasContent("1,2");
        assertThat(directory.resolve("restored/a.jpg")).hasContent("a");
    }

    @Test
    void everyCommandOfTheReadmeRuns() throws Exception {
        Files.createDirectories(directory.resolve("photos"));
        Files.writeString(directory.resolve("photos/a.jpg"), "a");
        List<String> lines = Files.readAllLines(Path.of("../README.md")).stream()
                .filter(line -> line.startsWith("$ camel-b2 "))
                .toList();
        try (B2Emulator b2 = B2Emulator.start()) {
            b2.state().createBucket("my-bucket");
            for (String line : lines) {
                Run.Ended ended = Run.on(b2)
                        .run(words(line.substring("$ camel-b2 ".length()).replace("/data", directory.toString())));

                assertThat(ended.code()).as("%s: %s", line, ended).isZero();
            }
            assertThat(b2.state().names("my-bucket")).containsExactly("photos/a.jpg");
        }
        assertThat(lines).isNotEmpty();
    }

    private static String[] words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        return words.toArray(new String[0]);
    }

    @Test
    void everyOptionOfASyncStandsOnThePage() throws Exception {
        String page = page();

        for (String command : List.of("sync", "ls", "cp", "rm")) {
            assertThat(CamelB2.commandLine()
                            .getSubcommands()
                            .get(command)
                            .getCommandSpec()
                            .options())
                    .allSatisfy(option -> assertThat(Arrays.stream(option.names()))
                            .as(command + " " + option.longestName())
                            .anyMatch(page::contains));
        }
    }

    @Test
    void jsonOfThePageIsWhatIsWritten() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        Files.writeString(directory.resolve("a.txt"), "a");
        try (B2Emulator b2 = B2Emulator.start()) {
            b2.state().createBucket("my-bucket");
            List<String> written = Run.on(b2)
                    .run("sync", "--json", directory.toString(), "b2://my-bucket")
                    .lines();
            List<String> shown = lines("json").toList();

            for (int i = 0; i < shown.size(); i++) {
                List<String> members = new ArrayList<>();
                mapper.readTree(shown.get(i)).fieldNames().forEachRemaining(members::add);
                assertThat(mapper.readTree(written.get(i)).fieldNames())
                        .toIterable()
                        .containsAll(members);
            }
        }
    }
}
