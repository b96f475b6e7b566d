// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.bucket;

import java.util.List;

import io.github.camelb2.client.model.json.Copies;

/**
 * All notification rules of a bucket.
 *
 * @param bucketId the bucket
 * @param eventNotificationRules its rules
 */
public record NotificationRules(String bucketId, List<NotificationRule> eventNotificationRules) {
    public NotificationRules {
        bucketId = Copies.orEmpty(bucketId);
        eventNotificationRules = Copies.list(eventNotificationRules);
    }
}
