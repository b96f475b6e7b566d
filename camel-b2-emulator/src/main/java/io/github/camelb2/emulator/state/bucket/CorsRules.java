// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.bucket;

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
 * The rules for CORS rules. The emulator keeps them; it does not answer pre-flight requests.
 *
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-cross-origin-resource-sharing-rules">CORS rules</a>
 */
final class CorsRules {

    private static final int MAX_RULES = 100;
    private static final int MAX_AGE = 86_400;
    private static final Set<String> FIELDS = Set.of(
            "corsRuleName", "allowedOrigins", "allowedOperations", "allowedHeaders", "exposeHeaders", "maxAgeSeconds");
    private static final Set<String> OPERATIONS = Set.of(
            "b2_download_file_by_name",
            "b2_download_file_by_id",
            "b2_upload_file",
            "b2_upload_part",
            "s3_delete",
            "s3_get",
            "s3_head",
            "s3_post",
            "s3_put");

    private CorsRules() {}

    static ArrayNode check(ArrayNode rules) {
        if (rules.size() > MAX_RULES) {
            throw B2Error.badRequest("more than " + MAX_RULES + " CORS rules");
        }
        ArrayNode checked = JsonNodeFactory.instance.arrayNode();
        Set<String> names = new HashSet<>();
        for (JsonNode rule : rules) {
            JsonFields fields = JsonFields.of("corsRule", rule, FIELDS);
            String name = fields.text("corsRuleName");
            if (!name.matches("[A-Za-z0-9-]{6,50}") || name.startsWith("b2-")) {
                throw B2Error.badRequest("Invalid corsRuleName: " + name);
            }
            if (!names.add(name)) {
                throw B2Error.badRequest("Duplicate corsRuleName: " + name);
            }
            checked.add(check(name, fields));
        }
        return checked;
    }

    private static ObjectNode check(String name, JsonFields fields) {
        ObjectNode checked = JsonNodeFactory.instance.objectNode().put("corsRuleName", name);
        for (String list : List.of("allowedOrigins", "allowedOperations")) {
            if (fields.array(list).isEmpty()) {
                throw B2Error.badRequest(list + " must not be empty");
            }
        }
        for (String list : List.of("allowedOrigins", "allowedOperations", "allowedHeaders", "exposeHeaders")) {
            List<String> texts = fields.findTexts(list);
            if (texts == null) {
                checked.putNull(list);
            } else {
                texts.forEach(checked.putArray(list)::add);
            }
        }
        for (JsonNode operation : checked.get("allowedOperations")) {
            if (!OPERATIONS.contains(operation.textValue())) {
                throw B2Error.badRequest("Invalid allowedOperation: " + operation.textValue());
            }
        }
        long age = fields.number("maxAgeSeconds");
        if (age < 0 || age > MAX_AGE) {
            throw B2Error.outOfRange("maxAgeSeconds", age);
        }
        return checked.put("maxAgeSeconds", age);
    }
}
