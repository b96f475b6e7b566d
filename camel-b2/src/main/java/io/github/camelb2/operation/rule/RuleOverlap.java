// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.rule;

import java.util.List;

import io.github.camelb2.client.api.Address;
import io.github.camelb2.client.model.bucket.NotificationRule;

/**
 * Whether two notification rules would both send an event, which B2 refuses: their prefixes begin alike, and an event type
 * is of both. Pure.
 */
final class RuleOverlap {
    private static final String ALL = ":*";

    private RuleOverlap() {}

    /** @throws IllegalArgumentException if the rule that is there has events of the wanted one */
    static void refuse(NotificationRule wanted, NotificationRule other) {
        if (!isPrefix(wanted, other) && !isPrefix(other, wanted)) {
            return;
        }
        List<String> both = wanted.eventTypes().stream()
                .filter(type -> other.eventTypes().stream().anyMatch(it -> covers(it, type) || covers(type, it)))
                .toList();
        if (!both.isEmpty()) {
            throw new IllegalArgumentException("The notification rule " + wanted.name()
                    + " for names that begin with \""
                    + wanted.objectNamePrefix() + "\" cannot be set: the rule " + other.name()
                    + " of the bucket sends events of " + String.join(", ", both) + " for names that begin with \""
                    + other.objectNamePrefix() + "\" to "
                    + Address.shown(other.targetConfiguration().url())
                    + ", and B2 sends an event to one address only. Nothing was changed: choose a prefix or event types"
                    + " (eventTypes) that the other rule has not; or, if it is not needed, remove it with"
                    + " removeBucketNotificationRule; or receive its events and pass them on");
        }
    }

    private static boolean isPrefix(NotificationRule one, NotificationRule other) {
        return other.objectNamePrefix().startsWith(one.objectNamePrefix());
    }

    /** Whether a type of a rule, perhaps with a star, has the events of another. */
    private static boolean covers(String one, String other) {
        return one.equals(other) || one.endsWith(ALL) && other.startsWith(one.substring(0, one.length() - 1));
    }
}
