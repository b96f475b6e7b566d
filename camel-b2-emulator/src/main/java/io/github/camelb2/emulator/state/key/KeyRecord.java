// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelb2.emulator.state.Records;

/** An application key as a line of the journal. */
public final class KeyRecord {

    private KeyRecord() {}

    public static ObjectNode write(ApplicationKey key) {
        ObjectNode entry = Records.of("key")
                .put("id", key.id())
                .put("secret", key.secret())
                .put("name", key.name());
        key.capabilities().forEach(entry.putArray("capabilities")::add);
        if (key.buckets() != null) {
            key.buckets().forEach(entry.putArray("buckets")::add);
        }
        return entry.put("prefix", key.namePrefix())
                .put("expires", key.expires())
                .put("version", key.apiVersion());
    }

    public static ApplicationKey read(JsonNode entry) {
        return new ApplicationKey(
                entry.get("id").textValue(),
                entry.get("secret").textValue(),
                entry.get("name").textValue(),
                Records.texts(entry.get("capabilities")),
                entry.has("buckets") ? Records.texts(entry.get("buckets")) : null,
                Records.textOrNull(entry, "prefix"),
                Records.numberOrNull(entry, "expires"),
                entry.get("version").intValue());
    }
}
