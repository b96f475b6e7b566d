// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.B2TestSupport;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.model.bucket.Bucket;
import io.github.camelb2.client.model.key.ApplicationKey;

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

    /** What stands in a request and cannot be meant so: the name of the operation, the request, what is said of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "copyFile     | {\"sourceFileId\": \"4_z1\", \"fileName\": \"b\", \"fileNam\": \"b\"}              | fileNam, which there is not; there are | fileName",
                "copyFile     | {\"sourceFileId\": \"4_z1\", \"fileName\": \"b\", \"range\": {\"start\": 1, \"ende\": 2}} | ende, which there is not | end, start",
                "copyFile     | {\"sourceFileId\": \"4_z1\", \"fileName\": \"b\", \"range\": {\"start\": \"1x\"}}      | range | whole number",
                "copyFile     | {\"sourceFileId\": \"4_z1\", \"fileName\": \"b\", \"range\": \"bytes=-500\"}           | range | first-last",
                "copyFile     | {\"sourceFileId\": \"4_z1\", \"fileName\": \"b\", \"destinationServerSideEncryption\": {\"mode\": \"SSE-C\", \"customerkey\": \"k\"}} | customerkey, which there is not | customerKey, mode",
                "deleteFiles  | {\"bucketId\": \"1\", \"prefix\": \"a\", \"dryRun\": 0}           | dryRun | a map or JSON",
                "deleteFiles  | {\"bucketId\": \"1\", \"prefix\": \"a\", \"dryRun\": \"yes\"}   | dryRun | a map or JSON",
                "listFileNames | {\"bucketId\": \"1\", \"maxFileCount\": 5.7}                   | maxFileCount | a map or JSON",
                "hideFile     | {\"bucketId\": \"1\", \"fileName\": \"a\", \"fileName\": \"b\"}  | hideFile is no | a map or JSON",
                "hideFile     | {\"bucketId\": \"1\", \"fileName\": \"a\"} {\"fileName\": \"b\"} | hideFile is no | a map or JSON",
            })
    void whatCannotBeMeantSoIsRefused(String operation, String json, String said, String remedy) {
        assertThat(fail("b2:" + B2.createBucket() + "?pojoRequest=true&operation=" + operation, json, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said)
                .hasMessageContaining(remedy);
    }

    @Test
    void aRangeAndAnEncryptionAreTextsOrMaps() {
        String bucket = B2.createBucket();
        String id = b2().state().put(bucket, "a", bytes("0123456789")).fileId();
        String copy = "{\"sourceFileId\": \"" + id + "\", \"fileName\": \"%s\", \"range\": %s,"
                + " \"destinationServerSideEncryption\": %s}";
        String uri = "b2:" + bucket + "?operation=copyFile&pojoRequest=true";

        send(uri, copy.formatted("text", "\"bytes=2-4\"", "\"SSE-B2\""), Map.of());
        send(uri, copy.formatted("map", "{\"start\": 7}", "{\"mode\": \"SSE-B2\"}"), Map.of());

        assertThat(b2().state().bytes(bucket, "text")).isEqualTo(bytes("234"));
        assertThat(b2().state().bytes(bucket, "map")).isEqualTo(bytes("789"));
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
