// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Constants;
import io.github.camelb2.client.call.LargeFileCalls.StartLargeFile;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.lending.B2ClientLease;
import io.github.camelb2.sync.report.SyncReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Large files that a run left unfinished cost money until somebody cancels them. */
class SyncUnfinishedTest extends SyncTestSupport {
    private static final String BIG = "0123456789".repeat(30_000);

    @AfterEach
    void noFaults() {
        B2.emulator().faults().clear();
    }

    /** A run that fails in the middle of the upload of d/big. */
    private void givenUnfinished() throws Exception {
        given(source, "d/big", BIG, 100);
        given("small", 100);
        B2.emulator().faults().add("b2_upload_part #2+: status 400 bad_request");
        syncIncompletely(source.toString(), bucketUri());
        B2.emulator().faults().clear();
        assertThat(unfinished()).isOne();
    }

    private int unfinished() {
        return B2.emulator().state().unfinishedLargeFiles(bucket).size();
    }

    @ParameterizedTest
    @ValueSource(strings = {"keepMode=delete", "keepMode=keepBeforeDelete&keepDays=1"})
    void completeRunThatDeletesCancelsWhatItsMachineLeft(String keepMode) throws Exception {
        givenUnfinished();
        Files.delete(source.resolve("d/big"));

        SyncReport report = sync(source.toString(), bucketUri(), keepMode);

        assertThat(unfinished()).isZero();
        assertThat(report.skips()).isEmpty();
        assertThat(bucketTree()).containsOnlyKeys("small");
    }

    @Test
    void fileThatIsExcludedNowLeavesNothingUnfinished() throws Exception {
        givenUnfinished();

        sync(source.toString(), bucketUri(), "keepMode=delete", "excludeRegex=d/.*");

        assertThat(unfinished()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"keepMode=noDelete", "keepMode=delete&dryRun=true"})
    void runThatMayNotDeleteLeavesIt(String options) throws Exception {
        givenUnfinished();
        Files.delete(source.resolve("d/big"));

        SyncReport report = sync(source.toString(), bucketUri(), options);

        assertThat(unfinished()).isOne();
        if (!options.contains("dryRun")) {
            assertCounted(report, "d/big");
        }
    }

    @Test
    void runThatIsNotCompleteLeavesIt() throws Exception {
        givenUnfinished();
        Files.delete(source.resolve("d/big"));
        given("other", 10);
        B2.emulator().faults().add("b2_upload_file file other: status 403 access_denied");

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), "keepMode=delete");

        assertThat(unfinished()).isOne();
        assertCounted(report, "d/big");
    }

    @Test
    void whatTheRunItselfFinishesIsNoneOfThem() throws Exception {
        givenUnfinished();

        SyncReport report = sync(source.toString(), bucketUri());

        assertThat(report.skips()).isEmpty();
        assertThat(bucketTree()).containsOnlyKeys("small", "d/big");
        assertThat(unfinished()).isZero();
    }

    @Test
    void unfinishedFileOfAnotherMachineIsCountedAndLeft() throws Exception {
        given("small", 100);
        B2Component component = context.getComponent("b2", B2Component.class);
        try (B2ClientLease lease = component.borrowClient(component.getConfiguration())) {
            String id = lease.client().bucketId(bucket, CallSettings.DEFAULT);
            lease.client().call(StartLargeFile.of(id, "theirs", "text/plain"), CallSettings.DEFAULT);
            lease.client().call(StartLargeFile.of(id, "theirs too", "text/plain"), CallSettings.DEFAULT);
        }

        SyncReport report = sync(source.toString(), bucketUri(), "keepMode=delete");

        assertThat(unfinished()).isEqualTo(2);
        assertCounted(report, "theirs");
        assertThat(report.skips().get(0).reason()).startsWith("2 unfinished large files");
    }

    @Test
    void uploadThatIsUnderWayIsLeftAlone() throws Exception {
        given("small", 100);
        B2.emulator().faults().add("b2_upload_part: delay 1500ms");
        CompletableFuture<Object> upload =
                template.asyncRequestBodyAndHeader("b2:" + bucket, BIG.getBytes(), B2Constants.FILE_NAME, "under way");
        await().until(() -> B2.emulator().count("b2_upload_part") > 0);

        SyncReport report = sync(source.toString(), bucketUri(), "keepMode=delete");
        upload.get(30, TimeUnit.SECONDS);

        assertThat(report.skips()).isEmpty();
        assertThat(bucketTree()).containsOnlyKeys("small", "under way");
    }

    @Test
    void keyThatMayNotCancelIsANoteAndNoFailure() throws Exception {
        givenUnfinished();
        Files.delete(source.resolve("d/big"));
        B2.emulator().faults().add("b2_cancel_large_file: status 401 unauthorized");
        B2.emulator().faults().add("b2_list_parts: status 401 unauthorized");

        SyncReport report = sync(source.toString(), bucketUri(), "keepMode=delete");

        assertThat(report.skips().get(0).reason()).contains("could not be cancelled", "401");
        assertThat(unfinished()).isOne();
    }

    @Test
    void nothingUnfinishedCostsNoCall() throws Exception {
        given("small", 100);
        sync(source.toString(), bucketUri(), "keepMode=delete");
        B2.emulator().resetRequests();

        sync(source.toString(), bucketUri(), "keepMode=delete");

        assertThat(B2.emulator().count("b2_list_unfinished_large_files")).isZero();
        assertThat(B2.emulator().count("b2_list_file_versions")).isOne();
    }

    private static void assertCounted(SyncReport report, String first) {
        assertThat(report.skips()).singleElement().satisfies(problem -> assertThat(problem.reason())
                .contains("unfinished large files lie below", "first: " + first, "cancelUnfinishedLargeFiles"));
    }
}
