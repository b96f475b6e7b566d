// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.bucket;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.camelb2.client.model.json.Json;
import io.github.camelb2.client.model.protection.DefaultRetention;
import io.github.camelb2.client.model.protection.EncryptionMode;
import io.github.camelb2.client.model.protection.FileLockConfiguration;
import io.github.camelb2.client.model.protection.FileRetention;
import io.github.camelb2.client.model.protection.RetentionMode;
import io.github.camelb2.client.model.protection.RetentionPeriod;
import io.github.camelb2.client.model.protection.ServerSideEncryption;

import static org.assertj.core.api.Assertions.assertThat;

class BucketTest {
    @Test
    void everyMemberIsRead() throws IOException {
        Bucket bucket = read("""
                {"accountId":"acc","bucketId":"4a48","bucketInfo":{"z":"1","a":"2"},"bucketName":"media","bucketType":"allPrivate",
                 "corsRules":[{"corsRuleName":"rule-1","allowedOrigins":["https://x"],"allowedOperations":["b2_upload_file"],
                   "allowedHeaders":null,"exposeHeaders":["x-bz-file-id"],"maxAgeSeconds":3600}],
                 "defaultServerSideEncryption":{"isClientAuthorizedToRead":true,"value":{"algorithm":"AES256","mode":"SSE-B2"}},
                 "fileLockConfiguration":{"isClientAuthorizedToRead":true,"value":{"isFileLockEnabled":true,
                   "defaultRetention":{"mode":"governance","period":{"duration":7,"unit":"days"}}}},
                 "lifecycleRules":[{"fileNamePrefix":"","daysFromUploadingToHiding":null,"daysFromHidingToDeleting":1}],
                 "options":["s3"],"revision":3,
                 "replicationConfiguration":{"isClientAuthorizedToRead":true,"value":{"asReplicationSource":{
                   "replicationRules":[{"replicationRuleName":"r","destinationBucketId":"d","fileNamePrefix":"p/",
                     "includeExistingFiles":true,"isEnabled":true,"priority":2}],"sourceApplicationKeyId":"k"},
                   "asReplicationDestination":null}}}""");

        assertThat(bucket.bucketInfo()).containsExactly(Map.entry("z", "1"), Map.entry("a", "2"));
        assertThat(bucket.corsRules())
                .containsExactly(new CorsRule(
                        "rule-1",
                        List.of("https://x"),
                        List.of("b2_upload_file"),
                        null,
                        List.of("x-bz-file-id"),
                        3600));
        assertThat(bucket.defaultServerSideEncryption().find())
                .contains(new ServerSideEncryption(EncryptionMode.SSE_B2, "AES256"));
        assertThat(bucket.fileLockConfiguration().find())
                .contains(new FileLockConfiguration(
                        true, new DefaultRetention(RetentionMode.GOVERNANCE, RetentionPeriod.days(7))));
        assertThat(bucket.lifecycleRules()).containsExactly(LifecycleRule.keepOnlyLastVersion());
        assertThat(bucket.options()).containsExactly("s3");
        assertThat(bucket.revision()).isEqualTo(3);
        assertThat(bucket.replicationConfiguration()
                        .find()
                        .orElseThrow()
                        .asReplicationSource()
                        .replicationRules())
                .containsExactly(new ReplicationRule("r", "d", "p/", true, true, 2));
    }

    @Test
    void settingsThatTheKeyMayNotReadAreUnknownNotAbsent() throws IOException {
        Bucket bucket = read("""
                {"bucketId":"4a48","bucketName":"media","bucketType":"brandNew",
                 "defaultServerSideEncryption":{"isClientAuthorizedToRead":false,"value":null}}""");

        assertThat(bucket.bucketType()).isEqualTo(new BucketType("brandNew"));
        assertThat(bucket.defaultServerSideEncryption().isClientAuthorizedToRead())
                .isFalse();
        assertThat(bucket.defaultServerSideEncryption().find()).isEmpty();
        assertThat(bucket.fileLockConfiguration()).isNull();
    }

    @Test
    void settingsAreWrittenAsB2SpellsThem() {
        assertThat(json(new LifecycleRule("logs/", 5, null, null)))
                .isEqualTo(
                        "{\"fileNamePrefix\":\"logs/\",\"daysFromUploadingToHiding\":5,"
                                + "\"daysFromHidingToDeleting\":null,\"daysFromStartingToCancelingUnfinishedLargeFiles\":null}");
        assertThat(json(FileRetention.NONE)).isEqualTo("{\"mode\":null,\"retainUntilTimestamp\":null}");
        assertThat(json(new ReplicationRule("r", "d", "", false, true, 1)))
                .isEqualTo("{\"replicationRuleName\":\"r\",\"destinationBucketId\":\"d\",\"fileNamePrefix\":\"\","
                        + "\"includeExistingFiles\":false,\"isEnabled\":true,\"priority\":1}");
        assertThat(json(NotificationRule.of(
                        "rule-1", List.of("b2:ObjectCreated:*"), NotificationRule.Target.webhook("https://x", null))))
                .isEqualTo(
                        "{\"name\":\"rule-1\",\"eventTypes\":[\"b2:ObjectCreated:*\"],\"isEnabled\":true,"
                                + "\"objectNamePrefix\":\"\",\"targetConfiguration\":{\"targetType\":\"webhook\",\"url\":\"https://x\"}}");
    }

    private static String json(Object value) {
        return new String(Json.write(value), StandardCharsets.UTF_8);
    }

    private static Bucket read(String json) throws IOException {
        return Json.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), Bucket.class);
    }
}
