// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.bucket;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.JsonFields;

/**
 * The rules for lifecycle rules, which {@code upkeep} carries out.
 *
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-lifecycle-rules">Lifecycle rules</a>
 */
final class LifecycleRules {

    private static final int MAX_RULES = 100;
    private static final List<String> DAYS = List.of(
            "daysFromUploadingToHiding", "daysFromHidingToDeleting", "daysFromStartingToCancelingUnfinishedLargeFiles");

    private LifecycleRules() {}

    static ArrayNode check(ArrayNode rules) {
        if (rules.size() > MAX_RULES) {
            throw B2Error.badRequest("more than " + MAX_RULES + " lifecycle rules");
        }
        ArrayNode checked = JsonNodeFactory.instance.arrayNode();
        List<String> prefixes = new ArrayList<>();
        for (JsonNode rule : rules) {
            ObjectNode one = check(rule);
            String prefix = one.get("fileNamePrefix").textValue();
            for (String other : prefixes) {
                if (prefix.startsWith(other) || other.startsWith(prefix)) {
                    throw B2Error.badRequest(
                            "prefixes of lifecycle rules overlap: \"" + other + "\" and \"" + prefix + "\"");
                }
            }
            prefixes.add(prefix);
            checked.add(one);
        }
        return checked;
    }

    private static ObjectNode check(JsonNode rule) {
        Set<String> allowed = Set.of("fileNamePrefix", DAYS.get(0), DAYS.get(1), DAYS.get(2));
        JsonFields fields = JsonFields.of("lifecycleRule", rule, allowed);
        ObjectNode checked = JsonNodeFactory.instance.objectNode().put("fileNamePrefix", fields.text("fileNamePrefix"));
        boolean any = false;
        for (String name : DAYS) {
            Long days = fields.findNumber(name);
            if (days != null && days < 1) {
                throw B2Error.badRequest(name + " must be positive, not " + days);
            }
            any |= days != null;
            checked.put(name, days);
        }
        if (!any) {
            throw B2Error.badRequest("a lifecycle rule must give at least one number of days");
        }
        return checked;
    }
}
