// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.notify;

import java.util.List;
import java.util.Objects;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.client.model.bucket.NotificationRule;
import io.github.camelb2.operation.rule.RuleChange;
import io.github.camelb2.poll.scan.PolledBucket;

/**
 * Has B2 send the events of the consumed prefix to the consumer's address; other rules of the bucket stay as they are.
 *
 * @see <a href="https://www.backblaze.com/apidocs/b2-set-bucket-notification-rules">Backblaze:
 *     b2_set_bucket_notification_rules</a>
 */
public final class NotificationRuleSetup {
    private static final Logger LOG = LoggerFactory.getLogger(NotificationRuleSetup.class);
    private static final int EVENTS_PER_REQUEST = 50;

    private NotificationRuleSetup() {}

    /**
     * Makes the rule unless it is there already. Needs readBucketNotifications and writeBucketNotifications.
     *
     * @throws IllegalArgumentException if somebody else's rule has events of it
     */
    public static void ensure(PolledBucket bucket, B2Configuration options, EventTypes events) {
        NotificationRule wanted = rule(options, events);
        RuleChange change = bucket.notificationRules();
        List<NotificationRule> before = change.rules();
        RuleChange.named(wanted.name(), before)
                .filter(it -> Boolean.TRUE.equals(it.isSuspended()))
                .ifPresent(it -> LOG.warn(
                        "B2 has suspended the notification rule {} of bucket {}: {}. Setting it again",
                        it.name(),
                        bucket.name(),
                        it.suspensionReason()));
        if (!change.put(wanted).equals(before)) {
            LOG.info("Set up notification rule {} of bucket {}", wanted.name(), bucket.name());
        }
    }

    /** The events that a consumer needs that looks at the names they tell of. */
    public static EventTypes ofVersions(B2Configuration options) {
        return EventTypes.parse(options.isIncludeHidden() ? "created,hidden" : "created");
    }

    private static NotificationRule rule(B2Configuration options, EventTypes events) {
        String prefix = Objects.requireNonNullElse(options.getPrefix(), "");
        String url = Objects.requireNonNull(options.getNotificationUrl(), "notificationUrl");
        String secrets = Objects.requireNonNull(options.getNotificationSecret(), "notificationSecret");
        return NotificationRule.of(
                        RuleNames.of(prefix, url),
                        events.ofRule(),
                        NotificationRule.Target.webhook(url, secrets.split(",")[0])
                                .withMaxEventsPerBatch(EVENTS_PER_REQUEST))
                .withObjectNamePrefix(prefix);
    }
}
