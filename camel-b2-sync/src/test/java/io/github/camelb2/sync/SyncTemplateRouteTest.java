// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.sync.action.failure.SyncActionException;
import io.github.camelb2.sync.plan.actions.ActionKind;
import io.github.camelb2.sync.plan.actions.Expected;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.report.SyncIncompleteException;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.run.SyncSession;
import io.github.camelb2.sync.scan.disk.FileTimes;
import io.github.camelb2.sync.wire.PathPlanJson;
import io.github.camelb2.sync.wire.PlanSigner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The visible form of a sync: plan, split, execute, report. */
class SyncTemplateRouteTest extends SyncTestSupport {
    private static final String KEY = "0123456789abcdef";

    @BeforeEach
    void templates() throws Exception {
        context.addRoutes(new B2SyncRoutes());
    }

    @Test
    void routeDoesWhatOneEndpointDoes() throws Exception {
        given("a", 100);
        given("d/b", 100);
        givenInBucket("gone", "gone", 10);
        givenInBucket("a", "older", 300);
        addRoute(Map.of("keepMode", "delete", "reportTo", "direct:report", "workers", "3"));

        SyncReport report = run();

        assertThat(report.isComplete()).isTrue();
        assertThat(report.done(ActionKind.UPLOAD).actions()).isEqualTo(2);
        assertThat(report.done(ActionKind.DELETE).actions()).isEqualTo(2);
        assertThat(lines())
                .containsExactlyInAnyOrder("upload a", "delete a (old version)", "upload d/b", "delete gone ");
        assertThat(bucketTree())
                .containsEntry("a", "a")
                .containsEntry("d/b", "d/b")
                .hasSize(2);
        assertThat(run().actions()).isZero();
    }

    @Test
    void parametersAreTakenAsTheyAreWritten() throws Exception {
        source = Files.createDirectory(temp.resolve("c++ 100%20 & more"));
        given("aab", 100);
        given("a+b", 100);
        given("cc", 100);
        addRoute(Map.of(
                "excludeRegex", "a+b", "includeRegex", "x&y", "reportTo", "direct:report?timeout=1000&block=true"));

        assertThat(run().isComplete()).isTrue();

        assertThat(bucketTree()).containsOnlyKeys("a+b", "cc");
        assertThat(lines()).containsExactlyInAnyOrder("upload a+b", "upload cc");
    }

    /** A filter that is ignored in silence sends files that should stay. */
    @Test
    void eachOptionOfARunIsAParameterAndOthersAreRefused() throws Exception {
        given("a.txt", 100);
        given("old/b.txt", 100);
        given(source, "large.txt", "0123456789", 100);
        addRoute(Map.of("antExclude", "old/**", "maxSize", "9", "unicode", "exact"));

        run();

        assertThat(bucketTree()).containsOnlyKeys("a.txt");
        assertThatThrownBy(() -> addRoute(Map.of("excludeRegexp", "a")))
                .hasMessageContaining("Parameter excludeRegexp is none of the route template b2-sync, which has [")
                .hasMessageContaining(" excludeRegex, ");
    }

    @Test
    void parametersMayBeRawAlreadyOrComeFromProperties() throws Exception {
        context.getPropertiesComponent().addInitialProperty("filter", "RAW(a+b)");
        given("aab", 100);
        given("d.tmp", 100);
        given("(x)&y", 100);
        given("cc", 100);
        addRoute(Map.of("excludeRegex", "RAW(a+b)&excludeRegex=RAW(.*[.]tmp$)"));
        run();
        assertThat(bucketTree()).containsOnlyKeys("(x)&y", "cc");

        context.getRouteController().stopRoute("photos");
        context.removeRoute("photos");
        addRoute(Map.of("excludeRegex", "{{filter}}", "includeRegex", "[(]x[)]|(z)&"));
        run();

        assertThat(bucketTree()).containsOnlyKeys("(x)&y", "cc", "d.tmp");
    }

    @Test
    void customerKeyWithAPlusIsTaken() throws Exception {
        given("a", 100);
        String key = "+++/" + "A".repeat(39) + "=";
        addRoute(Map.of("destinationEncryption", "SSE-C", "destinationCustomerKey", key));

        assertThat(run().isComplete()).isTrue();

        assertThat(context.getEndpoints())
                .noneMatch(endpoint -> endpoint.getEndpointUri().contains("+++"));
    }

    @Test
    void overridesAreForOneRun() throws Exception {
        given("a", 100);
        addRoute(Map.of());

        for (String sync : List.of("direct:b2-sync-photos", uri(source, bucketUri()))) {
            Exchange dry = template.request(sync, exchange -> {
                exchange.getMessage().setHeader("CamelB2DryRun", true);
                exchange.getMessage().setHeader("CamelB2SyncNow", NOW);
                exchange.getMessage().setHeader("CamelB2SyncSource", source.toString());
                exchange.getMessage().setHeader("CamelB2SyncDestination", bucketUri());
            });
            assertThat(dry.getException()).isNull();
            assertThat(dry.getMessage().getHeaders())
                    .doesNotContainKeys(
                            "CamelB2DryRun", "CamelB2SyncNow", "CamelB2SyncSource", "CamelB2SyncDestination");
        }
        assertThat(bucketTree()).isEmpty();

        Exchange failed = template.request(uri(temp.resolve("nowhere"), bucketUri()), exchange -> exchange.getMessage()
                .setHeader("CamelB2DryRun", true));
        assertThat(failed.getException()).isInstanceOf(SyncIncompleteException.class);
        assertThat(failed.getMessage().getHeaders()).doesNotContainKey("CamelB2DryRun");
    }

    @Test
    void planAndExecutionAreOpenToInterceptors() throws Exception {
        given("a", 100);
        given("b", 100);
        addRoute(Map.of());
        AdviceWith.adviceWith(context, "photos", advice -> advice.weaveById("execute-photos")
                .before()
                .filter(exchange ->
                        exchange.getMessage().getBody(PathPlan.class).path().equals("a"))
                .stop());

        SyncReport report = run();

        assertThat(bucketTree()).containsOnlyKeys("b");
        assertThat(report.skips().get(0).reason()).startsWith("1 path plans were taken out of the route");
    }

    @Test
    void failureReachesTheReportAndTheOthersGoOn() throws Exception {
        given("a", 100);
        given("b", 100);
        addRoute(Map.of());
        B2.emulator().faults().add("b2_upload_file file a: status 400 bad_request");

        Exchange answer = template.request("direct:b2-sync-photos", exchange -> {});

        assertThat(answer.getException())
                .isInstanceOfSatisfying(SyncIncompleteException.class, incomplete -> assertThat(
                                incomplete.report().failures())
                        .singleElement()
                        .satisfies(failure -> assertThat(failure.path()).isEqualTo("a")));
        assertThat(bucketTree()).containsOnlyKeys("b");
    }

    @Test
    void stepThatFailsBeforeTheExecutionFailsItsPath() throws Exception {
        given("a", 100);
        given("b", 100);
        addRoute(Map.of());
        beforeExecution(exchange -> {
            PathPlan plan = exchange.getMessage().getBody(PathPlan.class);
            exchange.getMessage().setBody("something else");
            if (plan.path().equals("a")) {
                throw new IllegalStateException("no quota left");
            }
            exchange.getMessage().setBody(plan);
        });

        SyncReport report = runIncompletely();

        assertThat(bucketTree()).containsOnlyKeys("b");
        assertThat(report.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.path()).isEqualTo("a");
            assertThat(failure.reason())
                    .contains("before the plan was carried out")
                    .contains("no quota left");
        });
        assertThat(report.failureCount()).isEqualTo(1);
        assertThat(report.skipCount()).isZero();
    }

    @Test
    void failureThatTheRouteHandlesStillFailsItsPath() throws Exception {
        given("a", 100);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(IllegalStateException.class).handled(true);
                PathPlanFailures failures = new PathPlanFailures();
                from("direct:own")
                        .to("b2-sync:own?mode=plan&source=" + source + "&destination=" + bucketUri())
                        .split(body())
                        .streaming()
                        .onPrepare(failures)
                        .aggregationStrategy(failures)
                        .throwException(new IllegalStateException("closed"))
                        .to("b2-sync:own?mode=execute&source=" + source + "&destination=" + bucketUri())
                        .end()
                        .process(new SyncReportProcessor());
            }
        });

        Exchange answer = template.request("direct:own", exchange -> {});

        assertThat(answer.getException()).isInstanceOf(SyncIncompleteException.class);
    }

    @Test
    void stepThatFailsBehindTheExecutionIsInTheReport() throws Exception {
        given("a", 100);
        addRoute(Map.of());
        AdviceWith.adviceWith(context, "photos", advice -> advice.weaveById("execute-photos")
                .after()
                .throwException(new IllegalStateException("no log")));

        SyncReport report = runIncompletely();

        assertThat(bucketTree()).containsOnlyKeys("a");
        assertThat(report.failures()).singleElement().satisfies(failure -> assertThat(failure.reason())
                .contains("was carried out, but")
                .contains("no log"));
    }

    private void beforeExecution(org.apache.camel.Processor step) throws Exception {
        AdviceWith.adviceWith(context, "photos", advice -> advice.weaveById("execute-photos")
                .before()
                .process(step));
    }

    private SyncReport runIncompletely() {
        Exception failure =
                template.request("direct:b2-sync-photos", exchange -> {}).getException();
        assertThat(failure).isInstanceOf(SyncIncompleteException.class);
        return ((SyncIncompleteException) failure).report();
    }

    @Test
    void planThatIsRedeliveredIsNoFailure() throws Exception {
        given("a", 100);
        B2.emulator().faults().add("b2_upload_file #1: status 400 bad_request");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(1));
                from("direct:own")
                        .to("b2-sync:own?mode=plan&source=" + source + "&destination=" + bucketUri())
                        .split(body())
                        .streaming()
                        .to("b2-sync:own?mode=execute&source=" + source + "&destination=" + bucketUri())
                        .end()
                        .process(new SyncReportProcessor());
            }
        });

        SyncReport report = template.requestBody("direct:own", null, SyncReport.class);

        assertThat(report.isComplete()).isTrue();
        assertThat(B2.emulator().state().versions(bucket, "a")).hasSize(1);
    }

    @Test
    void noMoreThanWorkersAndOnePlansAreUnderWay() throws Exception {
        for (int i = 0; i < 200; i++) {
            given("f" + i, 100);
        }
        addRoute(Map.of("workers", "4"));
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger pulledAhead = new AtomicInteger();
        AdviceWith.adviceWith(context, "photos", advice -> {
            advice.weaveById("execute-photos")
                    .before()
                    .process(exchange -> most.accumulateAndGet(now.incrementAndGet(), Math::max));
            advice.weaveById("execute-photos").after().process(exchange -> {
                now.decrementAndGet();
                SyncSession session = exchange.getProperty(B2SyncConstants.SESSION, SyncSession.class);
                pulledAhead.accumulateAndGet((int) peakUnderWay(session), Math::max);
            });
        });

        run();

        assertThat(bucketTree()).hasSize(200);
        assertThat(most.get()).isBetween(2, 4);
        assertThat(pulledAhead.get()).isBetween(2, 5);
    }

    @Test
    void planIsAnIteratorAndItsJsonIsExecutedElsewhereOnce() throws Exception {
        given("a", 100);
        givenInBucket("gone", "gone", 10);
        String options = "&source=" + source + "&destination=" + bucketUri() + "&keepMode=delete"
                + "&deleteAfterFailures=true&planTimeout=10&planKey=" + KEY;
        SyncSession plan = template.requestBody("b2-sync:here?mode=plan" + options, null, SyncSession.class);
        List<String> messages = new java.util.ArrayList<>();
        plan.forEachRemaining(next -> messages.add(PathPlanJson.write(next)));
        plan.close();

        for (int time = 0; time < 2; time++) {
            for (String message : messages) {
                template.requestBody("b2-sync:elsewhere?mode=execute" + options, message);
            }
        }

        assertThat(messages).hasSize(2).allMatch(message -> message.contains(plan.runId()));
        assertThat(bucketTree()).containsOnlyKeys("a");
        assertThat(B2.emulator().state().versions(bucket, "a")).hasSize(1);
    }

    @Test
    void hostilePlanLeadsNowhere() {
        String escape =
                "{\"version\":2,\"stage\":\"TRANSFER\",\"after\":0,\"seenMillis\":0,\"runId\":\"r\",\"planId\":7,\"path\":\"../../etc/passwd\",\"expected\":{},"
                        + "\"actions\":[{\"action\":\"upload\",\"size\":3,\"modifiedMillis\":5}],\"problems\":[]}";

        Exchange answer = template.request(
                "b2-sync:elsewhere?mode=execute&planKey=" + KEY + "&source=" + source + "&destination=" + bucketUri(),
                exchange -> exchange.getMessage().setBody(signed(escape)));

        assertThat(answer.getException()).hasMessageContaining("is not a name below " + source);
        assertThat(bucketTree()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "workers  | many | Option workers=many cannot be: write a whole number, without a unit",
                "workers  | 0    | Option workers=0 cannot be: write a number from 1 to 1000",
                "keepMode | gone | Option keepMode=gone cannot be: write one of delete, keepBeforeDelete, noDelete",
            })
    void wrongParameterIsRefusedByName(String name, String value, String message) {
        assertThatThrownBy(() -> addRoute(Map.of(name, value))).hasStackTraceContaining(message);
    }

    @Test
    void fileIdInAPlanLeadsToNoOtherPlace() {
        String other = bucket + "-other";
        B2.emulator().state().createBucket(other);
        String secret = B2.emulator()
                .state()
                .put(other, "private/secret.txt", "secret".getBytes(StandardCharsets.UTF_8), Map.of())
                .fileId();
        String twin = B2.emulator()
                .state()
                .put(other, "t5/x.txt", "twin".getBytes(StandardCharsets.UTF_8), Map.of())
                .fileId();
        String mine = B2.emulator()
                .state()
                .put(bucket, "t5/x.txt", "mine".getBytes(StandardCharsets.UTF_8), Map.of())
                .fileId();

        String down = "source=" + bucketUri() + "/t5&destination=" + destination;
        for (String id : List.of(secret, twin)) {
            String move = "\",\"fileId\":\"" + id + "\",\"size\":6,\"modifiedMillis\":5}";
            assertRefused(down, "{}", "{\"action\":\"download" + move);
            assertRefused(
                    "source=" + bucketUri() + "/t5&destination=" + bucketUri() + "/public",
                    "{}",
                    "{\"action\":\"copy\",\"metadata\":\"KEPT" + move);
            assertRefused(
                    "source=" + source + "&destination=" + bucketUri() + "/t5",
                    "{\"fileId\":\"" + mine + "\"}",
                    "{\"action\":\"delete\",\"fileId\":\"" + id + "\",\"note\":\"NEWEST\"}");
        }

        assertThat(bucketTree()).containsOnlyKeys("t5/x.txt");
        assertThat(tree(destination)).isEmpty();
        assertThat(B2.emulator().state().versions(other)).hasSize(2);
    }

    @Test
    void runUnderWayTrustsNoMessageThatNamesIt() throws Exception {
        String other = bucket + "-other";
        B2.emulator().state().createBucket(other);
        String secret = B2.emulator()
                .state()
                .put(other, "private/secret.txt", "secret".getBytes(StandardCharsets.UTF_8), Map.of())
                .fileId();
        givenInBucket("a", "a", 10);
        givenInBucket("b", "b", 10);
        String sides = "source=" + bucketUri() + "&destination=" + destination + "&planKey=" + KEY;
        String execute = "b2-sync:here?mode=execute&" + sides;
        try (SyncSession plan = template.requestBody("b2-sync:here?mode=plan&" + sides, null, SyncSession.class)) {
            String own = PathPlanJson.write(plan.next());
            String id = own.replaceAll(".*\"fileId\":\"([^\"]+)\".*", "$1");

            Exchange elsewhere = template.request(
                    execute, exchange -> exchange.getMessage().setBody(signed(own.replace(id, secret))));
            Exchange unknown = template.request(execute, exchange -> exchange.getMessage()
                    .setBody(signed(own.replaceAll("\"planId\":\\d+", "\"planId\":2000000000"))));
            Exchange forged = template.request(
                    execute, exchange -> exchange.getMessage().setBody(own.replaceAll("\"size\":\\d+", "\"size\":0")));
            assertThat(forged.getException()).hasMessageContaining("planKey");
            Map<String, ?> before = tree(destination);
            template.requestBody(execute, own);

            assertThat(elsewhere.getException()).hasMessageContaining("the plan was made for another place");
            assertThat(unknown.getException()).hasMessageContaining("number 2000000000 of run " + plan.runId());
            assertThat(before).isEmpty();
            assertThat(destination.resolve("a")).hasContent("a");
        }
        assertThat(tree(destination)).containsOnlyKeys("a");
    }

    @Test
    void planIsCarriedOutOnlyForThePlacesAndFiltersThatItWasMadeFor() throws Exception {
        givenInBucket("b", "b", 10);
        given(destination, "gone", "x", 100);
        Path other = Files.createDirectory(temp.resolve("other"));
        given(other, "gone", "x", 100);
        String sides = "&keepMode=delete&planKey=" + KEY + "&source=" + bucketUri() + "&destination=";
        List<String> plans = new java.util.ArrayList<>();
        try (SyncSession plan = template.requestBody(
                "b2-sync:one?mode=plan&planTimeout=10&deleteAfterFailures=true" + sides + destination,
                null,
                SyncSession.class)) {
            plan.forEachRemaining(next -> plans.add(PathPlanJson.write(next)));
        }
        assertThat(plans).hasSize(2);

        for (String elsewhere : List.of(sides + other, sides + destination + "&excludeRegex=RAW(gone)")) {
            for (String plan : plans) {
                assertThat(template.request("b2-sync:two?mode=execute" + elsewhere, exchange -> exchange.getMessage()
                                        .setBody(plan))
                                .getException())
                        .hasMessageContaining("made for another source, another destination or other filters");
            }
        }
        String stripped = plans.get(1).replaceAll("\"signature\":\"[0-9a-f]+:", "\"signature\":\"");
        assertThat(template.request("b2-sync:two?mode=execute" + sides + other, exchange -> exchange.getMessage()
                                .setBody(stripped))
                        .getException())
                .hasMessageContaining("not signed");
        assertThat(tree(other)).containsOnlyKeys("gone");
        assertThat(tree(destination)).containsOnlyKeys("gone");

        // The same places, written in another way, by a sync of another name.
        plans.forEach(plan -> template.requestBody("b2-sync:two?mode=execute" + sides + destination + "/", plan));
        assertThat(tree(destination)).containsOnlyKeys("b");
    }

    /** On the way up, down and across; hidden is as good as gone. */
    @ParameterizedTest
    @ValueSource(strings = {"up", "missing", "down", "across"})
    void lateRemovalIsRefusedWhereTheSourceIsEmptyByNow(String how) throws Exception {
        boolean isUp = how.equals("up") || how.equals("missing");
        String from = isUp ? source.toString() : bucketUri() + "/from";
        String to = how.equals("down") ? destination.toString() : bucketUri() + "/to";
        given("a", 100);
        givenInBucket("from/a", "a", 100);
        given(destination, "gone", "x", 100);
        givenInBucket("to/gone", "x", 100);
        String sides = "&keepMode=delete&planKey=" + KEY + "&source=" + from + "&destination=" + to;
        List<String> removals = new java.util.ArrayList<>();
        try (SyncSession plan = template.requestBody(
                "b2-sync:one?mode=plan&planTimeout=10&deleteAfterFailures=true" + sides, null, SyncSession.class)) {
            plan.forEachRemaining(next -> removals.add(PathPlanJson.write(next)));
        }
        removals.removeIf(json -> !json.contains("\"gone\""));
        assertThat(removals).hasSize(1);
        Files.delete(source.resolve("a"));
        if (how.equals("missing")) {
            Files.delete(source);
        }
        B2.emulator().state().hide(bucket, "from/a");

        Exchange late = template.request("b2-sync:two?mode=execute" + sides, exchange -> exchange.getMessage()
                .setBody(removals.get(0)));

        assertThat(late.getException()).isInstanceOf(SyncActionException.class);
        assertThat(bucketTree()).containsKey("to/gone");
        assertThat(tree(destination)).containsKey("gone");

        if (!how.equals("missing")) {
            assertThat(late.getException()).hasMessageContaining("allowEmptySource=true");
            template.requestBody("b2-sync:three?mode=execute&allowEmptySource=true" + sides, removals.get(0));
            assertThat(
                            how.equals("down")
                                    ? tree(destination).containsKey("gone")
                                    : bucketTree().containsKey("to/gone"))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void dryExecutionChangesNothingWhateverThePlanWasMadeFor(boolean byHeader) throws Exception {
        given("a", 100);
        givenInBucket("gone", "gone", 10);
        String sides = "&keepMode=delete&source=" + source + "&destination=" + bucketUri();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                PathPlanFailures failures = new PathPlanFailures();
                from("direct:own")
                        .to("b2-sync:own?mode=plan" + sides)
                        .split(body())
                        .streaming()
                        .onPrepare(failures)
                        .aggregationStrategy(failures)
                        .process(part -> {
                            if (byHeader) {
                                part.getMessage().setHeader(B2SyncConstants.DRY_RUN, "true");
                            }
                        })
                        .to("b2-sync:own?mode=execute&dryRun=" + !byHeader + sides)
                        .end()
                        .process(new SyncReportProcessor());
            }
        });

        Exchange answer = template.request("direct:own", exchange -> {});

        assertThat(bucketTree()).containsOnlyKeys("gone");
        assertThat(answer.getException()).hasMessageContaining("1 removals withheld");
    }

    @Test
    void planObjectNeedsTheSignatureThatItsJsonNeeds() throws Exception {
        givenInBucket("a", "a", 10);
        given(destination, "precious", "mine", 10);
        String sides = "source=" + bucketUri() + "&destination=" + destination + "&keepMode=delete";
        String execute = "b2-sync:here?mode=execute&" + sides;
        PathPlan theft = deleteOfPrecious("x");
        try (SyncSession plan =
                template.requestBody("b2-sync:here?mode=plan&planKey=" + KEY + "&" + sides, null, SyncSession.class)) {
            PathPlan own = plan.next();
            List<PathPlan> forged = List.of(
                    theft,
                    PathPlanJson.read(PathPlanJson.write(theft)),
                    deleteOfPrecious(plan.runId()),
                    deleteOfPrecious(plan.runId()).withSignature(own.signature()),
                    own.withActions(List.of(new SyncAction.DeleteLocal("a", 1, 1))));

            for (PathPlan one : forged) {
                Exchange answer = template.request(
                        execute, exchange -> exchange.getMessage().setBody(one));
                assertThat(answer.getException()).as("%s", one).hasMessageContaining("is not signed");
            }
            template.requestBody(execute, own);
        }
        assertThat(tree(destination)).containsOnlyKeys("a", "precious");
    }

    private PathPlan deleteOfPrecious(String runId) {
        long modified = NOW - 10_000;
        return new PathPlan(
                runId,
                1,
                "precious",
                new Expected.LocalCopy(4, modified),
                List.of(new SyncAction.DeleteLocal("precious", 4, modified)),
                List.of());
    }

    @Test
    void planObjectOutlivesItsRun() throws Exception {
        given("a", 10);
        String sides = "source=" + source + "&destination=" + bucketUri();
        PathPlan late;
        try (SyncSession plan = template.requestBody("b2-sync:here?mode=plan&" + sides, null, SyncSession.class)) {
            late = plan.next();
        }

        template.requestBody("b2-sync:there?mode=execute&" + sides, late);

        assertThat(bucketTree()).containsOnlyKeys("a");
    }

    private static String signed(String plan) {
        return PathPlanJson.write(PlanSigner.of(KEY).sign(PathPlanJson.read(plan)));
    }

    @Test
    void planOfAnotherContextIsRefusedAndItsHeadersRedirectNothing() throws Exception {
        given("a", 100);
        String options = "&source=" + source + "&destination=" + bucketUri() + "&keepMode=delete";
        String foreign = PathPlanJson.write(new PlanSigner(new byte[32])
                .sign(new PathPlan(
                        "run",
                        1,
                        "a",
                        new Expected.Nothing(),
                        List.of(new SyncAction.Upload(
                                "a", 1, FileTimes.millis(Files.getLastModifiedTime(source.resolve("a"))))),
                        List.of())));

        Exchange refused = template.request("b2-sync:here?mode=execute" + options, exchange -> exchange.getMessage()
                .setBody(foreign));
        assertThat(refused.getException()).hasMessageContaining("set the option planKey");

        template.request("b2-sync:there?mode=execute&planKey=" + KEY + options, exchange -> {
            exchange.getMessage().setBody(signed(foreign));
            exchange.getMessage().setHeader(B2SyncConstants.DESTINATION, "b2://elsewhere");
        });
        assertThat(bucketTree()).containsOnlyKeys("a");
    }

    @Test
    void planFromElsewhereRemovesOnlyWhatTheOptionsAllow() throws Exception {
        given("other", 100);
        givenInBucket("a", "a", 100);
        String id = B2.emulator().state().versions(bucket, "a").get(0).fileId();
        String plan = "{\"version\":2,\"stage\":\"VANISHED\",\"after\":0,\"seenMillis\":0,\"runId\":\"r\",\"planId\":7,"
                + "\"path\":\"a\",\"expected\":{\"fileId\":\"" + id
                + "\"},\"actions\":[{\"action\":\"delete\",\"fileId\":\""
                + id + "\",\"note\":\"NEWEST\"}],\"problems\":[]}";
        String sides =
                "b2-sync:there?mode=execute&planKey=" + KEY + "&source=" + source + "&destination=" + bucketUri();

        for (String options : List.of("", "&keepMode=keepBeforeDelete&keepDays=2", "&keepMode=delete&maxDelete=0")) {
            Exchange answer = template.request(
                    sides + options, exchange -> exchange.getMessage().setBody(signed(plan)));
            assertThat(answer.getException()).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(bucketTree()).containsOnlyKeys("a");
        template.requestBody(sides + "&keepMode=delete", (Object) signed(plan));
        assertThat(bucketTree()).isEmpty();
    }

    private void assertRefused(String sides, String expected, String action) {
        String plan =
                "{\"version\":2,\"stage\":\"TRANSFER\",\"after\":0,\"seenMillis\":0,\"runId\":\"r\",\"planId\":7,\"path\":\"x.txt\",\"expected\":"
                        + expected + ",\"actions\":[" + action + "],\"problems\":[]}";
        Exchange answer = template.request(
                "b2-sync:elsewhere?mode=execute&keepMode=delete&planKey=" + KEY + "&" + sides,
                exchange -> exchange.getMessage().setBody(signed(plan)));
        assertThat(answer.getException()).hasMessageContaining("the plan was made for another place");
    }

    @Test
    void bodyThatIsNoPlanIsNamed() {
        Exchange answer = template.request(
                "b2-sync:elsewhere?mode=execute&source=" + source + "&destination=" + bucketUri(), exchange -> {});

        assertThat(answer.getException()).hasMessageContaining("mode=execute needs a path plan in the body");
    }

    private static long peakUnderWay(SyncSession session) {
        return session.progress().planned() - session.progress().done();
    }

    private void addRoute(Map<String, String> parameters) {
        TemplatedRouteBuilder route = TemplatedRouteBuilder.builder(context, "b2-sync")
                .routeId("photos")
                .parameter("name", "photos")
                .parameter("source", source.toString())
                .parameter("destination", bucketUri());
        parameters.forEach(route::parameter);
        route.add();
        await().until(() ->
                context.getRouteController().getRouteStatus("photos").isStarted());
    }

    private SyncReport run() {
        return template.requestBody("direct:b2-sync-photos", null, SyncReport.class);
    }
}
