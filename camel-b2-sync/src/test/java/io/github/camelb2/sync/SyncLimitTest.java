// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.wire.PathPlanJson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A run that a limit ends is incomplete, says so, and removes nothing; the next one goes on. */
class SyncLimitTest extends SyncTestSupport {
    private static final String DELETE = "keepMode=delete";

    @AfterEach
    void noFaults() {
        B2.emulator().faults().clear();
    }

    /** The first run of a JVM may take as long as a limit here. */
    private void warmUp() {
        syncIncompletely(bucketUri() + "/nothing", temp.resolve("nothing"));
        template.request(uri(source, bucketUri(), "dryRun=true"), exchange -> {});
    }

    private static Problem onlyFailure(SyncReport report) {
        assertThat(report.failures()).hasSize(1);
        assertThat(report.failures().get(0).kind()).isEqualTo(Problem.Kind.GAVE_UP);
        return report.failures().get(0);
    }

    @Test
    void transferUnderWayEndsWhenTheTimeIsOverAndNothingElseBegins() throws Exception {
        given("a", 10);
        given("b", 10);
        givenInBucket("gone", "x", 10);
        warmUp();
        B2.emulator().faults().add("b2_upload_file file a: delay 2500ms");

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), DELETE, "maxDuration=1500");

        assertThat(onlyFailure(report).reason()).contains("maxDuration=PT1.5S is over");
        assertThat(bucketTree()).containsOnlyKeys("a", "gone");
        assertThat(sync(source.toString(), bucketUri(), DELETE, "maxDuration=1h")
                        .isComplete())
                .isTrue();
        assertThat(bucketTree()).containsOnlyKeys("a", "b");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void transferUnderWayIsBrokenOffWhereTheUserSaysSo(boolean isUp) throws Exception {
        given("a", 10);
        given("b", 10);
        givenInBucket("gone", "x", 10);
        givenInBucket("down/a", "x", 10);
        given(destination, "gone", "x", 10);
        warmUp();
        B2.emulator().faults().add("b2_upload_file file a: hang");
        B2.emulator().faults().add("b2_download_file_by_id #1: hang");
        long begun = System.nanoTime();

        SyncReport report = isUp
                ? syncIncompletely(source.toString(), bucketUri(), DELETE, "maxDuration=1s", "cutoff=hard")
                : syncIncompletely(bucketUri() + "/down", destination, DELETE, "maxDuration=1s", "cutoff=hard");

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
        assertThat(onlyFailure(report).reason()).contains("maxDuration=PT1S is over");
        assertThat(report.skips())
                .anySatisfy(skip -> assertThat(skip.reason()).contains("1 path plans were not carried out"));
        assertThat(bucketTree()).containsOnlyKeys("gone", "down/a");
        assertThat(tree(destination)).containsOnlyKeys("gone");
        B2.emulator().faults().clear();
        assertThat(sync(source.toString(), bucketUri() + "/up", "cutoff=hard").isComplete())
                .isTrue();
        assertThat(sync(bucketUri() + "/down", destination, DELETE, "cutoff=hard")
                        .isComplete())
                .isTrue();
        assertThat(tree(destination)).containsOnlyKeys("a");
    }

    @Test
    void planFileThatIsCarriedOutIsBrokenOffTooAndRemovesNothing() throws Exception {
        given("a", 10);
        given("b", 10);
        givenInBucket("gone", "x", 500);
        String[] plan = {
            DELETE, "planKey=RAW(a key for plans of tests)", "planFile=" + temp.resolve("plan"), "mode=plan"
        };
        assertThat(sync(source.toString(), bucketUri(), plan).isComplete()).isTrue();
        plan[3] = "mode=apply&dryRun=true&" + window(60, 120);
        assertThat(sync(source.toString(), bucketUri(), plan).isComplete()).isTrue();
        plan[3] = "mode=apply&" + window(60, 120);
        assertThat(onlyFailure(syncIncompletely(source.toString(), bucketUri(), plan))
                        .reason())
                .contains("it is outside of window=");
        assertThat(bucketTree()).containsOnlyKeys("gone");
        plan[3] = "mode=apply&maxDuration=1s&cutoff=hard";
        B2.emulator().faults().add("b2_upload_file file a: hang");
        long begun = System.nanoTime();

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), plan);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
        assertThat(report.failures())
                .anySatisfy(failure -> assertThat(failure.reason()).contains("maxDuration=PT1S is over"));
        assertThat(bucketTree()).containsOnlyKeys("gone");
        B2.emulator().faults().clear();
        plan[3] = "mode=apply";
        assertThat(sync(source.toString(), bucketUri(), plan).isComplete()).isTrue();
        assertThat(bucketTree()).containsOnlyKeys("a", "b");
    }

    @Test
    void checkOutsideOfItsHoursClaimsNothing() throws Exception {
        given("a", 10);
        givenInBucket("a", "a", 10);

        assertThat(trySync(source.toString(), bucketUri(), "mode=check", window(60, 120))
                        .getException())
                .hasMessageContaining("not finished, 0 equal")
                .hasMessageContaining("it is outside of window=");
        assertThat(trySync(source.toString(), bucketUri(), "mode=check", window(-60, 60))
                        .getException())
                .isNull();
    }

    @Test
    void noTransferBeginsWhenSoManyBytesWereTransferred() throws Exception {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            given(source, name, "0123456789", 10);
        }
        givenInBucket("gone", "x", 10);

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), DELETE, "maxTransferBytes=25");

        assertThat(onlyFailure(report).reason())
                .contains("it has transferred 30 bytes, and maxTransferBytes=25 is reached");
        assertThat(bucketTree()).containsOnlyKeys("a", "b", "c", "gone");
        assertThat(sync(source.toString(), bucketUri(), DELETE, "maxTransferBytes=20")
                        .isComplete())
                .isTrue();
        assertThat(bucketTree()).containsOnlyKeys("a", "b", "c", "d", "e");
        assertThat(syncIncompletely(bucketUri(), destination, "maxTransferBytes=10")
                        .failures())
                .hasSize(1);
        assertThat(tree(destination)).containsOnlyKeys("a");
        assertThat(syncIncompletely(bucketUri(), bucketUri() + "-2/x", "maxTransferBytes=10", "destinationComponent=b2")
                        .failures())
                .isNotEmpty();
    }

    /** A file that is begun and broken off in each run would keep all behind it waiting for ever. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fileThatNoRunHasRoomForIsNotBegunAndKeepsNoOtherWaiting(boolean isUp) throws Exception {
        String from = isUp ? source.toString() : bucketUri() + "/in";
        String to = isUp ? bucketUri() + "/out" : destination.toString();
        String[] options = {DELETE, "maxTransferBytes=20", "cutoff=hard", "workers=1"};
        for (String name : List.of("b", "c", "d")) {
            given(source, name, "0123456789", 10);
        }
        given(source, "a", "x".repeat(21), 10);
        sync(source.toString(), bucketUri() + "/in");
        givenInBucket("out/gone", "x", 10);
        given(destination, "gone", "x", 10);

        SyncReport first = syncIncompletely(from, to, options);
        SyncReport second = syncIncompletely(from, to, options);

        assertThat(first.failures())
                .extracting(Problem::kind)
                .containsExactlyInAnyOrder(Problem.Kind.ACTION_FAILED, Problem.Kind.GAVE_UP);
        assertThat(second.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.path()).isEqualTo("a");
            assertThat(failure.reason())
                    .contains("it was not begun: it has 21 bytes")
                    .contains("maxTransferBytes=20; raise that, or write cutoff=soft");
        });
        assertThat(isUp ? bucketTree() : tree(destination))
                .containsKeys(
                        isUp
                                ? new String[] {"out/b", "out/c", "out/d", "out/gone"}
                                : new String[] {"b", "c", "d", "gone"})
                .doesNotContainKey(isUp ? "out/a" : "a");
        assertThat(sync(from, to, DELETE, "maxTransferBytes=21", "cutoff=hard").isComplete())
                .isTrue();
        assertThat(isUp ? bucketTree() : tree(destination)).doesNotContainKey(isUp ? "out/gone" : "gone");
    }

    /** Two that have room alone, and not together, would break each other off in each run. */
    @Test
    void transferThatWouldGoBeyondTheBytesWaitsForTheNextRunWhereTheUserSaysSo() throws Exception {
        given(source, "a", "x".repeat(15), 10);
        given(source, "b", "x".repeat(15), 10);
        B2.emulator().faults().add("b2_upload_file: delay 300ms");
        String[] options = {"maxTransferBytes=20", "cutoff=hard", "workers=2"};

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), options);

        assertThat(onlyFailure(report).reason()).contains("maxTransferBytes=20 has no room for the next file, of 15");
        assertThat(bucketTree()).hasSize(1);
        assertThat(sync(source.toString(), bucketUri(), options).isComplete()).isTrue();
        assertThat(bucketTree()).containsOnlyKeys("a", "b");
    }

    static String window(long minutesFrom, long minutesTo) {
        ZonedDateTime now = ZonedDateTime.now(ZoneId.of("Asia/Tokyo"));
        LocalTime from = now.plusMinutes(minutesFrom).toLocalTime().withNano(0).withSecond(0);
        LocalTime to = now.plusMinutes(minutesTo).toLocalTime().withNano(0).withSecond(0);
        return "window=RAW(Asia/Tokyo " + from + "-" + to + ")";
    }

    @Test
    void nothingIsDoneOutsideOfTheHoursOfRuns() throws Exception {
        given("a", 10);
        givenInBucket("gone", "x", 10);

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), DELETE, window(60, 120));

        assertThat(onlyFailure(report).reason())
                .contains("it is outside of window=")
                .contains("which opens at ");
        assertThat(bucketTree()).containsOnlyKeys("gone");
        assertThat(sync(source.toString(), bucketUri(), "dryRun=true", window(60, 120))
                        .isComplete())
                .isTrue();
        assertThat(sync(source.toString(), bucketUri(), DELETE, window(-60, 60)).isComplete())
                .isTrue();
        assertThat(bucketTree()).containsOnlyKeys("a");
    }

    @Test
    void consumerBeginsNoRunOutsideOfItsHours() throws Exception {
        given("a", 10);
        AtomicInteger polls = new AtomicInteger();
        List<Object> reports = Collections.synchronizedList(new ArrayList<>());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri(source, bucketUri(), window(60, 120), "delay=20", "initialDelay=0"))
                        .process(exchange -> reports.add(exchange.getMessage().getBody()));
                from(uri(source, bucketUri() + "/open", window(-60, 60), "delay=20", "initialDelay=0")
                                .replace("b2-sync:test", "b2-sync:open"))
                        .process(exchange -> polls.incrementAndGet());
            }
        });

        await().until(() -> polls.get() > 3);

        assertThat(reports).isEmpty();
        assertThat(bucketTree()).containsOnlyKeys("open/a");
    }

    @Test
    void planOfAnotherRunIsNotCarriedOutOutsideOfTheHours() throws Exception {
        given("a", 10);
        String key = "planKey=0123456789abcdef";
        String other =
                uri(source, bucketUri(), "mode=execute", key, window(60, 120)).replace("b2-sync:test", "b2-sync:other");
        List<Exception> refusals = new ArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:plan")
                        .to(uri(source, bucketUri(), "mode=plan", key))
                        .split(body())
                        .process(exchange -> exchange.getMessage()
                                .setBody(
                                        PathPlanJson.write(exchange.getMessage().getBody(PathPlan.class))))
                        .doTry()
                        .to(other)
                        .doCatch(Exception.class)
                        .process(exchange ->
                                refusals.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)));
            }
        });

        template.requestBody("direct:plan", "");

        assertThat(refusals).hasSize(1);
        assertThat(refusals.get(0)).hasStackTraceContaining("outside of window");
        assertThat(bucketTree()).isEmpty();
    }

    @Test
    void plansThatARouteCarriesOutEndWithTheRunToo() throws Exception {
        given(source, "a", "0123456789", 10);
        given(source, "b", "0123456789", 10);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:plan")
                        .to(uri(source, bucketUri(), "mode=plan", "maxTransferBytes=5"))
                        .split(body())
                        .streaming()
                        .doTry()
                        .to(uri(source, bucketUri(), "mode=execute"))
                        .doCatch(Exception.class)
                        .end()
                        .end()
                        .process(new SyncReportProcessor());
            }
        });

        assertThatThrownBy(() -> template.requestBody("direct:plan", ""))
                .hasStackTraceContaining("maxTransferBytes=5 is reached");

        assertThat(bucketTree()).containsOnlyKeys("a");
    }

    @ParameterizedTest
    @CsvSource({
        "name,    upload a;upload b;upload c;upload d",
        "size,    upload c;upload a;upload d;upload b",
        "modTime, upload d;upload b;upload a;upload c",
    })
    void orderSaysWhichTransfersComeFirst(String order, String expected) throws Exception {
        given(source, "a", "22", 20);
        given(source, "b", "4444", 30);
        given(source, "c", "1", 10);
        given(source, "d", "333", 40);
        givenInBucket("gone", "x", 10);

        sync(source.toString(), bucketUri(), DELETE, "order=" + order);

        assertThat(String.join(";", lines()).strip()).isEqualTo(expected + ";delete gone");
    }

    @Test
    void theRouteOfTheManualStarts() throws Exception {
        Properties known = new Properties();
        known.setProperty("directory", source.toString());
        known.setProperty("bucket", bucket);
        context.getPropertiesComponent().setInitialProperties(known);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("b2-sync:night?source={{directory}}&destination=b2://{{bucket}}/night&window=RAW(Europe/Berlin 22:00-06:00)"
                                + "&maxTransferBytes=50GB&order=modTime&incompleteRun=report&delay=10m")
                        .log("${body}");
            }
        });

        assertThat(context.getRoutes()).hasSize(2);
    }

    @Test
    void bandwidthHoldsForAllTransfersOfARunInBothDirections() throws Exception {
        for (String name : List.of("a", "b", "c", "d")) {
            Files.write(source.resolve(name), new byte[20_000]);
        }
        warmUp();
        long begin = System.nanoTime();

        sync(source.toString(), bucketUri(), "maxBytesPerSecond=100KB");
        sync(bucketUri(), temp.resolve("back").toString(), "maxBytesPerSecond=100KB");

        // 160,000 bytes, of which a tenth of a second's may go at once.
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(1_400));
        assertThat(temp.resolve("back/d")).hasSize(20_000);
    }
}
