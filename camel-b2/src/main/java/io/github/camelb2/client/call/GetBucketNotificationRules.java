package io.github.camelb2.client.call;

import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.Repeat;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.NotificationRules;

/**
 * Answers the notification rules of a bucket.
 *
 * @param bucketId the bucket
 * @see <a href="https://www.backblaze.com/apidocs/b2-get-bucket-notification-rules">Backblaze: b2_get_bucket_notification_rules</a>
 */
public record GetBucketNotificationRules(String bucketId) implements B2Call<NotificationRules> {
    public GetBucketNotificationRules {
        Checks.given("b2_get_bucket_notification_rules", "bucketId", bucketId);
    }

    /** With the members that B2 requires. */
    public static GetBucketNotificationRules of(String bucketId) {
        return new GetBucketNotificationRules(bucketId);
    }

    @Override
    public String name() {
        return "b2_get_bucket_notification_rules";
    }

    @Override
    public Class<NotificationRules> responseType() {
        return NotificationRules.class;
    }

    @Override
    public Capability capability() {
        return Capability.READ_BUCKET_NOTIFICATIONS;
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
