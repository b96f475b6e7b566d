// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.bucket;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.JsonFields;

/**
 * The rules for replication settings, which {@code upkeep} carries out.
 *
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-cloud-replication">Cloud Replication</a>
 */
final class ReplicationRules {

    private static final Set<String> RULE_FIELDS = Set.of(
            "replicationRuleName",
            "destinationBucketId",
            "fileNamePrefix",
            "includeExistingFiles",
            "isEnabled",
            "priority");

    private ReplicationRules() {}

    static ObjectNode check(ObjectNode asked) {
        JsonFields fields = JsonFields.of(
                "replicationConfiguration", asked, Set.of("asReplicationSource", "asReplicationDestination"));
        ObjectNode checked = JsonNodeFactory.instance.objectNode();
        ObjectNode source = fields.findObject("asReplicationSource");
        checked.set("asReplicationSource", source == null ? null : source(source));
        ObjectNode destination = fields.findObject("asReplicationDestination");
        checked.set("asReplicationDestination", destination == null ? null : destination(destination));
        return checked;
    }

    private static ObjectNode source(ObjectNode asked) {
        JsonFields fields =
                JsonFields.of("asReplicationSource", asked, Set.of("replicationRules", "sourceApplicationKeyId"));
        ObjectNode checked = JsonNodeFactory.instance.objectNode();
        checked.put("sourceApplicationKeyId", fields.text("sourceApplicationKeyId"));
        var rules = checked.putArray("replicationRules");
        Set<String> names = new HashSet<>();
        for (JsonNode rule : fields.array("replicationRules")) {
            ObjectNode one = rule(rule);
            if (!names.add(one.get("replicationRuleName").textValue())) {
                throw B2Error.badRequest("Duplicate replicationRuleName: " + one.get("replicationRuleName"));
            }
            rules.add(one);
        }
        return checked;
    }

    private static ObjectNode rule(JsonNode asked) {
        JsonFields fields = JsonFields.of("replicationRule", asked, RULE_FIELDS);
        String name = fields.text("replicationRuleName");
        if (!name.matches("[A-Za-z0-9-]{1,64}") || name.startsWith("b2-")) {
            throw B2Error.badRequest("Invalid replicationRuleName: " + name);
        }
        String bucket = fields.text("destinationBucketId");
        if (!bucket.matches("[0-9a-f]{24}")) {
            throw B2Error.badBucketId(bucket);
        }
        Long priority = fields.findNumber("priority");
        if (priority != null && priority < 1) {
            throw B2Error.outOfRange("priority", priority);
        }
        String prefix = fields.findText("fileNamePrefix");
        return JsonNodeFactory.instance
                .objectNode()
                .put("replicationRuleName", name)
                .put("destinationBucketId", bucket)
                .put("fileNamePrefix", prefix == null ? "" : prefix)
                .put("includeExistingFiles", fields.flag("includeExistingFiles", JsonFields.Fallback.FALSE))
                .put("isEnabled", fields.flag("isEnabled", JsonFields.Fallback.TRUE))
                .put("priority", priority == null ? 1 : priority);
    }

    private static ObjectNode destination(ObjectNode asked) {
        JsonFields fields = JsonFields.of("asReplicationDestination", asked, Set.of("sourceToDestinationKeyMapping"));
        Map<String, String> keys = fields.findMap("sourceToDestinationKeyMapping");
        if (keys == null) {
            throw B2Error.badRequest("required field sourceToDestinationKeyMapping cannot be null");
        }
        ObjectNode checked = JsonNodeFactory.instance.objectNode();
        ObjectNode mapping = checked.putObject("sourceToDestinationKeyMapping");
        keys.forEach(mapping::put);
        return checked;
    }
}
