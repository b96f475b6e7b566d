package io.github.camelb2.operation;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.camelb2.B2TestSupport;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.model.ApplicationKey;
import io.github.camelb2.client.model.Bucket;

import static org.assertj.core.api.Assertions.assertThat;

/** What a Java record can ask for can be asked for from YAML and XML: by headers, by maps and by JSON. */
class RequestsWithoutJavaTest extends B2TestSupport {
    private Bucket bucket(String uri, Object body, Map<String, ?> headers) {
        return send(uri, body, headers).getMessage().getBody(Bucket.class);
    }

    @Test
    void aBucketGetsLockRetentionEncryptionAndRulesByTextHeaders() {
        String name = B2.bucketName("protected");

        bucket(
                "b2:" + name + "?operation=createBucket",
                null,
                Map.of(
                        "CamelB2FileLockEnabled", "true",
                        "CamelB2DefaultServerSideEncryption", "SSE-B2",
                        "CamelB2LifecycleRules",
                                "[{\"fileNamePrefix\": \"log/\", \"daysFromUploadingToHiding\": 7, \"daysFromHidingToDeleting\": 1}]"));
        Bucket changed = bucket(
                "b2:" + name + "?operation=updateBucket",
                null,
                Map.of(
                        "CamelB2DefaultRetention",
                        "{\"mode\": \"governance\", \"period\": {\"duration\": 7, \"unit\": \"days\"}}"));

        assertThat(changed.lifecycleRules()).singleElement().satisfies(rule -> assertThat(rule.fileNamePrefix())
                .isEqualTo("log/"));
        assertThat(changed.toString()).contains("governance").contains("SSE-B2");
    }

    @Test
    void aDefaultRetentionForABucketThatIsOnlyMadeIsRefused() {
        String name = B2.bucketName("made");

        assertThat(fail(
                        "b2:" + name + "?operation=createBucket",
                        null,
                        Map.of("CamelB2DefaultRetention", "{\"mode\": \"governance\"}")))
                .hasMessageContaining("updateBucket");
        assertThat(b2().state().buckets()).doesNotContain(name);
    }

    @Test
    void aReplicationConfigurationIsAMapOrJson() {
        String bucket = B2.createBucket();

        assertThat(fail(
                        "b2:" + bucket + "?operation=updateBucket",
                        null,
                        Map.of("CamelB2ReplicationConfiguration", Map.of("asSource", Map.of()))))
                .hasMessageContaining("CamelB2ReplicationConfiguration")
                .hasMessageContaining("asSource");
        Bucket changed = bucket(
                "b2:" + bucket + "?operation=updateBucket",
                null,
                Map.of(
                        "CamelB2ReplicationConfiguration",
                        Map.of("asReplicationDestination", Map.of("sourceToDestinationKeyMapping", Map.of()))));

        assertThat(changed.bucketName()).isEqualTo(bucket);
    }

    @Test
    void aKeyIsLimitedToTheBucketsThatAreNamed() {
        String first = B2.createBucket();
        String second = B2.bucketName("second");
        b2().state().createBucket(second);

        ApplicationKey key = send(
                        "b2:*?operation=createKey",
                        null,
                        Map.of(
                                "CamelB2KeyName", "two",
                                "CamelB2KeyCapabilities", "readFiles",
                                "CamelB2KeyBuckets", first + "," + second,
                                "CamelB2Prefix", "in/"))
                .getMessage()
                .getBody(ApplicationKey.class);

        assertThat(key.toString())
                .contains(b2().state().bucketId(first).orElseThrow())
                .contains(b2().state().bucketId(second).orElseThrow())
                .contains("in/");
    }

    @Test
    void theOptionPrefixLimitsAKey() {
        String bucket = B2.createBucket();

        ApplicationKey key = send(
                        "b2:" + bucket + "?operation=createKey&prefix=in/",
                        null,
                        Map.of("CamelB2KeyName", "one", "CamelB2KeyCapabilities", "readFiles"))
                .getMessage()
                .getBody(ApplicationKey.class);

        assertThat(key.namePrefix()).isEqualTo("in/");
    }

    @Test
    void theTimeOfTheUploadIsThatOfTheHeader() {
        String bucket = B2.createBucket();

        send("b2:" + bucket + "?fileName=a", "x", Map.of("CamelB2CustomUploadTimestamp", "1600000000000"));

        assertThat(b2().state().versions(bucket).get(0).uploadTimestamp()).isEqualTo(1_600_000_000_000L);
    }

    @Test
    void aRequestIsAMapJsonTextBytesOrAStream() {
        String bucket = B2.createBucket();
        String id = b2().state().bucketId(bucket).orElseThrow();
        String uri = "b2:" + bucket + "?operation=updateBucket&pojoRequest=true";
        String json = "{\"bucketId\": \"" + id + "\", \"bucketInfo\": {\"team\": \"%s\"}}";

        List<Object> bodies = List.of(
                Map.of("bucketId", id, "bucketInfo", Map.of("team", "map")),
                json.formatted("text"),
                bytes(json.formatted("bytes")),
                new ByteArrayInputStream(bytes(json.formatted("stream"))));

        assertThat(bodies)
                .extracting(body -> bucket(uri, body, Map.of()).bucketInfo().get("team"))
                .containsExactly("map", "text", "bytes", "stream");
    }

    @Test
    void aMemberThatThereIsNotIsRefused() {
        String bucket = B2.createBucket();

        assertThat(fail(
                        "b2:" + bucket + "?operation=deleteFileVersion&pojoRequest=true",
                        Map.of("fileName", "a", "fileId", "4_z1", "bypasGovernance", true),
                        Map.of()))
                .hasMessageContaining("deleteFileVersion")
                .hasMessageContaining("bypasGovernance");
    }

    @Test
    void noSecretOfARequestIsQuoted() {
        assertThat(fail(
                        "b2:" + B2.createBucket() + "?operation=copyFile&pojoRequest=true",
                        "{\"sourceFileId\": \"4_z1\", \"fileName\": \"b\", \"sourceServerSideEncryption\":"
                                + " {\"mode\": \"SSE-C\", \"customerKey\": \"secretsecret\"}}",
                        Map.of()))
                .hasMessageNotContaining("secretsecret")
                .hasStackTraceContaining("copyFile");
    }

    @Test
    void aKeyIsMadeOfARequestInYamlsForm() {
        ApplicationKey key = send(
                        "b2:*?operation=createKey&pojoRequest=true",
                        Map.of("keyName", "m", "capabilities", List.of("readFiles", "listFiles")),
                        Map.of())
                .getMessage()
                .getBody(ApplicationKey.class);

        assertThat(key.capabilities()).contains(Capability.READ_FILES, Capability.LIST_FILES);
    }
}
