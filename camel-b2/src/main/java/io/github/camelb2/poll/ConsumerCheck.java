// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.apache.camel.support.ScheduledPollConsumer;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.SweepOrder;
import io.github.camelb2.client.model.file.FileNames;
import io.github.camelb2.client.model.file.Utf8Order;
import io.github.camelb2.operation.OptionCheck;
import io.github.camelb2.poll.notify.NotificationOptions;
import io.github.camelb2.poll.scan.Refused;

/**
 * Refuses options that cannot work for a consumer, or not together, before it starts: each message names option, value
 * and what to write instead. Secrets are named, not shown.
 */
final class ConsumerCheck {
    private ConsumerCheck() {}

    /** @throws IllegalArgumentException if an option cannot work */
    static void check(B2Configuration options, ScheduledPollConsumer consumer) {
        OptionCheck.checkConsumer(options);
        if ("*".equals(options.getBucketName())) {
            throw Refused.option("bucketName", "*", "a consumer needs one bucket; write b2:bucketName");
        }
        if (options.getMemoryName() != null && options.getIdempotentRepository() != null) {
            throw Refused.option(
                    "memoryName",
                    options.getMemoryName(),
                    "idempotentRepository is set, which is a memory of its own; take one of them away");
        }
        afterRead(options);
        destination(options);
        firstName(options);
        past(options);
        checkpoint(options);
        needsEvents("eventTypes", options.getEventTypes());
        needsEvents("eventDirectory", options.getEventDirectory());
        if (options.isNotifications()) {
            notifications(options, consumer);
        } else {
            needsNotifications("notificationUrl", options.getNotificationUrl());
            if (options.getNotificationSecret() != null) {
                throw new IllegalArgumentException(
                        "Option notificationSecret is set and notifications is not: set notifications=true, or take it away");
            }
        }
    }

    private static void afterRead(B2Configuration options) {
        Map<String, Boolean> choices = new LinkedHashMap<>();
        choices.put("deleteAfterRead", options.isDeleteAfterRead());
        choices.put("hideAfterRead", options.isHideAfterRead());
        choices.put("moveAfterRead", options.isMoveAfterRead());
        List<String> chosen = choices.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
        if (chosen.size() > 1) {
            throw Refused.option(chosen.get(1), true, "set only one of " + String.join(" and ", chosen));
        }
        if (options.isHideAfterRead() && options.isIncludeHidden()) {
            throw Refused.option(
                    "hideAfterRead",
                    true,
                    "with includeHidden=true the consumer would consume its own hide markers; take one of them away");
        }
    }

    /** What is done to a file now must not follow from what it was once. */
    private static void past(B2Configuration options) {
        String asOf = options.getAsOf();
        if (asOf == null) {
            return;
        }
        Map<String, Boolean> ofNow = new LinkedHashMap<>();
        ofNow.put("deleteAfterRead", options.isDeleteAfterRead());
        ofNow.put("hideAfterRead", options.isHideAfterRead());
        ofNow.put("moveAfterRead", options.isMoveAfterRead());
        ofNow.put("moveFailed", options.getMoveFailed() != null);
        ofNow.put("doneFileName", options.getDoneFileName() != null);
        ofNow.put("notifications", options.isNotifications());
        ofNow.put("startFrom", !"beginning".equals(options.getStartFrom()));
        ofNow.forEach((option, isSet) -> {
            if (isSet) {
                throw Refused.option(
                        "asOf",
                        asOf,
                        "the consumer reads what was, and " + option + " is about what is; take one away");
            }
        });
    }

    private static void destination(B2Configuration options) {
        if (!options.isMoveAfterRead()) {
            needsMove("destinationBucket", options.getDestinationBucket());
            needsMove("destinationBucketPrefix", options.getDestinationBucketPrefix());
            needsMove("destinationBucketSuffix", options.getDestinationBucketSuffix());
            needsMove("removePrefixOnMove", options.isRemovePrefixOnMove() ? "true" : null);
        }
        if (options.isRemovePrefixOnMove() && options.getPrefix() == null) {
            throw Refused.option("removePrefixOnMove", true, "there is nothing to remove; set prefix");
        }
    }

    private static void firstName(B2Configuration options) {
        String first = options.getStartFromFileName();
        if (first == null) {
            return;
        }
        try {
            FileNames.check(first);
        } catch (IllegalArgumentException e) {
            throw Refused.option("startFromFileName", first, "no file has such a name: " + e.getMessage());
        }
        String prefix = Objects.requireNonNullElse(options.getPrefix(), "");
        if (!first.startsWith(prefix) && Utf8Order.INSTANCE.compare(first, prefix) > 0) {
            throw Refused.option(
                    "startFromFileName",
                    first,
                    "all names that begin with prefix=" + prefix + " sort before it, so that nothing would be consumed;"
                            + " write the whole name, which begins with the prefix");
        }
    }

    private static void needsMove(String option, @Nullable String value) {
        if (value != null) {
            throw Refused.option(option, value, "nothing is moved; set moveAfterRead=true, or take it away");
        }
    }

    private static void checkpoint(B2Configuration options) {
        if (options.getCheckpoint() == null) {
            return;
        }
        if (options.getOrder() != SweepOrder.name) {
            throw new IllegalArgumentException("Option checkpoint cannot be together with order=" + options.getOrder()
                    + ", for which the whole listing is read before anything is delivered; take one of them away");
        }
        if (options.getFileName() != null) {
            throw new IllegalArgumentException("Option checkpoint cannot be together with fileName="
                    + options.getFileName() + ": one name is looked at, and nothing swept; take one of them away");
        }
    }

    private static void needsEvents(String option, @Nullable String value) {
        if (value != null) {
            throw Refused.option(option, value, "it is about events; set deliver=event, or take it away");
        }
    }

    private static void needsNotifications(String option, @Nullable String value) {
        if (value != null) {
            throw Refused.option(option, value, "set notifications=true, or take it away");
        }
    }

    private static void notifications(B2Configuration options, ScheduledPollConsumer consumer) {
        NotificationOptions.check(options);
        if (options.getOrder() != SweepOrder.name) {
            throw Refused.option(
                    "order",
                    options.getOrder(),
                    "with notifications=true a file is delivered as soon as B2 tells of it, in no order; take one of them"
                            + " away");
        }
        if (!consumer.isStartScheduler() || consumer.getRepeatCount() > 0) {
            throw Refused.option(
                    consumer.isStartScheduler() ? "repeatCount" : "startScheduler",
                    consumer.isStartScheduler() ? consumer.getRepeatCount() : false,
                    "with notifications=true the poll must go on, because notifications get lost; set a longer delay"
                            + " instead");
        }
    }
}
