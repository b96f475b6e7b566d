// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.Allowed;
import io.github.camelb2.client.api.Allowed.AllowedBucket;
import io.github.camelb2.client.api.Capability;

/**
 * What a key may do, as JSON that every generation of b2sdk reads.
 *
 * <p>Newer ones read {@code buckets}, older ones {@code bucketId} and {@code bucketName}; each fails when its own
 * members are missing, so all are written. Where there are several buckets, the older members are null.
 */
final class AllowedJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What b2sdk takes a login to have whose file is so old that it does not say. */
    private static final List<Capability> ALL_CAPABILITIES = Stream.of(
                    "listKeys",
                    "writeKeys",
                    "deleteKeys",
                    "listBuckets",
                    "listAllBucketNames",
                    "readBuckets",
                    "writeBuckets",
                    "deleteBuckets",
                    "readBucketEncryption",
                    "writeBucketEncryption",
                    "readBucketRetentions",
                    "writeBucketRetentions",
                    "readFileRetentions",
                    "writeFileRetentions",
                    "readFileLegalHolds",
                    "writeFileLegalHolds",
                    "readBucketReplications",
                    "writeBucketReplications",
                    "bypassGovernance",
                    "listFiles",
                    "readFiles",
                    "shareFiles",
                    "writeFiles",
                    "deleteFiles",
                    "readBucketNotifications",
                    "writeBucketNotifications")
            .map(Capability::new)
            .toList();

    private AllowedJson() {}

    static String encode(Allowed allowed) {
        ObjectNode json = JSON.createObjectNode();
        List<AllowedBucket> buckets = allowed.buckets();
        if (buckets == null) {
            json.putNull("buckets");
        } else {
            ArrayNode list = json.putArray("buckets");
            buckets.forEach(bucket -> list.addObject().put("id", bucket.id()).put("name", bucket.name()));
        }
        AllowedBucket only = buckets != null && buckets.size() == 1 ? buckets.get(0) : null;
        json.put("bucketId", only == null ? null : only.id());
        json.put("bucketName", only == null ? null : only.name());
        ArrayNode capabilities = json.putArray("capabilities");
        allowed.capabilities().forEach(capability -> capabilities.add(capability.name()));
        json.put("namePrefix", allowed.namePrefix());
        // b2sdk's schema steps paste this text between apostrophes; one of our own would end their statement.
        return json.toString().replace("'", "\\u0027");
    }

    /**
     * Reads what this class, or any b2sdk, has written; null stands for a key without restrictions.
     *
     * @throws IllegalArgumentException if it is not such JSON; the message does not repeat the text
     */
    static Allowed decode(@Nullable String text) {
        if (text == null) {
            return new Allowed(null, ALL_CAPABILITIES, null);
        }
        JsonNode json = parse(text);
        List<Capability> capabilities = new ArrayList<>();
        json.path("capabilities").forEach(name -> capabilities.add(new Capability(name.asText())));
        return new Allowed(buckets(json), capabilities, textOrNull(json, "namePrefix"));
    }

    /** Whether the text lacks a member that some b2sdk looks for. */
    static boolean isOutdated(String text) {
        Set<String> members = Set.of("buckets", "bucketId", "bucketName", "capabilities", "namePrefix");
        JsonNode json = parse(text);
        return members.stream().anyMatch(member -> !json.has(member));
    }

    private static JsonNode parse(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            if (json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException unreadable) {
            throw new IllegalArgumentException("\"allowed\" is not JSON", unreadable);
        }
        throw new IllegalArgumentException("\"allowed\" is not a JSON object");
    }

    private static @Nullable List<AllowedBucket> buckets(JsonNode json) {
        JsonNode list = json.get("buckets");
        if (list != null) {
            if (list.isNull()) {
                return null;
            }
            List<AllowedBucket> buckets = new ArrayList<>();
            list.forEach(
                    bucket -> buckets.add(new AllowedBucket(bucket.path("id").asText(), textOrNull(bucket, "name"))));
            return buckets;
        }
        String id = textOrNull(json, "bucketId");
        return id == null ? null : List.of(new AllowedBucket(id, textOrNull(json, "bucketName")));
    }

    private static @Nullable String textOrNull(JsonNode json, String member) {
        JsonNode value = json.get(member);
        return value == null || value.isNull() ? null : value.asText();
    }
}
