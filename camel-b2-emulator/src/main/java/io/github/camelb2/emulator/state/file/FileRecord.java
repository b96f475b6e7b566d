// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.file;

import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelb2.emulator.state.Encryption;
import io.github.camelb2.emulator.state.Records;

/** A file version as a line of the journal. */
public final class FileRecord {

    private FileRecord() {}

    public static ObjectNode write(FileVersion file) {
        ObjectNode entry = Records.of("file")
                .put("id", file.id())
                .put("bucket", file.bucketId())
                .put("name", file.name())
                .put("time", file.timestamp())
                .put("sequence", file.key().sequence())
                .put("action", file.action().name())
                .put("type", file.contentType());
        ObjectNode info = entry.putObject("info");
        file.info().forEach(info::put);
        FileVersion.Stored stored = file.stored();
        entry.set("content", Records.content(stored.content()));
        entry.put("sha1", stored.sha1()).put("md5", stored.md5());
        entry.put("sse", stored.encryption().mode())
                .put("sseKey", stored.encryption().keyMd5());
        Protection protection = file.protection();
        return entry.put("mode", protection.mode())
                .put("until", protection.retainUntil())
                .put("hold", protection.legalHold());
    }

    public static FileVersion read(JsonNode entry) {
        Map<String, String> info = new TreeMap<>();
        entry.get("info")
                .fields()
                .forEachRemaining(e -> info.put(e.getKey(), e.getValue().textValue()));
        return new FileVersion(
                entry.get("id").textValue(),
                entry.get("bucket").textValue(),
                new VersionKey(
                        entry.get("name").textValue(),
                        entry.get("time").longValue(),
                        entry.get("sequence").longValue()),
                FileVersion.Action.valueOf(entry.get("action").textValue()),
                entry.get("type").textValue(),
                info,
                new FileVersion.Stored(
                        Records.content(entry.get("content")),
                        entry.get("sha1").textValue(),
                        Records.textOrNull(entry, "md5"),
                        new Encryption(Records.textOrNull(entry, "sse"), Records.textOrNull(entry, "sseKey"))),
                new Protection(
                        Records.textOrNull(entry, "mode"),
                        Records.numberOrNull(entry, "until"),
                        Records.textOrNull(entry, "hold")));
    }
}
