// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;
import io.github.camelb2.sync.plan.PlanCases;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.item.RemoteVersion;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.policy.CompareMode;
import io.github.camelb2.sync.plan.policy.Direction;
import io.github.camelb2.sync.plan.policy.KeepMode;
import io.github.camelb2.sync.plan.policy.SyncPolicy;
import io.github.camelb2.sync.report.SyncIncompleteException;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.scan.disk.FileTimes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every case of the planner's tables, with real files and versions: as one endpoint and as the visible route, each after
 * a dry run, which tells the same and changes nothing.
 */
class SyncCaseTableTest extends SyncTestSupport {
    /** Contents stand for sizes; none in the tables needs more bytes to be what it is. */
    private static final long MOST_BYTES = 1_000;

    private int cases;

    /** What a sync came to. */
    private record Outcome(List<String> lines, List<String> failures, Map<String, String> destination) {}

    @BeforeEach
    void templates() throws Exception {
        context.addRoutes(new B2SyncRoutes());
    }

    @TestFactory
    Stream<DynamicTest> caseComesToTheSameAsOneEndpointAndAsARoute() {
        return PlanCases.all().map(given -> DynamicTest.dynamicTest(given.toString(), () -> check(given)));
    }

    private void check(PlanCases.Case given) throws Exception {
        String name = "case-" + ++cases;
        Outcome run = sync(given, name + "-run", this::asEndpoint);
        Outcome route = sync(given, name + "-route", this::asRoute);

        assertThat(run.lines).isEqualTo(given.lines());
        assertThat(run.failures).isEqualTo(given.problems());
        assertThat(route).isEqualTo(run);
    }

    /** One of the two ways to sync. */
    private interface Way {
        Exchange sync(String name, Map<String, String> options) throws Exception;
    }

    private Outcome sync(PlanCases.Case given, String name, Way way) throws Exception {
        boolean isUp = given.policy().direction() == Direction.LOCAL_TO_B2;
        String from = side(name + "-source", isUp);
        String to = side(name + "-destination", given.policy().direction().isToLocal());
        for (ScanItem item : given.sources()) {
            store(from, item);
        }
        for (ScanItem item : given.destinations()) {
            store(to, item);
        }
        Map<String, String> options = options(given.policy());
        options.put("source", from);
        options.put("destination", to);
        Map<String, String> before = state(to);
        options.put("dryRun", "true");
        Outcome dry = outcome(asEndpoint(name + "-dry", options), to);
        options.put("dryRun", "false");

        Outcome real = outcome(way.sync(name, options), to);

        assertThat(dry).isEqualTo(new Outcome(real.lines, real.failures, before));
        return real;
    }

    private Outcome outcome(Exchange answer, String to) throws IOException {
        SyncReport report = answer.getException() instanceof SyncIncompleteException incomplete
                ? incomplete.report()
                : answer.getMessage().getBody(SyncReport.class);
        assertThat(report).as("%s", answer.getException()).isNotNull();
        Outcome outcome = new Outcome(
                List.copyOf(lines()),
                report.failures().stream().map(Problem::reason).toList(),
                state(to));
        reported.clear();
        return outcome;
    }

    private Exchange asEndpoint(String name, Map<String, String> options) {
        String query = String.join(
                "&",
                options.entrySet().stream()
                        .map(option -> option.getKey() + "=" + option.getValue())
                        .toList());
        return template.request("b2-sync:" + name + "?" + query, SyncCaseTableTest::atTheTimeOfTheTables);
    }

    private Exchange asRoute(String name, Map<String, String> options) throws Exception {
        TemplatedRouteBuilder route =
                TemplatedRouteBuilder.builder(context, "b2-sync").routeId(name).parameter("name", name);
        options.forEach(route::parameter);
        route.add();
        try {
            return template.request("direct:b2-sync-" + name, SyncCaseTableTest::atTheTimeOfTheTables);
        } finally {
            context.getRouteController().stopRoute(name);
            context.removeRoute(name);
        }
    }

    private static void atTheTimeOfTheTables(Exchange exchange) {
        exchange.getMessage().setHeader(B2SyncConstants.NOW, PlanCases.NOW);
    }

    private Map<String, String> options(SyncPolicy policy) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("workers", "1");
        options.put("reportTo", reportTo);
        options.put(
                "compareMode", policy.compareMode() == CompareMode.MOD_TIME ? "modTime" : lower(policy.compareMode()));
        if (policy.compareThreshold() > 0) {
            options.put("compareThreshold", String.valueOf(policy.compareThreshold()));
        }
        options.put(
                "newerFileMode",
                switch (policy.newerFileMode()) {
                    case RAISE_ERROR -> "raiseError";
                    case SKIP -> "skip";
                    case REPLACE -> "replace";
                });
        options.put(
                "keepMode",
                switch (policy.keepMode()) {
                    case NO_DELETE -> "noDelete";
                    case DELETE -> "delete";
                    case KEEP_BEFORE_DELETE -> "keepBeforeDelete";
                });
        if (policy.keepMode() == KeepMode.KEEP_BEFORE_DELETE) {
            options.put("keepDays", String.valueOf(policy.keepDays()));
            options.put("keepDaysFrom", "modTime");
            options.put("trustNowHeader", "true");
        }
        return options;
    }

    private static String lower(CompareMode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    private String side(String name, boolean isLocal) throws IOException {
        if (isLocal) {
            return Files.createDirectory(temp.resolve(name)).toString();
        }
        B2.emulator().state().createBucket(name);
        return "b2://" + name;
    }

    private static void store(String side, ScanItem item) throws IOException {
        if (item instanceof ScanItem.LocalFile file) {
            Path path = Path.of(side, file.path());
            Files.createDirectories(path.getParent());
            Files.writeString(path, content(file.size(), file.modifiedMillis()));
            Files.setLastModifiedTime(path, FileTimes.of(file.modifiedMillis()));
            return;
        }
        List<RemoteVersion> newestFirst = ((ScanItem.RemoteFile) item).versions();
        String bucket = side.substring("b2://".length());
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            store(bucket, item.path(), newestFirst.get(i), i == newestFirst.size() - 1);
        }
    }

    private static void store(String bucket, String name, RemoteVersion version, boolean isOldest) {
        CLOCK.at(version.uploadMillis(), () -> {
            if (!version.isHideMarker()) {
                return put(bucket, name, version);
            }
            if (isOldest) {
                // B2 hides only what is there; none of these cases looks below its marker.
                put(bucket, name, version);
            }
            return B2.emulator().state().hide(bucket, name);
        });
    }

    private static StoredVersion put(String bucket, String name, RemoteVersion version) {
        byte[] bytes = content(version.size(), version.modifiedMillis()).getBytes(StandardCharsets.UTF_8);
        Map<String, String> info = Map.of("src_last_modified_millis", String.valueOf(version.modifiedMillis()));
        return B2.emulator().state().put(bucket, name, bytes, info);
    }

    /** Files of one time are the same, others differ: where a disk may have cut a time off, the content counts. */
    private static String content(long size, long modifiedMillis) {
        char letter = (char) ('a' + Math.floorMod(modifiedMillis / 100, 26));
        return String.valueOf(letter).repeat((int) Math.min(size, MOST_BYTES));
    }

    /** For each name its versions, newest first: what they are, how long, of what time. */
    private static Map<String, String> state(String side) throws IOException {
        Map<String, String> state = new TreeMap<>();
        if (side.startsWith("b2://")) {
            for (StoredVersion version : B2.emulator().state().versions(side.substring("b2://".length()))) {
                String time = version.info().get("src_last_modified_millis");
                state.merge(
                        version.name(),
                        version.action() + " " + version.length() + " " + time,
                        (newer, older) -> newer + ", " + older);
            }
            return state;
        }
        for (Map.Entry<String, String> file : tree(Path.of(side)).entrySet()) {
            Path path = Path.of(side, file.getKey());
            state.put(
                    file.getKey(), file.getValue().length() + " " + FileTimes.millis(Files.getLastModifiedTime(path)));
        }
        return state;
    }
}
