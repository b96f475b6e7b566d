// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.scan;

import java.io.IOException;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.model.file.FileVersion;

/**
 * A place in the listing of a bucket: behind that version. Immutable.
 *
 * @param fileName its name
 * @param fileId its id
 * @param uploadTimestamp when it was uploaded, in ms since 1970
 */
public record SweepPlace(String fileName, String fileId, long uploadTimestamp) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static SweepPlace behind(FileVersion version) {
        return new SweepPlace(version.fileName(), version.fileId(), version.uploadTimestamp());
    }

    /** Where it is in that bucket, for {@link #parse}. */
    public String text(String bucketId) {
        return JSON.createObjectNode()
                .put("bucketId", bucketId)
                .put("fileName", fileName)
                .put("fileId", fileId)
                .put("uploadTimestamp", uploadTimestamp)
                .toString();
    }

    /** The place that a text names; empty for one of another bucket, and for a text that was not written whole. */
    public static Optional<SweepPlace> parse(@Nullable String text, String bucketId) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        try {
            JsonNode place = JSON.readTree(text);
            boolean isWhole = bucketId.equals(place.path("bucketId").asText())
                    && place.path("fileName").isTextual()
                    && !place.path("fileName").textValue().isEmpty()
                    && place.path("fileId").isTextual()
                    && place.path("uploadTimestamp").canConvertToLong();
            return isWhole
                    ? Optional.of(new SweepPlace(
                            place.path("fileName").textValue(),
                            place.path("fileId").textValue(),
                            place.path("uploadTimestamp").longValue()))
                    : Optional.empty();
        } catch (IOException e) {
            // A process was killed while it wrote.
            return Optional.empty();
        }
    }
}
