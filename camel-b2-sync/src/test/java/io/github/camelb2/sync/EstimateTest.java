// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.camelb2.client.cost.Bill;
import io.github.camelb2.emulator.cap.Usage;
import io.github.camelb2.sync.plan.actions.ActionKind;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.report.SyncReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What {@code mode=estimate} says is what the emulator bills for the run that follows, whoever carries it out. */
class EstimateTest extends SyncTestSupport {
    private static final String MANY = "workers=10";

    @BeforeEach
    void logIn() throws Exception {
        // A login and the id of a bucket are asked for once by a process.
        sync(bucketUri(), destination, "allowEmptySource=true");
        Files.deleteIfExists(destination);
    }

    /** Estimates, runs, and compares; answers the report of the run. */
    private SyncReport runAsEstimated(Object from, Object to, String... options) throws Exception {
        Map<String, String> before = bucketTree();
        SyncReport estimate = sync(from.toString(), to, with(options, "mode=estimate"));
        assertThat(estimate.mode()).isEqualTo(SyncReport.Mode.ESTIMATE);
        assertThat(bucketTree()).isEqualTo(before);

        B2.emulator().resetRequests();
        SyncReport run = sync(from.toString(), to, options);

        assertThat(estimate.bill()).isEqualTo(withoutAddresses(billed()));
        assertThat(run.bill()).isEqualTo(billed());
        assertThat(estimate.cost()).isEqualTo(run.cost());
        assertThat(estimate.done()).isEqualTo(run.done());
        assertThat(estimate.compared()).isEqualTo(run.compared());
        return run;
    }

    private static Bill billed() {
        Usage usage = B2.emulator().usage();
        return new Bill(usage.classA(), usage.classB(), usage.classC(), usage.downloadedBytes());
    }

    /** Upload URLs are free, and how many are needed depends on how many uploads are under way at once. */
    private static Bill withoutAddresses(Bill bill) {
        long addresses =
                B2.emulator().count("b2_get_upload_url") + B2.emulator().count("b2_get_upload_part_url");
        return new Bill(bill.classA() - addresses, bill.classB(), bill.classC(), bill.downloadedBytes());
    }

    private void givenFiles(int count, long secondsAgo) throws Exception {
        for (int i = 0; i < count; i++) {
            given("d" + i % 3 + "/f" + i, secondsAgo);
        }
    }

    @Test
    void uploadsOfNewAndChangedFilesInEachKeepMode() throws Exception {
        givenFiles(20, 1_000);
        givenInBucket("gone", "gone", 2_000);
        runAsEstimated(source, bucketUri(), MANY);

        givenFiles(7, 500);
        SyncReport deleting = runAsEstimated(source, bucketUri(), MANY, "keepMode=delete");
        assertThat(deleting.done(ActionKind.DELETE).actions()).isEqualTo(8);

        Files.delete(source.resolve("d0/f0"));
        Files.delete(source.resolve("d1/f1"));
        SyncReport hiding = runAsEstimated(source, bucketUri(), MANY, "keepMode=keepBeforeDelete", "keepDays=3");
        assertThat(hiding.done(ActionKind.HIDE).actions()).isEqualTo(2);
        runAsEstimated(source, bucketUri(), MANY, "keepMode=delete");
    }

    @Test
    void removalsThatTakeMoreThanAPage() throws Exception {
        for (int i = 0; i < 1_300; i++) {
            B2.emulator().state().put(bucket, "old" + i, new byte[0]);
        }
        given("kept", 100);

        SyncReport run = runAsEstimated(source, bucketUri(), MANY, "keepMode=delete", "maxDelete=unlimited");

        assertThat(run.done(ActionKind.DELETE).actions()).isEqualTo(1_300);
        assertThat(run.bill().classC()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void largeFilesWithParts() throws Exception {
        Files.write(source.resolve("large"), new byte[450_000]);
        Files.write(source.resolve("small"), new byte[100_000]);
        SyncReport up = runAsEstimated(source, bucketUri(), MANY);
        assertThat(up.bill().classC()).isEqualTo(2);

        SyncReport down = runAsEstimated(bucketUri(), destination, MANY);
        assertThat(down.bill().downloadedBytes()).isEqualTo(550_000);
    }

    @Test
    void downloadsEmptyOnesToo() throws Exception {
        givenInBucket("a", "a", 10);
        givenInBucket("b/empty", "", 10);
        Files.createDirectories(destination);
        given(destination, "gone", "gone", 10);

        runAsEstimated(bucketUri(), destination, MANY, "keepMode=delete");
        assertThat(tree(destination)).containsOnlyKeys("a", "b/empty");
    }

    @Test
    void copiesWithinB2AndRemovalsThere() throws Exception {
        String other = B2.bucketName("across");
        B2.emulator().state().createBucket(other);
        sync(bucketUri(), "b2://" + other, "allowEmptySource=true");
        givenInBucket("a", "a", 10);
        B2.emulator().state().put(bucket, "untimed", "x".getBytes(), Map.of());
        B2.emulator().state().put(other, "gone", "x".getBytes(), Map.of());
        B2.emulator().state().put(other, "gone too", "x".getBytes(), Map.of());

        SyncReport run = runAsEstimated(bucketUri(), "b2://" + other, MANY, "keepMode=delete", "maxDelete=unlimited");

        assertThat(run.done(ActionKind.COPY).actions()).isEqualTo(2);
        assertThat(run.bill().classB()).isEqualTo(1);
    }

    @Test
    void firstUploadIntoAnEmptyBucketAsksForNoFileByItself() throws Exception {
        givenFiles(30, 100);

        assertThat(runAsEstimated(source, bucketUri(), MANY).bill().classC()).isEqualTo(1);
    }

    @Test
    void nothingToDoCostsItsListing() throws Exception {
        SyncReport report = runAsEstimated(source, bucketUri(), "allowEmptySource=true");

        assertThat(report.bill()).isEqualTo(new Bill(0, 0, 1, 0));
        assertThat(report.cost().amount()).isEqualByComparingTo(new BigDecimal("0.000004"));
    }

    @Test
    void ownPricesCount() throws Exception {
        Files.writeString(
                temp.resolve("prices.properties"),
                "date=2026-01-31\ncurrency=EUR\nclassA=0\nclassB=0\nclassC=30000\ndownload=0\nstorage=0\n");
        given("a", 10);

        SyncReport report = sync(
                source.toString(), bucketUri(), "mode=estimate", "prices=file:" + temp.resolve("prices.properties"));

        assertThat(report.cost()).hasToString("3.0000 EUR");
        assertThat(report.summary()).endsWith("; 1 A, 0 B, 1 C, 0 bytes out, at most 3.0000 EUR (estimate)");
        assertThatThrownBy(() -> trySync(source.toString(), bucketUri(), "prices=file:/nowhere"))
                .hasStackTraceContaining("Option prices=file:/nowhere cannot be");
    }

    @Test
    void aRunEndsBeforeItUsesMoreTransactionsThanAllowedAndOneThatNeedsNoMoreDoesNot() throws Exception {
        givenFiles(3, 100);
        givenInBucket("x1", "x", 10);
        givenInBucket("x2", "x", 10);
        String[] hiding = {MANY, "keepMode=keepBeforeDelete", "keepDays=3", "maxDelete=unlimited"};
        SyncReport needs = sync(source.toString(), bucketUri(), with(hiding, "mode=estimate"));
        assertThat(needs.bill().classC()).isEqualTo(3);
        B2.emulator().resetRequests();

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), with(hiding, "maxTransactionsC=2"));

        assertThat(report.failures()).extracting(Problem::kind).contains(Problem.Kind.GAVE_UP);
        assertThat(report.failures().get(0).reason()).contains("maxTransactionsC=2");
        assertThat(B2.emulator().usage().classC()).isLessThanOrEqualTo(2);
        assertThat(report.done(ActionKind.HIDE).actions()).isZero();
        assertThat(bucketTree()).containsKeys("x1", "x2");

        assertThat(sync(source.toString(), bucketUri(), with(hiding, "maxTransactionsC=3"))
                        .isComplete())
                .isTrue();
        assertThat(bucketTree()).doesNotContainKeys("x1", "x2");
    }

    @Test
    void aRunEndsBeforeAFileThatWouldBeTooMuchToDownload() throws Exception {
        givenInBucket("a", "12345", 10);
        givenInBucket("b", "123456", 10);
        givenInBucket("c", "1", 10);
        B2.emulator().resetRequests();

        SyncReport report = syncIncompletely(bucketUri(), destination, "maxDownloadBytes=10");

        assertThat(report.failures()).extracting(Problem::kind).contains(Problem.Kind.GAVE_UP);
        assertThat(report.failures().get(0).reason()).contains("6 bytes", "maxDownloadBytes=10 leaves 5");
        assertThat(B2.emulator().usage().downloadedBytes()).isEqualTo(5);
        assertThat(tree(destination)).containsOnlyKeys("a");
        assertThat(sync(bucketUri(), destination, "maxDownloadBytes=7").isComplete())
                .isTrue();
    }

    private static String[] with(String[] options, String more) {
        String[] all = Arrays.copyOf(options, options.length + 1);
        all[options.length] = more;
        return all;
    }
}
