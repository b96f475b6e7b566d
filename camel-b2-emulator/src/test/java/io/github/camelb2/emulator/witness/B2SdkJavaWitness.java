// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.witness;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.backblaze.b2.client.B2ClientConfig;
import com.backblaze.b2.client.B2StorageClient;
import com.backblaze.b2.client.contentHandlers.B2ContentMemoryWriter;
import com.backblaze.b2.client.contentSources.B2ByteArrayContentSource;
import com.backblaze.b2.client.contentSources.B2ContentTypes;
import com.backblaze.b2.client.exceptions.B2Exception;
import com.backblaze.b2.client.exceptions.B2NotFoundException;
import com.backblaze.b2.client.exceptions.B2UnauthorizedException;
import com.backblaze.b2.client.structures.B2ApplicationKey;
import com.backblaze.b2.client.structures.B2Bucket;
import com.backblaze.b2.client.structures.B2BucketTypes;
import com.backblaze.b2.client.structures.B2CopyFileRequest;
import com.backblaze.b2.client.structures.B2CreateKeyRequest;
import com.backblaze.b2.client.structures.B2CreatedApplicationKey;
import com.backblaze.b2.client.structures.B2DeleteKeyRequest;
import com.backblaze.b2.client.structures.B2DownloadAuthorization;
import com.backblaze.b2.client.structures.B2DownloadByIdRequest;
import com.backblaze.b2.client.structures.B2DownloadByNameRequest;
import com.backblaze.b2.client.structures.B2FileSseForRequest;
import com.backblaze.b2.client.structures.B2FileVersion;
import com.backblaze.b2.client.structures.B2GetDownloadAuthorizationRequest;
import com.backblaze.b2.client.structures.B2ListFileNamesRequest;
import com.backblaze.b2.client.structures.B2UploadFileRequest;
import com.backblaze.b2.client.webApiHttpClient.B2StorageHttpClientBuilder;
import com.backblaze.b2.client.webApiHttpClient.HttpClientFactoryImpl;
import com.backblaze.b2.util.B2ByteRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.camelb2.emulator.B2EmulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Backblaze's own Java client, unmodified, finds the emulator to be B2. */
abstract class B2SdkJavaWitness {

    /** The emulator of the class. */
    abstract B2EmulatorExtension b2();

    private final ExecutorService executor = Executors.newFixedThreadPool(4);
    private B2StorageClient client;
    private B2Bucket bucket;

    @BeforeEach
    void login() throws B2Exception {
        client = client(b2().emulator().applicationKeyId(), b2().emulator().applicationKey());
        bucket = client.createBucket(b2().bucketName(), B2BucketTypes.ALL_PRIVATE);
    }

    @AfterEach
    void logout() {
        client.close();
        executor.shutdownNow();
    }

    private B2StorageClient client(String keyId, String key) {
        B2ClientConfig config = B2ClientConfig.builder(keyId, key, "emulator-test/1.0")
                .setMasterUrl(b2().emulator().url())
                .build();
        return B2StorageHttpClientBuilder.builder(config)
                .setHttpClientFactory(HttpClientFactoryImpl.builder()
                        .setSupportInsecureHttp(true)
                        .build())
                .build();
    }

    @Test
    void smallFileWithAwkwardNameComesBack() throws B2Exception {
        byte[] bytes = random(45_678);
        String name = "dir//a b+c%/../é\u20ac😀.txt";

        B2FileVersion uploaded = client.uploadSmallFile(
                upload(name, bytes).setCustomField("k", "v 1+2 é").build());

        assertThat(uploaded.getContentType()).isEqualTo("text/plain");
        B2ContentMemoryWriter byName = B2ContentMemoryWriter.build();
        client.downloadByName(bucket.getBucketName(), name, byName);
        assertThat(byName.getBytes()).isEqualTo(bytes);
        B2FileVersion info = client.getFileInfo(uploaded.getFileId());
        assertThat(info.getFileInfo()).containsEntry("k", "v 1+2 é");
        B2FileVersion head = client.getFileInfoByName(bucket.getBucketName(), name);
        assertThat(head.getFileInfo()).containsEntry("k", "v 1+2 é");
        assertThat(head.getContentLength()).isEqualTo(45_678);
    }

    @Test
    void largeFileIsUploadedInPartsAndReadByRange() throws B2Exception {
        byte[] bytes = random(1_050_000);

        B2FileVersion file = client.uploadLargeFile(upload("big.bin", bytes).build(), executor);

        assertThat(b2().emulator().count("b2_upload_part")).isEqualTo(10);
        assertThat(file.getContentLength()).isEqualTo(1_050_000);
        B2ContentMemoryWriter whole = B2ContentMemoryWriter.build();
        client.downloadById(file.getFileId(), whole);
        assertThat(whole.getBytes()).isEqualTo(bytes);
        B2ContentMemoryWriter part = B2ContentMemoryWriter.build();
        client.downloadById(
                B2DownloadByIdRequest.builder(file.getFileId())
                        .setRange(B2ByteRange.between(99_990, 210_005))
                        .build(),
                part);
        assertThat(part.getBytes()).isEqualTo(java.util.Arrays.copyOfRange(bytes, 99_990, 210_006));
    }

    @Test
    void unfinishedLargeFileIsListedAndCancelled() throws B2Exception {
        String id = client.startLargeFile(com.backblaze.b2.client.structures.B2StartLargeFileRequest.builder(
                                bucket.getBucketId(), "never.bin", B2ContentTypes.B2_AUTO)
                        .build())
                .getFileId();

        assertThat(client.unfinishedLargeFiles(bucket.getBucketId()))
                .extracting(B2FileVersion::getFileId)
                .containsExactly(id);
        client.cancelLargeFile(id);
        assertThat(client.unfinishedLargeFiles(bucket.getBucketId())).isEmpty();
    }

    @Test
    void copyKeepsTheBytesAndReplacesTheInfo() throws B2Exception {
        byte[] bytes = random(1_000);
        B2FileVersion source =
                client.uploadSmallFile(upload("source.txt", bytes).build());

        B2FileVersion copy = client.copySmallFile(
                B2CopyFileRequest.builder(source.getFileId(), "copy.txt").build());
        B2FileVersion range = client.copySmallFile(B2CopyFileRequest.builder(source.getFileId(), "range.txt")
                .setRange(B2ByteRange.between(10, 19))
                .build());

        assertThat(copy.getContentSha1()).isEqualTo(source.getContentSha1());
        assertThat(b2().emulator().state().bytes(bucket.getBucketName(), "copy.txt"))
                .isEqualTo(bytes);
        assertThat(range.getContentLength()).isEqualTo(10);
    }

    @Test
    void listingsPageAndFoldAndHide() throws B2Exception {
        for (String name : List.of("a", "a/b", "a/c", "b", "z")) {
            client.uploadSmallFile(upload(name, new byte[3]).build());
        }
        client.hideFile(bucket.getBucketId(), "b");

        assertThat(names(B2ListFileNamesRequest.builder(bucket.getBucketId())
                        .setMaxFileCount(2)
                        .build()))
                .containsExactly("a", "a/b", "a/c", "z");
        assertThat(names(B2ListFileNamesRequest.builder(bucket.getBucketId())
                        .setDelimiter("/")
                        .setMaxFileCount(1)
                        .build()))
                .containsExactly("a", "a/", "z");
        assertThat(client.fileVersions(bucket.getBucketId())).hasSize(6);
        assertThatThrownBy(() -> client.getFileInfoByName(bucket.getBucketName(), "b"))
                .isInstanceOf(B2NotFoundException.class);
    }

    @Test
    void emptyBucketGoesAwayAndFullOneStays() throws B2Exception {
        B2FileVersion file = client.uploadSmallFile(upload("a", new byte[0]).build());

        assertThatThrownBy(() -> client.deleteBucket(bucket.getBucketId()))
                .extracting(e -> ((B2Exception) e).getCode())
                .isEqualTo("cannot_delete_non_empty_bucket");
        client.deleteFileVersion(file);
        client.deleteBucket(bucket.getBucketId());

        assertThat(client.getBucketOrNullByName(bucket.getBucketName())).isNull();
    }

    @Test
    void keyWithPrefixSeesOnlyItsFiles() throws B2Exception {
        client.uploadSmallFile(upload("in/a", new byte[3]).build());
        client.uploadSmallFile(upload("out/a", new byte[3]).build());
        B2CreatedApplicationKey key =
                client.createKey(B2CreateKeyRequest.builder(new TreeSet<>(List.of("listFiles", "readFiles")), "limited")
                        .setBucketId(bucket.getBucketId())
                        .setNamePrefix("in/")
                        .build());

        try (B2StorageClient limited = client(key.getApplicationKeyId(), key.getApplicationKey())) {
            assertThat(limited.fileNames(B2ListFileNamesRequest.builder(bucket.getBucketId())
                            .setPrefix("in/")
                            .build()))
                    .extracting(B2FileVersion::getFileName)
                    .containsExactly("in/a");
            B2ContentMemoryWriter sink = B2ContentMemoryWriter.build();
            limited.downloadByName(bucket.getBucketName(), "in/a", sink);
            assertThat(sink.getBytes()).hasSize(3);
        }
        assertThat(client.applicationKeys())
                .extracting(B2ApplicationKey::getKeyName)
                .contains("limited");
        client.deleteKey(B2DeleteKeyRequest.builder(key.getApplicationKeyId()).build());
        assertThat(client.applicationKeys())
                .extracting(B2ApplicationKey::getKeyName)
                .doesNotContain("limited");
    }

    @Test
    void wrongKeyIsUnauthorized() {
        try (B2StorageClient wrong = client(b2().emulator().applicationKeyId(), "K000wrong")) {
            assertThatThrownBy(wrong::buckets).isInstanceOf(B2UnauthorizedException.class);
        }
    }

    @Test
    void customerKeyIsNeededToReadBack() throws B2Exception {
        byte[] bytes = random(100);
        String key = Base64.getEncoder().encodeToString(random(32));
        B2FileSseForRequest sse = B2FileSseForRequest.createSseCAes256(key);
        client.uploadSmallFile(
                upload("secret", bytes).setServerSideEncryption(sse).build());

        B2ContentMemoryWriter sink = B2ContentMemoryWriter.build();
        client.downloadByName(
                B2DownloadByNameRequest.builder(bucket.getBucketName(), "secret")
                        .setServerSideEncryption(sse)
                        .build(),
                sink);

        assertThat(sink.getBytes()).isEqualTo(bytes);
        assertThatThrownBy(() -> client.downloadByName(bucket.getBucketName(), "secret", B2ContentMemoryWriter.build()))
                .isInstanceOf(B2Exception.class);
    }

    @Test
    void downloadAuthorizationIsGiven() throws B2Exception {
        B2DownloadAuthorization authorization = client.getDownloadAuthorization(
                B2GetDownloadAuthorizationRequest.builder(bucket.getBucketId(), "in/", 60)
                        .build());

        assertThat(authorization.getFileNamePrefix()).isEqualTo("in/");
    }

    @Test
    void failedUploadIsRepeatedWithAnotherUrl() throws B2Exception {
        b2().emulator().faults().add("b2_upload_file #1: status 503");

        client.uploadSmallFile(upload("again", new byte[10]).build());

        assertThat(b2().emulator().count("b2_upload_file")).isEqualTo(2);
        assertThat(b2().emulator().count("b2_get_upload_url")).isEqualTo(2);
    }

    private List<String> names(B2ListFileNamesRequest request) throws B2Exception {
        List<String> names = new ArrayList<>();
        client.fileNames(request).forEach(file -> names.add(file.getFileName()));
        return names;
    }

    private B2UploadFileRequest.Builder upload(String name, byte[] bytes) {
        return B2UploadFileRequest.builder(
                bucket.getBucketId(), name, B2ContentTypes.B2_AUTO, B2ByteArrayContentSource.build(bytes));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
