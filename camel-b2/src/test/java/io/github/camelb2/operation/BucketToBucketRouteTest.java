// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.bucket.Bucket;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;
import io.github.camelb2.poll.ConsumerTestSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** What a file keeps on its way from bucket to bucket, and what a body that was made since does not have of it. */
class BucketToBucketRouteTest extends ConsumerTestSupport {
    private static final int LARGE = 5_000;
    private static final Map<String, String> INFO =
            Map.of("tenant", "x", "b2-content-language", "de", "src_last_modified_millis", "1000000000000");

    private String other;

    @BeforeEach
    void makeOtherBucket() {
        other = B2.bucketName("other");
        b2().state().createBucket(other);
    }

    private void given(RouteBuilder routes) throws Exception {
        context().addRoutes(routes);
    }

    private StoredVersion givenDescribed(String name, int length) {
        try (var lease = component().borrowClient(component().getConfiguration())) {
            lease.client()
                    .upload(
                            UploadFile.of(bucket, name)
                                    .withContentType("image/x-own")
                                    .withFileInfo(INFO),
                            UploadSources.bytes(new byte[length]),
                            TransferOptions.DEFAULT,
                            CallSettings.DEFAULT);
        }
        return newest(b2(), bucket, name);
    }

    private static StoredVersion newest(B2Emulator service, String bucketName, String name) {
        return service.state().versions(bucketName, name).get(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, LARGE})
    void aFileKeepsAllThatDescribesItWithinAnAccount(int length) throws Exception {
        StoredVersion source = givenDescribed("in/a", length);
        consume("", route -> route.to("b2:" + other));
        given(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:named").to("b2:" + bucket + "?operation=copyFile&fileName=in/a");
                from("direct:replace")
                        .to("b2:" + bucket + "?operation=downloadFile&fileName=in/a")
                        .to("b2:" + bucket + "?operation=copyFile");
            }
        });

        poll();
        send(
                "direct:replace",
                null,
                Map.of(
                        B2Constants.METADATA_DIRECTIVE, "REPLACE",
                        B2Constants.DESTINATION_BUCKET_NAME, other,
                        B2Constants.DESTINATION_FILE_NAME, "in/c"));

        send(
                "direct:named",
                null,
                Map.of(
                        B2Constants.METADATA_DIRECTIVE,
                        "REPLACE",
                        B2Constants.CONTENT_TYPE,
                        "image/x-own",
                        B2Constants.FILE_INFO,
                        INFO,
                        B2Constants.DESTINATION_BUCKET_NAME,
                        other,
                        B2Constants.DESTINATION_FILE_NAME,
                        "in/d"));

        for (String name : List.of("in/a", "in/c", "in/d")) {
            StoredVersion copy = newest(b2(), other, name);
            assertThat(copy.info()).as(name).isEqualTo(source.info());
            assertThat(copy.contentType()).as(name).isEqualTo(source.contentType());
        }
        assertThat(source.info().containsKey("large_file_sha1")).isEqualTo(length == LARGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, LARGE})
    void aFileKeepsAllThatDescribesItBetweenAccounts(int length) throws Exception {
        StoredVersion source = givenDescribed("in/a", length);
        try (B2Emulator foreign = B2Emulator.builder()
                .minPartSize(1_000)
                .recommendedPartSize(2_000)
                .start()) {
            foreign.state().createBucket("their-bucket");
            String key = "?realm=" + foreign.url() + "&applicationKeyId=" + foreign.applicationKeyId()
                    + "&applicationKey=RAW(" + foreign.applicationKey() + ")";
            consume("", route -> route.to("b2:their-bucket" + key));

            poll();

            assertThat(failures.all()).isEmpty();
            StoredVersion copy = newest(foreign, "their-bucket", "in/a");
            assertThat(copy.info()).isEqualTo(source.info());
            assertThat(copy.contentType()).isEqualTo(source.contentType());
        }
    }

    @Test
    void aFileInAWorkDirectoryKeepsWhatDescribesIt(@TempDir Path directory) throws Exception {
        StoredVersion source = givenDescribed("a", LARGE);
        consume("localWorkDirectory=" + directory, route -> route.to("b2:" + other));

        poll();

        assertThat(failures.all()).isEmpty();
        assertThat(newest(b2(), other, "a").info()).isEqualTo(source.info());
    }

    @Test
    void aFileIsEncryptedAsTheStepSaysAndNotAsItWas() throws Exception {
        String key = "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2U=";
        send(
                "b2:" + bucket + "?fileName=a&serverSideEncryption=SSE-C&customerKey=RAW(" + key + ")",
                "secret",
                Map.of());
        given(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to("b2:" + bucket + "?operation=downloadFile&fileName=a"
                                + "&serverSideEncryption=SSE-C&customerKey=RAW(" + key + ")")
                        .to("b2:" + other + "?fileName=plain")
                        .to("b2:" + other + "?fileName=asked&serverSideEncryption=SSE-B2");
            }
        });

        send("direct:start", null, Map.of());

        assertThat(stored(other)).containsExactly("asked=secret", "plain=secret");
        for (String name : List.of("plain", "asked")) {
            Exchange found = send("b2:" + other + "?operation=getFileInfo&fileName=" + name, null, Map.of());
            assertThat(found.getMessage().getHeader("CamelB2FoundServerSideEncryption"))
                    .as(name)
                    .isNotEqualTo("SSE-C");
        }
    }

    @Test
    void theEntriesOfAnArchiveAreStoredUnderTheirOwnNamesAndTypes() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(packed)) {
            for (String name : List.of("one.txt", "docs/two.json")) {
                out.putNextEntry(new ZipEntry(name));
                out.write(bytes(name));
            }
        }
        b2().state().put(bucket, "all.zip", packed.toByteArray(), INFO);
        consume("", route -> route.split().method(this, "entries").to("b2:" + other));

        poll();

        assertThat(failures.all()).isEmpty();
        assertThat(stored(other)).containsExactly("docs/two.json=docs/two.json", "one.txt=one.txt");
        assertThat(b2().state().versions(other))
                .extracting(StoredVersion::contentType)
                .containsExactly("application/json", "text/plain");
        assertThat(b2().state().versions(other))
                .allSatisfy(it -> assertThat(it.info()).isEmpty());
    }

    /** Called by the route; what the splitters of archives do. */
    public List<Message> entries(Exchange exchange) throws IOException {
        List<Message> entries = new ArrayList<>();
        try (ZipInputStream in = new ZipInputStream(exchange.getMessage().getBody(InputStream.class))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Message message = new DefaultMessage(exchange);
                message.getHeaders().putAll(exchange.getMessage().getHeaders());
                message.setHeader(Exchange.FILE_NAME, entry.getName());
                message.setBody(new ByteArrayInputStream(in.readAllBytes()));
                entries.add(message);
            }
        }
        return entries;
    }

    @Test
    void theSecondLocalFileHasItsOwnTime(@TempDir Path directory) throws Exception {
        Path first = Files.writeString(directory.resolve("first"), "1");
        Path second = Files.writeString(directory.resolve("second"), "2");
        Files.setLastModifiedTime(first, FileTime.fromMillis(1_000_000_000_000L));
        Files.setLastModifiedTime(second, FileTime.fromMillis(1_600_000_000_000L));
        given(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to("b2:" + bucket + "?fileName=first")
                        .to("b2:" + bucket + "?operation=getFileInfo&fileName=first")
                        .setBody(constant(second.toFile()))
                        .to("b2:" + bucket + "?fileName=second");
            }
        });

        send("direct:start", first.toFile(), Map.of());

        assertThat(newest(b2(), bucket, "first").info()).containsEntry("src_last_modified_millis", "1000000000000");
        assertThat(newest(b2(), bucket, "second").info()).containsEntry("src_last_modified_millis", "1600000000000");
    }

    @Test
    void rulesInformationTypeAndRevisionOfOneBucketReachNoOther() throws Exception {
        String open = B2.bucketName("open");
        send(
                "b2:" + open + "?operation=createBucket&bucketType=allPublic",
                null,
                Map.of(
                        B2Constants.BUCKET_INFO,
                        Map.of("team", "x"),
                        B2Constants.CORS_RULES,
                        "[{\"corsRuleName\": \"any-site\", \"allowedOrigins\": [\"*\"],"
                                + " \"allowedOperations\": [\"b2_download_file_by_id\"], \"maxAgeSeconds\": 60}]",
                        B2Constants.LIFECYCLE_RULES,
                        "[{\"fileNamePrefix\": \"log/\", \"daysFromHidingToDeleting\": 1}]"));
        given(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to("b2:" + open + "?operation=getBucket")
                        .setHeader(B2Constants.BUCKET_INFO, constant("{\"team\": \"y\"}"))
                        .to("b2:" + other + "?operation=updateBucket");
            }
        });

        Bucket changed = send("direct:start", null, Map.of()).getMessage().getBody(Bucket.class);

        assertThat(changed.bucketName()).isEqualTo(other);
        assertThat(changed.bucketType().name()).isEqualTo("allPrivate");
        assertThat(changed.bucketInfo()).isEqualTo(Map.of("team", "y"));
        assertThat(changed.lifecycleRules()).isEmpty();
        assertThat(changed.corsRules()).isEmpty();
        assertThat(b2().requests("b2_update_bucket")).singleElement().satisfies(request -> assertThat(request.json())
                .doesNotContain("ifRevisionIs"));
    }
}
