package io.github.camelb2.client.model.bucket;

import io.github.camelb2.client.model.json.Copies;

import java.util.List;

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
