// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What rclone, where it is installed, makes of links and permissions of a tree is what lies in the bucket. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions and links")
class RclonePreserveTest extends SyncTestSupport {
    private Path outside;

    @BeforeEach
    void tree() throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":")).anyMatch(it -> Files.isExecutable(Path.of(it, "rclone"))),
                "rclone is not installed");
        outside = Files.createDirectory(temp.resolve("outside"));
        RandomTree.of(source, new Random(7), outside).change(40);
        for (String target : List.of("a/", "..//b", ".//c", "./../x/")) {
            Process made = new ProcessBuilder("ln", "-s", target, source.resolve("l" + target.length()) + "x").start();
            assertThat(made.waitFor()).isZero();
        }
    }

    @Test
    void linksHaveTheNamesAndContentsThatRcloneGivesThem() throws Exception {
        rclone("copy", ":local,links:" + source, temp.resolve("copied").toString());

        sync(source.toString(), bucketUri(), "preserve=symlinks");

        assertThat(bucketTree()).isEqualTo(tree(temp.resolve("copied"))).containsKey("l2x.rclonelink");
    }

    @Test
    void permissionsAndOwnersHaveTheNamesAndFormThatRcloneGivesThem() throws Exception {
        String listed = rclone("lsjson", "-R", "--files-only", "--metadata", ":local,links:" + source);
        Map<String, Map<String, String>> wanted = new TreeMap<>();
        for (JsonNode file : new ObjectMapper().readTree(listed)) {
            JsonNode facts = file.get("Metadata");
            wanted.put(
                    file.get("Path").asText(),
                    Map.of(
                            "mode", facts.get("mode").asText(),
                            "uid", facts.get("uid").asText(),
                            "gid", facts.get("gid").asText()));
        }

        sync(source.toString(), bucketUri(), "preserve=mode,owner,symlinks");

        Map<String, Map<String, String>> stored = new TreeMap<>();
        for (String name : B2.emulator().state().names(bucket)) {
            Map<String, String> info = new TreeMap<>(
                    B2.emulator().state().versions(bucket, name).get(0).info());
            info.keySet().retainAll(List.of("mode", "uid", "gid"));
            stored.put(name, info);
        }
        assertThat(stored).isNotEmpty().isEqualTo(wanted);
    }

    /** What rclone wrote as files comes back as the links that it would make of them. */
    @Test
    void linksComeDownAsRcloneMakesThem() throws Exception {
        sync(source.toString(), bucketUri(), "preserve=symlinks");
        sync(bucketUri(), destination);
        Path made = temp.resolve("made");
        rclone("copy", destination.toString(), ":local,links:" + made);

        sync(bucketUri(), temp.resolve("down"), "preserve=allSymlinks");

        assertThat(targets(temp.resolve("down"))).isNotEmpty().isEqualTo(targets(made));
    }

    private static Map<String, String> targets(Path root) throws IOException {
        Map<String, String> targets = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isSymbolicLink).toList()) {
                targets.put(
                        root.relativize(file).toString(),
                        Files.readSymbolicLink(file).toString());
            }
        }
        return targets;
    }

    private String rclone(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("rclone", "--config", "/dev/null"));
        command.addAll(List.of(arguments));
        Path out = temp.resolve("out");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(temp.resolve("err").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(temp.resolve("err")))
                .isZero();
        return Files.readString(out);
    }
}
