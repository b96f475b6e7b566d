// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.wire;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelb2.client.cost.Bill;
import io.github.camelb2.sync.report.PlanResult;

import static io.github.camelb2.sync.wire.JsonMembers.constant;
import static io.github.camelb2.sync.wire.JsonMembers.member;
import static io.github.camelb2.sync.wire.JsonMembers.number;
import static io.github.camelb2.sync.wire.JsonMembers.text;

/** What became of a plan as JSON, by itself or as members of a message. */
public final class PlanResultJson {
    private PlanResultJson() {}

    /** One line. */
    public static String write(PlanResult result) {
        ObjectNode json = JsonMembers.object();
        put(json, result);
        return json.toString();
    }

    /**
     * A result from its line.
     *
     * @throws IllegalArgumentException if it is none; the message names the member
     */
    public static PlanResult read(String text) {
        return result(JsonMembers.parse(text, "a result"));
    }

    static void put(ObjectNode json, PlanResult result) {
        json.put("outcome", result.outcome().name()).put("reason", result.reason());
        var done = json.putArray("done");
        result.done()
                .forEach(one -> done.addObject().put("action", one.action()).put("fileId", one.fileId()));
        PathPlanJson.putProblems(json, result.skips());
        json.putObject("bill")
                .put("classA", result.bill().classA())
                .put("classB", result.bill().classB())
                .put("classC", result.bill().classC())
                .put("downloadedBytes", result.bill().downloadedBytes());
    }

    static PlanResult result(JsonNode json) {
        List<PlanResult.Done> done = new ArrayList<>();
        for (JsonNode one : member(json, "done")) {
            long action = number(one, "action");
            if (action < -1 || action > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("a plan has no action number " + action);
            }
            done.add(new PlanResult.Done((int) action, text(one, "fileId")));
        }
        JsonNode bill = member(json, "bill");
        return new PlanResult(
                constant(PlanResult.Outcome.class, json, "outcome"),
                done,
                text(json, "reason"),
                PathPlanJson.problems(member(json, "problems")),
                new Bill(
                        number(bill, "classA"),
                        number(bill, "classB"),
                        number(bill, "classC"),
                        number(bill, "downloadedBytes")));
    }
}
