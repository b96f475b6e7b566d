// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.routes;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Configuration;
import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.sync.report.SyncReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The routes of the pages for people who come from elsewhere do what the pages say of them. */
class ComparisonRoutesTest {
    private static final String BUCKET = "my-bucket";

    @TempDir
    Path directory;

    private B2Emulator b2;
    private DefaultCamelContext context;
    private ProducerTemplate template;

    @BeforeEach
    void start() {
        b2 = B2Emulator.start();
        List.of(BUCKET, "job-queue", "work-in", "archive").forEach(b2.state()::createBucket);
    }

    @AfterEach
    void stop() throws IOException {
        context.close();
        b2.close();
    }

    @Test
    void routesOfS3StoreConsumeAndMove() throws Exception {
        write("outbox/invoice.txt", "invoice");
        b2.state().put("job-queue", "jobs/1.txt", bytes("job"));
        String old = b2.state().put("job-queue", "kept.txt", bytes("old")).fileId();
        b2.state().put("job-queue", "kept.txt", bytes("new"));
        b2.state().put("work-in", "in/a.txt", bytes("a"));
        run("from-aws2-s3.adoc");

        await().untilAsserted(() -> {
            assertThat(b2.state().names(BUCKET)).contains("invoice.txt");
            assertThat(directory.resolve("inbox/jobs/1.txt")).hasContent("job");
            assertThat(b2.state().names("archive")).contains("done/a.txt");
            assertThat(b2.state().versions("work-in")).isEmpty();
            // The version that was consumed is gone for good; the older one shows again, and is not delivered.
            assertThat(b2.state().versions("job-queue")).singleElement().satisfies(left -> assertThat(left.fileId())
                    .isEqualTo(old));
            assertThat(directory.resolve("inbox/kept.txt")).hasContent("new");
        });
        assertThat(b2.state().versions(BUCKET, "invoice.txt").get(0).info()).containsEntry("origin", "invoices");
    }

    @Test
    void routesOfS3GetListCopyHideAndLink() throws Exception {
        b2.state().put(BUCKET, "docs/hello.txt", bytes("hello"));
        run("from-aws2-s3.adoc");
        Map<String, Object> key = Map.of("key", "docs/hello.txt");

        assertThat(template.requestBodyAndHeaders("direct:get", null, key, String.class))
                .isEqualTo("hello");
        template.sendBodyAndHeaders("direct:list", null, key);
        assertThat(b2.count("b2_list_file_names")).isPositive();
        template.sendBodyAndHeaders("direct:copy", null, key);
        assertThat(b2.state().bytes("archive", "copy-of-docs/hello.txt"))
                .asString()
                .isEqualTo("hello");
        assertThat(get(template.requestBodyAndHeaders("direct:link", null, key, String.class)))
                .isEqualTo("hello");
        template.sendBodyAndHeaders("direct:delete-as-s3-does", null, key);
        assertThat(b2.state().names(BUCKET)).doesNotContain("docs/hello.txt");
        assertThat(b2.state().versions(BUCKET, "docs/hello.txt")).hasSize(2);
    }

    @Test
    void routesOfTheB2ToolSyncUploadDownloadAndDelete() throws Exception {
        write("photos/a.jpg", "a");
        write("photos/b.tmp", "b");
        b2.state().put(BUCKET, "photos/gone.jpg", bytes("gone"));
        b2.state().put(BUCKET, "photos/c.tmp", bytes("c"));
        run("from-b2-tool.adoc");

        SyncReport report = template.requestBody("direct:sync", null, SyncReport.class);
        template.sendBody("direct:upload", "hello");
        template.sendBody("direct:ls", null);
        template.sendBody("direct:download", null);

        assertThat(report.failures()).isEmpty();
        assertThat(b2.state().names(BUCKET)).containsExactly("docs/hello.txt", "photos/a.jpg");
        assertThat(directory.resolve("inbox/docs/hello.txt")).hasContent("hello");
        template.sendBody("direct:rm", null);
        assertThat(b2.state().versions(BUCKET, "docs/hello.txt")).isEmpty();
        template.sendBody("direct:cancel", null);
        assertThat(b2.count("b2_list_unfinished_large_files")).isPositive();
    }

    @Test
    void routesOfRcloneSyncRestoreCleanUpAndLink() throws Exception {
        write("photos/a.jpg", "a");
        write("photos/b.tmp", "b");
        b2.state().put(BUCKET, "photos/gone.jpg", bytes("gone"));
        b2.state().put(BUCKET, "photos/kept.tmp", bytes("old"));
        b2.state().put(BUCKET, "photos/kept.tmp", bytes("new"));
        run("from-rclone.adoc");

        template.sendBody("direct:sync", null);
        template.sendBody("direct:copy", null);
        template.sendBody("direct:lsf", null);

        // What is excluded stays, as with rclone without --delete-excluded.
        assertThat(b2.state().names(BUCKET)).containsExactly("photos/a.jpg", "photos/kept.tmp");
        assertThat(directory.resolve("restored/a.jpg")).hasContent("a");
        template.sendBody("direct:what-cleanup-would-delete", null);
        assertThat(b2.state().versions(BUCKET, "photos/kept.tmp")).hasSize(2);
        template.sendBody("direct:cleanup", null);
        assertThat(b2.state().versions(BUCKET, "photos/kept.tmp")).hasSize(1);
        assertThat(b2.state().bytes(BUCKET, "photos/kept.tmp")).asString().isEqualTo("new");
        template.sendBody("direct:rcat", "a line");
        assertThat(get(template.requestBody("direct:link", null, String.class))).isEqualTo("a line");
    }

    /** All the routes of a page in one context. */
    private void run(String page) throws Exception {
        context = new DefaultCamelContext();
        Properties properties = new Properties();
        properties.setProperty("directory", directory.toString());
        context.getPropertiesComponent().setInitialProperties(properties);
        B2Configuration account = context.getComponent("b2", B2Component.class).getConfiguration();
        account.setRealm(b2.url());
        account.setApplicationKeyId(b2.applicationKeyId());
        account.setApplicationKey(b2.applicationKey());
        for (Snippets.Snippet snippet : Snippets.all()) {
            if (snippet.page().endsWith(page) && snippet.language().equals("yaml")) {
                PluginHelper.getRoutesLoader(context)
                        .loadRoutes(ResourceHelper.fromString("line" + snippet.line() + ".yaml", snippet.text()));
            }
        }
        context.start();
        template = context.createProducerTemplate();
    }

    private void write(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static String get(String link) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(link)).build(), BodyHandlers.ofString())
                .body();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
