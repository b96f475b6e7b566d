// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.bucket;

import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.Encryption;
import io.github.camelb2.emulator.state.JsonFields;
import io.github.camelb2.emulator.state.key.ApplicationKey;

/** Writes the settings that a create or update request carries into a bucket's settings, after checking them and the key. */
public final class BucketSettings {

    private static final int MAX_INFO = 10;
    private static final int MAX_RETENTION_DAYS = 3_000;

    private final JsonFields request;
    private final ApplicationKey key;
    private final Encryption defaultEncryption;

    /** {@code defaultEncryption} is what the service gives to buckets that ask for nothing. */
    public BucketSettings(JsonFields request, ApplicationKey key, Encryption defaultEncryption) {
        this.request = request;
        this.key = key;
        this.defaultEncryption = defaultEncryption;
    }

    /** Absent members leave what is there; given lists and maps replace it. */
    public void writeTo(ObjectNode settings) {
        type(settings);
        info(settings);
        ArrayNode cors = request.findArray("corsRules");
        if (cors != null) {
            settings.set("corsRules", CorsRules.check(cors));
        }
        ArrayNode lifecycle = request.findArray("lifecycleRules");
        if (lifecycle != null) {
            settings.set("lifecycleRules", LifecycleRules.check(lifecycle));
        }
        encryption(settings);
        lock(settings);
        ObjectNode replication = request.findObject("replicationConfiguration");
        if (replication != null) {
            key.require("writeBucketReplications");
            settings.set("replicationConfiguration", ReplicationRules.check(replication));
        }
    }

    private void type(ObjectNode settings) {
        String type = request.findText("bucketType");
        if (type == null) {
            return;
        }
        if (!Set.of("allPublic", "allPrivate").contains(type)) {
            throw B2Error.badRequest("Invalid bucketType: " + type);
        }
        settings.put("bucketType", type);
    }

    private void info(ObjectNode settings) {
        Map<String, String> info = request.findMap("bucketInfo");
        if (info == null) {
            return;
        }
        if (info.size() > MAX_INFO) {
            throw B2Error.badRequest("bucketInfo has " + info.size() + " entries, more than " + MAX_INFO);
        }
        ObjectNode json = settings.putObject("bucketInfo");
        info.forEach((name, value) -> {
            if (!name.matches("[A-Za-z0-9_-]{1,50}")) {
                throw B2Error.badRequest("Invalid bucketInfo key: " + name);
            }
            json.put(name, value);
        });
    }

    private void encryption(ObjectNode settings) {
        ObjectNode asked = request.findObject("defaultServerSideEncryption");
        if (asked == null) {
            return;
        }
        key.require("writeBucketEncryption");
        JsonFields fields = JsonFields.of("defaultServerSideEncryption", asked, Set.of("mode", "algorithm"));
        String mode = fields.findText("mode");
        if ("none".equals(mode)) {
            Encryption.requireNoneAllowed(defaultEncryption);
        } else if (mode != null && !mode.equals("SSE-B2")) {
            throw B2Error.badRequest("The default encryption of a bucket can be SSE-B2, not " + mode);
        } else if (mode != null && !"AES256".equals(fields.findText("algorithm"))) {
            throw B2Error.badRequest("encryption algorithm must be AES256");
        }
        // No mode is back to what the service does by itself.
        Encryption chosen =
                mode == null ? defaultEncryption : mode.equals("none") ? Encryption.NONE : Encryption.SSE_B2;
        settings.putObject("defaultServerSideEncryption")
                .put("algorithm", chosen.mode() == null ? null : "AES256")
                .put("mode", chosen.mode());
    }

    private void lock(ObjectNode settings) {
        boolean locked = settings.get("fileLockEnabled").booleanValue();
        Boolean asked = request.findFlag("fileLockEnabled");
        if (asked != null && asked != locked) {
            if (locked) {
                throw new B2Error(
                        400,
                        "file_lock_conflict",
                        "fileLockEnabled value of false is not allowed when bucket is already file lock enabled.");
            }
            key.require("writeBucketRetentions");
            if (settings.at("/replicationConfiguration/asReplicationSource").isObject()) {
                throw new B2Error(
                        400,
                        "source_replication_conflict",
                        "Turning on file lock for an existing bucket having source replication configuration is not allowed.");
            }
            settings.put("fileLockEnabled", true);
        }
        ObjectNode retention = request.findObject("defaultRetention");
        if (retention != null) {
            key.require("writeBucketRetentions");
            if (!settings.get("fileLockEnabled").booleanValue()) {
                throw new B2Error(400, "bucket_missing_file_lock", "The bucket is not file lock enabled");
            }
            settings.set("defaultRetention", retention(retention));
        }
    }

    private static JsonNode retention(ObjectNode asked) {
        JsonFields fields = JsonFields.of("defaultRetention", asked, Set.of("mode", "period"));
        String mode = fields.findText("mode");
        ObjectNode checked = JsonNodeFactory.instance.objectNode();
        if (mode == null || mode.equals("none")) {
            return checked.putNull("mode").putNull("period");
        }
        requireMode(mode);
        JsonFields period = JsonFields.of("period", fields.object("period"), Set.of("duration", "unit"));
        long duration = period.number("duration");
        String unit = period.text("unit");
        if (!unit.equals("days") && !unit.equals("years")) {
            throw B2Error.badRequest("unit must be days or years, not " + unit);
        }
        long days = unit.equals("years") ? 365 * duration : duration;
        if (duration < 1 || days > MAX_RETENTION_DAYS) {
            throw B2Error.badRequest("default retention must be 1 to " + MAX_RETENTION_DAYS + " days");
        }
        checked.put("mode", mode).putObject("period").put("duration", duration).put("unit", unit);
        return checked;
    }

    public static void requireMode(@Nullable String mode) {
        if (!"governance".equals(mode) && !"compliance".equals(mode)) {
            throw B2Error.badRequest("retention mode must be governance or compliance, not " + mode);
        }
    }
}
