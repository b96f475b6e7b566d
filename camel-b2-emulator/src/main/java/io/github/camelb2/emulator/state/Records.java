package io.github.camelb2.emulator.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.state.bucket.Bucket;
import io.github.camelb2.emulator.state.file.FileVersion;
import io.github.camelb2.emulator.state.file.Protection;
import io.github.camelb2.emulator.state.file.VersionKey;
import io.github.camelb2.emulator.state.key.ApplicationKey;
import io.github.camelb2.emulator.state.large.Part;
import io.github.camelb2.emulator.store.Content;
import io.github.camelb2.emulator.store.Segment;

/** The lines of the journal: each has a member {@code t} that says what it is. */
public final class Records {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Records() {}

    public static ObjectNode account(String accountId) {
        return record("account").put("id", accountId);
    }

    public static ObjectNode key(ApplicationKey key) {
        ObjectNode entry =
                record("key").put("id", key.id()).put("secret", key.secret()).put("name", key.name());
        key.capabilities().forEach(entry.putArray("capabilities")::add);
        if (key.buckets() != null) {
            key.buckets().forEach(entry.putArray("buckets")::add);
        }
        return entry.put("prefix", key.namePrefix())
                .put("expires", key.expires())
                .put("version", key.apiVersion());
    }

    public static ApplicationKey key(JsonNode entry) {
        return new ApplicationKey(
                entry.get("id").textValue(),
                entry.get("secret").textValue(),
                entry.get("name").textValue(),
                texts(entry.get("capabilities")),
                entry.has("buckets") ? texts(entry.get("buckets")) : null,
                textOrNull(entry, "prefix"),
                numberOrNull(entry, "expires"),
                entry.get("version").intValue());
    }

    public static ObjectNode bucket(Bucket bucket) {
        ObjectNode entry = record("bucket")
                .put("id", bucket.id())
                .put("name", bucket.name())
                .put("revision", bucket.revision());
        return entry.set("settings", bucket.settings());
    }

    public static Bucket bucket(JsonNode entry) {
        return new Bucket(
                entry.get("id").textValue(),
                entry.get("name").textValue(),
                entry.get("revision").intValue(),
                (ObjectNode) entry.get("settings"),
                -1);
    }

    public static ObjectNode file(FileVersion file) {
        ObjectNode entry = record("file")
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
        entry.set("content", content(stored.content()));
        entry.put("sha1", stored.sha1()).put("md5", stored.md5());
        entry.put("sse", stored.encryption().mode())
                .put("sseKey", stored.encryption().keyMd5());
        Protection protection = file.protection();
        return entry.put("mode", protection.mode())
                .put("until", protection.retainUntil())
                .put("hold", protection.legalHold());
    }

    public static FileVersion file(JsonNode entry) {
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
                        content(entry.get("content")),
                        entry.get("sha1").textValue(),
                        textOrNull(entry, "md5"),
                        new Encryption(textOrNull(entry, "sse"), textOrNull(entry, "sseKey"))),
                new Protection(textOrNull(entry, "mode"), numberOrNull(entry, "until"), textOrNull(entry, "hold")));
    }

    public static ObjectNode part(String fileId, Part part) {
        ObjectNode entry = record("part").put("file", fileId).put("number", part.number());
        entry.set("content", content(part.content()));
        return entry.put("sha1", part.sha1()).put("md5", part.md5()).put("time", part.timestamp());
    }

    public static Part part(JsonNode entry) {
        return new Part(
                entry.get("number").intValue(),
                content(entry.get("content")),
                entry.get("sha1").textValue(),
                entry.get("md5").textValue(),
                entry.get("time").longValue());
    }

    /** A record that something is gone; {@code what} is {@code bucket}, {@code key} or {@code file}. */
    public static ObjectNode gone(String what, String id) {
        return record(what + "Gone").put("id", id);
    }

    private static ObjectNode record(String type) {
        return JSON.objectNode().put("t", type);
    }

    private static ArrayNode content(Content content) {
        ArrayNode segments = JSON.arrayNode();
        for (Segment segment : content.segments()) {
            segments.addArray().add(segment.file()).add(segment.offset()).add(segment.length());
        }
        return segments;
    }

    private static Content content(JsonNode entry) {
        List<Segment> segments = new ArrayList<>();
        for (JsonNode segment : entry) {
            segments.add(new Segment(
                    segment.get(0).textValue(),
                    segment.get(1).longValue(),
                    segment.get(2).longValue()));
        }
        return Content.of(segments);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.textValue()));
        return texts;
    }

    private static @Nullable String textOrNull(JsonNode entry, String name) {
        JsonNode value = entry.get(name);
        return value == null ? null : value.textValue();
    }

    private static @Nullable Long numberOrNull(JsonNode entry, String name) {
        JsonNode value = entry.get(name);
        return value == null || value.isNull() ? null : Long.valueOf(value.longValue());
    }
}
