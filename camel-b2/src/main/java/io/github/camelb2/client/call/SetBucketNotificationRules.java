package io.github.camelb2.client.call;

import java.util.List;

import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.Repeat;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.Copies;
import io.github.camelb2.client.model.NotificationRule;
import io.github.camelb2.client.model.NotificationRules;

/**
 * Replaces all notification rules of a bucket.
 *
 * @param bucketId the bucket
 * @param eventNotificationRules the rules, at most 25; none deletes all
 * @see <a href="https://www.backblaze.com/apidocs/b2-set-bucket-notification-rules">Backblaze: b2_set_bucket_notification_rules</a>
 */
public record SetBucketNotificationRules(String bucketId, List<NotificationRule> eventNotificationRules)
        implements B2Call<NotificationRules> {
    public SetBucketNotificationRules {
        Checks.given("b2_set_bucket_notification_rules", "bucketId", bucketId);
        eventNotificationRules = Copies.list(eventNotificationRules);
    }

    /** With the members that B2 requires. */
    public static SetBucketNotificationRules of(String bucketId, List<NotificationRule> eventNotificationRules) {
        return new SetBucketNotificationRules(bucketId, eventNotificationRules);
    }

    @Override
    public String name() {
        return "b2_set_bucket_notification_rules";
    }

    @Override
    public Class<NotificationRules> responseType() {
        return NotificationRules.class;
    }

    @Override
    public Capability capability() {
        return Capability.WRITE_BUCKET_NOTIFICATIONS;
    }

    @Override
    public Repeat repeat() {
        return Repeat.SAFE;
    }

    @Override
    public TransactionClass transactionClass() {
        return TransactionClass.C;
    }

    @Override
    public String subject() {
        return "bucket " + bucketId;
    }
}
