// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.docs;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.camelb2.B2Operations;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.call.BucketCalls.CreateBucket;
import io.github.camelb2.client.call.KeyCalls.CreateKey;
import io.github.camelb2.client.call.LargeFileCalls.StartLargeFile;
import io.github.camelb2.client.model.bucket.BucketType;
import io.github.camelb2.lending.B2ClientLease;

import static org.assertj.core.api.Assertions.assertThat;

class OperationExamplesTest extends B2TestSupport {
    private final Map<String, Object> headers = new HashMap<>();
    private static final List<String> YAML = List.of("clean-up", "replication", "notification-rule");

    private String bucket;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext made = super.createCamelContext();
        bucket = B2.bucketName();
        Properties properties = new Properties();
        properties.setProperty("bucket", bucket);
        made.getPropertiesComponent().setInitialProperties(properties);
        for (String topic : YAML) {
            PluginHelper.getRoutesLoader(made)
                    .loadRoutes(
                            PluginHelper.getResourceLoader(made).resolveResource("classpath:docs/" + topic + ".yaml"));
        }
        return made;
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new OperationExamples();
    }

    @ParameterizedTest
    @EnumSource
    void everyExampleRunsAndCallsB2(B2Operations operation) {
        givenABucketWithFiles();
        if (operation != B2Operations.getAccountInfo && operation != B2Operations.clearAccountInfo) {
            b2().resetRequests();
        }

        Exchange answer = send("direct:" + operation, "the body", headers);

        assertThat(answer.getException()).isNull();
        assertThat(b2().count(call(operation))).as(call(operation)).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "yaml-cleanUp, b2_list_file_versions",
        "yaml-replication, b2_update_bucket",
        "yaml-notification-rule, b2_set_bucket_notification_rules"
    })
    void theExamplesInYamlCallB2(String route, String call) {
        givenABucketWithFiles();
        b2().resetRequests();

        Exchange answer = send("direct:" + route, "the body", headers);

        assertThat(answer.getException()).isNull();
        assertThat(b2().count(call)).isPositive();
    }

    @Test
    void everyOperationHasItsRoute() {
        for (B2Operations operation : B2Operations.values()) {
            assertThat(context().hasEndpoint("direct:" + operation))
                    .as("example of " + operation)
                    .isNotNull();
        }
    }

    private void givenABucketWithFiles() {
        try (B2ClientLease lease = component().borrowClient(component().getConfiguration())) {
            String id = lease.client()
                    .call(CreateBucket.of(bucket, BucketType.ALL_PRIVATE).withFileLockEnabled(true))
                    .bucketId();
            headers.put(
                    "unfinished",
                    lease.client()
                            .call(StartLargeFile.of(id, "big", "text/plain"))
                            .fileId());
            headers.put(
                    "id",
                    lease.client()
                            .call(CreateKey.of(List.of(Capability.READ_FILES), "some-key"))
                            .applicationKeyId());
        }
        String empty = B2.bucketName("empty");
        b2().state().createBucket(empty);
        b2().state().put(bucket, "docs/hello.txt", bytes("hello\nworld\n"));
        b2().state().put(bucket, "docs/hidden.txt", bytes("hidden"));
        b2().state().hide(bucket, "docs/hidden.txt");
        headers.put("empty", empty);
        headers.put("team", "a");
        headers.put("try", false);
    }

    /** The call that an operation comes down to; most are called as the operation is. */
    private static String call(B2Operations operation) {
        return switch (operation) {
            case getAccountInfo, clearAccountInfo -> "b2_authorize_account";
            case concatenateFiles, appendFile -> "b2_upload_file";
            case updateFileInfo -> "b2_copy_file";
            case getBucket, bucketExists -> "b2_list_buckets";
            case downloadFile -> "b2_download_file_by_name";
            case getFileInfo, fileExists -> "b2_download_file_by_name";
            case unhideFile, deleteAllFileVersions, deleteFiles -> "b2_delete_file_version";
            case putBucketNotificationRule, removeBucketNotificationRule -> "b2_get_bucket_notification_rules";
            case setupReplication -> "b2_update_bucket";
            case getReplicationStatus, cleanUp -> "b2_list_file_versions";
            case cancelUnfinishedLargeFiles -> "b2_list_unfinished_large_files";
            case createDownloadLink -> "b2_get_download_authorization";
            case getKey -> "b2_list_keys";
            default -> "b2_" + operation.name().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        };
    }
}
