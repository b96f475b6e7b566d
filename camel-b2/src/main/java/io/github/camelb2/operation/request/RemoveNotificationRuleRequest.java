// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.request;

import java.util.Objects;

/**
 * The request of {@code removeBucketNotificationRule}.
 *
 * @param bucketId the bucket
 * @param ruleName the name of the rule that there shall be no longer
 */
public record RemoveNotificationRuleRequest(String bucketId, String ruleName) {
    public RemoveNotificationRuleRequest {
        Objects.requireNonNull(bucketId, "bucketId");
        Objects.requireNonNull(ruleName, "ruleName");
    }
}
