// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.large;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelb2.emulator.state.Records;

/** A part of an unfinished large file as a line of the journal. */
public final class PartRecord {

    private PartRecord() {}

    public static ObjectNode write(String fileId, Part part) {
        ObjectNode entry = Records.of("part").put("file", fileId).put("number", part.number());
        entry.set("content", Records.content(part.content()));
        return entry.put("sha1", part.sha1()).put("md5", part.md5()).put("time", part.timestamp());
    }

    public static Part read(JsonNode entry) {
        return new Part(
                entry.get("number").intValue(),
                Records.content(entry.get("content")),
                entry.get("sha1").textValue(),
                entry.get("md5").textValue(),
                entry.get("time").longValue());
    }
}
