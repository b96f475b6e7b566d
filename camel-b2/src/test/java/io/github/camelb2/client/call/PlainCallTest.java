// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.call;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.api.BucketEntry;
import io.github.camelb2.client.call.BucketCalls.ListBuckets;
import io.github.camelb2.client.call.FileCalls.GetUploadUrl;
import io.github.camelb2.client.call.FileCalls.ListFileNames;
import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.call.LargeFileCalls.FinishLargeFile;
import io.github.camelb2.client.call.LargeFileCalls.GetUploadPartUrl;
import io.github.camelb2.client.call.LargeFileCalls.ListUnfinishedLargeFiles;
import io.github.camelb2.client.call.LargeFileCalls.StartLargeFile;
import io.github.camelb2.client.model.bucket.BucketList;
import io.github.camelb2.client.model.file.FilePage;
import io.github.camelb2.client.model.json.Json;
import io.github.camelb2.client.model.json.UnusableAnswerException;
import io.github.camelb2.client.model.large.Part;
import io.github.camelb2.client.model.large.UploadPartUrl;
import io.github.camelb2.client.model.large.UploadUrl;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.model.protection.FileRetention;
import io.github.camelb2.client.model.protection.LegalHold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is written and read by hand is what data binding would write and read. */
class PlainCallTest {
    private static final String BUCKETS = """
            {"more": [{"buckets": 1}], "buckets": [
              {"bucketName": "other", "bucketId": "id-0", "corsRules": [{"bucketId": "none"}]},
              {"bucketId": "id-1", "bucketName": "Media", "bucketInfo": null, "lifecycleRules": [],
               "options": ["s3"], "revision": 2}
            ]}""";

    @Test
    void requestsAreThoseOfDataBinding() {
        GetUploadUrl url = GetUploadUrl.of("id \"\\ \u00e4 \ud83d\ude00");
        FindBucket bucket = (FindBucket) FindBucket.of("media").withAccountId("account");

        assertThat(text(url.write())).isEqualTo(text(Json.write(url)));
        assertThat(text(bucket.write()))
                .isEqualTo(
                        text(Json.write(ListBuckets.of().withBucketName("media").withAccountId("account"))));
        assertThat(text(FindBucket.of("media").write())).isEqualTo("{\"bucketName\":\"media\"}");
    }

    @ParameterizedTest
    @MethodSource
    void requestOfListingIsThatOfDataBinding(PlainCall<?> call) {
        assertThat(text(call.write())).isEqualTo(text(Json.write(call)));
    }

    static Stream<PlainCall<?>> requestOfListingIsThatOfDataBinding() {
        ListFileVersions versions = new ListFileVersions("bucket", "a\u00e4", "id", 10_000, "pre\"fix", "/");
        return Stream.of(
                ListFileNames.of("bucket"),
                new ListFileNames("bucket", "a\ud83d\ude00", 1, "pre\\fix", "/"),
                ListFileVersions.of("bucket"),
                versions,
                new SlimListing<>(versions, version -> version));
    }

    @ParameterizedTest
    @MethodSource
    void requestAboutLargeFilesIsThatOfDataBinding(PlainCall<?> call) {
        assertThat(text(call.write())).isEqualTo(text(Json.write(call)));
    }

    static Stream<PlainCall<?>> requestAboutLargeFilesIsThatOfDataBinding() {
        StartLargeFile start = StartLargeFile.of("bucket", "\u00e4/\"\\ \ud83d\ude00", "b2/x-auto");
        StartLargeFile described = start.withFileInfo(Map.of("large_file_sha1", "\"x\" \u00e4"));
        return Stream.of(
                start,
                described,
                start.withFileInfo(Map.of()).withServerSideEncryption(Encryption.sseB2()),
                described
                        .withServerSideEncryption(Encryption.sseC(new byte[32]))
                        .withCustomUploadTimestamp("7"),
                described.withLegalHold(LegalHold.ON),
                described.withFileRetention(FileRetention.NONE),
                GetUploadPartUrl.of("file \"\\"),
                ListUnfinishedLargeFiles.of("bucket"),
                new ListUnfinishedLargeFiles("bucket", "pre\"fix", "file", 100),
                FinishLargeFile.of("file", List.of("a", "b")).withOfName(new VersionsOfName("bucket", "name")));
    }

    @Test
    void answersAboutLargeFilesAreReadAsByDataBinding() throws IOException {
        String part = """
                {"fileId": "f", "partNumber": 7, "contentLength": 4999999999999, "contentSha1": "s", "contentMd5": "m",
                 "more": {"partNumber": 8}, "uploadTimestamp": "12",
                 "serverSideEncryption": {"algorithm": "AES256", "key": null, "mode": "SSE-B2"}}""";
        String bare = "{\"contentSha1\": \"s\", \"partNumber\": 1, \"fileId\": null, \"serverSideEncryption\": {}}";
        String url = "{\"fileId\": \"f\", \"uploadUrl\": \"https://u\", \"authorizationToken\": \"t\", \"more\": []}";
        String page = """
                {"nextFileId": "id", "more": {"files": 1}, "nextFileName": null,
                 "files": [{"fileName": "a", "accountId": "c", "bucketId": "b", "fileId": "i", "action": "start", "contentMd5": "m"}]}""";

        assertThat(Part.read(stream(part))).isEqualTo(Json.read(stream(part), Part.class));
        assertThat(Part.read(stream(bare))).isEqualTo(Json.read(stream(bare), Part.class));
        assertThat(UploadPartUrl.read(stream(url))).isEqualTo(Json.read(stream(url), UploadPartUrl.class));
        assertThat(FilePage.read(stream(page))).isEqualTo(Json.read(stream(page), FilePage.class));
        assertThat(FilePage.read(stream(page)).files().get(0).accountId()).isEqualTo("c");
    }

    @Test
    void partWithoutASha1IsNone() {
        assertThatThrownBy(() -> Part.read(stream("{\"fileId\": \"secret\", \"partNumber\": 1}")))
                .isInstanceOf(UnusableAnswerException.class)
                .hasMessageContaining("the part has no member contentSha1")
                .hasMessageNotContaining("secret");
    }

    @Test
    void bucketIsFoundAmongOthersWhateverItsCase() throws IOException {
        assertThat(FindBucket.of("media").read(stream(BUCKETS)).bucket()).contains(new BucketEntry("Media", "id-1"));
        assertThat(Json.read(stream(BUCKETS), BucketList.class).buckets().get(1).bucketId())
                .isEqualTo("id-1");
        assertThat(FindBucket.of("absent").read(stream(BUCKETS)).bucket()).isEmpty();
        assertThat(FindBucket.of("absent").read(stream("{\"buckets\": []}")).bucket())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"bucketId\": \"b\", \"uploadUrl\": \"https://u\", \"authorizationToken\": \"t\"}",
                "{\"authorizationToken\": 17, \"more\": {\"uploadUrl\": [\"no\"]}, \"uploadUrl\": \"https://u\", \"bucketId\": null}",
            })
    void uploadUrlIsReadAsByDataBinding(String json) throws IOException {
        assertThat(UploadUrl.read(stream(json))).isEqualTo(Json.read(stream(json), UploadUrl.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"secret\"",
                "{",
                "{\"uploadUrl\": \"secret\"",
                "{\"uploadUrl\": {\"secret\": 1}, \"authorizationToken\": \"secret\"}",
                "{\"uploadUrl\": \"\", \"authorizationToken\": \"secret\"}",
                "{\"uploadUrl\": \"https://secret\"}",
            })
    void unusableAnswerIsRefusedAndNotQuoted(String json) {
        assertThatThrownBy(() -> UploadUrl.read(stream(json)))
                .isInstanceOf(UnusableAnswerException.class)
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> UploadPartUrl.read(stream(json)))
                .isInstanceOf(UnusableAnswerException.class)
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> Json.read(stream(json), UploadUrl.class)).isInstanceOf(UnusableAnswerException.class);
    }

    @Test
    void bucketWithoutAnIdIsNone() {
        assertThatThrownBy(() -> FindBucket.of("a").read(stream("{\"buckets\": [{\"bucketName\": \"a\"}]}")))
                .isInstanceOf(UnusableAnswerException.class)
                .hasMessageContaining("the bucket has no member bucketId");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": {\"b\": [1, 2.5, \"x\", true, null, {}]}, \"long\": 9007199254740993, \"a2\": -1}",
                "[]",
                "{\"once\": 1, \"twice\": \"two\", \"big\": 123456789012345678901234567890}",
                "7",
            })
    void treeIsThatOfDataBinding(String json) throws IOException {
        assertThat(Json.readTree(stream(json)).toString())
                .isEqualTo(new JsonMapper().readTree(json).toString());
    }

    private static InputStream stream(String json) {
        return new ByteArrayInputStream(json.getBytes(UTF_8));
    }

    private static String text(byte[] json) {
        return new String(json, UTF_8);
    }
}
