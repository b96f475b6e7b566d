// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.B2ConflictException;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.client.call.LargeFileCalls.StartLargeFile;
import io.github.camelb2.client.model.bucket.Bucket;
import io.github.camelb2.client.model.file.FileId;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.key.ApplicationKey;
import io.github.camelb2.lending.B2ClientLease;

import static org.assertj.core.api.Assertions.assertThat;

/** What routes and a B2 service do together, family by family; run against the emulator, and against B2 itself. */
abstract class B2RouteContract extends CamelTestSupport {
    private String bucket;

    /** Where the service is. */
    abstract String realm();

    /** A key that may do everything. */
    abstract Credentials key();

    /** A name that no bucket has. */
    abstract String unusedBucketName();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext made = super.createCamelContext();
        B2Configuration options = made.getComponent("b2", B2Component.class).getConfiguration();
        options.setRealm(realm());
        options.setApplicationKeyId(key().applicationKeyId());
        options.setApplicationKey(key().applicationKey());
        return made;
    }

    @BeforeEach
    void makeBucket() {
        bucket = unusedBucketName();
        run("createBucket", null, Map.of(B2Constants.BUCKET_INFO, Map.of("purpose", "test")));
    }

    @AfterEach
    void deleteBucket() {
        run("cancelUnfinishedLargeFiles", null, Map.of(B2Constants.OLDER_THAN, Duration.ZERO));
        run("deleteFiles", null, Map.of(B2Constants.FILES_TO_DELETE, allNames()));
        run("deleteBucket", null, Map.of());
    }

    @Test
    void accountOperationsAnswerTheLogin() {
        AccountInfo login = run("authorizeAccount", null, Map.of()).getMessage().getBody(AccountInfo.class);
        AccountInfo known = run("getAccountInfo", null, Map.of()).getMessage().getBody(AccountInfo.class);

        assertThat(known.accountId()).isEqualTo(login.accountId());
        assertThat(known.toString()).doesNotContain(known.authorizationToken());
        run("clearAccountInfo", null, Map.of());
        run("getBucket", null, Map.of());
    }

    @Test
    void bucketOperationsChangeWhatTheyAreToldTo() {
        Exchange described = run("getBucket", null, Map.of());
        int revision = described.getMessage().getHeader(B2Constants.FOUND_BUCKET_REVISION, Integer.class);
        Map<String, Object> change =
                Map.of(B2Constants.BUCKET_INFO, Map.of("purpose", "other"), B2Constants.BUCKET_REVISION, revision);

        Bucket changed = run("updateBucket", null, change).getMessage().getBody(Bucket.class);

        assertThat(changed.bucketInfo()).containsOnly(Map.entry("purpose", "other"));
        assertThat(tryRunning("updateBucket", null, change).getException()).isInstanceOf(B2ConflictException.class);
        assertThat(tryRunning("createBucket", null, Map.of()).getException()).isInstanceOf(B2ConflictException.class);
        assertThat(run("listBuckets", null, Map.of()).getMessage().getBody(List.class))
                .extracting("bucketName")
                .contains(bucket);
    }

    @Test
    void whatIsUploadedIsDescribedListedAndDownloaded() {
        Map<String, Object> headers = Map.of(
                B2Constants.FILE_NAME,
                "docs/ä b+c.txt",
                B2Constants.FILE_INFO,
                Map.of("team", "é %1"),
                B2Constants.CONTENT_DISPOSITION,
                "attachment; filename=\"x.txt\"",
                B2Constants.LAST_MODIFIED,
                1_700_000_000_123L);
        Exchange stored = run("uploadFile", "hello", headers);
        Map<String, Object> name = Map.of(B2Constants.FILE_NAME, "docs/ä b+c.txt");

        Exchange found = run("getFileInfo", null, name);
        Exchange read = run("downloadFile", null, name);

        assertThat(found.getMessage().getBody(FileVersion.class).fileInfo())
                .containsEntry("team", "é %1")
                .containsEntry("b2-content-disposition", "attachment; filename=\"x.txt\"");
        assertThat(found.getMessage().getHeader(B2Constants.FOUND_LAST_MODIFIED))
                .isEqualTo(1_700_000_000_123L);
        assertThat(found.getMessage().getHeader(B2Constants.FOUND_FILE_ID))
                .isEqualTo(stored.getMessage().getHeader(B2Constants.PRODUCED_FILE_ID));
        assertThat(read.getMessage().getBody(String.class)).isEqualTo("hello");
        assertThat(run("fileExists", null, name).getMessage().getBody()).isEqualTo(true);
        assertThat(names("listFileNames", Map.of(B2Constants.PREFIX, "docs/"))).containsExactly("docs/ä b+c.txt");
    }

    @Test
    void copiesRangesAndConcatenationsHaveTheRightBytes() {
        upload("a.txt", "0123456789");

        run("copyFile", null, with(name("a.txt"), B2Constants.DESTINATION_FILE_NAME, "b.txt"));
        Map<String, Object> range = with(with(name("a.txt"), B2Constants.RANGE_START, 2), B2Constants.RANGE_END, 4);
        FileId piece = new FileId(idOf("b.txt"), "b.txt");
        run("concatenateFiles", List.of("digits: ", piece), name("c.txt"));

        assertThat(content("b.txt")).isEqualTo("0123456789");
        assertThat(run("downloadFile", null, range).getMessage().getBody(String.class))
                .isEqualTo("234");
        assertThat(content("c.txt")).isEqualTo("digits: 0123456789");
    }

    @Test
    void hidingUnhidingAndDeletingSayWhatIsThere() {
        upload("a.txt", "one");
        upload("a.txt", "two");

        run("hideFile", null, name("a.txt"));
        assertThat(run("fileExists", null, name("a.txt")).getMessage().getBody())
                .isEqualTo(false);
        assertThat(tryRunning("downloadFile", null, name("a.txt")).getException())
                .isInstanceOf(B2NotFoundException.class);
        assertThat(names("listFileVersions", Map.of())).hasSize(3);

        run("unhideFile", null, name("a.txt"));
        assertThat(content("a.txt")).isEqualTo("two");
        run("deleteFileVersion", null, with(name("a.txt"), B2Constants.FILE_ID, idOf("a.txt")));
        assertThat(content("a.txt")).isEqualTo("one");
        run("deleteAllFileVersions", null, name("a.txt"));
        assertThat(names("listFileVersions", Map.of())).isEmpty();
    }

    @Test
    void unfinishedLargeFilesAreListedAndCancelled() {
        B2Component component = context().getComponent("b2", B2Component.class);
        String id;
        try (B2ClientLease lease = component.borrowClient(component.getConfiguration())) {
            String bucketId = run("getBucket", null, Map.of())
                    .getMessage()
                    .getBody(Bucket.class)
                    .bucketId();
            id = lease.client()
                    .call(StartLargeFile.of(bucketId, "big", "text/plain"))
                    .fileId();
        }

        assertThat(names("listUnfinishedLargeFiles", Map.of())).containsExactly("big");
        assertThat(run("listParts", null, Map.of(B2Constants.FILE_ID, id))
                        .getMessage()
                        .getBody(Iterator.class)
                        .hasNext())
                .isFalse();
        run("cancelLargeFile", null, Map.of(B2Constants.FILE_ID, id));
        assertThat(names("listUnfinishedLargeFiles", Map.of())).isEmpty();
    }

    @Test
    void aLinkOpensItsFileInAnyHttpClient() throws Exception {
        upload("in/a.txt", "hello");

        String link = run("createDownloadLink", null, name("in/a.txt"))
                .getMessage()
                .getHeader(B2Constants.DOWNLOAD_LINK, String.class);

        HttpClient client = HttpClient.newHttpClient();
        HttpResponse<String> opened =
                client.send(HttpRequest.newBuilder(URI.create(link)).build(), HttpResponse.BodyHandlers.ofString());
        HttpResponse<String> refused = client.send(
                HttpRequest.newBuilder(URI.create(link.substring(0, link.indexOf('?'))))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(opened.body()).isEqualTo("hello");
        assertThat(refused.statusCode()).isEqualTo(401);
    }

    @Test
    void aKeyIsMadeDescribedAndDeleted() {
        Map<String, Object> limits = Map.of(
                B2Constants.KEY_NAME, "camel-b2-test",
                B2Constants.KEY_CAPABILITIES, "listFiles,readFiles",
                B2Constants.PREFIX, "docs/");
        ApplicationKey made = run("createKey", null, limits).getMessage().getBody(ApplicationKey.class);
        Map<String, Object> id = Map.of(B2Constants.KEY_ID, made.applicationKeyId());
        try {
            ApplicationKey known = run("getKey", null, id).getMessage().getBody(ApplicationKey.class);

            assertThat(known.namePrefix()).isEqualTo("docs/");
            assertThat(known.applicationKey()).isNull();
        } finally {
            run("deleteKey", null, id);
        }
        assertThat(tryRunning("getKey", null, id).getException()).isInstanceOf(B2NotFoundException.class);
    }

    private void upload(String name, String content) {
        run("uploadFile", content, name(name));
    }

    private String content(String name) {
        return run("downloadFile", null, name(name)).getMessage().getBody(String.class);
    }

    private String idOf(String name) {
        return run("getFileInfo", null, name(name)).getMessage().getHeader(B2Constants.FOUND_FILE_ID, String.class);
    }

    private List<String> allNames() {
        return names("listFileVersions", Map.of()).stream().distinct().toList();
    }

    private List<String> names(String operation, Map<String, Object> headers) {
        List<String> names = new ArrayList<>();
        Iterator<?> files = run(operation, null, headers).getMessage().getBody(Iterator.class);
        files.forEachRemaining(file -> names.add(((FileVersion) file).fileName()));
        return names;
    }

    private static Map<String, Object> name(String fileName) {
        return Map.of(B2Constants.FILE_NAME, fileName);
    }

    private static Map<String, Object> with(Map<String, Object> headers, String header, Object value) {
        Map<String, Object> more = new HashMap<>(headers);
        more.put(header, value);
        return more;
    }

    private Exchange run(String operation, Object body, Map<String, Object> headers) {
        Exchange exchange = tryRunning(operation, body, headers);
        assertThat(exchange.getException()).as(operation).isNull();
        return exchange;
    }

    private Exchange tryRunning(String operation, Object body, Map<String, Object> headers) {
        return template().request("b2:" + bucket + "?operation=" + operation, exchange -> {
            exchange.getMessage().setBody(body);
            headers.forEach(exchange.getMessage()::setHeader);
        });
    }
}
