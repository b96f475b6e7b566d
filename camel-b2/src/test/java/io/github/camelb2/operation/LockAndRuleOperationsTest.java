// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2Operations;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.client.api.B2ConflictException;
import io.github.camelb2.client.call.BucketCalls.CreateBucket;
import io.github.camelb2.client.model.bucket.Bucket;
import io.github.camelb2.client.model.bucket.BucketType;
import io.github.camelb2.client.model.bucket.LifecycleRule;
import io.github.camelb2.client.model.bucket.NotificationRule;
import io.github.camelb2.client.model.file.FileVersion;

import static org.assertj.core.api.Assertions.assertThat;

class LockAndRuleOperationsTest extends B2TestSupport {
    private static final long FUTURE = Instant.now().plus(Duration.ofDays(30)).toEpochMilli();

    @Test
    void updateBucketChangesWhatTheMessageSaysAndNothingElse() {
        String bucket = B2.bucketName();
        Exchange made = send(
                "b2:" + bucket + "?operation=createBucket&bucketType=allPublic",
                null,
                Map.of(B2Constants.BUCKET_INFO, Map.of("team", "x")));

        Exchange answer = send(
                "b2:" + bucket + "?operation=updateBucket",
                null,
                Map.of(B2Constants.LIFECYCLE_RULES, List.of(LifecycleRule.keepOnlyLastVersion())));

        Bucket updated = answer.getMessage().getBody(Bucket.class);
        assertThat(updated.lifecycleRules()).containsExactly(LifecycleRule.keepOnlyLastVersion());
        assertThat(updated.bucketType()).isEqualTo(BucketType.ALL_PUBLIC);
        assertThat(updated.bucketInfo()).containsEntry("team", "x");
        assertThat(updated.revision())
                .isEqualTo(made.getMessage().getBody(Bucket.class).revision() + 1);
    }

    @Test
    void updateBucketOfAnOlderRevisionIsAConflict() {
        String bucket = B2.createBucket();
        int revision = send("b2:" + bucket + "?operation=getBucket", null, Map.of())
                .getMessage()
                .getHeader(B2Constants.FOUND_BUCKET_REVISION, Integer.class);
        Map<String, Object> change =
                Map.of(B2Constants.BUCKET_INFO, Map.of("a", "b"), B2Constants.BUCKET_REVISION, revision);
        send("b2:" + bucket + "?operation=updateBucket", null, change);

        assertThat(fail("b2:" + bucket + "?operation=updateBucket", null, change))
                .isInstanceOf(B2ConflictException.class)
                .hasMessageContaining("conflict");
    }

    @Test
    void updateBucketNeedsAChange() {
        assertThat(fail("b2:" + B2.createBucket() + "?operation=updateBucket", null, Map.of()))
                .hasMessageContaining("updateBucket needs a change")
                .hasMessageContaining(B2Constants.BUCKET_INFO);
    }

    @Test
    void retentionAndLegalHoldAreSetChangedAndEnded() {
        String bucket = givenBucketWithLock();
        Exchange stored = send(
                "b2:" + bucket + "?fileName=a",
                "a",
                Map.of(
                        B2Constants.FILE_RETENTION_MODE, "governance",
                        B2Constants.RETAIN_UNTIL, FUTURE,
                        B2Constants.LEGAL_HOLD, "on"));
        String id = stored.getMessage().getHeader(B2Constants.PRODUCED_FILE_ID, String.class);
        Map<String, Object> version = Map.of(B2Constants.FILE_NAME, "a", B2Constants.FILE_ID, id);

        assertThat(stored.getMessage().getHeaders())
                .containsEntry(B2Constants.PRODUCED_FILE_RETENTION_MODE, "governance")
                .containsEntry(B2Constants.PRODUCED_RETAIN_UNTIL, FUTURE)
                .containsEntry(B2Constants.PRODUCED_LEGAL_HOLD, "on");
        fail("b2:" + bucket + "?operation=deleteFileVersion", null, version);

        send("b2:" + bucket + "?operation=updateFileLegalHold", null, with(version, B2Constants.LEGAL_HOLD, "off"));
        assertThat(fail(
                        "b2:" + bucket + "?operation=updateFileRetention",
                        null,
                        with(version, B2Constants.FILE_RETENTION_MODE, "none")))
                .hasMessageContaining("access_denied");
        send(
                "b2:" + bucket + "?operation=updateFileRetention",
                null,
                with(with(version, B2Constants.FILE_RETENTION_MODE, "none"), B2Constants.BYPASS_GOVERNANCE, true));

        FileVersion now =
                send("b2:*?operation=getFileInfo", null, version).getMessage().getBody(FileVersion.class);
        assertThat(now.legalHold().value().name()).isEqualTo("off");
        assertThat(now.fileRetention().value().mode()).isNull();
        send("b2:" + bucket + "?operation=deleteFileVersion", null, version);
        assertThat(b2().state().versions(bucket)).isEmpty();
    }

    @Test
    void locksNeedTheirInputs() {
        String bucket = B2.createBucket();
        Map<String, Object> version = Map.of(B2Constants.FILE_NAME, "a", B2Constants.FILE_ID, "4_z");

        assertThat(fail("b2:" + bucket + "?operation=updateFileRetention", null, version))
                .hasMessageContaining(B2Constants.FILE_RETENTION_MODE);
        assertThat(fail(
                        "b2:" + bucket + "?operation=updateFileRetention",
                        null,
                        with(version, B2Constants.FILE_RETENTION_MODE, "governance")))
                .hasMessageContaining(B2Constants.RETAIN_UNTIL);
        assertThat(fail("b2:" + bucket + "?operation=updateFileLegalHold", null, version))
                .hasMessageContaining(B2Constants.LEGAL_HOLD);
    }

    @Test
    void notificationRulesAreReplacedAsAWhole() {
        String bucket = B2.createBucket();
        NotificationRule rule = NotificationRule.of(
                "new-files",
                List.of("b2:ObjectCreated:*"),
                NotificationRule.Target.webhook("https://example.com/hook", "0123456789abcdefghijABCDEFGHIJ12"));

        send("b2:" + bucket + "?operation=setBucketNotificationRules", List.of(rule), Map.of());
        Exchange answer = send("b2:" + bucket + "?operation=getBucketNotificationRules", null, Map.of());

        assertThat(answer.getMessage().getBody(List.class)).extracting("name").containsExactly("new-files");
        assertThat(answer.getMessage().getBody().toString()).doesNotContain("0123456789abcdefghijABCDEFGHIJ12");
        send("b2:" + bucket + "?operation=setBucketNotificationRules", List.of(), Map.of());
        assertThat(send("b2:" + bucket + "?operation=getBucketNotificationRules", null, Map.of())
                        .getMessage()
                        .getBody(List.class))
                .isEmpty();
    }

    @Test
    void notificationRulesMustBeRules() {
        assertThat(fail("b2:" + B2.createBucket(), "text", operation(B2Operations.setBucketNotificationRules)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(NotificationRule.class.getName())
                .hasMessageContaining("java.lang.String");
    }

    private String givenBucketWithLock() {
        send(
                "b2:*?operation=createBucket&pojoRequest=true",
                CreateBucket.of(B2.bucketName(), BucketType.ALL_PRIVATE).withFileLockEnabled(true),
                Map.of());
        return B2.bucketName();
    }

    private static Map<String, Object> with(Map<String, Object> headers, String name, Object value) {
        Map<String, Object> more = new java.util.HashMap<>(headers);
        more.put(name, value);
        return more;
    }
}
