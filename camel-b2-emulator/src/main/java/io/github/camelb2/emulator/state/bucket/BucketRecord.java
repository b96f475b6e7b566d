// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.bucket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelb2.emulator.state.Records;

/** A bucket as a line of the journal. */
public final class BucketRecord {

    private BucketRecord() {}

    public static ObjectNode write(Bucket bucket) {
        ObjectNode entry = Records.of("bucket")
                .put("id", bucket.id())
                .put("name", bucket.name())
                .put("revision", bucket.revision());
        return entry.set("settings", bucket.settings());
    }

    public static Bucket read(JsonNode entry) {
        return new Bucket(
                entry.get("id").textValue(),
                entry.get("name").textValue(),
                entry.get("revision").intValue(),
                (ObjectNode) entry.get("settings"),
                -1);
    }
}
