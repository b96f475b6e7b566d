// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.event;

import java.util.List;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.Deliver;
import io.github.camelb2.operation.OptionCheck;
import io.github.camelb2.poll.notify.EventTypes;
import io.github.camelb2.poll.notify.NotificationOptions;
import io.github.camelb2.poll.scan.Refused;

/** Refuses options that a consumer of events would ignore, or cannot work with, before it starts. */
final class EventCheck {
    /** What is about files that are listed, read and done with. */
    private static final List<String> OF_VERSIONS = List.of(
            "includeVersions",
            "includeHidden",
            "includeBody",
            "ignoreBody",
            "includeFolders",
            "includeOwn",
            "maxMessagesPerPoll",
            "idempotentKey",
            "deleteAfterRead",
            "hideAfterRead",
            "moveAfterRead",
            "destinationBucket",
            "destinationBucketPrefix",
            "destinationBucketSuffix",
            "removePrefixOnMove",
            "moveFailed",
            "doneFileName",
            "startFrom",
            "order",
            "checkpoint",
            "minSize",
            "maxSize",
            "minAge",
            "maxAge",
            "asOf",
            "localWorkDirectory");

    private EventCheck() {}

    /**
     * What the consumer is to deliver.
     *
     * @throws IllegalArgumentException if an option cannot work
     */
    static EventTypes check(B2Configuration options) {
        OptionCheck.checkConsumer(options);
        if ("*".equals(options.getBucketName())) {
            throw Refused.option("bucketName", "*", "a consumer needs one bucket; write b2:bucketName");
        }
        for (String option : OF_VERSIONS) {
            if (options.isGiven(option)) {
                throw new IllegalArgumentException("Option " + option
                        + " is set, and is about files that a poll finds: with deliver=" + Deliver.event
                        + " take it away. Steps of the route can read, move or delete the file of an event");
            }
        }
        String fileName = options.getFileName();
        if (fileName != null && fileName.contains("${")) {
            throw Refused.option("fileName", fileName, "with deliver=event write a name, or a prefix");
        }
        NotificationOptions.check(options);
        String types = options.getEventTypes();
        return EventTypes.parse(types == null ? "all" : types);
    }
}
