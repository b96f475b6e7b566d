// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.bucket;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.JsonFields;

/**
 * The rules for event notification rules. Unlike B2, which insists on https, plain http is allowed to loopback addresses.
 *
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-event-notifications">Event Notifications</a>
 */
public final class NotificationRules {

    /** Every event type but the test event, which cannot be asked for. */
    private static final Set<String> TYPES = Set.of(
            "b2:ObjectCreated:*",
            "b2:ObjectCreated:Upload",
            "b2:ObjectCreated:MultipartUpload",
            "b2:ObjectCreated:Copy",
            "b2:ObjectCreated:Replica",
            "b2:ObjectCreated:MultipartReplica",
            "b2:ObjectDeleted:*",
            "b2:ObjectDeleted:Delete",
            "b2:ObjectDeleted:LifecycleRule",
            "b2:HideMarkerCreated:*",
            "b2:HideMarkerCreated:Hide",
            "b2:HideMarkerCreated:LifecycleRule",
            "b2:MultipartUploadCreated:*",
            "b2:MultipartUploadCreated:LiveRead");

    private static final int MAX_RULES = 25;
    private static final int MAX_EVENTS_PER_BATCH = 50;
    private static final int MAX_HEADERS = 10;
    private static final int MAX_HEADER_BYTES = 2_048;
    private static final Set<String> RULE_FIELDS = Set.of(
            "eventTypes",
            "isEnabled",
            "name",
            "objectNamePrefix",
            "targetConfiguration",
            "maxEventsPerBatch",
            "isSuspended",
            "suspensionReason");
    private static final Set<String> TARGET_FIELDS =
            Set.of("targetType", "url", "customHeaders", "hmacSha256SigningSecret", "maxEventsPerBatch");

    private NotificationRules() {}

    public static ArrayNode check(ArrayNode rules) {
        if (rules.size() > MAX_RULES) {
            throw B2Error.badRequest("more than " + MAX_RULES + " event notification rules");
        }
        ArrayNode checked = JsonNodeFactory.instance.arrayNode();
        Set<String> names = new HashSet<>();
        for (JsonNode rule : rules) {
            ObjectNode one = rule(rule);
            if (!names.add(one.get("name").textValue())) {
                throw B2Error.badRequest(
                        "Duplicate rule name: " + one.get("name").textValue());
            }
            checked.forEach(other -> requireApart(other, one));
            checked.add(one);
        }
        return checked;
    }

    private static ObjectNode rule(JsonNode asked) {
        JsonFields fields = JsonFields.of("eventNotificationRule", asked, RULE_FIELDS);
        String name = fields.text("name");
        if (!name.matches("[A-Za-z0-9-]{6,63}") || name.startsWith("b2-")) {
            throw B2Error.badRequest("Invalid rule name: " + name);
        }
        ObjectNode checked = JsonNodeFactory.instance.objectNode().put("name", name);
        types(fields).stream().sorted().forEach(checked.putArray("eventTypes")::add);
        Boolean enabled = fields.findFlag("isEnabled");
        if (enabled == null) {
            throw B2Error.badRequest("required field isEnabled cannot be null");
        }
        checked.put("isEnabled", enabled)
                .put("isSuspended", false)
                .put("objectNamePrefix", fields.text("objectNamePrefix"))
                .put("suspensionReason", "");
        JsonFields target = JsonFields.of("targetConfiguration", fields.object("targetConfiguration"), TARGET_FIELDS);
        return checked.set("targetConfiguration", target(target).put("maxEventsPerBatch", batch(target)));
    }

    private static List<String> types(JsonFields fields) {
        fields.array("eventTypes");
        List<String> types = fields.findTexts("eventTypes");
        if (types == null || types.isEmpty()) {
            throw new B2Error(400, "event_types_empty", "eventTypes must not be empty");
        }
        for (String type : types) {
            if (!TYPES.contains(type)) {
                throw new B2Error(400, "event_type_invalid", "Invalid event type: " + type);
            }
            boolean special = !type.endsWith(":*");
            if (special && types.contains(type.substring(0, type.lastIndexOf(':')) + ":*")) {
                throw new B2Error(400, "event_type_categories", type + " is part of another event type of the rule");
            }
        }
        if (new HashSet<>(types).size() < types.size()) {
            throw new B2Error(400, "event_type_overlap", "An event type is named twice");
        }
        return types;
    }

    /** Two rules may not both fire for one event. */
    private static void requireApart(JsonNode left, JsonNode right) {
        String a = left.get("objectNamePrefix").textValue();
        String b = right.get("objectNamePrefix").textValue();
        if (!a.startsWith(b) && !b.startsWith(a)) {
            return;
        }
        for (JsonNode one : left.get("eventTypes")) {
            for (JsonNode other : right.get("eventTypes")) {
                if (matches(one.textValue(), other.textValue()) || matches(other.textValue(), one.textValue())) {
                    throw new B2Error(
                            400,
                            "event_type_overlap",
                            "More than one event notification rule has overlapping prefixes (" + a + "),(" + b
                                    + ") for the same event type: " + one.textValue());
                }
            }
        }
    }

    /** Whether the event type of a rule, perhaps with a star, covers a type. */
    public static boolean matches(String ofRule, String type) {
        return ofRule.endsWith(":*") ? type.startsWith(ofRule.substring(0, ofRule.length() - 1)) : ofRule.equals(type);
    }

    private static ObjectNode target(JsonFields fields) {
        if (!fields.text("targetType").equals("webhook")) {
            throw B2Error.badRequest("Invalid targetType: " + fields.text("targetType"));
        }
        ObjectNode checked = JsonNodeFactory.instance.objectNode().put("targetType", "webhook");
        checked.put("url", url(fields.text("url")));
        String secret = fields.findText("hmacSha256SigningSecret");
        if (secret != null && !secret.matches("[A-Za-z0-9]{32}")) {
            throw B2Error.badRequest("hmacSha256SigningSecret must be 32 letters and digits");
        }
        checked.put("hmacSha256SigningSecret", secret);
        ArrayNode headers = fields.findArray("customHeaders");
        return checked.set("customHeaders", headers == null || headers.isEmpty() ? null : headers(headers));
    }

    private static String url(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw B2Error.badRequest("Invalid url: " + text);
        }
        String host = url.getHost();
        boolean loopback = host != null && host.matches("localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1]");
        if (host == null || !("https".equals(url.getScheme()) || ("http".equals(url.getScheme()) && loopback))) {
            throw B2Error.badRequest("The url of a webhook must begin with https://, not " + text);
        }
        return text;
    }

    private static ArrayNode headers(ArrayNode asked) {
        ArrayNode checked = JsonNodeFactory.instance.arrayNode();
        if (asked.size() > MAX_HEADERS) {
            throw B2Error.badRequest("more than " + MAX_HEADERS + " custom headers");
        }
        int bytes = 0;
        for (JsonNode header : asked) {
            JsonFields fields = JsonFields.of("customHeader", header, Set.of("name", "value"));
            String name = fields.text("name");
            String value = fields.text("value");
            if (name.toLowerCase(java.util.Locale.ROOT).startsWith("x-bz-")
                    || !name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
                throw B2Error.badRequest("Invalid name of a custom header: " + name);
            }
            bytes += (name + value).getBytes(StandardCharsets.UTF_8).length;
            checked.addObject().put("name", name).put("value", value);
        }
        if (bytes > MAX_HEADER_BYTES) {
            throw B2Error.badRequest("custom headers have more than " + MAX_HEADER_BYTES + " bytes");
        }
        return checked;
    }

    /** The batch size stands in the target; beside the name of the rule, where a page of the documentation has it, it is taken and ignored. */
    private static long batch(JsonFields target) {
        Long asked = target.findNumber("maxEventsPerBatch");
        long size = asked == null ? 1 : asked;
        if (size < 1 || size > MAX_EVENTS_PER_BATCH) {
            throw B2Error.outOfRange("maxEventsPerBatch", size);
        }
        return size;
    }
}
