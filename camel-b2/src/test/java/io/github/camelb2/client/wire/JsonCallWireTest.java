// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.call.BucketCalls.CreateBucket;
import io.github.camelb2.client.call.BucketCalls.DeleteBucket;
import io.github.camelb2.client.call.BucketCalls.ListBuckets;
import io.github.camelb2.client.call.BucketCalls.UpdateBucket;
import io.github.camelb2.client.call.FileCalls.CopyFile;
import io.github.camelb2.client.call.FileCalls.DeleteFileVersion;
import io.github.camelb2.client.call.FileCalls.GetDownloadAuthorization;
import io.github.camelb2.client.call.FileCalls.GetFileInfo;
import io.github.camelb2.client.call.FileCalls.GetUploadUrl;
import io.github.camelb2.client.call.FileCalls.HideFile;
import io.github.camelb2.client.call.FileCalls.ListFileNames;
import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.call.FileCalls.UpdateFileLegalHold;
import io.github.camelb2.client.call.FileCalls.UpdateFileRetention;
import io.github.camelb2.client.call.KeyCalls.CreateKey;
import io.github.camelb2.client.call.KeyCalls.DeleteKey;
import io.github.camelb2.client.call.KeyCalls.ListKeys;
import io.github.camelb2.client.call.LargeFileCalls.CancelLargeFile;
import io.github.camelb2.client.call.LargeFileCalls.CopyPart;
import io.github.camelb2.client.call.LargeFileCalls.FinishLargeFile;
import io.github.camelb2.client.call.LargeFileCalls.GetUploadPartUrl;
import io.github.camelb2.client.call.LargeFileCalls.ListParts;
import io.github.camelb2.client.call.LargeFileCalls.ListUnfinishedLargeFiles;
import io.github.camelb2.client.call.LargeFileCalls.StartLargeFile;
import io.github.camelb2.client.call.NotificationCalls.GetBucketNotificationRules;
import io.github.camelb2.client.call.NotificationCalls.SetBucketNotificationRules;
import io.github.camelb2.client.model.bucket.BucketType;
import io.github.camelb2.client.model.bucket.CorsRule;
import io.github.camelb2.client.model.bucket.LifecycleRule;
import io.github.camelb2.client.model.bucket.NotificationRule;
import io.github.camelb2.client.model.bucket.ReplicationConfiguration;
import io.github.camelb2.client.model.file.ByteRange;
import io.github.camelb2.client.model.file.ContentOverrides;
import io.github.camelb2.client.model.protection.DefaultRetention;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.model.protection.FileRetention;
import io.github.camelb2.client.model.protection.LegalHold;
import io.github.camelb2.client.model.protection.RetentionMode;
import io.github.camelb2.client.model.protection.RetentionPeriod;

import static org.assertj.core.api.Assertions.assertThat;

/** The bytes of every JSON call. */
class JsonCallWireTest {
    private static final String BUCKET =
            "{\"accountId\":\"acc\",\"bucketId\":\"4a48\",\"bucketName\":\"media1\",\"revision\":2}";
    private static final String FILE = "{\"fileId\":\"4_z\",\"fileName\":\"a.txt\",\"uploadTimestamp\":1}";
    private static final String ID = "{\"fileId\":\"4_z\",\"fileName\":\"a.txt\"}";
    private static final Encryption SSE_C =
            Encryption.sseC("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

    @RegisterExtension
    static final WireService SERVICE = new WireService();

    private static String named(String fileName) {
        return FILE.replace("a.txt", fileName);
    }

    static Stream<Arguments> calls() {
        Map<String, String> info = new LinkedHashMap<>();
        info.put("zeta", "é \"1\"");
        info.put("alpha", "2");
        return Stream.of(
                call(ListBuckets.of(), "{\"buckets\":[" + BUCKET + "]}", "{'accountId':'acc'}"),
                call(
                        ListBuckets.of()
                                .withBucketName("media1")
                                .withBucketTypes(List.of(BucketType.ALL_PRIVATE, new BucketType("new"))),
                        "{\"buckets\":[]}",
                        "{'accountId':'acc','bucketName':'media1','bucketTypes':['allPrivate','new']}"),
                call(
                        CreateBucket.of("media1", BucketType.ALL_PRIVATE),
                        BUCKET,
                        "{'accountId':'acc','bucketName':'media1','bucketType':'allPrivate'}"),
                call(
                        CreateBucket.of("media1", BucketType.ALL_PUBLIC)
                                .withBucketInfo(info)
                                .withCorsRules(List.of(new CorsRule(
                                        "rule-1", List.of("*"), List.of("b2_upload_file"), null, null, 60)))
                                .withLifecycleRules(List.of(LifecycleRule.keepOnlyLastVersion()))
                                .withFileLockEnabled(true)
                                .withDefaultServerSideEncryption(Encryption.sseB2()),
                        BUCKET,
                        "{'accountId':'acc','bucketName':'media1','bucketType':'allPublic',"
                                + "'bucketInfo':{'zeta':'é \\\"1\\\"','alpha':'2'},"
                                + "'corsRules':[{'corsRuleName':'rule-1','allowedOrigins':['*'],"
                                + "'allowedOperations':['b2_upload_file'],'maxAgeSeconds':60}],"
                                + "'lifecycleRules':[{'fileNamePrefix':'','daysFromUploadingToHiding':null,"
                                + "'daysFromHidingToDeleting':1,'daysFromStartingToCancelingUnfinishedLargeFiles':null}],"
                                + "'fileLockEnabled':true,'defaultServerSideEncryption':{?}}"),
                call(UpdateBucket.of("4a48"), BUCKET, "{'accountId':'acc','bucketId':'4a48'}"),
                call(
                        UpdateBucket.of("4a48")
                                .withBucketType(BucketType.ALL_PRIVATE)
                                .withDefaultRetention(
                                        new DefaultRetention(RetentionMode.COMPLIANCE, RetentionPeriod.years(1)))
                                .withDefaultServerSideEncryption(Encryption.none())
                                .withReplicationConfiguration(new ReplicationConfiguration(null, null))
                                .withIfRevisionIs(1),
                        BUCKET,
                        "{'accountId':'acc','bucketId':'4a48','bucketType':'allPrivate',"
                                + "'defaultRetention':{'mode':'compliance','period':{'duration':1,'unit':'years'}},"
                                + "'replicationConfiguration':{'asReplicationSource':null,'asReplicationDestination':null},"
                                + "'ifRevisionIs':1}"),
                call(
                        UpdateBucket.of("4a48")
                                .withDefaultRetention(DefaultRetention.NONE)
                                .withBucketInfo(Map.of()),
                        BUCKET,
                        "{'accountId':'acc','bucketId':'4a48','bucketInfo':{},"
                                + "'defaultRetention':{'mode':null,'period':null}}"),
                call(DeleteBucket.of("4a48"), BUCKET, "{'accountId':'acc','bucketId':'4a48'}"),
                call(
                        CreateKey.of(List.of(Capability.LIST_FILES, new Capability("newRight")), "my-key"),
                        "{\"applicationKeyId\":\"k\",\"applicationKey\":\"s\"}",
                        "{'accountId':'acc','capabilities':['listFiles','newRight'],'keyName':'my-key'}"),
                call(
                        CreateKey.of(List.of(Capability.LIST_FILES), "my-key")
                                .withBucketIds(List.of("b1", "b2"))
                                .withNamePrefix("p/")
                                .withValidDurationInSeconds(3600L),
                        "{\"applicationKeyId\":\"k\"}",
                        "{'accountId':'acc','capabilities':['listFiles'],'keyName':'my-key',"
                                + "'validDurationInSeconds':3600,'bucketIds':['b1','b2'],'namePrefix':'p/'}"),
                call(
                        ListKeys.of().withMaxKeyCount(10_000).withStartApplicationKeyId("k"),
                        "{\"keys\":[]}",
                        "{'accountId':'acc','maxKeyCount':10000,'startApplicationKeyId':'k'}"),
                call(DeleteKey.of("k"), "{\"applicationKeyId\":\"k\"}", "{'applicationKeyId':'k'}"),
                call(ListFileNames.of("4a48"), "{\"files\":[]}", "{'bucketId':'4a48'}"),
                call(
                        ListFileNames.of("4a48")
                                .withStartFileName("pre/é\uD83D\uDE00")
                                .withMaxFileCount(1000)
                                .withPrefix("pre/")
                                .withDelimiter("/"),
                        "{\"files\":[]}",
                        "{'bucketId':'4a48','startFileName':'pre/é\uD83D\uDE00','maxFileCount':1000,'prefix':'pre/','delimiter':'/'}"),
                call(
                        ListFileVersions.of("4a48").withStartFileName("a").withStartFileId("4_z"),
                        "{\"files\":[]}",
                        "{'bucketId':'4a48','startFileName':'a','startFileId':'4_z'}"),
                call(GetFileInfo.of("4_z"), FILE, "{'fileId':'4_z'}"),
                call(HideFile.of("4a48", "a/b.txt"), named("a/b.txt"), "{'bucketId':'4a48','fileName':'a/b.txt'}"),
                call(DeleteFileVersion.of("a.txt", "4_z"), ID, "{'fileName':'a.txt','fileId':'4_z'}"),
                call(
                        DeleteFileVersion.of("a.txt", "4_z").withBypassGovernance(true),
                        ID,
                        "{'fileName':'a.txt','fileId':'4_z','bypassGovernance':true}"),
                call(CopyFile.of("4_z", "b.txt"), named("b.txt"), "{'sourceFileId':'4_z','fileName':'b.txt'}"),
                call(
                        CopyFile.of("4_z", "b.txt")
                                .withDestinationBucketId("4a49")
                                .withRange(ByteRange.of(0, 99))
                                .replacingMetadata("text/plain", info)
                                .withFileRetention(FileRetention.of(RetentionMode.GOVERNANCE, Instant.ofEpochMilli(5)))
                                .withLegalHold(LegalHold.ON)
                                .withDestinationServerSideEncryption(Encryption.none()),
                        named("b.txt"),
                        "{'sourceFileId':'4_z','fileName':'b.txt','destinationBucketId':'4a49','range':'bytes=0-99',"
                                + "'metadataDirective':'REPLACE','contentType':'text/plain',"
                                + "'fileInfo':{'zeta':'é \\\"1\\\"','alpha':'2'},"
                                + "'fileRetention':{'mode':'governance','retainUntilTimestamp':5},'legalHold':'on'}"),
                call(
                        CopyPart.of("4_z", "4_large", 2).withRange(ByteRange.from(5)),
                        "{\"partNumber\":2,\"contentSha1\":\"x\"}",
                        "{'sourceFileId':'4_z','largeFileId':'4_large','partNumber':2,'range':'bytes=5-'}"),
                call(
                        StartLargeFile.of("4a48", "big.bin", "b2/x-auto")
                                .withFileInfo(Map.of("Src_Last_Modified_Millis", "7"))
                                .withCustomUploadTimestamp("99"),
                        named("big.bin"),
                        "{'bucketId':'4a48','fileName':'big.bin','contentType':'b2/x-auto',"
                                + "'fileInfo':{'src_last_modified_millis':'7'},'customUploadTimestamp':'99'}"),
                call(
                        FinishLargeFile.of("4_large", List.of("aa", "bb")),
                        FILE.replace("4_z", "4_large"),
                        "{'fileId':'4_large','partSha1Array':['aa','bb']}"),
                call(CancelLargeFile.of("4_large"), ID.replace("4_z", "4_large"), "{'fileId':'4_large'}"),
                call(
                        ListParts.of("4_large").withStartPartNumber(3).withMaxPartCount(1000),
                        "{\"parts\":[]}",
                        "{'fileId':'4_large','startPartNumber':3,'maxPartCount':1000}"),
                call(
                        ListUnfinishedLargeFiles.of("4a48")
                                .withNamePrefix("p")
                                .withStartFileId("4_z")
                                .withMaxFileCount(100),
                        "{\"files\":[]}",
                        "{'bucketId':'4a48','namePrefix':'p','startFileId':'4_z','maxFileCount':100}"),
                call(
                        GetUploadUrl.of("4a48"),
                        "{\"bucketId\":\"4a48\",\"uploadUrl\":\"http://u\",\"authorizationToken\":\"t\"}",
                        "{'bucketId':'4a48'}"),
                call(
                        GetUploadPartUrl.of("4_large"),
                        "{\"fileId\":\"4_large\",\"uploadUrl\":\"http://u\",\"authorizationToken\":\"t\"}",
                        "{'fileId':'4_large'}"),
                call(
                        GetDownloadAuthorization.of("4a48", "", 604_800)
                                .withOverrides(ContentOverrides.NONE.withContentDisposition("attachment")),
                        "{\"authorizationToken\":\"t\"}",
                        "{'bucketId':'4a48','fileNamePrefix':'','validDurationInSeconds':604800,"
                                + "'b2ContentDisposition':'attachment'}"),
                call(
                        UpdateFileRetention.of("a.txt", "4_z", FileRetention.NONE)
                                .withBypassGovernance(true),
                        ID,
                        "{'fileName':'a.txt','fileId':'4_z','fileRetention':{'mode':null,'retainUntilTimestamp':null},"
                                + "'bypassGovernance':true}"),
                call(
                        UpdateFileLegalHold.of("a.txt", "4_z", LegalHold.OFF),
                        ID,
                        "{'fileName':'a.txt','fileId':'4_z','legalHold':'off'}"),
                call(
                        GetBucketNotificationRules.of("4a48"),
                        "{\"bucketId\":\"4a48\",\"eventNotificationRules\":[]}",
                        "{'bucketId':'4a48'}"),
                call(
                        SetBucketNotificationRules.of(
                                "4a48",
                                List.of(NotificationRule.of(
                                        "rule-1",
                                        List.of("b2:ObjectCreated:*"),
                                        NotificationRule.Target.webhook("https://x", "s")))),
                        "{\"bucketId\":\"4a48\",\"eventNotificationRules\":[]}",
                        "{'bucketId':'4a48','eventNotificationRules':[{'name':'rule-1',"
                                + "'eventTypes':['b2:ObjectCreated:*'],'isEnabled':true,'objectNamePrefix':'',"
                                + "'targetConfiguration':{'targetType':'webhook','url':'https://x',"
                                + "'hmacSha256SigningSecret':'s'}}]}"));
    }

    private static Arguments call(B2Call<?> call, String answer, String sent) {
        return Arguments.of(call, answer, sent.replace('\'', '"'));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void bodyIsTheJsonOfTheCallAndNothingElse(B2Call<?> call, String answer, String sent) {
        SERVICE.answer("b2_list_keys", "{\"keys\":[]}");
        SERVICE.answer(call.name(), answer);

        Object result = SERVICE.client().call(call);

        LoggedRequest request = SERVICE.request(call.name());
        String body = request.getBodyAsString()
                .replace("{\"mode\":\"SSE-B2\",\"algorithm\":\"AES256\"}", "{?}")
                .replace("{\"algorithm\":\"AES256\",\"mode\":\"SSE-B2\"}", "{?}");
        assertThat(body).isEqualTo(sent);
        assertThat(request.getHeader("Authorization")).isEqualTo("4_account_token");
        assertThat(request.getHeader("Content-Type")).startsWith("application/json");
        assertThat(request.getHeader("User-Agent")).isEqualTo("camel-b2/test");
        assertThat(request.getHeader("Accept-Encoding")).isNull();
        assertThat(result).isInstanceOf(call.responseType());
    }

    @Test
    void loginIsBasicAuthenticationOfVersion4() {
        SERVICE.client().authorize();

        LoggedRequest request = SERVICE.request("b2_authorize_account");
        assertThat(request.getHeader("Authorization")).isEqualTo("Basic a2V5LWlkOmFwcGxpY2F0aW9uLWtleQ==");
        assertThat(request.getBodyAsString()).isEqualTo("{}");
    }

    @Test
    void customerKeysOfACopyTravelInItsBody() {
        SERVICE.answer("b2_copy_file", named("b.txt"));

        SERVICE.client().call(CopyFile.of("4_z", "b.txt").withSourceServerSideEncryption(SSE_C));

        assertThat(SERVICE.request("b2_copy_file").getBodyAsString())
                .contains("\"sourceServerSideEncryption\":{")
                .contains("\"customerKey\":\"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\"")
                .contains("\"customerKeyMd5\":\"hRasmdxgYDKV3nvbahU1MA==\"")
                .contains("\"mode\":\"SSE-C\"");
    }

    @Test
    void accountOfTheRequestIsNotReplaced() {
        SERVICE.answer("b2_list_buckets", "{\"buckets\":[]}");

        SERVICE.client().call(ListBuckets.of().withAccountId("another"));

        assertThat(SERVICE.request("b2_list_buckets").getBodyAsString()).isEqualTo("{\"accountId\":\"another\"}");
    }
}
