// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.wire.PathPlanJson;

import static org.assertj.core.api.Assertions.assertThat;

/** What is synced from a bucket as of a time is what was there then. */
class SyncAsOfTest extends SyncTestSupport {
    private static final long HOUR = 3_600_000;
    private static final long START = NOW - 1_000 * HOUR;
    private static final boolean SOAK = Boolean.getBoolean("soak");

    /** A change of the bucket, that many hours after the start. */
    private void put(String name, String content, long hour) {
        CLOCK.at(START + hour * HOUR, () -> B2.emulator().state().put(bucket, name, content.getBytes()));
    }

    private void hide(String name, long hour) {
        CLOCK.at(START + hour * HOUR, () -> B2.emulator().state().hide(bucket, name));
    }

    private static String at(long hour) {
        return Instant.ofEpochMilli(START + hour * HOUR).toString();
    }

    @Test
    void whatCameLaterIsNotRestoredAndWhatWentIsBack() throws Exception {
        put("p/encrypted", "good", 1);
        put("p/deleted", "was here", 2);
        put("p/hidden then", "old", 2);
        hide("p/hidden then", 3);
        put("p/encrypted", "ransom", 10);
        hide("p/deleted", 10);
        put("p/hidden then", "back", 10);
        put("p/READ ME", "pay", 10);

        sync(bucketUri() + "/p", destination, "asOf=" + at(9));

        assertThat(tree(destination)).isEqualTo(Map.of("encrypted", "good", "deleted", "was here"));
    }

    /** What is there now and was not then is nothing that came back to the source while it is removed. */
    @Test
    void mirrorOfATimeLacksWhatCameLater() throws Exception {
        put("p/kept", "good", 1);
        put("p/later", "later", 10);
        sync(bucketUri() + "/p", destination);

        SyncReport report = sync(bucketUri() + "/p", destination, "asOf=" + at(9), "keepMode=delete");

        assertThat(tree(destination)).isEqualTo(Map.of("kept", "good"));
        assertThat(report.skips()).isEmpty();
    }

    @Test
    void bucketIsRestoredIntoAnotherOneInsideB2() throws Exception {
        put("a", "good", 1);
        put("a", "bad", 10);
        put("b", "later", 10);
        String other = "restored-" + bucket;
        B2.emulator().state().createBucket(other);

        sync(bucketUri(), "b2://" + other, "asOf=" + at(5));

        assertThat(B2.emulator().state().names(other)).containsExactly("a");
        assertThat(B2.emulator().state().bytes(other, "a")).asString().isEqualTo("good");
    }

    @Test
    void headerSaysTheTimeForOneRunAndIsTakenOff() throws Exception {
        put("a", "1", 1);
        put("a", "2", 10);
        Instant time = Instant.parse(at(5));
        for (Object value : List.of(time, time.toString(), Date.from(time), time.toEpochMilli(), " " + time + " ")) {
            Path to = Files.createTempDirectory(temp, "to");
            Exchange done = template.request(uri(bucketUri(), to, "asOf=" + at(0)), exchange -> exchange.getMessage()
                    .setHeader(B2SyncConstants.AS_OF, value));
            assertThat(done.getException()).isNull();
            assertThat(tree(to)).isEqualTo(Map.of("a", "1"));
            assertThat(done.getMessage().getHeader(B2SyncConstants.AS_OF)).isNull();
        }
    }

    @Test
    void timeBeforeNowCountsByTheClockOfTheService() throws Exception {
        put("a", "1", 1);
        CLOCK.at(NOW - 10 * HOUR, () -> B2.emulator().state().put(bucket, "a", "2".getBytes()));

        sync(bucketUri(), destination, "asOf=-1d");

        assertThat(tree(destination)).isEqualTo(Map.of("a", "1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "asOf=yesterday                 | Option asOf=yesterday cannot be: write a time as 2026-01-31T08:00:00Z",
                "asOf=-3                        | Option asOf=-3 cannot be: write a time as 2026-01-31T08:00:00Z",
                "asOf=-3d&mode=execute          | Option asOf=-3d cannot be: with mode=execute it would be another time for who plans and who carries out",
                "asOf=2999-01-01T00:00:00Z      | asOf=2999-01-01T00:00:00Z cannot be: it lies in the future"
            })
    void timeThatCannotBeIsRefused(String option, String message) {
        Exchange exchange = new org.apache.camel.support.DefaultExchange(context);
        try {
            exchange = trySync(bucketUri(), destination, option);
        } catch (Exception e) {
            exchange.setException(e);
        }
        assertThat(exchange.getException()).hasStackTraceContaining(message);
        assertThat(destination).doesNotExist();
    }

    @Test
    void directoryWasNotAsItWasThen() throws Exception {
        given("a", 1);
        Exchange byHeader = template.request(
                uri(source, bucketUri()), exchange -> exchange.getMessage().setHeader(B2SyncConstants.AS_OF, "-1d"));

        assertThat(byHeader.getException()).hasMessageContaining("a directory keeps no older versions");
        assertThat(B2.emulator().state().versions(bucket)).isEmpty();
    }

    @Test
    void reportTellsWhatALifecycleRuleMayHaveDeleted() throws Exception {
        put("logs/a", "later", 900);
        put("logs/b", "then", 1);
        put("other", "later", 900);
        template.requestBodyAndHeaders(
                "b2:" + bucket + "?operation=updateBucket",
                null,
                Map.of("CamelB2LifecycleRules", "[{\"fileNamePrefix\":\"logs/\",\"daysFromHidingToDeleting\":3}]"));

        SyncReport report = sync(bucketUri(), destination, "asOf=" + at(2));
        SyncReport young = sync(bucketUri(), temp.resolve("young"), "asOf=-2d");
        SyncReport elsewhere =
                sync(bucketUri() + "/none", temp.resolve("else"), "asOf=" + at(2), "allowEmptySource=true");

        assertThat(report.skips()).extracting(Problem::kind).containsExactly(Problem.Kind.SKIPPED);
        assertThat(report.skips().get(0).reason())
                .contains("some of what was current at " + at(2) + " may be missing: a lifecycle rule for \"logs/\"")
                .contains("deletes versions 3 days after they were replaced or hidden")
                .contains("1 names have later versions only, first: logs/a.");
        assertThat(young.skips()).isEmpty();
        assertThat(elsewhere.skips()).isEmpty();
    }

    /** Plans keep their time: where the run is not known, an endpoint with another one refuses them. */
    @Test
    void plansOfATimeAreCarriedOutOnlyForThatTime() throws Exception {
        put("a", "1", 1);
        put("a", "2", 10);
        String key = "planKey=RAW(0123456789abcdef)";
        List<String> plans = new ArrayList<>();
        template.request(uri(bucketUri(), destination, "mode=plan", key, "asOf=" + at(5)), exchange -> {})
                .getMessage()
                .getBody(io.github.camelb2.sync.run.SyncSession.class)
                .forEachRemaining(plan -> plans.add(PathPlanJson.write((PathPlan) plan)));
        String json = plans.stream()
                .filter(plan -> plan.contains("download"))
                .findFirst()
                .orElseThrow();

        Exchange other = template.request(
                uri(bucketUri(), destination, "mode=execute", key).replace("b2-sync:test", "b2-sync:elsewhere"),
                exchange -> exchange.getMessage().setBody(json));
        assertThat(other.getException()).hasMessageContaining("was made for another source");
        Exchange same = template.request(
                uri(bucketUri(), destination, "mode=execute", key, "asOf=" + at(5))
                        .replace("b2-sync:test", "b2-sync:elsewhere"),
                exchange -> exchange.getMessage().setBody(json));
        assertThat(same.getException()).isNull();
        assertThat(tree(destination)).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void restoreOfARandomHistoryIsAsAModelSaysAtAnyTime() throws Exception {
        Duration budget = SOAK ? Duration.ofMinutes(10) : Duration.ofSeconds(6);
        int most = SOAK ? 1_000 : 40;
        long end = System.nanoTime() + budget.toNanos();
        for (int seed = 0; seed < most && System.nanoTime() < end; seed++) {
            restore(new Random(seed), seed);
        }
    }

    private void restore(Random random, int seed) throws Exception {
        String own = "history-" + seed;
        B2.emulator().state().createBucket(own);
        bucket = own;
        List<Map<String, String>> states = new ArrayList<>();
        Map<String, String> state = new TreeMap<>();
        List<String> names = List.of("a.txt", "a b", "a/b", "b/c", "b/c-", "é", "😀", "z");
        int hours = 5 + random.nextInt(25);
        for (int hour = 0; hour < hours; hour++) {
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(3) == 0 && state.containsKey(name)) {
                hide(name, hour);
                state.remove(name);
            } else {
                put(name, "s" + seed + "h" + hour, hour);
                state.put(name, "s" + seed + "h" + hour);
            }
            states.add(new TreeMap<>(state));
        }
        Path to = temp.resolve("seed" + seed);
        for (int look = 0; look < 3; look++) {
            int hour = random.nextInt(hours);
            String time = Instant.ofEpochMilli(START + hour * HOUR + random.nextInt((int) HOUR))
                    .toString();
            sync(
                    "b2://" + own,
                    to,
                    "asOf=" + time,
                    "keepMode=delete",
                    "maxDelete=unlimited",
                    "newerFileMode=replace",
                    "compareMode=sha1",
                    "allowEmptySource=true");
            assertThat(tree(to)).as("seed %d as of hour %d", seed, hour).isEqualTo(states.get(hour));
        }
    }
}
