// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.transfer.local.OwnDigits;
import io.github.camelb2.sync.plan.actions.ActionKind;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.scan.disk.FileTimes;
import io.github.camelb2.sync.scan.disk.TemporaryNames;

import static org.assertj.core.api.Assertions.assertThat;

/** A bucket into a directory. */
class SyncDownRouteTest extends SyncTestSupport {

    @Test
    void bucketReachesTheDirectoryAndTheSecondRunHasNothingToDo() throws Exception {
        givenInBucket("p/a.txt", "a", 100);
        givenInBucket("p/d/ü b", "b", 200);
        givenInBucket("p/big", "0123456789".repeat(50_000), 300);
        givenInBucket("other", "x", 1);

        SyncReport report = sync(bucketUri() + "/p", destination);
        assertThat(lines()).containsExactly("dnload a.txt", "dnload big", "dnload d/ü b");
        sync(bucketUri() + "/p", destination);

        assertThat(lines()).isEmpty();
        assertThat(tree(destination)).containsOnlyKeys("a.txt", "d/ü b", "big").containsEntry("d/ü b", "b");
        assertThat(Files.size(destination.resolve("big"))).isEqualTo(500_000);
        assertThat(FileTimes.millis(Files.getLastModifiedTime(destination.resolve("a.txt"))))
                .isEqualTo(NOW - 100_000);
        assertThat(report.done(ActionKind.DOWNLOAD).bytes()).isEqualTo(500_002);
    }

    @Test
    void whatWentUpComesBackAsItWas() throws Exception {
        given("a", 100);
        given("b/c", 200);
        given(source, "empty", "", 300);
        sync(source.toString(), bucketUri());

        sync(bucketUri(), destination);

        assertThat(tree(destination)).isEqualTo(tree(source));
        assertThat(Files.getLastModifiedTime(destination.resolve("b/c")))
                .isEqualTo(Files.getLastModifiedTime(source.resolve("b/c")));
    }

    @Test
    void deleteTakesAwayWhatTheBucketLacksOrHides() throws Exception {
        givenInBucket("kept", "kept", 100);
        givenInBucket("hidden", "hidden", 100);
        B2.emulator().state().hide(bucket, "hidden");
        given(destination, "hidden", "hidden", 100);
        given(destination, "gone", "gone", 100);

        sync(bucketUri(), destination, "keepMode=delete");

        assertThat(lines()).containsExactly("dnload kept", "delete gone", "delete hidden");
        assertThat(tree(destination)).containsOnlyKeys("kept");
    }

    /** Difference 3 from b2sdk. */
    @Test
    void emptyPrefixDeletesNothing() throws Exception {
        givenInBucket("data/x", "x", 1);
        given(destination, "precious", "precious", 100);

        SyncReport report = syncIncompletely(bucketUri() + "/typo", destination, "keepMode=delete");

        assertThat(report.failures()).extracting(Problem::kind).containsExactly(Problem.Kind.EMPTY_SOURCE);
        assertThat(tree(destination)).containsOnlyKeys("precious");
    }

    /** Difference 3 from b2sdk. */
    @Test
    void filteredSourceWithoutFilesDeletesNothing() throws Exception {
        givenInBucket("x", "x", 1);
        given(destination, "precious", "precious", 100);

        SyncReport report = syncIncompletely(
                bucketUri(), destination, "keepMode=delete", "excludeRegex=RAW(.*)", "deleteExcluded=true");

        assertThat(report.failures()).extracting(Problem::kind).containsExactly(Problem.Kind.EMPTY_SOURCE);
        assertThat(tree(destination)).containsOnlyKeys("precious");
    }

    /** Difference 7 from b2sdk. */
    @Test
    void namesThatADiskCannotHoldAreRefusedOneByOne() throws Exception {
        for (String name : new String[] {"../up", "/abs", "a/../../b", "a\\b", "C:/x", "dir/", "ok", "ok/below"}) {
            givenInBucket("p/" + name, "x", 1);
        }

        SyncReport report = syncIncompletely(bucketUri() + "/p", destination);

        assertThat(tree(temp)).containsOnlyKeys("destination/ok", "destination/a\\b", "destination/C:/x");
        assertThat(report.failures())
                .extracting(Problem::path)
                .containsExactlyInAnyOrder("../up", "/abs", "a/../../b", "dir/", "ok/below");
    }

    /** Difference 7 from b2sdk. */
    @Test
    void nothingIsWrittenThroughALinkOfTheDestination() throws Exception {
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.writeString(outside.resolve("victim"), "precious");
        Files.createDirectory(destination);
        Files.createSymbolicLink(destination.resolve("link"), outside);
        givenInBucket("link/victim", "evil", 1);
        givenInBucket("link/new", "evil", 1);
        givenInBucket("ok", "ok", 1);

        SyncReport report = syncIncompletely(bucketUri(), destination, "keepMode=delete");

        assertThat(tree(outside)).hasSize(1).containsEntry("victim", "precious");
        assertThat(destination.resolve("ok")).hasContent("ok");
        assertThat(report.failures()).extracting(Problem::path).containsExactly("link/new", "link/victim");
    }

    @Test
    void damagedDownloadLeavesTheOldFileAndNoHalfOne() throws Exception {
        givenInBucket("a", "new content", 1);
        givenInBucket("b", "b", 1);
        given(destination, "a", "old", 100);
        B2.emulator().faults().add("b2_download_file_by_id: flip response 3");

        SyncReport report = syncIncompletely(bucketUri(), destination);

        assertThat(report.failures()).extracting(Problem::path).containsExactly("a");
        assertThat(tree(destination))
                .containsEntry("a", "old")
                .containsEntry("b", "b")
                .hasSize(2);

        B2.emulator().faults().clear();
        sync(bucketUri(), destination);
        assertThat(tree(destination)).containsEntry("a", "new content").hasSize(2);
    }

    @Test
    void leftoversOfAKilledRunAreRemoved() throws Exception {
        givenInBucket("d/a", "a", 100);
        sync(bucketUri(), destination);
        String dead = TemporaryNames.tag("dead");
        Path mark = given(destination, TemporaryNames.mark(dead), "", 5_000);
        Path half = given(destination, "d/" + TemporaryNames.download("d/b", "id", dead), "half", 5_000);
        Path quarter = given(destination, "d/.b2-" + OwnDigits.of("any", 32) + ".b2tmp", "half", 5_000);
        Path foreign = given(destination, "d/x.b2.sync.tmp", "half", 5_000);

        sync(bucketUri(), destination);

        assertThat(mark).doesNotExist();
        assertThat(half).doesNotExist();
        assertThat(quarter).doesNotExist();
        assertThat(foreign).exists();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".b2-f1e7181c06e1c8ea1156-5246f99e01b2cd27e081.b2.sync.tmp",
                ".b2-run-d07b66abd4eecec0e1f2.b2.sync.tmp",
                "..b2-run-d07b66abd4eecec0e1f2.b2.sync.tmp",
                "..b2-f1e7181c06e1c8ea1156-5246f99e01b2cd27e081.b2.sync.tmp.b2tmp",
                ".b2-db57592867e44a5ea3dd491452dfaa7d.b2tmp"
            })
    void filesOfTheUserThatAreNamedLikeTemporaryOnesStayAndAreSynced(String name) throws Exception {
        givenInBucket("f", "f", 100);
        givenInBucket("d/f", "f", 100);
        given(destination, name, "USER", 5_000);
        given(destination, "d/" + name, "USER", 5_000);

        sync(bucketUri(), destination);
        assertThat(tree(destination)).containsOnlyKeys("f", "d/f", name, "d/" + name);
        sync(destination.toString(), bucketUri());
        Path again = temp.resolve("again");
        sync(bucketUri(), again);

        assertThat(tree(again)).isEqualTo(tree(destination)).containsEntry(name, "USER");
    }

    /** Difference 6 from b2sdk. */
    @Test
    void localFileThatChangedSinceThePlanIsNotDeleted() throws Exception {
        givenInBucket("a", "a", 100);
        // What changes before its removal is planned is left alone; so it changes when the one before it goes.
        given(destination, "first", "goes", 100);
        Path gone = given(destination, "gone", "planned", 100);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:race").process(exchange -> {
                    if (exchange.getMessage().getBody(String.class).contains("first")) {
                        given(destination, "gone", "changed", 1);
                    }
                });
            }
        });
        reportTo = "direct:race";

        SyncReport report = syncIncompletely(bucketUri(), destination, "keepMode=delete");

        assertThat(gone).hasContent("changed");
        assertThat(report.failures()).extracting(Problem::path).containsExactly("gone");
    }

    @Test
    void destinationThatIsAFileIsNamed() throws Exception {
        givenInBucket("a", "a", 100);
        Files.writeString(destination, "file");

        SyncReport report = syncIncompletely(bucketUri(), destination);

        assertThat(report.failures().get(0).reason()).contains(destination.toString());
        assertThat(destination).hasContent("file");
    }

    @Test
    void dryRunMakesNoDirectory() throws Exception {
        givenInBucket("d/a", "a", 100);

        sync(bucketUri(), destination, "dryRun=true");

        assertThat(lines()).containsExactly("dnload d/a");
        assertThat(destination).doesNotExist();
    }

    @Test
    void fullDiskFailsItsFilesAndLeavesNoHalfOne() throws Exception {
        Path small = Files.createDirectory(temp.resolve("small"));
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small.toString()).start();
        org.assertj.core.api.Assumptions.assumeThat(mount.waitFor())
                .as("a tmpfs can be mounted")
                .isZero();
        try {
            // From 1 MiB the room is asked for first; a small file that meets the end of the disk ends the run.
            givenInBucket("big", "0123456789".repeat(200_000), 100);
            givenInBucket("small", "fits", 100);

            SyncReport report = syncIncompletely(bucketUri(), small);

            assertThat(report.failures()).extracting(Problem::path).containsExactly("big");
            assertThat(tree(small)).containsOnlyKeys("small");
        } finally {
            new ProcessBuilder("umount", small.toString()).start().waitFor();
        }
    }

    @Test
    void customerKeysWorkInBothDirections() throws Exception {
        String key = "RAW(MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=)";
        given("a", 100);
        sync(source.toString(), bucketUri(), "destinationEncryption=SSE-C", "destinationCustomerKey=" + key);

        SyncReport without = syncIncompletely(bucketUri(), destination);
        assertThat(without.failures()).extracting(Problem::path).containsExactly("a");

        sync(bucketUri(), destination, "sourceEncryption=SSE-C", "sourceCustomerKey=" + key);
        assertThat(tree(destination)).containsEntry("a", "a");
    }
}
