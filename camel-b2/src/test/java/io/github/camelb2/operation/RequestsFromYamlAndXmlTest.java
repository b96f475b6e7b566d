// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.io.ByteArrayInputStream;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RoutesDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.xml.in.ModelParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.camelb2.B2TestSupport;
import io.github.camelb2.client.model.bucket.Bucket;
import io.github.camelb2.client.model.key.ApplicationKey;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;
import io.github.camelb2.operation.request.DeleteFilesReport;

import static org.assertj.core.api.Assertions.assertThat;

/** Routes in YAML and XML, without a bean or a line of Java, ask for all that a Java record can ask for. */
class RequestsFromYamlAndXmlTest extends B2TestSupport {
    private static final String JSON_RETENTION =
            "{\"mode\": \"governance\", \"period\": {\"duration\": 7, \"unit\": \"days\"}}";

    private String bucket;

    enum Dsl {
        YAML,
        XML
    }

    @BeforeEach
    void makeBucket() {
        bucket = B2.createBucket();
    }

    /** A route from {@code direct:start} that sets these headers, and the body if there is one, before the endpoint. */
    private void given(Dsl dsl, String uri, String body, Map<String, String> headers) throws Exception {
        CamelContext where = context();
        if (dsl == Dsl.YAML) {
            PluginHelper.getRoutesLoader(where)
                    .loadRoutes(ResourceHelper.fromString("r.yaml", yaml(uri, body, headers)));
        } else {
            RoutesDefinition routes = new ModelParser(new ByteArrayInputStream(bytes(xml(uri, body, headers))))
                    .parseRoutesDefinition()
                    .orElseThrow();
            ((DefaultCamelContext) where).addRouteDefinitions(routes.getRoutes());
        }
    }

    private static String yaml(String uri, String body, Map<String, String> headers) {
        StringBuilder text = new StringBuilder("- from:\n    uri: direct:start\n    steps:\n");
        headers.forEach((name, value) -> text.append("      - setHeader:\n          name: ")
                .append(name)
                .append("\n          constant: '")
                .append(value)
                .append("'\n"));
        if (!body.isEmpty()) {
            text.append("      - setBody:\n          constant: '").append(body).append("'\n");
        }
        return text.append("      - to: \"").append(uri).append("\"\n").toString();
    }

    private static String xml(String uri, String body, Map<String, String> headers) {
        StringBuilder text = new StringBuilder("<routes><route><from uri=\"direct:start\"/>");
        headers.forEach((name, value) -> text.append("<setHeader name=\"")
                .append(name)
                .append("\"><constant>")
                .append(value)
                .append("</constant></setHeader>"));
        if (!body.isEmpty()) {
            text.append("<setBody><constant>").append(body).append("</constant></setBody>");
        }
        return text.append("<to uri=\"")
                .append(uri.replace("&", "&amp;"))
                .append("\"/></route></routes>")
                .toString();
    }

    private <T> T sent(Class<T> type) {
        return send("direct:start", null, Map.of()).getMessage().getBody(type);
    }

    @ParameterizedTest
    @EnumSource
    void aBucketWithLockAndEncryption(Dsl dsl) throws Exception {
        String name = B2.bucketName("locked");
        given(
                dsl,
                "b2:" + name + "?operation=createBucket",
                "",
                Map.of(
                        "CamelB2FileLockEnabled", "true",
                        "CamelB2DefaultServerSideEncryption", "SSE-B2",
                        "CamelB2BucketInfo", "{\"team\": \"x\"}",
                        "CamelB2LifecycleRules", "[{\"fileNamePrefix\": \"log/\", \"daysFromHidingToDeleting\": 1}]"));

        Bucket made = sent(Bucket.class);

        assertThat(made.bucketInfo()).containsEntry("team", "x");
        assertThat(made.lifecycleRules()).hasSize(1);
        assertThat(b2().requests("b2_create_bucket")).last().satisfies(request -> assertThat(request.json())
                .contains("\"fileLockEnabled\":true")
                .contains("SSE-B2"));
    }

    @ParameterizedTest
    @EnumSource
    void aDefaultRetention(Dsl dsl) throws Exception {
        String name = B2.bucketName("retained");
        send("b2:" + name + "?operation=createBucket", null, Map.of("CamelB2FileLockEnabled", true));
        given(dsl, "b2:" + name + "?operation=updateBucket", "", Map.of("CamelB2DefaultRetention", JSON_RETENTION));

        assertThat(sent(Bucket.class).toString()).contains("governance").contains("7");
    }

    @ParameterizedTest
    @EnumSource
    void aReplication(Dsl dsl) throws Exception {
        given(
                dsl,
                "b2:" + bucket + "?operation=updateBucket",
                "",
                Map.of(
                        "CamelB2ReplicationConfiguration",
                        "{\"asReplicationDestination\": {\"sourceToDestinationKeyMapping\": {}}}"));

        assertThat(sent(Bucket.class).bucketName()).isEqualTo(bucket);
        assertThat(b2().requests("b2_update_bucket")).last().satisfies(request -> assertThat(request.json())
                .contains("asReplicationDestination"));
    }

    @ParameterizedTest
    @EnumSource
    void aKeyForTwoBuckets(Dsl dsl) throws Exception {
        String second = B2.bucketName("second");
        b2().state().createBucket(second);
        given(
                dsl,
                "b2:*?operation=createKey",
                "",
                Map.of(
                        "CamelB2KeyName", "two",
                        "CamelB2KeyCapabilities", "readFiles,listFiles",
                        "CamelB2KeyBuckets", bucket + "," + second,
                        "CamelB2KeyValidDuration", "PT1H"));

        assertThat(sent(ApplicationKey.class).toString())
                .contains(b2().state().bucketId(bucket).orElseThrow())
                .contains(b2().state().bucketId(second).orElseThrow());
    }

    @ParameterizedTest
    @EnumSource
    void aFileWithAnUploadTimeOfItsOwnInformationRetentionAndHold(Dsl dsl) throws Exception {
        String name = B2.bucketName("held");
        send("b2:" + name + "?operation=createBucket", null, Map.of("CamelB2FileLockEnabled", true));
        given(
                dsl,
                "b2:" + name + "?fileName=a.txt",
                "text",
                Map.of(
                        "CamelB2CustomUploadTimestamp", "1600000000000",
                        "CamelB2FileInfo", "{\"team\": \"x\"}",
                        "CamelB2FileRetentionMode", "governance",
                        "CamelB2RetainUntil", "4102444800000",
                        "CamelB2LegalHold", "on"));

        assertThat(send("direct:start", null, Map.of()).getMessage().getHeaders())
                .containsEntry("CamelB2ProducedLegalHold", "on")
                .containsEntry("CamelB2ProducedFileRetentionMode", "governance")
                .containsEntry("CamelB2ProducedRetainUntil", 4_102_444_800_000L);

        StoredVersion stored = b2().state().versions(name).get(0);
        assertThat(stored.uploadTimestamp()).isEqualTo(1_600_000_000_000L);
        assertThat(stored.info()).containsEntry("team", "x");
    }

    @ParameterizedTest
    @EnumSource
    void filesToDeleteWithTheirIds(Dsl dsl) throws Exception {
        String id = b2().state().put(bucket, "a, b.txt", bytes("a")).fileId();
        b2().state().put(bucket, "a, b.txt", bytes("newer"));
        b2().state().put(bucket, "c.txt", bytes("c"));
        given(
                dsl,
                "b2:" + bucket + "?operation=deleteFiles",
                "",
                Map.of(
                        "CamelB2FilesToDelete",
                        "[{\"fileName\": \"a, b.txt\", \"fileId\": \"" + id + "\"}, \"c.txt\"]"));

        assertThat(sent(DeleteFilesReport.class).deleted()).isEqualTo(2);
        assertThat(b2().state().versions(bucket))
                .extracting(StoredVersion::length)
                .containsExactly(5L);
    }

    @ParameterizedTest
    @EnumSource
    void aRequestAsJson(Dsl dsl) throws Exception {
        String id = b2().state().bucketId(bucket).orElseThrow();
        given(
                dsl,
                "b2:" + bucket + "?operation=updateBucket&pojoRequest=true",
                "{\"bucketId\": \"" + id + "\", \"bucketInfo\": {\"team\": \"json\"}}",
                Map.of());

        assertThat(sent(Bucket.class).bucketInfo()).containsEntry("team", "json");
    }

    @ParameterizedTest
    @EnumSource
    void aConcatenationOfFilesThatAreNamed(Dsl dsl) throws Exception {
        String first = b2().state().put(bucket, "1", bytes("one")).fileId();
        String second = b2().state().put(bucket, "2", bytes("two")).fileId();
        given(
                dsl,
                "b2:" + bucket + "?operation=concatenateFiles&fileName=both",
                "[{\"fileName\": \"1\", \"fileId\": \"" + first + "\"}, {\"fileName\": \"2\", \"fileId\": \"" + second
                        + "\"}]",
                Map.of());

        send("direct:start", null, Map.of());

        assertThat(b2().state().bytes(bucket, "both")).isEqualTo(bytes("onetwo"));
    }

    @ParameterizedTest
    @EnumSource
    void notificationRules(Dsl dsl) throws Exception {
        given(
                dsl,
                "b2:" + bucket + "?operation=setBucketNotificationRules",
                "[{\"eventTypes\": [\"b2:ObjectCreated:*\"], \"name\": \"new-files\", \"isEnabled\": true,"
                        + " \"objectNamePrefix\": \"\", \"targetConfiguration\": {\"targetType\": \"webhook\","
                        + " \"url\": \"https://example.com/hook\"}}]",
                Map.of());

        assertThat(sent(Object.class).toString()).contains("new-files");
    }
}
