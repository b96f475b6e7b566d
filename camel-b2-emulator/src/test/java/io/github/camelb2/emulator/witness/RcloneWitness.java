// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.witness;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.emulator.B2EmulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** rclone, unmodified, finds the emulator to be B2. */
abstract class RcloneWitness {

    /** The emulator of the class. */
    abstract B2EmulatorExtension b2();

    @TempDir
    private Path directory;

    private Tool rclone;
    private String remote;

    @BeforeEach
    void findRclone() throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of(
                "RCLONE_CONFIG", "/dev/null",
                "RCLONE_CONFIG_EMU_TYPE", "b2",
                "RCLONE_CONFIG_EMU_ACCOUNT", b2().emulator().applicationKeyId(),
                "RCLONE_CONFIG_EMU_KEY", b2().emulator().applicationKey(),
                "RCLONE_CONFIG_EMU_ENDPOINT", b2().emulator().url(),
                "RCLONE_B2_CHUNK_SIZE", "5Mi",
                "RCLONE_B2_UPLOAD_CUTOFF", "10Mi",
                "RCLONE_LOW_LEVEL_RETRIES", "2",
                "RCLONE_RETRIES", "1"));
        b2().emulator()
                .tls()
                .ifPresent(tls ->
                        environment.put("RCLONE_CA_CERT", tls.certificate().toString()));
        rclone = Tool.orSkip("rclone", List.of("rclone"), List.of("version"), environment);
        remote = "EMU:" + b2().bucketName();
    }

    private String rclone(String... arguments) throws IOException, InterruptedException {
        return rclone.run(arguments).success();
    }

    private Path tree() throws IOException {
        Path tree = directory.resolve("tree");
        Files.createDirectories(tree.resolve("sub/leer zeichen"));
        Files.writeString(tree.resolve("a.txt"), "hello");
        Files.writeString(tree.resolve("sub/b c+é.txt"), "more");
        Files.writeString(tree.resolve("sub/leer zeichen/d%20e.txt"), "");
        byte[] big = new byte[17_000_000];
        new Random(1).nextBytes(big);
        Files.write(tree.resolve("big.bin"), big);
        return tree;
    }

    @Test
    void treeIsCopiedListedCheckedAndChanged() throws Exception {
        String tree = tree().toString();
        rclone("mkdir", remote);

        rclone("copy", tree, remote + "/pre");

        assertThat(b2().emulator().count("b2_upload_part")).isEqualTo(4);
        assertThat(rclone("lsl", remote + "/pre").lines().map(line -> line.strip()
                        .split(" ")[0]))
                .containsExactlyInAnyOrder("5", "4", "0", "17000000");
        assertThat(rclone("lsf", remote + "/pre").lines()).containsExactlyInAnyOrder("a.txt", "big.bin", "sub/");
        rclone("check", "--download", tree, remote + "/pre");
        Files.setLastModifiedTime(Path.of(tree, "a.txt"), FileTime.fromMillis(1_500_000_000_000L));
        rclone("copy", tree, remote + "/pre");
        assertThat(b2().emulator().state().versions(b2().bucketName(), "pre/a.txt"))
                .extracting(version -> version.info().get("src_last_modified_millis"))
                .hasSize(2)
                .startsWith("1500000000000");
    }

    @Test
    void versionsAreHiddenShownCleanedAndPurged() throws Exception {
        rclone("mkdir", remote);
        rclone.run("one".getBytes(StandardCharsets.UTF_8), "rcat", remote + "/x.txt")
                .success();
        rclone.run("two".getBytes(StandardCharsets.UTF_8), "rcat", remote + "/x.txt")
                .success();

        rclone("deletefile", remote + "/x.txt");

        assertThat(rclone("lsf", remote)).isEmpty();
        assertThat(rclone("--b2-versions", "lsl", remote).lines()).hasSize(2);
        rclone("cleanup", remote);
        assertThat(b2().emulator().state().versions(b2().bucketName())).isEmpty();
        rclone.run("three".getBytes(StandardCharsets.UTF_8), "rcat", remote + "/y.txt")
                .success();
        rclone("purge", remote);
        assertThat(b2().emulator().state().buckets()).doesNotContain(b2().bucketName());
    }

    @Test
    void streamsAreWrittenReadByRangeLinkedAndCopied() throws Exception {
        byte[] stream = new byte[12_000_000];
        new Random(2).nextBytes(stream);
        rclone("mkdir", remote);

        rclone.run(stream, "rcat", remote + "/stream.bin").success();
        rclone.run("0123456789".getBytes(StandardCharsets.UTF_8), "rcat", remote + "/digits.txt")
                .success();

        assertThat(b2().emulator().state().bytes(b2().bucketName(), "stream.bin"))
                .isEqualTo(stream);
        assertThat(rclone("cat", "--offset", "3", "--count", "4", remote + "/digits.txt"))
                .isEqualTo("3456");
        URI link = URI.create(rclone("link", remote + "/digits.txt").strip());
        assertThat(HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(link).build(), HttpResponse.BodyHandlers.ofString())
                        .body())
                .isEqualTo("0123456789");
        rclone("copyto", remote + "/digits.txt", remote + "/copied.txt");
        assertThat(rclone("cat", remote + "/copied.txt")).isEqualTo("0123456789");
        assertThat(b2().emulator().count("b2_copy_file")).isEqualTo(1);
    }
}
