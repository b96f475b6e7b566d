// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.planfile;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Withheld;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.wire.PathPlanJson;
import io.github.camelb2.sync.wire.PlanSigner;

/**
 * The lines of a plan file, each of which is signed together with all before it: a header, a line for each path, and an end
 * with the totals. What is changed, added, left out, repeated or brought into another order breaks the chain, and a file
 * without an end is no whole one. Used by one thread, from the first line to the last.
 */
final class PlanLines {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final int VERSION = 1;
    private static final String MAC = ",\"mac\":\"";

    private final PlanSigner signer;
    private String last = "";

    PlanLines(PlanSigner signer) {
        this.signer = signer;
    }

    String header(PlanHeader header) {
        return signed(MAPPER.createObjectNode()
                .put("planFile", VERSION)
                .put("runId", header.runId())
                .put("name", header.name())
                .put("created", header.created().toString())
                .put("source", header.source())
                .put("destination", header.destination())
                .put("scope", header.scope())
                .put("policy", header.policy()));
    }

    String path(PlannedPath planned) throws JsonProcessingException {
        ObjectNode line = MAPPER.createObjectNode();
        line.set("plan", MAPPER.readTree(PathPlanJson.write(planned.plan())));
        return signed(planned.mark().isEmpty() ? line : line.put("mark", planned.mark()));
    }

    String end(SyncReport report, long plans) {
        ObjectNode line = MAPPER.createObjectNode().put("end", true).put("plans", plans);
        ObjectNode totals = line.putObject("totals");
        report.done().forEach((kind, done) -> totals.putObject(kind.word())
                .put("actions", done.actions())
                .put("bytes", done.bytes()));
        line.put("failures", report.failureCount()).put("skips", report.skipCount());
        ArrayNode withheld = line.putArray("withheld");
        for (Withheld kept : report.withheld()) {
            withheld.addObject()
                    .put("stage", kept.stage().name())
                    .put("guard", kept.guard().name())
                    .put("names", kept.names())
                    .put("cause", kept.cause())
                    .put("reason", kept.reason());
        }
        return signed(line.put("bill", report.bill().toString())
                .put("costAtMost", report.cost().toString()));
    }

    private String signed(ObjectNode line) {
        String text = line.toString();
        String open = text.substring(0, text.length() - 1);
        last = signer.chain(last, open);
        return open + MAC + last + "\"}";
    }

    /**
     * Checks the next line.
     *
     * @throws IllegalArgumentException if it is not the one that was written there
     */
    JsonNode read(String line, long number) {
        int end = line.lastIndexOf(MAC);
        boolean isWhole = end > 0 && line.endsWith("\"}");
        String open = isWhole ? line.substring(0, end) : "";
        String given = isWhole ? line.substring(end + MAC.length(), line.length() - 2) : "";
        String right = signer.chain(last, open);
        if (!PlanSigner.isSame(right, given)) {
            throw new IllegalArgumentException(
                    "line " + number + " of the plan is not the one that was signed there with the"
                            + " key of this endpoint: it was changed, or cut off, or planKey is another one; nothing is carried out from"
                            + " there on");
        }
        last = right;
        try {
            return MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("line " + number + " of the plan is no JSON", e);
        }
    }

    static PlanHeader header(JsonNode line) {
        if (line.path("planFile").asInt() != VERSION) {
            throw new IllegalArgumentException("a plan of version "
                    + line.path("planFile").asInt() + " cannot be read: this is version " + VERSION);
        }
        try {
            return new PlanHeader(
                    line.path("runId").asText(),
                    line.path("name").asText(),
                    Instant.parse(line.path("created").asText()),
                    line.path("source").asText(),
                    line.path("destination").asText(),
                    line.path("scope").asText(),
                    line.path("policy").asText());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("the plan does not say when it was made", e);
        }
    }

    static boolean isEnd(JsonNode line) {
        return line.path("end").asBoolean();
    }

    /** What the planning kept back; whoever carries out the plan keeps it back, too. */
    static List<Withheld> withheld(JsonNode end) {
        List<Withheld> withheld = new ArrayList<>();
        for (JsonNode kept : end.path("withheld")) {
            withheld.add(new Withheld(
                    PathPlan.Stage.valueOf(kept.path("stage").asText()),
                    Withheld.Guard.valueOf(kept.path("guard").asText()),
                    kept.path("names").asLong(),
                    kept.path("cause").asText(),
                    kept.path("reason").asText()));
        }
        return List.copyOf(withheld);
    }

    static PlannedPath path(JsonNode line) {
        return new PlannedPath(
                PathPlanJson.read(line.path("plan").toString()),
                line.path("mark").asText(""));
    }
}
