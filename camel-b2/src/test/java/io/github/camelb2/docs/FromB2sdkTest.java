// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.B2TestSupport;

import static org.assertj.core.api.Assertions.assertThat;

class FromB2sdkTest extends B2TestSupport {
    /** Those of this page: others have routes there, too. */
    private static final List<String> TOPICS = List.of(
            "account-info",
            "authorize",
            "cancel",
            "copy",
            "create-bucket",
            "delete",
            "download-by-id",
            "download-by-name",
            "file-info",
            "list-buckets",
            "list-files",
            "list-versions",
            "upload");

    @TempDir
    Path directory;

    private String bucket;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext made = super.createCamelContext();
        bucket = B2.createBucket();
        Properties properties = new Properties();
        properties.setProperty("bucket", bucket);
        properties.setProperty("inbox", directory.resolve("inbox").toString());
        properties.setProperty("outbox", directory.resolve("outbox").toString());
        made.getPropertiesComponent().setInitialProperties(properties);
        for (String topic : TOPICS) {
            PluginHelper.getRoutesLoader(made)
                    .loadRoutes(
                            PluginHelper.getResourceLoader(made).resolveResource("classpath:docs/" + topic + ".yaml"));
        }
        return made;
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new FromB2sdkExamples();
    }

    @ParameterizedTest
    @CsvSource({
        "authorize, b2_authorize_account",
        "list-buckets, b2_list_buckets",
        "create-bucket, b2_create_bucket",
        "download-by-id, b2_download_file_by_id",
        "download-by-name, b2_download_file_by_name",
        "list-files, b2_list_file_names",
        "list-versions, b2_list_file_versions",
        "file-info, b2_get_file_info",
        "copy, b2_copy_file",
        "delete, b2_delete_file_version",
        "cancel, b2_list_unfinished_large_files",
        "account-info, b2_authorize_account"
    })
    void bothFormsDoTheSame(String topic, String call) {
        String id = b2().state().put(bucket, "docs/hello.txt", bytes("hello")).fileId();
        Map<String, Object> headers = new HashMap<>(Map.of(
                "id", id,
                "javaOld",
                        b2().state()
                                .put(bucket, "docs/java-old.txt", bytes("old"))
                                .fileId(),
                "yamlOld",
                        b2().state()
                                .put(bucket, "docs/yaml-old.txt", bytes("old"))
                                .fileId()));

        send("direct:java-" + topic, "body", headers);
        long afterJava = b2().count(call);
        send("direct:yaml-" + topic, "body", headers);
        long afterYaml = b2().count(call);

        assertThat(afterJava).as(call + " of the Java route").isPositive();
        assertThat(afterYaml).as(call + " of both routes").isEqualTo(isLogin(call) ? afterYaml : 2 * afterJava);
    }

    private static boolean isLogin(String call) {
        return call.equals("b2_authorize_account");
    }

    @Test
    void bothFormsUploadTheFilesOfADirectory() throws Exception {
        Files.writeString(Files.createDirectories(directory.resolve("outbox")).resolve("invoice.pdf"), "invoice");
        getMockEndpoint("mock:java-upload").expectedMessageCount(1);
        getMockEndpoint("mock:yaml-upload").expectedMessageCount(1);

        getMockEndpoint("mock:java-upload").assertIsSatisfied();
        getMockEndpoint("mock:yaml-upload").assertIsSatisfied();

        assertThat(b2().state().names(bucket)).containsExactly("docs/java-invoice.pdf", "docs/yaml-invoice.pdf");
    }

    @Test
    void filesArriveWhereTheyAreSent() throws IOException {
        b2().state().put(bucket, "docs/hello.txt", bytes("hello"));

        send("direct:yaml-download-by-name", null, Map.of());

        assertThat(Files.readString(directory.resolve("inbox/docs/hello.txt"))).isEqualTo("hello");
    }
}
