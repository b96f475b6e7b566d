// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.observe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;

import io.github.camelb2.sync.B2SyncComponent;
import io.github.camelb2.sync.launch.RunHistory;
import io.github.camelb2.sync.plan.actions.Withheld;
import io.github.camelb2.sync.report.SyncProgress;
import io.github.camelb2.sync.report.WorkerFigures;
import io.github.camelb2.sync.run.SyncSession;

/** Shows the runs of syncs to developers: those under way with their ledger, and what became of the last ones. Asks nobody. */
@DevConsole(name = "b2-sync", displayName = "Backblaze B2 Sync", description = "Runs of b2-sync")
public class SyncConsole extends AbstractDevConsole {
    public SyncConsole() {
        super("camel", "b2-sync", "Backblaze B2 Sync", "Runs of b2-sync");
    }

    private List<B2SyncComponent> components() {
        return getCamelContext().getComponentNames().stream()
                .sorted()
                .map(getCamelContext()::hasComponent)
                .filter(B2SyncComponent.class::isInstance)
                .map(B2SyncComponent.class::cast)
                .toList();
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        List<String> lines = new ArrayList<>();
        lines.add("Runs under way:");
        runs().forEach(one -> lines.add("    " + line((JsonObject) one)));
        lines.add("Last runs:");
        lastRuns().forEach(one -> lines.add("    " + line((JsonObject) one)));
        return String.join("\n", lines) + "\n";
    }

    private static String line(JsonObject members) {
        return String.join(
                ", ",
                members.entrySet().stream()
                        .map(member -> member.getKey() + " " + member.getValue())
                        .toList());
    }

    @Override
    protected Map<String, Object> doCallJson(Map<String, Object> options) {
        JsonObject all = new JsonObject();
        all.put("runs", runs());
        all.put("last", lastRuns());
        return all;
    }

    private JsonArray runs() {
        JsonArray runs = new JsonArray();
        for (B2SyncComponent component : components()) {
            component.runs().underWay().forEach(session -> runs.add(run(session)));
        }
        return runs;
    }

    private JsonArray lastRuns() {
        JsonArray last = new JsonArray();
        for (B2SyncComponent component : components()) {
            component.history().all().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(one -> last.add(last(component, one.getKey(), one.getValue())));
        }
        return last;
    }

    private static JsonObject run(SyncSession session) {
        SyncProgress now = session.progress();
        JsonObject run = new JsonObject();
        run.put("name", session.job().name());
        run.put("runId", session.runId());
        run.put("phase", now.phase().name());
        run.put("mode", session.job().mode().name());
        run.put("source", session.job().source().text());
        run.put("destination", session.job().destination().text());
        run.put("compared", now.compared());
        run.put("planned", now.planned());
        run.put("done", now.done());
        run.put("failed", now.failed());
        run.put("peakUnderWay", session.peakUnderWay());
        run.put("workers", now.workers());
        if (!session.workers().isEmpty()) {
            run.put(
                    "perWorker",
                    session.workers().stream().map(WorkerFigures::toString).toList());
        }
        run.put("bytesMoved", now.bytesMoved());
        run.put("bytesPlanned", now.bytesPlanned());
        run.put("bytesPerSecond", now.bytesPerSecond());
        run.put("secondsLeft", now.timeLeft().map(Duration::toSeconds).orElse(-1L));
        run.put("bill", session.bill() + ", at most " + session.job().prices().of(session.bill()));
        return run;
    }

    private static JsonObject last(B2SyncComponent component, String name, RunHistory.LastRun run) {
        JsonObject last = new JsonObject();
        last.put("name", name);
        last.put("runId", run.runId());
        last.put("complete", run.isComplete());
        last.put("endedAt", run.endedAt().toString());
        last.put(
                "lastComplete",
                run.lastComplete() == null ? "never" : run.lastComplete().toString());
        last.put("summary", run.summary());
        last.put("bill", run.bill());
        last.put("trouble", run.trouble());
        List<Withheld> withheld = component.withheld().of(name);
        last.put("withheld", withheld.stream().mapToLong(Withheld::names).sum());
        last.put("withheldSince", SyncHealthCheck.since(withheld));
        return last;
    }
}
