// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.request;

import java.util.Objects;

import io.github.camelb2.client.model.bucket.NotificationRule;

/**
 * The request of {@code putBucketNotificationRule}.
 *
 * @param bucketId the bucket
 * @param rule the rule to add, or to have in the place of that of its name
 */
public record PutNotificationRuleRequest(String bucketId, NotificationRule rule) {
    public PutNotificationRuleRequest {
        Objects.requireNonNull(bucketId, "bucketId");
        Objects.requireNonNull(rule, "rule");
    }
}
