// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.notify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import org.jspecify.annotations.Nullable;

/**
 * One event of a notification: the body of messages with {@code deliver=event}, and for other consumers a hint where to
 * look. Immutable.
 *
 * @param id the same in each delivery of the event
 * @param type for example {@code b2:ObjectCreated:Upload}
 * @param timestamp when it happened, in ms since 1970
 * @param ruleName the rule of the bucket that sent it; empty if it is not said, as with the texts below
 * @param accountId the account
 * @param bucketId the bucket
 * @param bucketName its name
 * @param objectName the file; empty if the event is about none
 * @param objectVersionId its version, or hide marker
 * @param objectSize the bytes of its content; null if it is not said, as of deletions
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-event-notifications-reference-guide">Backblaze: event
 *     notifications reference</a>
 */
public record NotificationEvent(
        String id,
        String type,
        long timestamp,
        String ruleName,
        String accountId,
        String bucketId,
        String bucketName,
        String objectName,
        String objectVersionId,
        @Nullable Long objectSize) {
    private static final ObjectReader JSON = new ObjectMapper().reader();

    /**
     * The events of one request.
     *
     * @throws IOException if the body is not JSON of that form
     */
    public static List<NotificationEvent> parse(byte[] body) throws IOException {
        JsonNode events = JSON.readTree(body).path("events");
        if (!events.isArray()) {
            throw new IOException("no array \"events\"");
        }
        List<NotificationEvent> parsed = new ArrayList<>();
        for (JsonNode event : events) {
            if (!event.isObject()) {
                throw new IOException("an event is no object");
            }
            parsed.add(of(event));
        }
        return parsed;
    }

    private static NotificationEvent of(JsonNode event) {
        JsonNode size = event.path("objectSize");
        return new NotificationEvent(
                text(event, "eventId"),
                text(event, "eventType"),
                event.path("eventTimestamp").asLong(0),
                text(event, "matchedRuleName"),
                text(event, "accountId"),
                text(event, "bucketId"),
                text(event, "bucketName"),
                text(event, "objectName"),
                text(event, "objectVersionId"),
                size.canConvertToLong() ? size.longValue() : null);
    }

    private static String text(JsonNode event, String member) {
        JsonNode value = event.path(member);
        return value.isTextual() ? value.textValue() : "";
    }

    /** Whether it only tries whether its rule works. */
    public boolean isTest() {
        return type.equals("b2:TestEvent");
    }

    /** Whether a version has come into being, uploaded, copied or replicated. */
    public boolean tellsOfContent() {
        return type.startsWith("b2:ObjectCreated:");
    }

    /** Whether a name was hidden, by hand or by a lifecycle rule. */
    public boolean tellsOfHiding() {
        return type.startsWith("b2:HideMarkerCreated:");
    }

    /** Whether a version was deleted, by hand or by a lifecycle rule. */
    public boolean tellsOfDeletion() {
        return type.startsWith("b2:ObjectDeleted:");
    }

    /** Whether a version, or a hide marker, has come into being. */
    boolean tellsOfVersion() {
        return !objectName.isEmpty() && (tellsOfContent() || tellsOfHiding());
    }
}
