// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

import io.github.camelb2.B2Component;
import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.emulator.B2EmulatorState;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.scan.disk.FileTimes;

import static org.assertj.core.api.Assertions.assertThat;

/** A bucket into a bucket. */
class SyncAcrossRouteTest extends SyncTestSupport {

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext made = super.createCamelContext();
        B2Component second = new B2Component();
        account(second.getConfiguration());
        made.addComponent("b2-second", second);
        return made;
    }

    @Test
    void markersOfTheSyncedFoldersDisturbNeitherCopiesNorDeletes() throws Exception {
        givenInBucket("photos/", "", 10);
        givenInBucket("photos/a", "a", 10);
        givenInBucket("copy/", "", 10);
        givenInBucket("copy/gone", "gone", 10);

        assertThat(sync(bucketUri() + "/photos", bucketUri() + "/copy", "keepMode=delete")
                        .isComplete())
                .isTrue();
        assertThat(bucketTree()).containsOnlyKeys("photos/", "photos/a", "copy/", "copy/a");

        given(destination, "gone", "gone", 10);
        assertThat(sync(bucketUri() + "/photos", destination, "keepMode=delete").isComplete())
                .isTrue();
        assertThat(tree(destination)).containsOnlyKeys("a");
    }

    @Test
    void prefixIsCopiedToAnotherPrefixByB2Itself() throws Exception {
        givenInBucket("from/a", "a", 100);
        givenInBucket("from/d/b", "b", 200);

        SyncReport report = sync(bucketUri() + "/from", bucketUri() + "/to");
        assertThat(lines()).containsExactly("copy a", "copy d/b");
        sync(bucketUri() + "/from", bucketUri() + "/to");

        assertThat(lines()).isEmpty();
        assertThat(bucketTree()).containsEntry("to/a", "a").containsEntry("to/d/b", "b");
        assertThat(report.calls()).doesNotContainKey("B");
        assertThat(B2.emulator().count("b2_download_file_by_id")).isZero();
    }

    /** Difference 10 from b2sdk. */
    @Test
    void metadataTravelsAndTheCopyIsNotNewerThanItsSource() throws Exception {
        String other = B2.bucketName("other");
        B2.emulator().state().createBucket(other);
        B2.emulator().state().put(bucket, "untimed", "x".getBytes(), Map.of("color", "blue"));

        sync(bucketUri(), "b2://" + other);
        B2EmulatorState.StoredVersion copy =
                B2.emulator().state().versions(other, "untimed").get(0);
        sync(bucketUri(), "b2://" + other);

        assertThat(lines()).isEmpty();
        assertThat(copy.info())
                .containsEntry("color", "blue")
                .containsEntry(
                        "src_last_modified_millis",
                        String.valueOf(B2.emulator()
                                .state()
                                .versions(bucket, "untimed")
                                .get(0)
                                .uploadTimestamp()));
        assertThat(copy.contentType())
                .isEqualTo(
                        B2.emulator().state().versions(bucket, "untimed").get(0).contentType());
    }

    @Test
    void deleteAndKeepDaysWorkBetweenBuckets() throws Exception {
        String other = B2.bucketName("other");
        B2.emulator().state().createBucket(other);
        B2.emulator().state().put(other, "gone", "x".getBytes(), Map.of());
        givenInBucket("a", "a", 100);

        sync(bucketUri(), "b2://" + other, "keepMode=keepBeforeDelete", "keepDays=3");
        assertThat(lines()).containsExactly("copy a", "hide   gone");

        sync(bucketUri(), "b2://" + other, "keepMode=delete");
        assertThat(lines()).containsExactly("delete gone (old version)", "delete gone (hide marker)");
        assertThat(B2.emulator().state().names(other)).containsExactly("a");
    }

    @Test
    void secondAccountIsReachedThroughHere() throws Exception {
        givenInBucket("a", "a", 100);
        givenInBucket("big", "0123456789".repeat(30_000), 100);
        try (B2Emulator elsewhere = B2Emulator.builder()
                .minPartSize(1_000)
                .recommendedPartSize(100_000)
                .start()) {
            elsewhere.state().createBucket("elsewhere");
            account(context.getComponent("b2-second", B2Component.class).getConfiguration(), elsewhere);

            sync(bucketUri(), "b2://elsewhere", "destinationComponent=b2-second");
            assertThat(lines()).containsExactly("copy a", "copy big");
            sync(bucketUri(), "b2://elsewhere", "destinationComponent=b2-second");

            assertThat(lines()).isEmpty();
            assertThat(elsewhere.state().bytes("elsewhere", "a")).asString().isEqualTo("a");
            assertThat(elsewhere.state().bytes("elsewhere", "big")).hasSize(300_000);
            assertThat(elsewhere.state().versions("elsewhere", "a").get(0).info())
                    .isEqualTo(
                            B2.emulator().state().versions(bucket, "a").get(0).info());
        }
    }

    /** Difference 8 from b2sdk. */
    @Test
    void twoComponentsOfOneAccountOverlapAsOneDoes() {
        givenInBucket("from/a", "a", 100);
        for (String to : List.of("", "/from", "/from/to")) {
            Exchange answer = trySync(bucketUri() + "/from", bucketUri() + to, "destinationComponent=b2-second");

            assertThat(answer.getException())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("source=" + bucketUri() + "/from and destination=" + bucketUri() + to
                            + " overlap: the sync would copy its own copies; choose prefixes that do not contain each"
                            + " other");
        }
        assertThat(B2.emulator().count("b2_list_file_versions")).isZero();
        assertThat(bucketTree()).containsOnlyKeys("from/a");
    }

    @Test
    void bucketOfTheSameNameInAnotherAccountIsAnotherBucket() throws Exception {
        givenInBucket("a", "a", 100);
        try (B2Emulator elsewhere = B2Emulator.start()) {
            elsewhere.state().createBucket(bucket);
            account(context.getComponent("b2-second", B2Component.class).getConfiguration(), elsewhere);

            sync(bucketUri(), bucketUri(), "destinationComponent=b2-second");

            assertThat(elsewhere.state().names(bucket)).containsExactly("a");
        }
    }

    @Test
    void customerKeysOfBothEndsAreUsed() throws Exception {
        String one = "RAW(MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=)";
        String two = "RAW(MTExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTE=)";
        given("a", 100);
        sync(source.toString(), bucketUri() + "/from", "destinationEncryption=SSE-C", "destinationCustomerKey=" + one);

        sync(
                bucketUri() + "/from",
                bucketUri() + "/to",
                "sourceEncryption=SSE-C",
                "sourceCustomerKey=" + one,
                "destinationEncryption=SSE-C",
                "destinationCustomerKey=" + two);
        sync(bucketUri() + "/to", destination, "sourceEncryption=SSE-C", "sourceCustomerKey=" + two);

        assertThat(tree(destination)).containsEntry("a", "a");
    }

    @Test
    void plainFilesBesideThoseUnderACustomerKeySyncInEveryDirection() throws Exception {
        String one = "RAW(MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=)";
        String[] withKey = {"sourceEncryption=SSE-C", "sourceCustomerKey=" + one};
        given("secret", 100);
        sync(source.toString(), bucketUri() + "/from", "destinationEncryption=SSE-C", "destinationCustomerKey=" + one);
        givenInBucket("from/plain", "plain", 100);

        sync(bucketUri() + "/from", destination, withKey);
        sync(bucketUri() + "/from", bucketUri() + "/to", withKey);
        sync(bucketUri() + "/to", temp.resolve("copied"));

        assertThat(tree(destination)).containsOnly(Map.entry("secret", "secret"), Map.entry("plain", "plain"));
        assertThat(tree(temp.resolve("copied"))).isEqualTo(tree(destination));
    }

    @Test
    void fileUnderAnotherCustomerKeyIsReportedAndTheOthersSync() throws Exception {
        String one = "RAW(MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=)";
        String two = "RAW(MTExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTE=)";
        given("a", 100);
        sync(source.toString(), bucketUri(), "destinationEncryption=SSE-C", "destinationCustomerKey=" + one);
        given("b", 100);
        given("c", 100);
        sync(source.toString(), bucketUri(), "destinationEncryption=SSE-C", "destinationCustomerKey=" + two);

        SyncReport report =
                syncIncompletely(bucketUri(), destination, "sourceEncryption=SSE-C", "sourceCustomerKey=" + two);

        assertThat(report.failures()).extracting(Problem::path).containsExactly("a");
        assertThat(tree(destination)).containsOnlyKeys("b", "c");
    }

    /** Only the file that grew under a key of the customer is read with it. */
    @Test
    void plainFileThatGrewIsAppendedToUnderACustomerKey() throws Exception {
        String one = "RAW(MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=)";
        String content = "0123456789".repeat(600_000);
        given(source, "grows", content, 100);
        sync(source.toString(), bucketUri(), "uploadMode=incremental");
        given(source, "grows", content + "more", 50);

        sync(
                source.toString(),
                bucketUri(),
                "uploadMode=incremental",
                "destinationEncryption=SSE-C",
                "destinationCustomerKey=" + one);
        sync(bucketUri(), destination, "sourceEncryption=SSE-C", "sourceCustomerKey=" + one);

        assertThat(B2.emulator().count("b2_copy_part")).isPositive();
        assertThat(tree(destination)).containsEntry("grows", content + "more");
    }

    @Test
    void largeCopyBetweenTwoCustomerKeysIsMadeOfParts() throws Exception {
        String one = "RAW(MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=)";
        String two = "RAW(MTExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTE=)";
        String content = "0123456789".repeat(30_000);
        given(source, "big", content, 100);
        sync(source.toString(), bucketUri() + "/from", "destinationEncryption=SSE-C", "destinationCustomerKey=" + one);
        B2.emulator().faults().add("b2_copy_file #1: status 400 source_too_large");

        sync(
                bucketUri() + "/from",
                bucketUri() + "/to",
                "sourceEncryption=SSE-C",
                "sourceCustomerKey=" + one,
                "destinationEncryption=SSE-C",
                "destinationCustomerKey=" + two);
        sync(bucketUri() + "/to", destination, "sourceEncryption=SSE-C", "sourceCustomerKey=" + two);

        assertThat(B2.emulator().count("b2_copy_part")).isPositive();
        assertThat(tree(destination)).containsEntry("big", content);
        assertThat(FileTimes.millis(Files.getLastModifiedTime(destination.resolve("big"))))
                .isEqualTo(NOW - 100_000);
    }

    /** Difference 2 from b2sdk. */
    @Test
    void brokenSourceListingDeletesNothing() throws Exception {
        String other = B2.bucketName("other");
        B2.emulator().state().createBucket(other);
        B2.emulator().state().put(other, "0gone", "x".getBytes(), Map.of());
        for (int i = 0; i < 10_001; i++) {
            B2.emulator().state().putUnkept(bucket, String.format("f%05d", i), 0);
        }
        B2.emulator().state().put(bucket, "a", new byte[0], Map.of());
        // The second page of the source cannot be had; ten thousand plans to copy would prove nothing more.
        B2.emulator().faults().add("b2_list_file_versions #3+: status 400 bad_request");

        SyncReport report =
                syncIncompletely(bucketUri(), "b2://" + other, "keepMode=delete", "dryRun=true", "excludeRegex=f.*");

        assertThat(report.failures()).extracting(Problem::kind).containsExactly(Problem.Kind.SCAN_BROKEN);
        assertThat(lines()).noneMatch(line -> line.startsWith("delete"));
    }

    @Test
    void copyBeyondTheLimitOfOneCallIsMadeOfPartsWithAllMetadata() throws Exception {
        String content = "0123456789".repeat(30_000);
        B2.emulator()
                .state()
                .put(
                        bucket,
                        "from/big",
                        content.getBytes(),
                        Map.of("color", "blue", "src_last_modified_millis", "5000"));
        // B2 answers so above 5 GB.
        B2.emulator().faults().add("b2_copy_file #1: status 400 source_too_large");

        sync(bucketUri() + "/from", bucketUri() + "/to");

        B2EmulatorState.StoredVersion copy =
                B2.emulator().state().versions(bucket, "to/big").get(0);
        assertThat(B2.emulator().state().bytes(bucket, "to/big")).asString().isEqualTo(content);
        assertThat(B2.emulator().count("b2_copy_part")).isPositive();
        assertThat(copy.info()).containsEntry("color", "blue").containsEntry("src_last_modified_millis", "5000");
        sync(bucketUri() + "/from", bucketUri() + "/to");
        assertThat(lines()).isEmpty();
    }
}
