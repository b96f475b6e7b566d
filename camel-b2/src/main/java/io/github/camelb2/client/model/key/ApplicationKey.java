// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.key;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.model.json.Answers;
import io.github.camelb2.client.model.json.Copies;

/**
 * An application key. {@link #toString()} hides its secret.
 *
 * @param accountId the account
 * @param applicationKeyId its id, not a secret
 * @param applicationKey the secret; B2 tells it once, when the key is created, and it is null ever after
 * @param keyName the name the user gave it
 * @param capabilities its rights
 * @param bucketIds the buckets that it is restricted to, null for all
 * @param namePrefix what the names of its files must begin with, null for anything
 * @param expirationTimestamp milliseconds since 1970, null for never
 * @param options such as {@code s3}
 */
public record ApplicationKey(
        String accountId,
        String applicationKeyId,
        @Nullable String applicationKey,
        String keyName,
        List<Capability> capabilities,
        @Nullable List<String> bucketIds,
        @Nullable String namePrefix,
        @Nullable Long expirationTimestamp,
        List<String> options) {
    public ApplicationKey {
        accountId = Copies.orEmpty(accountId);
        applicationKeyId = Answers.required("key", "applicationKeyId", applicationKeyId);
        keyName = Copies.orEmpty(keyName);
        capabilities = Copies.list(capabilities);
        bucketIds = Copies.optionalList(bucketIds);
        options = Copies.list(options);
    }

    /** A key of which nothing is known but that it is gone. */
    public static ApplicationKey deleted(String applicationKeyId) {
        return new ApplicationKey("", applicationKeyId, null, "", List.of(), null, null, null, List.of());
    }

    @Override
    public String toString() {
        return "ApplicationKey[accountId=" + accountId + ", applicationKeyId=" + applicationKeyId + ", applicationKey="
                + (applicationKey == null ? "none" : "***") + ", keyName=" + keyName + ", capabilities=" + capabilities
                + ", bucketIds=" + bucketIds + ", namePrefix=" + namePrefix + ", expirationTimestamp="
                + expirationTimestamp + ", options=" + options + "]";
    }
}
