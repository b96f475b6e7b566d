package io.github.camelb2.emulator.upkeep;

import java.time.Duration;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.emulator.RawB2;

import static org.assertj.core.api.Assertions.assertThat;

class ReplicationTest {

    private static final String SOURCE = "replication-source";
    private static final String DESTINATION = "replication-destination";

    private B2Emulator emulator;
    private RawB2 b2;
    private String source;
    private String destination;
    private String sourceKey;

    @BeforeEach
    void twoBuckets() throws Exception {
        emulator = B2Emulator.builder().minPartSize(1).start();
        b2 = RawB2.login(emulator);
        source = b2.createBucket(SOURCE);
        destination = b2.createBucket(DESTINATION);
        sourceKey = key("readFiles");
        String destinationKey = key("writeFiles");
        update(
                destination,
                "{'asReplicationSource':null,'asReplicationDestination':{'sourceToDestinationKeyMapping':{'" + sourceKey
                        + "':'" + destinationKey + "'}}}");
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
