// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.wire;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelb2.sync.plan.ScanEnd;
import io.github.camelb2.sync.plan.actions.Problem;

import static io.github.camelb2.sync.wire.JsonMembers.member;
import static io.github.camelb2.sync.wire.JsonMembers.number;

/** What the scans of a run told as one line of JSON, for whoever goes on with it. */
public final class ScanEndJson {
    private ScanEndJson() {}

    /** One line. */
    public static String write(ScanEnd end) {
        ScanEnd.Counts counts = end.counts();
        ObjectNode json = JsonMembers.object();
        json.put("version", PathPlanJson.VERSION)
                .put("compared", end.compared())
                .put("comparedByTime", end.comparedByTime())
                .put("plannedPaths", end.plannedPaths())
                .put("plannedBytes", end.plannedBytes())
                .put("sourceFiles", counts.sourceFiles())
                .put("shownNames", counts.shownNames())
                .put("hiddenNames", counts.hiddenNames())
                .put("names", counts.names())
                .put("vanished", counts.vanished())
                .put("hiddenGoing", counts.hiddenGoing())
                .put("superseded", counts.superseded())
                .put("keptApart", end.hasKeptApart() ? 1 : 0);
        PathPlanJson.putProblems(json, end.notTried().map(List::of).orElse(List.of()));
        ArrayNode unknown = json.putArray("unknown");
        end.unknown().forEach(unknown::add);
        return json.toString();
    }

    /**
     * What {@link #write} wrote.
     *
     * @throws IllegalArgumentException if it is not, or of another version
     */
    public static ScanEnd read(String text) {
        JsonNode json = JsonMembers.parse(text, "the end of a scan");
        if (number(json, "version") != PathPlanJson.VERSION) {
            throw new IllegalArgumentException("the end of a scan of version " + number(json, "version")
                    + " cannot be read: version " + PathPlanJson.VERSION + " is known here");
        }
        List<Problem> notTried = PathPlanJson.problems(member(json, "problems"));
        Set<String> unknown = new HashSet<>();
        member(json, "unknown").forEach(path -> unknown.add(path.textValue()));
        return new ScanEnd(
                number(json, "compared"),
                number(json, "comparedByTime"),
                number(json, "plannedPaths"),
                number(json, "plannedBytes"),
                new ScanEnd.Counts(
                        number(json, "sourceFiles"),
                        number(json, "shownNames"),
                        number(json, "hiddenNames"),
                        number(json, "names"),
                        number(json, "vanished"),
                        number(json, "hiddenGoing"),
                        number(json, "superseded")),
                notTried.stream().findFirst(),
                number(json, "keptApart") != 0,
                unknown);
    }
}
