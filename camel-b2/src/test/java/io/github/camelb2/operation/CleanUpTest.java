// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.client.call.LargeFileCalls.CopyPart;
import io.github.camelb2.client.call.LargeFileCalls.StartLargeFile;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;
import io.github.camelb2.lending.B2ClientLease;
import io.github.camelb2.operation.request.CleanUpReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What nobody can have read by name for a while goes, and nothing else. */
class CleanUpTest extends B2TestSupport {
    private String bucket;

    @BeforeEach
    void makeBucket() {
        bucket = B2.createBucket();
    }

    @AfterEach
    void forgetFaults() {
        b2().faults().clear();
    }

    @Test
    void whatWasReplacedLongAgoGoesAndWhatTheNameShowsStays() throws Exception {
        put("a", "old");
        put("a", "shown for ten days");
        put("hidden", "old");
        hide("hidden");
        put("back", "old");
        hide("back");
        put("back", "shown");
        days(10);
        put("a", "shown");
        days(2);

        CleanUpReport report = cleanUp("olderThan", "5d");

        assertThat(stored()).containsExactly("a=shown", "a=shown for ten days", "back=shown", "hidden hide");
        assertThat(report.versions()).isEqualTo(3);
        assertThat(report.hideMarkers()).isEqualTo(1);
        assertThat(report.bytes()).isEqualTo("old".length() * 3L);
        assertThat(report.seen()).isEqualTo(8);
        assertThat(report.failed()).isZero();
        assertThat(report.removed()).hasSize(4);
        assertThat(cleanUp("olderThan", "5d").removed()).isEmpty();
    }

    @Test
    void dryRunSaysWhatWouldGoAndRemovesNothing() throws Exception {
        put("a", "old");
        put("a", "new");
        unfinished("big");
        days(10);
        List<String> before = stored();

        CleanUpReport dry = cleanUp("olderThan", "5d", "dryRun", "true");
        assertThat(stored()).isEqualTo(before);
        assertThat(b2().state().unfinishedLargeFiles(bucket)).hasSize(1);
        CleanUpReport wet = cleanUp("olderThan", "5d");

        assertThat(dry.dryRun()).isTrue();
        assertThat(dry.removed()).containsExactlyElementsOf(wet.removed());
        assertThat(dry.unfinished()).isEqualTo(wet.unfinished()).isEqualTo(1);
        assertThat(b2().state().unfinishedLargeFiles(bucket)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "-5d", "soon"})
    void anAgeIsRequired(String age) {
        put("a", "old");
        put("a", "new");
        days(10);

        assertThat(fail("b2:" + bucket + "?operation=cleanUp", null, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CamelB2OlderThan");
        assertThat(fail("b2:" + bucket + "?operation=cleanUp", null, Map.of(B2Constants.OLDER_THAN, age)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(stored()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cleanUp", "cancelUnfinishedLargeFiles"})
    void anAgeThatNoClockCanTellIsRefusedByItsName(String operation) {
        put("a", "old");
        put("a", "new");
        unfinished("big");
        days(10);
        String uri = "b2:" + bucket + "?operation=" + operation;

        for (Object age : List.of("P106751991168D", "PT2562047788015215H", Duration.ofSeconds(Long.MAX_VALUE))) {
            assertThat(fail(uri, null, Map.of(B2Constants.OLDER_THAN, age)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(operation + ": header CamelB2OlderThan = ");
        }
        // The longest that can be: nothing is so old.
        for (Object age : List.of(Long.MAX_VALUE, "999999999d", "999999999999999999")) {
            send(uri, null, Map.of(B2Constants.OLDER_THAN, age));
        }
        assertThat(stored()).containsExactly("a=new", "a=old", "big start");
    }

    @Test
    void prefixAndFiltersChooseAndOthersAreLeft() throws Exception {
        for (String name : List.of("in/a", "in/b.tmp", "out")) {
            put(name, "old");
            put(name, "new");
        }
        days(10);

        CleanUpReport report = send(
                        "b2:" + bucket + "?operation=cleanUp&prefix=in/&exclude=.*tmp",
                        null,
                        Map.of(B2Constants.OLDER_THAN, "5d"))
                .getMessage()
                .getBody(CleanUpReport.class);

        assertThat(report.removed()).singleElement().satisfies(it -> assertThat(it.fileName())
                .isEqualTo("in/a"));
        assertThat(stored()).hasSize(5);
    }

    /** Its content would show again if what is above it went some day. */
    @Test
    void aMarkerStaysAsLongAsSomethingBelowItStays() throws Exception {
        put("a", "locked");
        hide("a");
        put("a", "shown");
        days(10);
        b2().faults().add("b2_delete_file_version #1: status 401 access_denied");

        CleanUpReport report = cleanUp("olderThan", "5d");

        assertThat(stored()).containsExactly("a=shown", "a hide", "a=locked");
        assertThat(report.failed()).isEqualTo(1);
        assertThat(report.spared()).isEqualTo(1);
        assertThat(report.failures())
                .singleElement()
                .satisfies(it -> assertThat(it).contains("\"a\"").contains("access_denied"));
    }

    @Test
    void whatTheNameShowsAfterSomebodyHasDeletedTheNewestStays() throws Exception {
        put("a", "1");
        put("a", "2");
        put("a", "3");
        StoredVersion newest = put("a", "4");
        days(10);
        // The listing is read; the first deletion waits while somebody deletes the newest version.
        b2().faults().add("b2_get_file_info #2: delay 1s");
        CompletableFuture<CleanUpReport> running = CompletableFuture.supplyAsync(
                () -> cleanUpUnchecked("b2:" + bucket + "?operation=cleanUp&maxConcurrency=1"));
        await().until(() -> b2().count("b2_delete_file_version") == 1);
        send(
                "b2:" + bucket + "?operation=deleteFileVersion",
                null,
                Map.of(B2Constants.OVERRIDE_FILE_NAME, "a", B2Constants.OVERRIDE_FILE_ID, newest.fileId()));

        CleanUpReport report = running.get(60, TimeUnit.SECONDS);

        assertThat(stored()).isNotEmpty().first().isEqualTo("a=2");
        assertThat(report.spared()).isPositive();
    }

    @Test
    void whatSomebodyUnhidesMeanwhileStays() throws Exception {
        put("a", "1");
        put("a", "2");
        put("a", "3");
        hide("a");
        days(10);
        b2().faults().add("b2_get_file_info #2: delay 1s");
        CompletableFuture<CleanUpReport> running = CompletableFuture.supplyAsync(
                () -> cleanUpUnchecked("b2:" + bucket + "?operation=cleanUp&maxConcurrency=1"));
        await().until(() -> b2().count("b2_delete_file_version") == 1);
        send("b2:" + bucket + "?operation=unhideFile&fileName=a", null, Map.of());

        CleanUpReport report = running.get(60, TimeUnit.SECONDS);

        assertThat(report.spared()).isPositive();
        assertThat(b2().state().names(bucket)).containsExactly("a");
    }

    /** Nobody of this machine begins to go on with it between the last look and the end of it. */
    @Test
    void aLargeFileIsClaimedWhileItIsLookedAtForTheLastTime() throws Exception {
        String id = unfinished("abandoned");
        String bucketId = b2().state().bucketId(bucket).orElseThrow();
        try (B2ClientLease lease = component().borrowClient(component().getConfiguration())) {
            AtomicBoolean isClaimed = new AtomicBoolean();
            boolean isCancelled = lease.client()
                    .cancelUnclaimed(
                            bucketId,
                            "abandoned",
                            id,
                            () -> {
                                isClaimed.set(lease.client().isClaimed(bucketId, "abandoned", id));
                                return false;
                            },
                            CallSettings.DEFAULT);

            assertThat(isClaimed).isTrue();
            assertThat(isCancelled).isFalse();
            assertThat(lease.client().isClaimed(bucketId, "abandoned", id)).isFalse();
            assertThat(lease.client().cancelUnclaimed(bucketId, "abandoned", id, () -> true, CallSettings.DEFAULT))
                    .isTrue();
        }
        assertThat(b2().state().unfinishedLargeFiles(bucket)).isEmpty();
    }

    @Test
    void unfinishedLargeFilesWithARecentPartStay() throws Exception {
        unfinished("abandoned");
        String slow = unfinished("slow");
        days(10);
        part(slow);
        unfinished("new");

        CleanUpReport report = cleanUp("olderThan", "5d");

        assertThat(report.unfinished()).isEqualTo(1);
        assertThat(report.spared()).isEqualTo(1);
        assertThat(b2().state().unfinishedLargeFiles(bucket)).containsExactlyInAnyOrder("new", "slow");
    }

    @Test
    void anHourIsNotEnoughForALargeFileToBeAbandoned() throws Exception {
        unfinished("big");
        b2().advance(Duration.ofHours(3));

        assertThat(cleanUp("olderThan", "1h").spared()).isEqualTo(1);
        assertThat(b2().state().unfinishedLargeFiles(bucket)).hasSize(1);
    }

    /** By a model: current at some time within the age, or newest, or a marker with something below it. */
    @Test
    void whateverHasHappenedNothingGoesThatANameShowedWithinTheAge() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<StoredVersion> kept = new ArrayList<>();
        for (int step = 0; step < 60; step++) {
            String name = "n" + random.nextInt(6);
            if (random.nextInt(4) == 0
                    && !b2().state().versions(bucket, name).isEmpty()
                    && b2().state().versions(bucket, name).get(0).action().equals("upload")) {
                hide(name);
            } else {
                put(name, String.valueOf(step));
            }
            b2().advance(Duration.ofHours(random.nextInt(12)));
        }
        StoredVersion last = put("z", "x");
        kept.add(last);
        long limit = last.uploadTimestamp() - Duration.ofDays(7).toMillis();
        for (int i = 0; i < 6; i++) {
            long until = Long.MAX_VALUE;
            for (StoredVersion version : b2().state().versions(bucket, "n" + i)) {
                if (until > limit) {
                    kept.add(version);
                }
                until = version.uploadTimestamp();
            }
        }

        CleanUpReport report = cleanUp("olderThan", "7d");

        assertThat(b2().state().versions(bucket)).as("seed " + seed).containsExactlyInAnyOrderElementsOf(kept);
        assertThat(report.failed()).isZero();
    }

    private CleanUpReport cleanUpUnchecked(String uri) {
        try {
            return send(uri, null, Map.of(B2Constants.OLDER_THAN, "5d"))
                    .getMessage()
                    .getBody(CleanUpReport.class);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private CleanUpReport cleanUp(String... headers) throws Exception {
        Map<String, Object> all = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put("CamelB2" + Character.toUpperCase(headers[i].charAt(0)) + headers[i].substring(1), headers[i + 1]);
        }
        return send("b2:" + bucket + "?operation=cleanUp", null, all)
                .getMessage()
                .getBody(CleanUpReport.class);
    }

    private static void days(int count) {
        b2().advance(Duration.ofDays(count));
    }

    private StoredVersion put(String name, String content) {
        b2().advance(Duration.ofSeconds(1));
        return b2().state().put(bucket, name, content.getBytes(StandardCharsets.UTF_8));
    }

    private void hide(String name) {
        b2().advance(Duration.ofSeconds(1));
        b2().state().hide(bucket, name);
    }

    private String unfinished(String name) {
        try (B2ClientLease lease = component().borrowClient(component().getConfiguration())) {
            return lease.client()
                    .call(StartLargeFile.of(b2().state().bucketId(bucket).orElseThrow(), name, "text/plain"))
                    .fileId();
        }
    }

    private void part(String fileId) {
        StoredVersion content = put("content", "x".repeat(5_000));
        try (B2ClientLease lease = component().borrowClient(component().getConfiguration())) {
            lease.client().call(CopyPart.of(content.fileId(), fileId, 1));
        }
    }

    private List<String> stored() {
        return b2().state().versions(bucket).stream()
                .map(it -> it.action().equals("upload")
                        ? it.name() + "=" + new String(b2().state().bytes(it.fileId()), StandardCharsets.UTF_8)
                        : it.name() + " " + it.action())
                .toList();
    }
}
