// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.api.B2ConflictException;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.api.B2UnauthorizedException;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.client.call.BucketCalls.CreateBucket;
import io.github.camelb2.client.call.BucketCalls.DeleteBucket;
import io.github.camelb2.client.call.BucketCalls.UpdateBucket;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.call.FileCalls.CopyFile;
import io.github.camelb2.client.call.FileCalls.DeleteFileVersion;
import io.github.camelb2.client.call.FileCalls.GetDownloadAuthorization;
import io.github.camelb2.client.call.FileCalls.GetFileInfo;
import io.github.camelb2.client.call.FileCalls.HideFile;
import io.github.camelb2.client.call.FileCalls.ListFileNames;
import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.call.KeyCalls.CreateKey;
import io.github.camelb2.client.call.KeyCalls.DeleteKey;
import io.github.camelb2.client.call.KeyCalls.ListKeys;
import io.github.camelb2.client.call.LargeFileCalls.CancelLargeFile;
import io.github.camelb2.client.call.LargeFileCalls.ListParts;
import io.github.camelb2.client.call.LargeFileCalls.ListUnfinishedLargeFiles;
import io.github.camelb2.client.call.LargeFileCalls.StartLargeFile;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.bucket.Bucket;
import io.github.camelb2.client.model.bucket.BucketType;
import io.github.camelb2.client.model.bucket.LifecycleRule;
import io.github.camelb2.client.model.file.ByteRange;
import io.github.camelb2.client.model.file.ContentOverrides;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.key.ApplicationKey;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.transfer.download.DownloadStream;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.client.transfer.plan.TransferOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What the client and a B2 service do together; run against the emulator, and against B2 itself. */
abstract class B2ClientContract {
    private static final String HELLO_SHA1 = "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d";

    private Clients clients;
    private B2Client client;
    private String bucketName;
    private String bucketId;

    /** Where the service is. */
    abstract String realm();

    /** A key that may do everything. */
    abstract Credentials key();

    /** A name that no bucket has. */
    abstract String unusedBucketName();

    @BeforeEach
    void makeBucket() {
        clients = new Clients(realm());
        client = clients.login(key());
        bucketName = unusedBucketName();
        bucketId =
                client.call(CreateBucket.of(bucketName, BucketType.ALL_PRIVATE)).bucketId();
    }

    @AfterEach
    void deleteBucket() {
        try {
            client.listUnfinishedLargeFiles(ListUnfinishedLargeFiles.of(bucketId), Clients.FAST)
                    .forEachRemaining(it -> client.call(CancelLargeFile.of(it.fileId())));
            client.listFileVersions(ListFileVersions.of(bucketId), Clients.FAST)
                    .forEachRemaining(it -> client.call(DeleteFileVersion.of(it.fileName(), it.fileId())));
            client.call(DeleteBucket.of(bucketId));
        } finally {
            clients.close();
        }
    }

    @Test
    void loginSaysWhereToGoAndWhatIsAllowed() {
        assertThat(client.accountInfo().allowed().has(Capability.WRITE_FILES)).isTrue();
        assertThat(client.accountInfo().recommendedPartSize())
                .isGreaterThanOrEqualTo(client.accountInfo().absoluteMinimumPartSize());
    }

    @Test
    void bucketKeepsItsSettingsAndRefusesAnOutdatedChange() {
        Bucket before = client.getBucket(bucketName, Clients.FAST);
        Map<String, String> info = Map.of("purpose", "test");

        Bucket after = client.call(UpdateBucket.of(bucketId)
                .withBucketInfo(info)
                .withLifecycleRules(List.of(LifecycleRule.keepOnlyLastVersion()))
                .withIfRevisionIs(before.revision()));

        assertThat(after.bucketInfo()).isEqualTo(info);
        assertThat(after.lifecycleRules()).containsExactly(LifecycleRule.keepOnlyLastVersion());
        assertThat(after.revision()).isGreaterThan(before.revision());
        assertThatThrownBy(() -> client.call(
                        UpdateBucket.of(bucketId).withBucketInfo(Map.of()).withIfRevisionIs(before.revision())))
                .isInstanceOf(B2ConflictException.class);
        assertThat(client.getBucket(bucketName, Clients.FAST).bucketInfo()).isEqualTo(info);
    }

    @Test
    void bucketNameThatIsTakenIsAConflict() {
        assertThatThrownBy(() -> client.call(CreateBucket.of(bucketName, BucketType.ALL_PRIVATE)))
                .isInstanceOf(B2ConflictException.class)
                .hasMessageContaining("duplicate_bucket_name")
                .hasMessageContaining(bucketName);
    }

    @Test
    void bucketThatDoesNotExistIsNamed() {
        String absent = unusedBucketName();

        assertThatThrownBy(() -> client.getBucket(absent, Clients.FAST))
                .isInstanceOf(B2NotFoundException.class)
                .hasMessageContaining("\"" + absent + "\"");
    }

    @Test
    void bucketWithFilesIsNotDeleted() {
        upload("a.txt", "hello");

        assertThatThrownBy(() -> client.call(DeleteBucket.of(bucketId)))
                .isInstanceOf(B2ConflictException.class)
                .hasMessageContaining("delete all file versions");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain.txt",
                "dir/sub dir/a+b%2F&c=d?e#f.txt",
                "é自由😀\uFFFD.txt",
                "a//b/../c/./d",
                "\"quoted\" 'name' <x>|y^z`{}[]\\",
                "trailing/"
            })
    void fileOfAnyNameComesBack(String name) throws IOException {
        FileVersion stored = upload(name, "hello");

        assertThat(stored.fileName()).isEqualTo(name);
        assertThat(stored.verifiedSha1()).contains(HELLO_SHA1);
        assertThat(download(DownloadFile.byName(bucketName, name))).isEqualTo("hello");
        assertThat(client.head(DownloadFile.byName(bucketName, name), Clients.FAST)
                        .orElseThrow()
                        .fileId())
                .isEqualTo(stored.fileId());
        assertThat(client.call(ListFileNames.of(bucketId).withPrefix(name)).files())
                .extracting(FileVersion::fileName)
                .containsExactly(name);
    }

    @Test
    void metadataComesBackFromEveryView() throws IOException {
        Map<String, String> info = Map.of(
                "src_last_modified_millis", "1700000000123",
                "note", "é +%\"1\"",
                "b2-content-disposition", "attachment; filename=\"x.txt\"");
        FileVersion stored = client.upload(
                UploadFile.of(bucketName, "a.html").withFileInfo(info),
                UploadSources.bytes("hello".getBytes(StandardCharsets.UTF_8)),
                TransferOptions.DEFAULT,
                Clients.FAST);

        FileVersion asked = client.call(GetFileInfo.of(stored.fileId()));
        FileVersion listed = client.call(ListFileVersions.of(bucketId)).files().get(0);
        FileVersion headed =
                client.head(DownloadFile.byId(stored.fileId()), Clients.FAST).orElseThrow();

        assertThat(List.of(stored, asked, listed, headed)).allSatisfy(file -> {
            assertThat(file.fileInfo()).isEqualTo(info);
            assertThat(file.contentType()).isEqualTo("text/html");
            assertThat(file.contentLength()).isEqualTo(5);
            assertThat(file.modificationTimeMillis()).isEqualTo(1_700_000_000_123L);
            assertThat(file.knownSha1()).contains(HELLO_SHA1);
            assertThat(file.uploadTimestamp()).isEqualTo(stored.uploadTimestamp());
        });
    }

    @Test
    void rangeAndOverridesShapeTheAnswer() throws IOException {
        FileVersion stored = upload("a.txt", "hello");
        DownloadFile request = DownloadFile.byId(stored.fileId());

        assertThat(download(request.withRange(ByteRange.of(1, 3)))).isEqualTo("ell");
        assertThat(download(request.withRange(ByteRange.from(3)))).isEqualTo("lo");
        assertThat(client.head(
                                request.withOverrides(ContentOverrides.NONE.withContentType("application/x-other")),
                                Clients.FAST)
                        .orElseThrow()
                        .contentType())
                .isEqualTo("application/x-other");
    }

    @Test
    void listingGoesThroughAllPagesInByteOrder() {
        List<String> names = List.of("a", "a.b", "a/b", "a0", "é", "\uFFFD", "😀");
        names.forEach(name -> upload(name, "x"));

        PageIterator<FileVersion> all =
                client.listFileNames(ListFileNames.of(bucketId).withMaxFileCount(2), Clients.FAST);

        assertThat(all).toIterable().extracting(FileVersion::fileName).containsExactlyElementsOf(names);
    }

    @Test
    void delimiterMakesFolders() {
        List.of("dir/a", "dir/b", "dir/sub/c", "top").forEach(name -> upload(name, "x"));

        PageIterator<FileVersion> all =
                client.listFileNames(ListFileNames.of(bucketId).withDelimiter("/"), Clients.FAST);
        List<FileVersion> below = client.call(
                        ListFileNames.of(bucketId).withPrefix("dir/").withDelimiter("/"))
                .files();

        assertThat(all)
                .toIterable()
                .extracting(it -> it.action() + " " + it.fileName())
                .containsExactly("folder dir/", "upload top");
        assertThat(below)
                .extracting(it -> it.action() + " " + it.fileName())
                .containsExactly("upload dir/a", "upload dir/b", "folder dir/sub/");
    }

    @Test
    void hiddenFileIsGoneByNameAndComesBackWithoutItsMarker() throws IOException {
        FileVersion stored = upload("a.txt", "hello");

        FileVersion marker = client.call(HideFile.of(bucketId, "a.txt"));

        assertThat(marker.hides()).isTrue();
        assertThat(client.head(DownloadFile.byName(bucketName, "a.txt"), Clients.FAST))
                .isEmpty();
        assertThat(client.call(ListFileNames.of(bucketId)).files()).isEmpty();
        assertThat(client.call(ListFileVersions.of(bucketId)).files())
                .extracting(it -> it.action().name())
                .containsExactly("hide", "upload");
        assertThat(download(DownloadFile.byId(stored.fileId()))).isEqualTo("hello");
        assertThatThrownBy(() -> client.call(HideFile.of(bucketId, "a.txt"))).isInstanceOf(B2ConflictException.class);

        client.call(DeleteFileVersion.of("a.txt", marker.fileId()));

        assertThat(download(DownloadFile.byName(bucketName, "a.txt"))).isEqualTo("hello");
    }

    @Test
    void absentThingsAreNotFound() {
        assertThat(client.head(DownloadFile.byName(bucketName, "absent"), Clients.FAST))
                .isEmpty();
        assertThatThrownBy(() -> download(DownloadFile.byName(bucketName, "absent")))
                .isInstanceOf(B2NotFoundException.class)
                .hasMessageContaining("\"absent\" in bucket " + bucketName);
        assertThatThrownBy(() -> client.call(HideFile.of(bucketId, "absent"))).isInstanceOf(B2NotFoundException.class);
        String gone = upload("a.txt", "x").fileId();
        client.call(DeleteFileVersion.of("a.txt", gone));
        assertThatThrownBy(() -> client.call(DeleteFileVersion.of("a.txt", gone)))
                .isInstanceOf(B2NotFoundException.class);
        assertThatThrownBy(() -> client.call(GetFileInfo.of("no-such-id"))).isInstanceOf(B2Exception.class);
    }

    @Test
    void copyKeepsOrReplacesMetadataAndTakesRanges() throws IOException {
        FileVersion source = client.upload(
                UploadFile.of(bucketName, "a.txt").withInfo("note", "old"),
                UploadSources.bytes("hello".getBytes(StandardCharsets.UTF_8)),
                TransferOptions.DEFAULT,
                Clients.FAST);

        FileVersion same = client.call(CopyFile.of(source.fileId(), "b.txt"));
        FileVersion other = client.call(
                CopyFile.of(source.fileId(), "c.bin").replacingMetadata("application/x-mine", Map.of("note", "new")));
        FileVersion range = client.call(CopyFile.of(source.fileId(), "d.txt").withRange(ByteRange.of(1, 3)));

        assertThat(same.fileInfo()).containsEntry("note", "old");
        assertThat(same.contentType()).isEqualTo("text/plain");
        assertThat(other.fileInfo()).containsOnly(Map.entry("note", "new"));
        assertThat(other.contentType()).isEqualTo("application/x-mine");
        assertThat(download(DownloadFile.byId(range.fileId()))).isEqualTo("ell");
    }

    @Test
    void unfinishedLargeFileIsListedAndCancelled() {
        FileVersion started = client.call(StartLargeFile.of(bucketId, "big.bin", UploadFile.AUTO_CONTENT_TYPE)
                .withFileInfo(Map.of("k", "v")));

        assertThat(started.unfinished()).isTrue();
        assertThat(client.listParts(ListParts.of(started.fileId()), Clients.FAST)
                        .hasNext())
                .isFalse();
        assertThat(client.listUnfinishedLargeFiles(ListUnfinishedLargeFiles.of(bucketId), Clients.FAST))
                .toIterable()
                .extracting(FileVersion::fileId)
                .containsExactly(started.fileId());
        assertThat(client.head(DownloadFile.byName(bucketName, "big.bin"), Clients.FAST))
                .isEmpty();

        client.call(CancelLargeFile.of(started.fileId()));

        assertThat(client.listUnfinishedLargeFiles(ListUnfinishedLargeFiles.of(bucketId), Clients.FAST)
                        .hasNext())
                .isFalse();
    }

    @Test
    void customerKeyIsNeededForEveryReading() throws IOException {
        Encryption key = Encryption.sseC("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
        Encryption wrong = Encryption.sseC("another9abcdef0123456789abcdef01".getBytes(StandardCharsets.US_ASCII));
        FileVersion stored = client.upload(
                UploadFile.of(bucketName, "a.txt").withServerSideEncryption(key),
                UploadSources.bytes("hello".getBytes(StandardCharsets.UTF_8)),
                TransferOptions.DEFAULT,
                Clients.FAST);
        DownloadFile request = DownloadFile.byId(stored.fileId());

        assertThat(download(request.withServerSideEncryption(key))).isEqualTo("hello");
        assertThatThrownBy(() -> download(request)).isInstanceOf(B2Exception.class);
        assertThatThrownBy(() -> download(request.withServerSideEncryption(wrong)))
                .isInstanceOf(B2UnauthorizedException.class)
                .hasMessageContaining("check the customer key");
        FileVersion open = client.call(CopyFile.of(stored.fileId(), "b.txt")
                .withSourceServerSideEncryption(key)
                .withDestinationServerSideEncryption(Encryption.sseB2()));
        assertThat(open.serverSideEncryption().mode()).hasToString("SSE-B2");
        assertThat(download(DownloadFile.byId(open.fileId()))).isEqualTo("hello");
    }

    @Test
    void downloadAuthorizationOpensItsPrefixOnly() throws IOException {
        upload("in/a.txt", "hello");
        upload("out/a.txt", "hello");
        String token =
                client.call(GetDownloadAuthorization.of(bucketId, "in/", 600)).authorizationToken();

        assertThat(download(DownloadFile.byName(bucketName, "in/a.txt").withDownloadAuthorization(token)))
                .isEqualTo("hello");
        assertThatThrownBy(() ->
                        download(DownloadFile.byName(bucketName, "out/a.txt").withDownloadAuthorization(token)))
                .isInstanceOf(B2UnauthorizedException.class);
    }

    @Test
    void restrictedKeyWorksWithinItsLimitsAndIsToldWhenItLeavesThem() {
        ApplicationKey made = client.call(CreateKey.of(
                        List.of(Capability.LIST_BUCKETS, Capability.LIST_FILES, Capability.READ_FILES),
                        "restricted-key")
                .withBucketIds(List.of(bucketId))
                .withNamePrefix("mine/"));
        try {
            B2Client restricted = clients.login(new Credentials(made.applicationKeyId(), made.applicationKey()));
            upload("mine/a.txt", "hello");

            assertThat(restricted.bucketId(bucketName, Clients.FAST)).isEqualTo(bucketId);
            assertThat(restricted
                            .call(ListFileNames.of(bucketId).withPrefix("mine/"))
                            .files())
                    .hasSize(1);
            assertThatThrownBy(() -> restricted.call(ListFileNames.of(bucketId)))
                    .isInstanceOf(B2UnauthorizedException.class);
            B2Exception refused =
                    catchThrowableOfType(B2Exception.class, () -> restricted.call(HideFile.of(bucketId, "mine/a.txt")));
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused).hasMessageContaining("capability writeFiles");
            assertThat(client.listKeys(ListKeys.of(), Clients.FAST))
                    .toIterable()
                    .filteredOn(it -> it.applicationKeyId().equals(made.applicationKeyId()))
                    .singleElement()
                    .satisfies(it -> {
                        assertThat(it.applicationKey()).isNull();
                        assertThat(it.bucketIds()).containsExactly(bucketId);
                        assertThat(it.namePrefix()).isEqualTo("mine/");
                    });
        } finally {
            client.call(DeleteKey.of(made.applicationKeyId()));
        }
        assertThatThrownBy(() -> clients.login(new Credentials(made.applicationKeyId(), made.applicationKey()))
                        .authorize())
                .isInstanceOf(B2UnauthorizedException.class)
                .hasMessageContaining("check the application key");
    }

    private FileVersion upload(String name, String content) {
        return client.upload(
                UploadFile.of(bucketName, name),
                UploadSources.bytes(content.getBytes(StandardCharsets.UTF_8)),
                TransferOptions.DEFAULT,
                Clients.FAST);
    }

    private String download(DownloadFile request) throws IOException {
        try (DownloadStream content = client.open(request, Clients.FAST)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
