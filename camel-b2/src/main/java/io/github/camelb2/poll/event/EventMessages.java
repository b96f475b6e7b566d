// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.event;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Constants;
import io.github.camelb2.operation.header.FileVersionHeaders;
import io.github.camelb2.operation.header.FileVersionHeaders.ToldVersion;
import io.github.camelb2.poll.notify.NotificationEvent;

/** Describes an event in a message. Pure. */
final class EventMessages {
    private EventMessages() {}

    /** Writes headers, and the event as the body. */
    static void write(Message message, NotificationEvent event) {
        message.setHeader(B2Constants.EVENT_TYPE, event.type());
        message.setHeader(B2Constants.EVENT_ID, event.id());
        message.setHeader(B2Constants.EVENT_TIMESTAMP, event.timestamp());
        message.setHeader(B2Constants.EVENT_RULE, event.ruleName());
        message.setHeader(Exchange.MESSAGE_TIMESTAMP, event.timestamp());
        FileVersionHeaders.writeTold(
                message,
                new ToldVersion(
                        event.bucketName(),
                        event.bucketId(),
                        event.objectName(),
                        event.objectVersionId(),
                        action(event),
                        event.tellsOfContent() ? event.objectSize() : null));
        if (event.type().endsWith("Replica")) {
            message.setHeader(B2Constants.REPLICATION_STATUS, "REPLICA");
        }
        message.setBody(event);
    }

    private static @Nullable String action(NotificationEvent event) {
        if (event.tellsOfHiding()) {
            return "hide";
        }
        // As listings say it, where a copy is an upload.
        return event.tellsOfContent() ? "upload" : null;
    }
}
