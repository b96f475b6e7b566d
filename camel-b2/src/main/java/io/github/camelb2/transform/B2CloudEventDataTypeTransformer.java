// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.transform;

import java.time.Instant;
import java.util.Map;

import org.apache.camel.Message;
import org.apache.camel.cloudevents.CloudEvent;
import org.apache.camel.cloudevents.CloudEvents;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.DataTypeTransformer;
import org.apache.camel.spi.Transformer;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Constants;

/**
 * Describes a message of {@code b2:} as a CloudEvent, in Camel's CloudEvents headers; headers that are set already stay.
 *
 * <p>The id is that of the file version, so that a version that is delivered twice gives the same event twice, and a
 * receiver can tell; with {@code deliver=event} it is that of B2's event.
 */
@DataTypeTransformer(
        name = "b2:application-cloudevents",
        description = "Adds CloudEvents headers to the Camel message with details of the Backblaze B2 file version")
public class B2CloudEventDataTypeTransformer extends Transformer {
    private static final String HIDE = "hide";
    private static final String DELETED = "b2:ObjectDeleted:";

    @Override
    public void transform(Message message, DataType from, DataType to) {
        Map<String, Object> headers = message.getHeaders();
        put(headers, CloudEvent.CAMEL_CLOUD_EVENT_VERSION, CloudEvents.v1_0.version());
        put(headers, CloudEvent.CAMEL_CLOUD_EVENT_TYPE, type(message));
        put(headers, CloudEvent.CAMEL_CLOUD_EVENT_ID, id(message));
        String bucket = message.getHeader(B2Constants.BUCKET_NAME, String.class);
        put(headers, CloudEvent.CAMEL_CLOUD_EVENT_SOURCE, bucket == null ? "b2.bucket" : "b2.bucket." + bucket);
        put(headers, CloudEvent.CAMEL_CLOUD_EVENT_SUBJECT, message.getHeader(B2Constants.FILE_NAME, String.class));
        put(headers, CloudEvent.CAMEL_CLOUD_EVENT_TIME, time(message));
        String contentType = message.getHeader(B2Constants.FOUND_CONTENT_TYPE, String.class);
        put(
                headers,
                CloudEvent.CAMEL_CLOUD_EVENT_CONTENT_TYPE,
                contentType == null ? CloudEvent.APPLICATION_OCTET_STREAM_MIME_TYPE : contentType);
    }

    private static String type(Message message) {
        String event = message.getHeader(B2Constants.EVENT_TYPE, String.class);
        if (event != null && event.startsWith(DELETED)) {
            return "org.apache.camel.event.b2.deleteFile";
        }
        boolean hides = HIDE.equals(message.getHeader(B2Constants.ACTION, String.class));
        return "org.apache.camel.event.b2." + (hides ? "hideFile" : "getFile");
    }

    private static String id(Message message) {
        // What happens to one version are several events.
        String eventId = message.getHeader(B2Constants.EVENT_ID, String.class);
        if (eventId != null && !eventId.isEmpty()) {
            return eventId;
        }
        String fileId = message.getHeader(B2Constants.FILE_ID, String.class);
        return fileId == null ? message.getExchange().getExchangeId() : fileId;
    }

    private static String time(Message message) {
        Long happened = message.getHeader(B2Constants.EVENT_TIMESTAMP, Long.class);
        Long uploaded = happened == null ? message.getHeader(B2Constants.UPLOAD_TIMESTAMP, Long.class) : happened;
        return uploaded == null
                ? CloudEvents.v1_0.getEventTime(message.getExchange())
                : Instant.ofEpochMilli(uploaded).toString();
    }

    private static void put(Map<String, Object> headers, String name, @Nullable Object value) {
        if (value != null) {
            headers.putIfAbsent(name, value);
        }
    }
}
