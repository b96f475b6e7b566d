// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.sync.wire.OwnFile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The files that a sync writes for itself take the place of nobody else's, whatever option names them. */
class SyncOwnFilesTest extends SyncTestSupport {
    private static final String KEY = "planKey=RAW(a key for the files of tests)";

    /** The option, and the mode in which it has a meaning. */
    private Exchange tryWith(String option, Path file) {
        String mode =
                switch (option) {
                    case "scrubFile" -> "mode=scrub";
                    case "planFile" -> "mode=plan";
                    case "reportFile" -> "mode=run";
                    default -> "mode=check";
                };
        return trySync(source.toString(), bucketUri(), mode, KEY, option + "=" + file);
    }

    private Path file(String option) {
        return temp.resolve(option.equals("certificateFile") ? "own.json" : "own");
    }

    private void givenBothSides() throws IOException {
        given("a", 10);
        givenInBucket("a", "a", 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reportFile", "checkFile", "combinedFile", "certificateFile", "scrubFile", "planFile"})
    void fileOfSomebodyElseIsNotReplaced(String option) throws Exception {
        givenBothSides();
        byte[] notText = {'{', '"', (byte) 0xff, '\n', '-'};
        for (byte[] content : List.of("my diary\n".getBytes(StandardCharsets.UTF_8), notText)) {
            Files.write(file(option), content);

            Exchange refused = tryWith(option, file(option));

            assertThat(refused.getException())
                    .isNotNull()
                    .hasStackTraceContaining("Option " + option + "=" + file(option) + " is there and is no");
            assertThat(Files.readAllBytes(file(option))).isEqualTo(content);
        }
        if (!option.equals("reportFile")) {
            Path unfinished = temp.resolve(file(option).getFileName() + ".incomplete");
            Files.delete(file(option));
            Files.writeString(unfinished, "mine");
            assertThat(tryWith(option, file(option)).getException()).hasStackTraceContaining("Option " + option + "=");
            assertThat(unfinished).hasContent("mine");
        }
    }

    /** Each is written twice first: its own it replaces. */
    @ParameterizedTest
    @EnabledOnOs({OS.LINUX, OS.MAC})
    @ValueSource(strings = {"checkFile", "combinedFile", "certificateFile", "scrubFile", "planFile"})
    void fileOfSeveralNamesOrBehindALinkIsNotReplaced(String option) throws Exception {
        givenBothSides();
        Path own = file(option);
        for (int run = 0; run < 2; run++) {
            assertThat(tryWith(option, own).getException()).isNull();
        }
        String content = Files.readString(own);
        Path other = Files.createLink(temp.resolve("other"), own);

        assertThat(tryWith(option, own).getException())
                .hasMessageContaining("Option " + option + "=" + own + " is a file of 2 names");
        Files.delete(own);
        Files.createSymbolicLink(own, other);
        assertThat(tryWith(option, own).getException()).hasMessageContaining("Option " + option + "=" + own);

        assertThat(other).hasContent(content);
        assertThat(own).isSymbolicLink();
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkFile", "combinedFile", "certificateFile", "scrubFile", "planFile"})
    void fileThatAnotherRunIsWritingIsLeftToIt(String option) throws Exception {
        givenBothSides();
        OwnFile same = new OwnFile(option, file(option), "no file", (there, state) -> true);
        try (OwnFile.Held other = same.hold()) {
            Files.writeString(same.unfinished(), "");

            assertThat(tryWith(option, file(option)).getException())
                    .hasMessageContaining("Option " + option + "=" + file(option))
                    .hasMessageContaining("another run is writing it");
            assertThat(same.unfinished()).isEmptyFile();
        }

        assertThat(tryWith(option, file(option)).getException()).isNull();
        try (var left = Files.list(temp)) {
            assertThat(left.map(it -> it.getFileName().toString())).noneMatch(it -> it.endsWith(".lock"));
        }
    }

    private Path mark() {
        return temp.resolve(".own.b2-sync.mark");
    }

    /** Lists, rules, certificates of servers and reports of others may begin or look as ours do. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "combinedFile    | - eggs;- milk;",
                "combinedFile    | - *.bak;",
                "combinedFile    | = a;",
                "combinedFile    | * apples;* pears",
                "checkFile       | {\"path\":\"/x\",\"size\":3};",
                "checkFile       | {\"path\":\"a\",\"result\":\"equal\",\"by\":\"me\"};",
                "certificateFile | {\"certificate\":\"-----BEGIN CERTIFICATE\"};",
                "reportFile      | {\"kind\":\"Event\",\"reason\":\"Pulled\"};",
                "planFile        | {\"planFile\":1};my text",
                "planFile        | {\"planFile\":1,\"runId\":\"a\",\"name\":\"b\",\"mac\":\"x\"};my text",
                "scrubFile       | {\"scrub\":1,\"place\":\"b2://B\"};my notes;",
                "scrubFile       | {\"scrub\":1,\"place\":\"b2://B\"}",
                "certificateFile | {\"certificate\":{\"version\":1,\"runId\":\"a\"},\"mac\":\"x\"};my text",
            })
    void fileThatLooksLikeOursIsNotReplaced(String option, String lines) throws Exception {
        givenBothSides();
        String text = lines.replace(';', '\n');
        Path unfinished = temp.resolve(file(option).getFileName() + ".incomplete");
        Files.writeString(file(option), text);

        assertThat(tryWith(option, file(option)).getException())
                .hasStackTraceContaining("Option " + option + "=" + file(option) + " is there and is no");
        assertThat(file(option)).hasContent(text);

        Files.delete(file(option));
        if (option.equals("combinedFile")) {
            Files.writeString(unfinished, text);
            assertThat(tryWith(option, file(option)).getException()).hasStackTraceContaining("is there and is no");
            assertThat(unfinished).hasContent(text);
            Files.delete(unfinished);
        }
        // What a run has written itself it replaces, but not what somebody has written into it since.
        for (int run = 0; run < 2; run++) {
            assertThat(tryWith(option, file(option)).getException()).isNull();
        }
        if (option.equals("combinedFile")) {
            Files.writeString(file(option), "+ mine\n", StandardOpenOption.APPEND);
            assertThat(tryWith(option, file(option)).getException()).hasStackTraceContaining("is there and is no");
            assertThat(file(option)).content().endsWith("+ mine\n");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "own.html            | <!DOCTYPE html><!-- certificate of a check of b2-sync -->;my page",
                "own.html            | <!DOCTYPE html><!-- certificate of a check of b2-sync -->;<html>;</body></html>",
                "own.html.incomplete | <!DOCTYPE html><!-- certificate of a check of b2-sync -->;my page",
            })
    void pageOfSomebodyElseIsNotReplaced(String name, String lines) throws Exception {
        givenBothSides();
        String text = lines.replace(';', '\n');
        Files.writeString(temp.resolve(name), text);

        assertThat(tryWith("certificateFile", file("certificateFile")).getException())
                .hasStackTraceContaining(name + " is there and is no certificate");
        assertThat(temp.resolve(name)).hasContent(text);
        Files.delete(temp.resolve(name));
        for (int run = 0; run < 2; run++) {
            assertThat(tryWith("certificateFile", file("certificateFile")).getException())
                    .isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"planFile, {\"planFile\":1}", "scrubFile, '{\"scrub\":1,\"place\":\"b2://B\"}'"})
    void unfinishedFileThatOnlyLooksLikeOursIsNotReplaced(String option, String text) throws Exception {
        givenBothSides();
        Path unfinished = temp.resolve("own.incomplete");
        for (String more : List.of("\n", "\nmine\nall mine\n")) {
            Files.writeString(unfinished, text + more);

            assertThat(tryWith(option, file(option)).getException()).hasStackTraceContaining("is there and is no");
            assertThat(unfinished).hasContent(text + more);
        }
    }

    @Test
    void markOfSomebodyElseIsNotReplaced() throws Exception {
        givenBothSides();
        Files.writeString(mark(), "mine");

        assertThat(tryWith("combinedFile", file("combinedFile")).getException())
                .hasMessageContaining(mark() + " is there and is not of a sync");
        assertThat(mark()).hasContent("mine");
        try (var left = Files.list(temp)) {
            assertThat(left.map(it -> it.getFileName().toString())).noneMatch(it -> it.endsWith(".lock"));
        }
    }

    /** A kill may cut off a line, also within a character. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "checkFile       | {\"path\":\"a\",\"result\":\"equal\",\"by\":\"digest\"};{\"pa\u00e9",
                "combinedFile    | = a;= b\u00e9",
                "combinedFile    | = a;",
                "combinedFile    | = a;+",
                "planFile        | {\"planFile\":1,\"runId\":\"\u00e9",
                "scrubFile       | {\"scrub\":1,\"place\":\"\",\"pass\":0,\"ended\":true};{\"name\":\"\u00e9",
            })
    void whatAKilledRunHasLeftIsNoObstacle(String option, String lines) throws Exception {
        givenBothSides();
        byte[] text = lines.replace(';', '\n').getBytes(StandardCharsets.UTF_8);
        boolean isWithinCharacter = lines.endsWith("\u00e9");
        if (option.equals("combinedFile")) {
            Files.writeString(mark(), "b2-sync has written the file of this name with SHA-256 (unfinished)\n");
        }
        Files.write(
                temp.resolve(file(option).getFileName() + ".incomplete"),
                isWithinCharacter ? Arrays.copyOf(text, text.length - 1) : text);

        assertThat(tryWith(option, file(option)).getException()).isNull();
        assertThat(file(option)).isNotEmptyFile();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode=check | checkFile  | combinedFile    | own",
                "mode=check | checkFile  | certificateFile | own.json",
                "mode=run   | reportFile | stateFile       | own",
                "mode=check | filterFrom | combinedFile    | own",
                "mode=plan  | planFile   | reportFile      | own",
                "mode=scrub | scrubFile  | reportFile      | own",
            })
    void oneFileIsNotNamedByTwoOptions(String mode, String one, String other, String name) throws Exception {
        givenBothSides();
        Files.createSymbolicLink(temp.resolve("link"), temp);
        if (one.equals("filterFrom")) {
            Files.writeString(temp.resolve(name), "- *.tmp\n");
        }

        assertThatThrownBy(() -> sync(
                        source.toString(),
                        bucketUri(),
                        mode,
                        KEY,
                        one + "=" + temp.resolve(name),
                        other + "=" + temp.resolve("link").resolve(name)))
                .hasStackTraceContaining("as well; write another name");
    }

    /** What a run writes beside a file would take the place of the other one, or be written into by it. */
    @ParameterizedTest
    @CsvSource({
        "mode=check, checkFile, q.incomplete, combinedFile, q",
        "mode=check, combinedFile, q.incomplete, checkFile, q",
        "mode=check, checkFile, .n.b2-sync.mark, combinedFile, n",
        "mode=check, checkFile, .n.b2-sync.mark.new, combinedFile, n",
        "mode=check, checkFile, .n.b2-sync.lock, combinedFile, n",
        "mode=check, combinedFile, e.html.incomplete, certificateFile, e.json",
        "mode=check, combinedFile, e.json.incomplete, certificateFile, e.json",
        "mode=check, filterFrom, q.incomplete, checkFile, q",
        "mode=run, reportFile, s.disks, stateFile, s",
        "mode=run, reportFile, s.accept, stateFile, s",
        "mode=plan, reportFile, p.incomplete, planFile, p",
        "mode=scrub, reportFile, m.merged, scrubFile, m",
        "mode=scrub, reportFile, m.incomplete, scrubFile, m"
    })
    void whatIsWrittenBesideAFileIsNoOtherFile(String mode, String one, String name, String other, String file)
            throws Exception {
        givenBothSides();
        if (one.equals("filterFrom")) {
            Files.writeString(temp.resolve(name), "- *.tmp\n");
        }
        Files.createSymbolicLink(temp.resolve("link"), temp);

        assertThatThrownBy(() -> sync(
                        source.toString(),
                        bucketUri(),
                        mode,
                        KEY,
                        one + "=" + temp.resolve("link").resolve(name),
                        other + "=" + temp.resolve(file)))
                .hasStackTraceContaining("what a run writes beside it")
                .hasStackTraceContaining("is the " + one + " as well; write another name");
    }

    @Test
    void pageOfACertificateIsNoOtherFile() throws Exception {
        givenBothSides();
        assertThatThrownBy(() -> sync(
                        source.toString(),
                        bucketUri(),
                        "mode=check",
                        KEY,
                        "checkFile=" + temp.resolve("own.html"),
                        "certificateFile=" + temp.resolve("own.json")))
                .hasStackTraceContaining("as well; write another name");
    }
}
