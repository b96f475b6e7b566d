// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.bucket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelb2.emulator.state.Encryption;

/**
 * A bucket. Its settings are the JSON that the API speaks, checked when they were set, and never changed in place.
 *
 * @param id 24 hex digits
 * @param name its name
 * @param revision 2 after creation, one more with every update
 * @param settings members {@code bucketType}, {@code bucketInfo}, {@code corsRules}, {@code lifecycleRules}, {@code
 *     defaultServerSideEncryption}, {@code fileLockEnabled}, {@code defaultRetention}, {@code replicationConfiguration}, {@code
 *     eventNotificationRules}
 * @param syntheticFiles how many generated files it shows; -1 for an ordinary bucket
 */
public record Bucket(String id, String name, int revision, ObjectNode settings, long syntheticFiles) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** The settings of a bucket of which only the type was given. */
    public static ObjectNode defaultSettings(String type, Encryption encryption) {
        ObjectNode settings = JSON.objectNode();
        settings.put("bucketType", type);
        settings.putObject("bucketInfo");
        settings.putArray("corsRules");
        settings.putArray("lifecycleRules");
        settings.putObject("defaultServerSideEncryption")
                .put("algorithm", encryption.mode() == null ? null : "AES256")
                .put("mode", encryption.mode());
        settings.put("fileLockEnabled", false);
        settings.putObject("defaultRetention").putNull("mode").putNull("period");
        settings.putObject("replicationConfiguration")
                .putNull("asReplicationDestination")
                .putNull("asReplicationSource");
        settings.putArray("eventNotificationRules");
        return settings;
    }

    Bucket withSettings(ObjectNode changed) {
        return new Bucket(id, name, revision + 1, changed, syntheticFiles);
    }

    /** The same bucket with other notification rules, which do not count as a revision. */
    Bucket withNotificationRules(ArrayNode rules) {
        ObjectNode changed = settings.deepCopy();
        changed.set("eventNotificationRules", rules);
        return new Bucket(id, name, revision, changed, syntheticFiles);
    }

    public String type() {
        return settings.get("bucketType").textValue();
    }

    public boolean isPublic() {
        return type().equals("allPublic");
    }

    public boolean isSynthetic() {
        return syntheticFiles >= 0;
    }

    public boolean isLockEnabled() {
        return settings.get("fileLockEnabled").booleanValue();
    }

    public JsonNode info() {
        return settings.get("bucketInfo");
    }

    public JsonNode lifecycleRules() {
        return settings.get("lifecycleRules");
    }

    public JsonNode replication() {
        return settings.get("replicationConfiguration");
    }

    public JsonNode defaultRetention() {
        return settings.get("defaultRetention");
    }

    public JsonNode notificationRules() {
        return settings.get("eventNotificationRules");
    }

    public Encryption defaultEncryption() {
        JsonNode mode = settings.get("defaultServerSideEncryption").get("mode");
        return mode.isNull() ? Encryption.NONE : Encryption.SSE_B2;
    }
}
