// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.call;

import java.util.List;

import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.bucket.NotificationRule;
import io.github.camelb2.client.model.bucket.NotificationRules;
import io.github.camelb2.client.model.json.Copies;

/** The calls about the rules by which B2 tells a webhook what happens in a bucket. */
public interface NotificationCalls {
    /**
     * Answers the notification rules of a bucket.
     *
     * @param bucketId the bucket
     * @see <a href="https://www.backblaze.com/apidocs/b2-get-bucket-notification-rules">Backblaze: b2_get_bucket_notification_rules</a>
     */
    record GetBucketNotificationRules(String bucketId) implements JsonCall<NotificationRules> {
        private static final Kind<NotificationRules> KIND = new Kind<>(
                "b2_get_bucket_notification_rules",
                NotificationRules.class,
                Capability.READ_BUCKET_NOTIFICATIONS,
                TransactionClass.C);

        public GetBucketNotificationRules {
            Checks.given("b2_get_bucket_notification_rules", "bucketId", bucketId);
        }

        /** With the members that B2 requires. */
        public static GetBucketNotificationRules of(String bucketId) {
            return new GetBucketNotificationRules(bucketId);
        }

        @Override
        public Kind<NotificationRules> kind() {
            return KIND;
        }

        @Override
        public String subject() {
            return "bucket " + bucketId;
        }
    }

    /**
     * Replaces all notification rules of a bucket.
     *
     * @param bucketId the bucket
     * @param eventNotificationRules the rules, at most 25; none deletes all
     * @see <a href="https://www.backblaze.com/apidocs/b2-set-bucket-notification-rules">Backblaze: b2_set_bucket_notification_rules</a>
     */
    record SetBucketNotificationRules(String bucketId, List<NotificationRule> eventNotificationRules)
            implements JsonCall<NotificationRules> {
        private static final Kind<NotificationRules> KIND = new Kind<>(
                "b2_set_bucket_notification_rules",
                NotificationRules.class,
                Capability.WRITE_BUCKET_NOTIFICATIONS,
                TransactionClass.C);

        public SetBucketNotificationRules {
            Checks.given("b2_set_bucket_notification_rules", "bucketId", bucketId);
            eventNotificationRules = Copies.list(eventNotificationRules);
        }

        /** With the members that B2 requires. */
        public static SetBucketNotificationRules of(String bucketId, List<NotificationRule> eventNotificationRules) {
            return new SetBucketNotificationRules(bucketId, eventNotificationRules);
        }

        @Override
        public Kind<NotificationRules> kind() {
            return KIND;
        }

        @Override
        public String subject() {
            return "bucket " + bucketId;
        }
    }
}
