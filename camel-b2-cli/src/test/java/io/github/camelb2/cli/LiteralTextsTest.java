// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.cli.Run.Ended;
import io.github.camelb2.emulator.B2Emulator;

import static org.assertj.core.api.Assertions.assertThat;

/** Names and values mean themselves, and what was at a target stays what it was but for its content. */
class LiteralTextsTest {
    @TempDir
    Path directory;

    private B2Emulator b2;

    @BeforeEach
    void start() {
        b2 = B2Emulator.start();
        b2.state().createBucket("bucket");
    }

    @AfterEach
    void stop() {
        b2.close();
    }

    private Ended run(String... args) {
        return Run.on(b2).run(args);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "d{{env:HOME}}",
                "d{{sys:user.home}}",
                "d{{x}}",
                "d{{?x}}",
                "d{{x:default}}",
                "{{",
                "RAW(x)",
                "RAW{x}",
                "${env:HOME}",
                "$simple{env:HOME}",
                "#bean:x",
                "#",
                "a+%20b",
                "a?b&c=d"
            })
    void aTextIsTakenAsItIs(String text) throws Exception {
        b2.state().put("bucket", text + "/f.txt", new byte[] {1});
        Path reports = Files.createDirectory(directory.resolve("reports"));
        Path target = Files.createDirectory(directory.resolve(text));

        Ended down = run("cp", "b2://bucket/" + text + "/f.txt", target + "/");
        Ended sync = run(
                "sync",
                target.toString(),
                "b2://bucket/s/" + text,
                "-o",
                "contentType=" + text,
                "--report-file",
                reports.resolve("r" + text).toString(),
                "--exclude-regex",
                "#no.*");
        Ended up = run(
                "cp",
                target.resolve("f.txt").toString(),
                "b2://bucket/up/" + text,
                "-o",
                "contentType=" + text,
                "--info",
                "k=" + text);

        assertThat(down).isEqualTo(new Ended(0, "dnload " + target.resolve("f.txt") + "\n", ""));
        assertThat(sync.err()).isEmpty();
        assertThat(up.err()).isEmpty();
        try (Stream<Path> all = Files.list(directory)) {
            assertThat(all).containsExactlyInAnyOrder(target, reports);
        }
        try (Stream<Path> all = Files.list(target)) {
            assertThat(all).containsExactly(target.resolve("f.txt"));
        }
        try (Stream<Path> all = Files.list(reports)) {
            assertThat(all).containsExactly(reports.resolve("r" + text));
        }
        assertThat(b2.state().versions("bucket", "s/" + text + "/f.txt"))
                .singleElement()
                .satisfies(version -> assertThat(version.contentType()).isEqualTo(text));
        assertThat(b2.state().versions("bucket", "up/" + text)).singleElement().satisfies(version -> {
            assertThat(version.contentType()).isEqualTo(text);
            assertThat(version.info()).containsEntry("k", text);
        });
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void cpKeepsThePermissionsOfTheFileThatItReplaces() throws Exception {
        b2.state().put("bucket", "f", new byte[] {1});
        Path target = Files.writeString(directory.resolve("f"), "secret");
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));

        assertThat(run("cp", "b2://bucket/f", target.toString()).code()).isZero();

        assertThat(target).hasBinaryContent(new byte[] {1});
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rw-------");
    }

    @Test
    void lsTellsAFileAndTheFolderOfTheSameName() {
        b2.state().put("bucket", "a", new byte[1]);
        b2.state().put("bucket", "a/b", new byte[1]);

        assertThat(run("ls", "b2://bucket/a").lines()).containsExactly("a", "a/b");
        assertThat(run("ls", "b2://bucket/a/").lines()).containsExactly("a/b");
    }
}
