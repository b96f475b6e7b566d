// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.key;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.call.FileCalls.CopyFile;
import io.github.camelb2.client.call.NotificationCalls.SetBucketNotificationRules;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.bucket.NotificationRule;
import io.github.camelb2.client.model.large.UploadPartUrl;
import io.github.camelb2.client.model.large.UploadUrl;
import io.github.camelb2.client.model.protection.Encryption;

import static org.assertj.core.api.Assertions.assertThat;

class SecretsTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    static Stream<Object> holdersOfSecrets() {
        Encryption customerKey = Encryption.sseC(SECRET.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        NotificationRule.Target target = NotificationRule.Target.webhook("https://x", SECRET)
                .withCustomHeaders(List.of(new NotificationRule.Header("Authorization", SECRET)));
        return Stream.of(
                new UploadUrl("b", "https://x", SECRET),
                new UploadPartUrl("f", "https://x", SECRET),
                new DownloadAuthorization(SECRET, "b", ""),
                new ApplicationKey(
                        "a", "id", SECRET, "key", List.of(Capability.LIST_FILES), null, null, null, List.of()),
                customerKey,
                UploadFile.of("bucket", "a").withServerSideEncryption(customerKey),
                CopyFile.of("4_z", "a").withSourceServerSideEncryption(customerKey),
                DownloadFile.byId("4_z").withDownloadAuthorization(SECRET).withServerSideEncryption(customerKey),
                NotificationRule.of("rule-1", List.of("b2:ObjectCreated:*"), target),
                SetBucketNotificationRules.of(
                        "b", List.of(NotificationRule.of("rule-1", List.of("b2:ObjectCreated:*"), target))));
    }

    @ParameterizedTest
    @MethodSource("holdersOfSecrets")
    void secretIsNotShown(Object holder) {
        assertThat(holder.toString()).doesNotContain(SECRET).doesNotContain("MDEyMzQ1Njc4OWFiY2RlZ");
    }
}
