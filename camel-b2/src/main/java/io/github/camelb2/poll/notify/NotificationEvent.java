// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.notify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;

/**
 * One event of a notification, as far as a consumer cares: it is a hint where to look, and nothing else of it is used.
 *
 * @param id the same in each delivery of the event
 * @param type for example {@code b2:ObjectCreated:Upload}
 * @param timestamp when it happened, in ms since 1970
 * @param bucketName the bucket; empty if it is not said
 * @param objectName the file; empty if the event is about none
 */
record NotificationEvent(String id, String type, long timestamp, String bucketName, String objectName) {
    private static final ObjectReader JSON = new ObjectMapper().reader();

    /**
     * The events of one request.
     *
     * @throws IOException if the body is not JSON of that form
     */
    static List<NotificationEvent> parse(byte[] body) throws IOException {
        JsonNode events = JSON.readTree(body).path("events");
        if (!events.isArray()) {
            throw new IOException("no array \"events\"");
        }
        List<NotificationEvent> parsed = new ArrayList<>();
        for (JsonNode event : events) {
            parsed.add(new NotificationEvent(
                    event.path("eventId").asText(""),
                    event.path("eventType").asText(""),
                    event.path("eventTimestamp").asLong(0),
                    event.path("bucketName").asText(""),
                    event.path("objectName").asText("")));
        }
        return parsed;
    }

    /** Whether it only tries whether its rule works. */
    boolean isTest() {
        return type.equals("b2:TestEvent");
    }

    /** Whether a version, or a hide marker, has come into being. */
    boolean tellsOfVersion() {
        return !objectName.isEmpty()
                && (type.startsWith("b2:ObjectCreated:") || type.startsWith("b2:HideMarkerCreated:"));
    }
}
