// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.client.model.bucket.NotificationRule;
import io.github.camelb2.poll.scan.PolledBucket;

/**
 * Has B2 send the events of the consumed prefix to the consumer's address; other rules of the bucket stay as they are.
 *
 * @see <a href="https://www.backblaze.com/apidocs/b2-set-bucket-notification-rules">Backblaze:
 *     b2_set_bucket_notification_rules</a>
 */
final class NotificationRuleSetup {
    private static final Logger LOG = LoggerFactory.getLogger(NotificationRuleSetup.class);
    private static final int EVENTS_PER_REQUEST = 50;

    private NotificationRuleSetup() {}

    /** Makes the rule unless it is there already. Needs readBucketNotifications and writeBucketNotifications. */
    static void ensure(PolledBucket bucket, B2Configuration options) {
        NotificationRule wanted = rule(options);
        List<NotificationRule> rules = new ArrayList<>(bucket.notificationRules());
        for (NotificationRule rule : rules) {
            if (rule.name().equals(wanted.name()) && Boolean.TRUE.equals(rule.isSuspended())) {
                LOG.warn(
                        "B2 has suspended the notification rule {} of bucket {}: {}. Setting it again",
                        rule.name(),
                        bucket.name(),
                        rule.suspensionReason());
            } else if (rule.doesTheSameAs(wanted)) {
                return;
            }
        }
        rules.removeIf(it -> it.name().equals(wanted.name()));
        rules.add(wanted);
        bucket.setNotificationRules(rules);
        LOG.info("Set up notification rule {} of bucket {}", wanted.name(), bucket.name());
    }

    private static NotificationRule rule(B2Configuration options) {
        String prefix = Objects.requireNonNullElse(options.getPrefix(), "");
        String url = Objects.requireNonNull(options.getNotificationUrl(), "notificationUrl");
        List<String> events = options.isIncludeHidden()
                ? List.of("b2:ObjectCreated:*", "b2:HideMarkerCreated:*")
                : List.of("b2:ObjectCreated:*");
        return NotificationRule.of(
                        RuleNames.of(prefix, url),
                        events,
                        NotificationRule.Target.webhook(url, options.getNotificationSecret())
                                .withMaxEventsPerBatch(EVENTS_PER_REQUEST))
                .withObjectNamePrefix(prefix);
    }
}
