// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.camelb2.emulator.B2EmulatorExtension;
import io.github.camelb2.emulator.RawB2;

import static org.assertj.core.api.Assertions.assertThat;

class ObjectLockApiTest {

    private static final AtomicReference<Instant> NOW = new AtomicReference<>(Instant.now());

    @RegisterExtension
    static final B2EmulatorExtension B2 = new B2EmulatorExtension(builder -> builder.clock(NOW::get));

    private RawB2 b2;
    private String bucketId;

    @BeforeEach
    void login() throws Exception {
        b2 = RawB2.login(B2.emulator());
        bucketId = b2.call(
                        "b2_create_bucket",
                        "{'accountId':'" + b2.accountId() + "','bucketName':'" + B2.bucketName()
                                + "','bucketType':'allPrivate','fileLockEnabled':true}")
                .text("bucketId");
    }

    private static long inDays(int days) {
        return NOW.get().plus(Duration.ofDays(days)).toEpochMilli();
    }

    private RawB2.Answer upload(String mode, int days) throws Exception {
        return b2.upload(
                bucketId,
                "a",
                new byte[1],
                Map.of(
                        "X-Bz-File-Retention-Mode",
                        mode,
                        "X-Bz-File-Retention-Retain-Until-Timestamp",
                        Long.toString(inDays(days))));
    }

    private RawB2.Answer delete(String fileId, String more) throws Exception {
        return b2.call("b2_delete_file_version", "{'fileName':'a','fileId':'" + fileId + "'" + more + "}");
    }

    private RawB2.Answer retain(String fileId, String retention, String more) throws Exception {
        return b2.call(
                "b2_update_file_retention",
                "{'fileName':'a','fileId':'" + fileId + "','fileRetention':" + retention + more + "}");
    }

    @Test
    void retentionIsShownAndKeepsTheVersion() throws Exception {
        RawB2.Answer file = upload("governance", 3);

        assertThat(file.json().get("fileRetention").toString())
                .isEqualTo("{\"isClientAuthorizedToRead\":true,\"value\":{\"mode\":\"governance\","
                        + "\"retainUntilTimestamp\":" + inDays(3) + "}}");
        RawB2.Answer refused = delete(file.text("fileId"), "");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.code()).isEqualTo("access_denied");
        assertThat(b2.get("/file/" + B2.bucketName() + "/a", Map.of()).headers().firstValue("X-Bz-File-Retention-Mode"))
                .contains("governance");
        assertThat(delete(file.text("fileId"), ",'bypassGovernance':true").status())
                .isEqualTo(200);
    }

    @Test
    void complianceEndsOnlyWithItsTime() throws Exception {
        String id = upload("compliance", 3).text("fileId");
        assertThat(delete(id, ",'bypassGovernance':true").status()).isEqualTo(401);
        assertThat(retain(id, "{'mode':null,'retainUntilTimestamp':null}", ",'bypassGovernance':true")
                        .status())
                .isEqualTo(403);
        assertThat(retain(id, "{'mode':'compliance','retainUntilTimestamp':" + inDays(5) + "}", "")
                        .status())
                .isEqualTo(200);

        Instant before = NOW.get();
        NOW.set(before.plus(Duration.ofDays(6)));
        try {
            b2 = RawB2.login(B2.emulator());
            assertThat(delete(id, "").status()).isEqualTo(200);
        } finally {
            NOW.set(before);
        }
    }

    @Test
    void bypassNeedsItsCapability() throws Exception {
        String id = upload("governance", 3).text("fileId");
        RawB2.Answer key = b2.call(
                "b2_create_key",
                "{'accountId':'" + b2.accountId() + "','keyName':'k','capabilities':['deleteFiles','listFiles']}");
        b2 = RawB2.login(B2.emulator().url(), key.text("applicationKeyId"), key.text("applicationKey"));

        assertThat(delete(id, ",'bypassGovernance':true").code()).isEqualTo("unauthorized");
        JsonNode seen = b2.call("b2_list_file_versions", "{'bucketId':'" + bucketId + "'}")
                .json();
        assertThat(seen.at("/files/0/fileRetention").toString())
                .isEqualTo("{\"isClientAuthorizedToRead\":false,\"value\":null}");
    }

    @Test
    void legalHoldKeepsTheVersionUntilItIsLifted() throws Exception {
        String id = b2.upload(bucketId, "a", new byte[1], Map.of("X-Bz-File-Legal-Hold", "on"))
                .text("fileId");
        String request = "{'fileName':'a','fileId':'" + id + "','legalHold':'off'}";
        assertThat(delete(id, ",'bypassGovernance':true").status()).isEqualTo(401);

        assertThat(b2.call("b2_update_file_legal_hold", request).text("legalHold"))
                .isEqualTo("off");

        assertThat(delete(id, "").status()).isEqualTo(200);
    }

    @Test
    void lockedVersionCanBeHiddenAndReplaced() throws Exception {
        upload("compliance", 3);

        assertThat(b2.upload(bucketId, "a", new byte[2]).status()).isEqualTo(200);
        assertThat(b2.call("b2_hide_file", "{'bucketId':'" + bucketId + "','fileName':'a'}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void defaultRetentionAppliesToNewVersions() throws Exception {
        b2.call(
                "b2_update_bucket",
                "{'accountId':'" + b2.accountId() + "','bucketId':'" + bucketId
                        + "','defaultRetention':{'mode':'governance','period':{'duration':1,'unit':'days'}}}");

        JsonNode file = b2.upload(bucketId, "a", new byte[1]).json();

        assertThat(file.at("/fileRetention/value/mode").textValue()).isEqualTo("governance");
        assertThat(file.at("/fileRetention/value/retainUntilTimestamp").longValue())
                .isEqualTo(file.get("uploadTimestamp").longValue()
                        + Duration.ofDays(1).toMillis());
    }

    @Test
    void bucketWithoutLockTakesNeither() throws Exception {
        String plain = b2.createBucket(B2.bucketName("plain"));
        String id = b2.upload(plain, "a", new byte[1]).text("fileId");

        assertThat(retain(id, "{'mode':'governance','retainUntilTimestamp':" + inDays(1) + "}", "")
                        .code())
                .isEqualTo("bucket_missing_file_lock");
        assertThat(b2.call("b2_update_file_legal_hold", "{'fileName':'a','fileId':'" + id + "','legalHold':'on'}")
                        .code())
                .isEqualTo("bucket_missing_file_lock");
    }
}
