// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;
import io.github.camelb2.emulator.http.RecordedRequest;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.Withheld;
import io.github.camelb2.sync.report.SyncIncompleteException;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.scan.disk.FileTimes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Nothing is removed before everything that the source has is stored. */
class SyncBarrierTest extends SyncTestSupport {
    private static final String DELETE = "keepMode=delete";

    @Test
    void movedFileWhoseUploadFailsKeepsItsOldNameUntilItIsStored() throws Exception {
        givenInBucket("a", "content", 100);
        given("other", 10);
        given(source, "z", "content", 100);
        B2.emulator().faults().add("b2_upload_file file z: status 403 access_denied");

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), DELETE);

        assertThat(bucketTree()).containsOnlyKeys("a", "other");
        assertThat(report.withheld()).singleElement().satisfies(withheld -> {
            assertThat(withheld.stage()).isEqualTo(PathPlan.Stage.VANISHED);
            assertThat(withheld.guard()).isEqualTo(Withheld.Guard.FAILED_TRANSFER);
            assertThat(withheld.names()).isEqualTo(1);
            assertThat(withheld.cause()).isEqualTo("z");
        });
        // It was tried once more at the end.
        assertThat(lines()).containsExactly("upload other", "upload z", "upload z");
        assertThat(report.failures()).extracting(Problem::path).containsExactly("z");

        B2.emulator().faults().clear();
        sync(source.toString(), bucketUri(), DELETE);
        assertThat(bucketTree()).containsOnlyKeys("other", "z");
    }

    @Test
    void movedFileWhoseUploadFailsOnceIsStoredByTheSecondTryAndItsOldNameGoes() throws Exception {
        givenInBucket("a", "content", 100);
        given(source, "z", "content", 100);
        B2.emulator().faults().add("b2_upload_file file z #1: status 403 access_denied");

        sync(source.toString(), bucketUri(), DELETE);

        assertThat(bucketTree()).containsOnlyKeys("z");
    }

    @Test
    void failuresDoNotWithholdRemovalsWhereThatIsWanted() throws Exception {
        givenInBucket("a", "content", 100);
        given("other", 10);
        given(source, "z", "content", 100);
        B2.emulator().faults().add("b2_upload_file file z: status 403 access_denied");

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), DELETE, "deleteAfterFailures=true");

        assertThat(bucketTree()).containsOnlyKeys("other");
        assertThat(report.withheld()).isEmpty();
    }

    @Test
    void oldNameStaysUntilASlowUploadByAnotherWorkerHasEnded() throws Exception {
        givenInBucket("a", "content", 100);
        for (int i = 0; i < 10; i++) {
            given("f" + i, 10);
        }
        given(source, "z", "content", 100);
        B2.emulator().faults().add("b2_upload_file file z: delay 500ms");

        template.request(
                "b2-sync:ten?keepMode=delete&workers=10&source=" + source + "&destination=" + bucketUri() + "&reportTo="
                        + reportTo,
                exchange -> {});

        assertThat(lines()).hasSize(12).endsWith("delete a ");
    }

    @Test
    void fileThatMovedOverANewerOneStaysUnderItsOldName() throws Exception {
        for (String mode : List.of("raiseError", "skip")) {
            String name = "a-" + mode;
            givenInBucket(name, "precious", 500);
            givenInBucket("b", "newer", 5);
            given(source, "b", "precious", 500);

            Exchange answer = trySync(source.toString(), bucketUri(), DELETE, "newerFileMode=" + mode);

            assertThat(answer.getException()).isNotNull();
            assertThat(bucketTree()).containsEntry(name, "precious").containsEntry("b", "newer");
        }
    }

    @Test
    void changedFilesGoUpWhileTheScanGoesOnAndWhateverIsWithheld() throws Exception {
        for (int i = 0; i < 101; i++) {
            givenInBucket("f" + i, "old", 500);
            given(source, "f" + i, "new", 100);
        }

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), DELETE, "maxDelete=100");

        assertThat(bucketTree()).hasSize(101).allSatisfy((name, content) -> assertThat(content)
                .isEqualTo("new"));
        assertThat(report.failures()).extracting(Problem::kind).containsExactly(Problem.Kind.TOO_MANY_DELETES);
        assertThat(report.withheld()).extracting(Withheld::names).containsExactly(101L);
        assertThat(B2.emulator().state().versions(bucket, "f0")).hasSize(2);
    }

    @Test
    void firstFileGoesUpBeforeTheListingIsAtItsEndInEachKeepMode() throws Exception {
        // More than a page holds.
        for (int i = 0; i <= 10_000; i++) {
            B2.emulator().state().putUnkept(bucket, "z%05d".formatted(i), 1);
        }
        for (String keepMode : List.of("noDelete", "keepBeforeDelete&keepDays=1", "delete")) {
            String name = "a-" + keepMode.substring(0, 4);
            given(name, 100);
            B2.emulator().resetRequests();
            B2.emulator().faults().add("b2_list_file_versions #2: stall response 20");
            B2.emulator().faults().add("b2_list_file_names #2: stall response 20");

            CompletableFuture<Exchange> run = CompletableFuture.supplyAsync(
                    () -> trySync(source.toString(), bucketUri(), "keepMode=" + keepMode));
            // Those that have ended.
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !B2.emulator().requests("b2_upload_file").isEmpty());
            B2.emulator().faults().clear();
            run.get(60, TimeUnit.SECONDS);

            List<Instant> listed = Stream.of("b2_list_file_versions", "b2_list_file_names")
                    .flatMap(call -> B2.emulator().requests(call).stream())
                    .map(SyncBarrierTest::end)
                    .sorted()
                    .toList();
            assertThat(listed).as(keepMode).hasSizeGreaterThan(1);
            assertThat(B2.emulator().requests("b2_upload_file")).as(keepMode).hasSize(1);
            assertThat(end(B2.emulator().requests("b2_upload_file").get(0)))
                    .as(keepMode)
                    .isBefore(listed.get(1));
        }
    }

    private static Instant end(RecordedRequest request) {
        return request.received().plus(request.duration());
    }

    @Test
    void defaultLimitWithholdsTheRemovalOfMoreThanHalf() throws Exception {
        for (int i = 0; i < 150; i++) {
            givenInBucket("f" + i, "x", 500);
        }
        given("a", 10);

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), DELETE);
        assertThat(report.withheldNames()).isEqualTo(150);
        assertThat(bucketTree()).hasSize(151);

        sync(source.toString(), bucketUri(), DELETE, "maxDelete=unlimited");
        assertThat(bucketTree()).containsOnlyKeys("a");
    }

    @Test
    void fileThatCameBackDuringTheRunIsNotRemoved() throws Exception {
        givenInBucket("a", "a", 100);
        given(source, "z", "z", 100);
        B2.emulator().faults().add("b2_upload_file file z: delay 1s");

        CompletableFuture<Exchange> run =
                CompletableFuture.supplyAsync(() -> trySync(source.toString(), bucketUri(), DELETE));
        await().until(() -> B2.emulator().count("b2_get_upload_url") > 0);
        given("a", 100);

        assertThat(run.get(60, TimeUnit.SECONDS).getException()).isNull();
        assertThat(bucketTree()).containsOnlyKeys("a", "z");
    }

    @Test
    void lateUploadNeverPutsAnOlderVersionOverANewerOne() throws Exception {
        // Its first try fails, so the plan is not fresh any more, and meanwhile somebody stores a newer version.
        givenInBucket("gone", "gone", 100);
        given(source, "b", "older", 500);
        B2.emulator().faults().add("b2_upload_file file b #1: status 403 access_denied, delay 500ms");

        CompletableFuture<Exchange> run =
                CompletableFuture.supplyAsync(() -> trySync(source.toString(), bucketUri(), DELETE));
        await().until(() -> B2.emulator().count("b2_upload_file") > 0);
        givenInBucket("b", "newer", 5);

        assertThat(run.get(60, TimeUnit.SECONDS).getException()).isNotNull();
        assertThat(bucketTree()).containsEntry("b", "newer").containsKey("gone");
    }

    @Test
    void downloadNeverReplacesAFileThatWasEditedOrMadeDuringTheRun() throws Exception {
        givenInBucket("edited", "from the bucket", 10);
        givenInBucket("made", "from the bucket", 10);
        Path edited = given(destination, "edited", "before", 500);
        B2.emulator().faults().add("b2_download_file_by_id: delay 500ms");

        CompletableFuture<Exchange> run = CompletableFuture.supplyAsync(() -> template.request(
                "b2-sync:two?newerFileMode=replace&workers=2&source=" + bucketUri() + "&destination=" + destination,
                exchange -> {}));
        await().until(() -> B2.emulator().count("b2_download_file_by_id") > 1);
        Files.writeString(edited, "edited meanwhile");
        Files.writeString(destination.resolve("made"), "made meanwhile");

        assertThat(run.get(60, TimeUnit.SECONDS).getException()).isNotNull();
        assertThat(tree(destination))
                .containsOnly(
                        java.util.Map.entry("edited", "edited meanwhile"),
                        java.util.Map.entry("made", "made meanwhile"));
    }

    @Test
    void downloadNeverReplacesAFileThatWasEditedAndGotItsTimeBack() throws Exception {
        givenInBucket("edited", "from the bucket", 10);
        given(destination, "edited", "before", 500);
        B2.emulator().faults().add("b2_download_file_by_id: delay 500ms");

        CompletableFuture<Exchange> run = CompletableFuture.supplyAsync(() -> trySync(bucketUri(), destination));
        await().until(() -> B2.emulator().count("b2_download_file_by_id") > 0);
        given(destination, "edited", "BEFORE", 500);

        assertThat(run.get(30, TimeUnit.SECONDS).getException()).hasMessageContaining("1 failed");
        assertThat(tree(destination)).containsEntry("edited", "BEFORE");
    }

    @Test
    void typeClashHealsInOneRunAndEmptyDirectoriesGo() throws Exception {
        given(destination, "d", "a file where a directory is wanted", 500);
        given(destination, "e/f/g", "a directory where a file is wanted", 500);
        givenInBucket("d/x", "x", 10);
        givenInBucket("e", "e", 10);

        sync(bucketUri(), destination, DELETE);

        assertThat(tree(destination)).containsOnlyKeys("d/x", "e");
    }

    @Test
    void timesThatNoDiskHoldsMoveAFileOnce() throws Exception {
        for (long millis : new long[] {-1_500, -1, 9_300_000_000_000L, Long.MAX_VALUE / 1_000}) {
            B2.emulator()
                    .state()
                    .put(
                            bucket,
                            "t" + millis,
                            "x".getBytes(),
                            java.util.Map.of("src_last_modified_millis", String.valueOf(millis)));
        }

        sync(bucketUri(), destination);
        assertThat(lines()).hasSize(4);
        sync(bucketUri(), destination);
        assertThat(lines()).isEmpty();
    }

    @Test
    void coarseTimeOfADiskMovesNoFileAgain() throws Exception {
        givenInBucket("a", "x", 100);
        sync(bucketUri(), destination);
        long exact = FileTimes.millis(Files.getLastModifiedTime(destination.resolve("a")));
        Files.setLastModifiedTime(destination.resolve("a"), FileTimes.of(exact / 2_000 * 2_000));

        sync(bucketUri(), destination);

        assertThat(lines()).isEmpty();
    }

    /** What a disk of whole seconds may hold is also what a file of an archive has that was edited a moment later. */
    @Test
    void sameSizeEditWithinASecondComesDown() throws Exception {
        long whole = (NOW - 100_000) / 1_000 * 1_000;
        versionOf("a", "before", whole);
        sync(bucketUri(), destination);
        versionOf("a", "behind", whole + 700);

        sync(bucketUri(), destination);

        assertThat(tree(destination)).containsEntry("a", "behind");
    }

    private void versionOf(String name, String content, long modifiedMillis) {
        B2.emulator()
                .state()
                .put(
                        bucket,
                        name,
                        content.getBytes(StandardCharsets.UTF_8),
                        Map.of("src_last_modified_millis", String.valueOf(modifiedMillis)));
    }

    @Test
    void clocksThatDifferRemoveNothingByAge() throws Exception {
        CLOCK.at(NOW - 9 * 86_400_000L, () -> version("a", "first"));
        CLOCK.at(NOW - 8 * 86_400_000L, () -> version("a", "second"));
        given(source, "a", "second", 100);

        Exchange answer = template.request(
                uri(source, bucketUri(), "keepMode=keepBeforeDelete", "keepDays=2"),
                exchange -> exchange.getMessage().setHeader(B2SyncConstants.NOW, NOW + 3_600_000));

        assertThat(answer.getException()).hasMessageContaining("trustNowHeader=true");
        assertThat(B2.emulator().state().versions(bucket, "a")).hasSize(2);
    }

    private StoredVersion version(String name, String content) {
        givenInBucket(name, content, 100);
        return B2.emulator().state().versions(bucket, name).get(0);
    }

    @Test
    void keyThatMayNotWriteEndsTheRunAtOnce() throws Exception {
        for (int i = 0; i < 30; i++) {
            given("f" + i, 10);
        }
        B2.emulator().faults().add("b2_get_upload_url: status 401 unauthorized");

        SyncReport report = syncIncompletely(source.toString(), bucketUri());

        assertThat(report.failures()).extracting(Problem::kind).contains(Problem.Kind.GAVE_UP);
        assertThat(report.failureCount()).isLessThan(5);
    }

    @Test
    void serviceThatIsAwayPausesTheRunWhichGoesOnWhenItIsBack() throws Exception {
        context.getComponent("b2", io.github.camelb2.B2Component.class)
                .getConfiguration()
                .setRetryTimeout(1);
        for (int i = 0; i < 10; i++) {
            given("f" + i, 10);
        }
        B2.emulator().faults().add("b2_upload_file #3-8: status 503");

        SyncReport report = syncIncompletely(source.toString(), bucketUri());

        assertThat(report.failureCount()).isLessThan(5);
        assertThat(bucketTree().size()).isGreaterThan(5);
    }

    @Test
    void serviceThatStaysAwayEndsTheRunAfterTheOutageTimeout() throws Exception {
        context.getComponent("b2", io.github.camelb2.B2Component.class)
                .getConfiguration()
                .setRetryTimeout(1);
        for (int i = 0; i < 50; i++) {
            given("f" + i, 10);
        }
        B2.emulator().faults().add("b2_upload_file: status 503");

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), "outageTimeout=200");

        assertThat(report.failures()).extracting(Problem::reason).anyMatch(reason -> reason.contains("outageTimeout"));
        assertThat(report.failureCount()).isLessThan(10);
    }

    /** A page may tell an entry twice; it is no old version of itself. */
    @ParameterizedTest
    @ValueSource(strings = {"keepMode=delete", "keepMode=keepBeforeDelete&keepDays=0.5&keepDaysFrom=modTime"})
    void entryThatAListingTellsTwiceLosesNoVersion(String keepMode) throws Exception {
        for (String name : List.of("f0", "f1", "f2")) {
            given(name, 100_000);
        }
        sync(source.toString(), bucketUri());
        B2.emulator().faults().add("b2_list_file_versions #1: repeat-name");

        SyncReport report = sync(source.toString(), bucketUri(), keepMode);

        assertThat(report.actions()).isZero();
        assertThat(bucketTree()).containsOnlyKeys("f0", "f1", "f2");
    }

    /** B2 hides what lies on top by then: a look behind the hide finds it, and takes the marker away again. */
    @Test
    void versionThatSomebodyStoresInTheMomentOfAHideIsShownAgain() throws Exception {
        for (int i = 0; i < 5; i++) {
            givenInBucket("gone" + i, "x", 100);
        }
        given("a", 10);
        givenInBucket("a", "a", 10);
        B2.emulator().faults().add("b2_hide_file: delay 200ms");

        CompletableFuture<Exchange> run = CompletableFuture.supplyAsync(
                () -> trySync(source.toString(), bucketUri(), "keepMode=keepBeforeDelete", "keepDays=5", "workers=1"));
        await().until(() -> B2.emulator().count("b2_hide_file") > 0);
        givenInBucket("gone3", "stored by somebody else", 5);

        SyncReport report =
                ((SyncIncompleteException) run.get(60, TimeUnit.SECONDS).getException()).report();
        assertThat(report.failures()).extracting(Problem::path).containsExactly("gone3");
        assertThat(bucketTree()).containsOnlyKeys("a", "gone3").containsEntry("gone3", "stored by somebody else");
    }

    /** Of another run into the same place, in the moment of ours. */
    @ParameterizedTest
    @ValueSource(strings = {"keepMode=keepBeforeDelete&keepDays=5", DELETE})
    void nameThatAnotherRunHidesOrRemovesInTheMomentOfAHideIsNoFailure(String other) throws Exception {
        for (int i = 0; i < 6; i++) {
            givenInBucket("gone" + i, "x", 100);
        }
        given("a", 10);
        givenInBucket("a", "a", 10);
        B2.emulator().faults().add("b2_hide_file #1: delay 1s");

        CompletableFuture<Exchange> run = CompletableFuture.supplyAsync(
                () -> trySync(source.toString(), bucketUri(), "keepMode=keepBeforeDelete", "keepDays=5", "workers=1"));
        await().until(() -> B2.emulator().count("b2_hide_file") > 0);
        Exchange second = template.request(
                "b2-sync:other?source=" + source + "&destination=" + bucketUri() + "&" + other, exchange -> {});

        for (Exchange each : List.of(run.get(60, TimeUnit.SECONDS), second)) {
            assertThat(each.getException()).isNull();
            assertThat(each.getMessage().getBody(SyncReport.class).isComplete()).isTrue();
        }
        assertThat(bucketTree()).containsOnlyKeys("a");
    }

    @Test
    void hideWhoseAnswerIsLostIsNoFailure() throws Exception {
        givenInBucket("gone", "x", 100);
        given("a", 10);
        givenInBucket("a", "a", 10);
        B2.emulator().faults().add("b2_hide_file #1: drop response 1");

        SyncReport report = sync(source.toString(), bucketUri(), "keepMode=keepBeforeDelete", "keepDays=5");

        assertThat(report.isComplete()).isTrue();
        assertThat(bucketTree()).containsOnlyKeys("a");
    }

    @ParameterizedTest
    @CsvSource({"keepMode=delete, b2_delete_file_version", "keepMode=keepBeforeDelete&keepDays=5, b2_hide_file"})
    void removalsShareTheirLooksAtTheBucket(String keep, String call) throws Exception {
        given("a", 10);
        for (int i = 0; i < 2_000; i++) {
            givenInBucket(String.format("gone/%04d", i), "x", 100);
        }
        B2.emulator().resetRequests();

        SyncReport report = template.requestBody(
                "b2-sync:many?workers=4&" + keep + "&maxDelete=unlimited&source=" + source + "&destination="
                        + bucketUri(),
                null,
                SyncReport.class);

        assertThat(report.isComplete()).isTrue();
        assertThat(bucketTree()).containsOnlyKeys("a");
        assertThat(B2.emulator().count(call)).isEqualTo(2_000);
        assertThat(B2.emulator().count("b2_list_file_versions")).isLessThanOrEqualTo(10);
    }

    @Test
    void versionThatSomebodyStoresBeforeTheRemovalsKeepsItsName() throws Exception {
        for (int i = 0; i < 5; i++) {
            givenInBucket("gone" + i, "x", 100);
        }
        given("a", 10);
        B2.emulator().faults().add("b2_upload_file: delay 400ms");

        CompletableFuture<Exchange> run =
                CompletableFuture.supplyAsync(() -> trySync(source.toString(), bucketUri(), DELETE));
        await().until(() -> B2.emulator().count("b2_upload_file") > 0);
        givenInBucket("gone3", "stored by somebody else", 5);

        SyncReport report =
                ((SyncIncompleteException) run.get(60, TimeUnit.SECONDS).getException()).report();
        assertThat(report.failures()).extracting(Problem::path).containsExactly("gone3");
        assertThat(bucketTree()).containsOnlyKeys("a", "gone3").containsEntry("gone3", "stored by somebody else");
    }
}
