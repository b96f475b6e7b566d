// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.upkeep;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.emulator.RawB2;

import static org.assertj.core.api.Assertions.assertThat;

class ReplicationTest {

    private static final String SOURCE = "replication-source";
    private static final String DESTINATION = "replication-destination";

    @TempDir
    private Path directory;

    private B2Emulator emulator;
    private RawB2 b2;
    private String source;
    private String destination;
    private String sourceKey;

    @BeforeEach
    void twoBuckets() throws Exception {
        start();
        source = b2.createBucket(SOURCE);
        destination = b2.createBucket(DESTINATION);
        sourceKey = key("readFiles");
        String destinationKey = key("writeFiles");
        update(
                destination,
                "{'asReplicationSource':null,'asReplicationDestination':{'sourceToDestinationKeyMapping':{'" + sourceKey
                        + "':'" + destinationKey + "'}}}");
    }

    private void start() throws Exception {
        emulator = B2Emulator.builder().minPartSize(1).dataDir(directory).start();
        b2 = RawB2.login(emulator);
    }

    private void restart() throws Exception {
        emulator.close();
        start();
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    private String key(String capability) throws Exception {
        return b2.call(
                        "b2_create_key",
                        "{'accountId':'" + b2.accountId() + "','keyName':'replication','capabilities':['" + capability
                                + "']}")
                .text("applicationKeyId");
    }

    private void update(String bucketId, String configuration) throws Exception {
        RawB2.Answer answer = b2.call(
                "b2_update_bucket",
                "{'accountId':'" + b2.accountId() + "','bucketId':'" + bucketId + "','replicationConfiguration':"
                        + configuration + "}");
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
    }

    private void replicate(boolean existing) throws Exception {
        update(
                source,
                "{'asReplicationSource':{'sourceApplicationKeyId':'" + sourceKey
                        + "','replicationRules':[{'replicationRuleName':'all-of-it','destinationBucketId':'"
                        + destination
                        + "','fileNamePrefix':'in/','includeExistingFiles':" + existing
                        + ",'isEnabled':true,'priority':1}]},'asReplicationDestination':null}");
    }

    private String status(String fileId) throws Exception {
        return b2.call("b2_get_file_info", "{'fileId':'" + fileId + "'}")
                .json()
                .path("replicationStatus")
                .asText();
    }

    @Test
    void newFilesOfThePrefixAreCopiedWithTheirInfo() throws Exception {
        emulator.state().put(SOURCE, "in/before", new byte[3]);
        replicate(false);
        String fileId = b2.upload(source, "in/a", "hello".getBytes(), Map.of("X-Bz-Info-k", "v"))
                .text("fileId");
        String outside = b2.upload(source, "out/a", new byte[1]).text("fileId");

        Awaitility.await().until(() -> status(fileId).equals("COMPLETED"));

        assertThat(emulator.state().names(DESTINATION)).containsExactly("in/a");
        assertThat(emulator.state().bytes(DESTINATION, "in/a")).asString().isEqualTo("hello");
        var replica = emulator.state().versions(DESTINATION).get(0);
        assertThat(replica.info()).containsEntry("k", "v");
        assertThat(status(replica.fileId())).isEqualTo("REPLICA");
        assertThat(b2.get("/file/" + DESTINATION + "/in/a", Map.of()).headers().firstValue("X-Bz-Replication-Status"))
                .contains("REPLICA");
        assertThat(status(outside)).isEmpty();
    }

    @Test
    void existingFilesAreCopiedOnceIfTheRuleSaysSo() throws Exception {
        emulator.state().put(SOURCE, "in/before", new byte[3]);
        replicate(true);

        emulator.advance(Duration.ZERO);
        emulator.advance(Duration.ofDays(3));

        assertThat(emulator.state().versions(DESTINATION)).hasSize(1);
    }

    @Test
    void hideMarkersFollowAndDeletionsDoNot() throws Exception {
        replicate(false);
        emulator.state().put(SOURCE, "in/a", new byte[3]);
        emulator.state().hide(SOURCE, "in/a");
        emulator.advance(Duration.ZERO);
        assertThat(emulator.state().versions(DESTINATION))
                .extracting(version -> version.action())
                .containsExactly("hide", "upload");

        for (var version : emulator.state().versions(SOURCE)) {
            b2.call(
                    "b2_delete_file_version",
                    "{'fileName':'" + version.name() + "','fileId':'" + version.fileId() + "'}");
        }
        emulator.advance(Duration.ZERO);

        assertThat(emulator.state().versions(SOURCE)).isEmpty();
        assertThat(emulator.state().versions(DESTINATION)).hasSize(2);
    }

    @Test
    void largeFileIsCopiedWhole() throws Exception {
        replicate(false);
        String fileId = b2.call(
                        "b2_start_large_file", "{'bucketId':'" + source + "','fileName':'in/l','contentType':'a/b'}")
                .text("fileId");
        b2.uploadPart(fileId, 1, "one".getBytes());
        b2.uploadPart(fileId, 2, "two".getBytes());
        b2.call(
                "b2_finish_large_file",
                "{'fileId':'" + fileId + "','partSha1Array':['" + RawB2.sha1("one".getBytes()) + "','"
                        + RawB2.sha1("two".getBytes()) + "']}");

        emulator.advance(Duration.ZERO);

        assertThat(status(fileId)).isEqualTo("COMPLETED");
        assertThat(emulator.state().bytes(DESTINATION, "in/l")).asString().isEqualTo("onetwo");
    }

    @Test
    void replicationFailsWithoutKeysThatAreMapped() throws Exception {
        update(destination, "{'asReplicationSource':null,'asReplicationDestination':null}");
        replicate(false);
        String fileId = b2.upload(source, "in/a", new byte[1]).text("fileId");

        emulator.advance(Duration.ZERO);

        assertThat(status(fileId)).isEqualTo("FAILED");
        assertThat(emulator.state().versions(DESTINATION)).isEmpty();
    }

    @Test
    void statusOfEveryFileIsThereAfterARestart() throws Exception {
        replicate(false);
        String copied = b2.upload(source, "in/a", new byte[1]).text("fileId");
        emulator.advance(Duration.ZERO);
        update(destination, "{'asReplicationSource':null,'asReplicationDestination':null}");
        String failed = b2.upload(source, "in/b", new byte[1]).text("fileId");
        emulator.advance(Duration.ZERO);
        String replica = emulator.state().versions(DESTINATION).get(0).fileId();

        restart();

        assertThat(status(copied)).isEqualTo("COMPLETED");
        assertThat(status(failed)).isEqualTo("FAILED");
        assertThat(status(replica)).isEqualTo("REPLICA");
        assertThat(b2.get("/file/" + SOURCE + "/in/a", Map.of()).headers().firstValue("X-Bz-Replication-Status"))
                .contains("COMPLETED");
    }

    @Test
    void statusIsNotForgottenByASnapshotOrByRepair() throws Exception {
        replicate(false);
        String copied = b2.upload(source, "in/a", new byte[1]).text("fileId");
        emulator.advance(Duration.ZERO);
        for (int i = 0; i < 300; i++) {
            // The journal grows until a snapshot is taken in the end.
            emulator.state().put(SOURCE, "elsewhere/" + "n".repeat(500) + i, new byte[0]);
        }
        restart();
        assertThat(directory.resolve("snapshot.bin")).exists();
        assertThat(status(copied)).isEqualTo("COMPLETED");

        emulator.close();
        B2Emulator.builder().dataDir(directory).repair(true).start().close();
        start();

        assertThat(status(copied)).isEqualTo("COMPLETED");
    }

    @Test
    void filesOnTheirWayGoOnAfterARestartAndAreCopiedOnce() throws Exception {
        replicate(false);
        b2.upload(source, "in/done", new byte[1]).text("fileId");
        emulator.state().put(SOURCE, "in/hidden", new byte[1]);
        emulator.state().hide(SOURCE, "in/hidden");
        emulator.advance(Duration.ZERO);
        emulator.close();
        // A process that was killed in the end: all is copied, and nothing of that is written down but the copies.
        Path journal = directory.resolve("journal.jsonl");
        Files.write(
                journal,
                Files.readAllLines(journal).stream()
                        .skip(1)
                        .filter(line -> !line.contains("\"t\":\"replication\"") || line.contains("PENDING"))
                        // Without numbers and checksums, like one of an earlier build, or lost lines would be noticed.
                        .map(line -> line.replaceFirst(",\"serial\":\\d+,\"crc\":\"[0-9a-f]{8}\"}$", "}"))
                        .toList());
        start();

        emulator.advance(Duration.ZERO);

        assertThat(emulator.state().versions(DESTINATION))
                .extracting(version -> version.name() + " " + version.action())
                .containsExactly("in/done upload", "in/hidden hide", "in/hidden upload");
        for (var version : emulator.state().versions(SOURCE)) {
            if (version.action().equals("upload")) {
                assertThat(status(version.fileId())).isEqualTo("COMPLETED");
            }
        }
        for (var version : emulator.state().versions(DESTINATION)) {
            if (version.action().equals("upload")) {
                assertThat(status(version.fileId())).isEqualTo("REPLICA");
            }
        }
    }

    @Test
    void sameContentTwiceIsTwoReplicas() throws Exception {
        replicate(false);
        emulator.state().put(SOURCE, "in/a", new byte[1]);
        emulator.state().put(SOURCE, "in/a", new byte[1]);

        emulator.advance(Duration.ZERO);

        assertThat(emulator.state().versions(DESTINATION)).hasSize(2);
    }

    @Test
    void filesWithCustomerKeysFailAndDeletedOnesAreForgotten() throws Exception {
        replicate(false);
        String secret = b2.upload(
                        source,
                        "in/secret",
                        new byte[1],
                        Map.of(
                                "X-Bz-Server-Side-Encryption-Customer-Algorithm", "AES256",
                                "X-Bz-Server-Side-Encryption-Customer-Key",
                                        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                                "X-Bz-Server-Side-Encryption-Customer-Key-Md5", "cLyPS3KoaSFGi/joRB3OUQ=="))
                .text("fileId");
        String gone = b2.upload(source, "in/gone", new byte[1]).text("fileId");
        b2.call("b2_delete_file_version", "{'fileName':'in/gone','fileId':'" + gone + "'}");

        emulator.advance(Duration.ZERO);
        restart();

        assertThat(status(secret)).isEqualTo("FAILED");
        assertThat(b2.call("b2_get_file_info", "{'fileId':'" + gone + "'}").status())
                .isEqualTo(404);
    }

    @Test
    void contentGoesWhenBothCopiesAreDeleted() throws Exception {
        replicate(false);
        b2.upload(source, "in/a", new byte[1]);
        emulator.advance(Duration.ZERO);

        for (String bucket : new String[] {SOURCE, DESTINATION}) {
            for (var version : emulator.state().versions(bucket)) {
                assertThat(emulator.state().contentFiles()).isEqualTo(1);
                b2.call(
                        "b2_delete_file_version",
                        "{'fileName':'" + version.name() + "','fileId':'" + version.fileId() + "'}");
            }
        }

        assertThat(emulator.state().contentFiles()).isZero();
    }
}
