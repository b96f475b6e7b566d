// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Constants;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.transfer.local.OwnDigits;
import io.github.camelb2.emulator.B2EmulatorState;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;
import io.github.camelb2.sync.action.StoredAs;
import io.github.camelb2.sync.plan.actions.ActionKind;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.report.SyncIncompleteException;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.scan.disk.TemporaryNames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A directory into a bucket. */
class SyncUpRouteTest extends SyncTestSupport {

    @Test
    void directoryReachesTheBucketAndTheSecondRunHasNothingToDo() throws Exception {
        given("a.txt", 100);
        given("d/ü b.txt", 200);
        given("d/e/😀", 300);

        SyncReport first = sync(source.toString(), bucketUri() + "/backup");
        List<String> lines = lines();
        SyncReport second = sync(source.toString(), bucketUri() + "/backup");

        assertThat(lines).containsExactly("upload a.txt", "upload 'd/e/😀'", "upload 'd/ü b.txt'");
        assertThat(bucketTree())
                .containsEntry("backup/a.txt", "a.txt")
                .containsEntry("backup/d/ü b.txt", "d/ü b.txt")
                .containsEntry("backup/d/e/😀", "d/e/😀")
                .hasSize(3);
        assertThat(first.compared()).isEqualTo(3);
        assertThat(first.done(ActionKind.UPLOAD).actions()).isEqualTo(3);
        assertThat(first.calls().get("A")).isGreaterThanOrEqualTo(4);
        assertThat(first.calls().get("C")).isGreaterThanOrEqualTo(1);
        assertThat(second.actions()).isZero();
        assertThat(lines()).isEmpty();
    }

    @Test
    void onlyTheChangeMoves() throws Exception {
        given("a", 100);
        given("b", 100);
        sync(source.toString(), bucketUri());
        given(source, "b", "changed", 50);

        sync(source.toString(), bucketUri());

        assertThat(lines()).containsExactly("upload b");
        assertThat(bucketTree()).containsEntry("b", "changed");
        assertThat(B2.emulator().state().versions(bucket, "b")).hasSize(2);
    }

    @Test
    void deleteTakesAwayWhatTheSourceLacksAndOldVersionsAfterTheNewOneIsStored() throws Exception {
        givenInBucket("a", "older", 300);
        givenInBucket("a", "old", 200);
        givenInBucket("gone", "gone", 200);
        given("a", 100);

        SyncReport report = sync(source.toString(), bucketUri(), "keepMode=delete");

        assertThat(lines())
                .containsExactly("upload a", "delete a (old version)", "delete a (old version)", "delete gone ");
        assertThat(B2.emulator().state().versions(bucket)).hasSize(1);
        assertThat(report.done(ActionKind.DELETE).actions()).isEqualTo(3);
    }

    /** Difference 1 from b2sdk. */
    @Test
    void nothingIsDeletedWhenTheReplacementCannotBeStored() throws Exception {
        givenInBucket("a", "old", 200);
        given("a", 100);
        given("b", 100);
        B2.emulator().faults().add("b2_upload_file file a: status 400 bad_request");

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), "keepMode=delete");

        assertThat(report.failures()).extracting(Problem::path).containsExactly("a");
        assertThat(bucketTree()).containsEntry("a", "old").containsEntry("b", "b");
    }

    @Test
    void brokenListingOfTheDestinationEndsTheRunAndDeletesNothing() throws Exception {
        givenInBucket("gone", "gone", 200);
        given("a", 100);
        B2.emulator().faults().add("b2_list_file_versions #1+: status 400 bad_request");

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), "keepMode=delete");

        assertThat(report.failures()).extracting(Problem::kind).containsExactly(Problem.Kind.SCAN_BROKEN);
        B2.emulator().faults().clear();
        assertThat(bucketTree()).containsOnlyKeys("gone");
    }

    @Test
    void dryRunTellsTheSameLinesAndChangesNothing() throws Exception {
        givenInBucket("a", "old", 200);
        givenInBucket("gone", "gone", 200);
        given("a", 100);
        given("new", 100);

        SyncReport dry = sync(source.toString(), bucketUri(), "keepMode=delete", "dryRun=true");
        List<String> lines = lines();
        List<B2EmulatorState.StoredVersion> untouched = B2.emulator().state().versions(bucket);
        sync(source.toString(), bucketUri(), "keepMode=delete");

        assertThat(lines).isEqualTo(lines()).hasSize(4);
        assertThat(untouched).hasSize(2);
        assertThat(dry.mode()).isEqualTo(SyncReport.Mode.DRY_RUN);
        assertThat(dry.actions()).isEqualTo(4);
    }

    /** Difference 2 from b2sdk. */
    @Test
    void newerDestinationFailsAloneUnlessSkippedOrReplaced() throws Exception {
        givenInBucket("a", "newer", 50);
        given("a", 100);
        given("b", 100);

        SyncReport report = syncIncompletely(source.toString(), bucketUri());
        assertThat(report.failures()).extracting(Problem::kind).containsExactly(Problem.Kind.DESTINATION_NEWER);
        assertThat(lines()).containsExactly("upload b");

        sync(source.toString(), bucketUri(), "newerFileMode=skip");
        assertThat(lines()).isEmpty();

        sync(source.toString(), bucketUri(), "newerFileMode=replace");
        assertThat(lines()).containsExactly("upload a");
    }

    /** Difference 4 from b2sdk, which would find the hide marker newer. */
    @Test
    void hiddenFileIsUploadedAgain() throws Exception {
        givenInBucket("a", "a", 100);
        B2.emulator().state().hide(bucket, "a");
        given("a", 100);

        sync(source.toString(), bucketUri());

        assertThat(lines()).containsExactly("upload a");
        assertThat(bucketTree()).containsEntry("a", "a");
    }

    @Test
    void sizesAreComparedWhenAsked() throws Exception {
        givenInBucket("same", "1234", 300);
        givenInBucket("other", "12345", 50);
        given(source, "same", "abcd", 100);
        given(source, "other", "abcd", 100);

        sync(source.toString(), bucketUri(), "compareMode=size");

        assertThat(lines()).containsExactly("upload other");
    }

    @Test
    void nothingIsComparedWhenAsked() throws Exception {
        givenInBucket("there", "1234", 300);
        given("there", 100);
        given("not there", 100);

        sync(source.toString(), bucketUri(), "compareMode=none");

        assertThat(lines()).containsExactly("upload 'not there'");
    }

    @Test
    void contentIsComparedWhenAsked() throws Exception {
        givenInBucket("same", "abcd", 300);
        givenInBucket("other", "1234", 50);
        given(source, "same", "abcd", 100);
        given(source, "other", "abcd", 100);

        sync(source.toString(), bucketUri(), "compareMode=sha1");

        assertThat(lines()).containsExactly("upload other");
    }

    @Test
    void missingAndEmptySourcesAreNamed() throws Exception {
        givenInBucket("a", "a", 1);

        SyncReport missing = syncIncompletely(temp.resolve("no").toString(), bucketUri(), "keepMode=delete");
        SyncReport empty = syncIncompletely(source.toString(), bucketUri(), "keepMode=delete");

        assertThat(missing.failures().get(0).reason())
                .contains(temp.resolve("no").toString())
                .contains("does not exist");
        assertThat(empty.failures().get(0).reason()).contains("allowEmptySource=true");
        assertThat(bucketTree()).containsOnlyKeys("a");

        sync(source.toString(), bucketUri(), "keepMode=delete", "allowEmptySource=true");
        assertThat(bucketTree()).isEmpty();
    }

    @Test
    void missingBucketIsNamed() throws Exception {
        given("a", 1);

        SyncReport report = syncIncompletely(source.toString(), "b2://no-such-bucket");

        assertThat(report.failures().get(0).reason()).contains("no-such-bucket");
    }

    /** Difference 7 from b2sdk. */
    @Test
    void leftoversOfDownloadsAreNeverUploaded() throws Exception {
        String tag = TemporaryNames.tag("run");
        given(TemporaryNames.download("a", "id", tag), 1);
        given(".b2-" + OwnDigits.of("any", 32) + ".b2tmp", 1);
        given(TemporaryNames.mark(tag), 1);
        given("notes.b2.sync.tmp", 1);
        given(".x.b2tmp", 1);

        SyncReport report = sync(source.toString(), bucketUri());

        assertThat(bucketTree()).containsOnlyKeys("notes.b2.sync.tmp", ".x.b2tmp");
        // The mark of a run holds nothing, so nobody misses it.
        assertThat(report.skips()).hasSize(2);
    }

    @Test
    void keepDaysHidesAtOnceAndDeletesLater() throws Exception {
        long day = 86_400;
        givenInBucket("gone", "5 days", 5 * day);
        givenInBucket("gone", "3 days", 3 * day);
        givenInBucket("gone", "1 day", day);
        given("a", 10);

        sync(source.toString(), bucketUri(), "keepMode=keepBeforeDelete", "keepDays=2", "keepDaysFrom=modTime");

        assertThat(lines()).containsExactly("upload a", "hide   gone", "delete gone (old version)");
        assertThat(bucketTree()).containsOnlyKeys("a");
        assertThat(B2.emulator().state().versions(bucket, "gone")).hasSize(3);
    }

    @Test
    void keepDaysCountFromTheUploadOfTheSuccessor() throws Exception {
        // An old photograph that was replaced yesterday is an old version since yesterday.
        CLOCK.at(NOW - 9 * 86_400_000L, () -> put("photo", "first", 2_000 * 86_400L));
        CLOCK.at(NOW - 4 * 86_400_000L, () -> put("photo", "second", 1_000 * 86_400L));
        CLOCK.at(NOW - 86_400_000L, () -> put("photo", "third", 100));
        given(source, "photo", "third", 100);

        sync(source.toString(), bucketUri(), "keepMode=keepBeforeDelete", "keepDays=2");

        assertThat(lines()).containsExactly("delete photo (old version)");
        assertThat(B2.emulator().state().versions(bucket, "photo")).hasSize(2);
    }

    private StoredVersion put(String name, String content, long secondsAgo) {
        return B2.emulator()
                .state()
                .put(
                        bucket,
                        name,
                        content.getBytes(StandardCharsets.UTF_8),
                        Map.of("src_last_modified_millis", String.valueOf(NOW - secondsAgo * 1000)));
    }

    @Test
    void maxDeleteStopsBeforeTheFirstDelete() throws Exception {
        givenInBucket("x", "x", 1);
        givenInBucket("y", "y", 1);
        given("a", 10);

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), "keepMode=delete", "maxDelete=1");

        assertThat(report.failures()).extracting(Problem::kind).containsExactly(Problem.Kind.TOO_MANY_DELETES);
        assertThat(bucketTree()).containsOnlyKeys("a", "x", "y");

        sync(source.toString(), bucketUri(), "keepMode=delete", "maxDelete=2");
        assertThat(bucketTree()).containsOnlyKeys("a");
    }

    /** Difference 9 from b2sdk. */
    @Test
    void filtersLeaveTheDestinationAloneUnlessTold() throws Exception {
        for (String name : List.of("a.txt", "b.txt", "d/d.txt", "e/e.incl", "b.txt.incl", "z.incl")) {
            given(name, 100);
        }
        for (String name : List.of("b.txt.incl", "z.incl")) {
            givenInBucket(name, name, 100);
        }
        // Of another time than b.txt, which it would stay for: it might have been moved to that excluded name.
        givenInBucket("c.txt", "c.txt", 90);

        sync(source.toString(), bucketUri(), "keepMode=delete", "dryRun=true", "excludeRegex=RAW(b\\.txt)");
        assertThat(lines()).containsExactly("upload a.txt", "upload d/d.txt", "upload e/e.incl", "delete c.txt ");

        sync(
                source.toString(),
                bucketUri(),
                "keepMode=delete",
                "dryRun=true",
                "excludeRegex=RAW(b\\.txt)",
                "deleteExcluded=true");
        assertThat(lines())
                .containsExactly(
                        "upload a.txt", "upload d/d.txt", "upload e/e.incl", "delete b.txt.incl ", "delete c.txt ");

        sync(
                source.toString(),
                bucketUri(),
                "keepMode=delete",
                "deleteExcluded=true",
                "excludeRegex=RAW(b\\.txt)",
                "includeRegex=RAW(.*\\.incl)");
        assertThat(lines()).containsExactly("upload a.txt", "upload d/d.txt", "upload e/e.incl", "delete c.txt ");
    }

    /** Difference 2 from b2sdk. */
    @Test
    void refusedNameIsReportedAndNothingUnderItIsDeleted() throws Exception {
        given("ok", 100);
        given("bad\u0001name/x", 100);
        givenInBucket("other", "other", 1);

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), "keepMode=delete");

        assertThat(report.failures()).singleElement().satisfies(failure -> assertThat(failure.reason())
                .contains("control character"));
        assertThat(bucketTree()).containsOnlyKeys("ok");
    }

    /** Difference 6 from b2sdk. */
    @Test
    void deleteChecksThatThePlannedVersionIsStillTheNewest() throws Exception {
        givenInBucket("gone", "planned", 100);
        Path trigger = given("a", 100);
        // Whoever hears of the upload stores another version of "gone" before its delete is begun.
        context.addRoutes(new org.apache.camel.builder.RouteBuilder() {
            @Override
            public void configure() {
                from("direct:race").process(exchange -> {
                    if (exchange.getMessage().getBody(String.class).equals("upload a")) {
                        givenInBucket("gone", "newer", 1);
                    }
                });
            }
        });

        reportTo = "direct:race";
        SyncReport report = syncIncompletely(source.toString(), bucketUri(), "keepMode=delete");

        assertThat(trigger).exists();
        assertThat(report.failures().get(0).reason()).contains("has changed since the run was planned");
        assertThat(bucketTree()).containsEntry("gone", "newer");
        assertThat(B2.emulator().state().versions(bucket, "gone")).hasSize(2);
    }

    @Test
    void fileThatVanishesStopsNothing() throws Exception {
        Path vanishing = given("b", 100);
        given("a", 100);
        given("c", 100);
        context.addRoutes(new org.apache.camel.builder.RouteBuilder() {
            @Override
            public void configure() {
                from("direct:vanish").process(exchange -> Files.deleteIfExists(vanishing));
            }
        });

        reportTo = "direct:vanish";
        Exchange answer = trySync(source.toString(), bucketUri());

        // Whether the scan had looked at it is a matter of moments.
        SyncReport report = answer.getException() instanceof SyncIncompleteException incomplete
                ? incomplete.report()
                : answer.getMessage().getBody(SyncReport.class);
        assertThat(Stream.concat(report.failures().stream(), report.skips().stream()))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.path()).isEqualTo("b");
                    assertThat(problem.reason()).contains(vanishing.toString());
                });
        assertThat(bucketTree()).containsOnlyKeys("a", "c");
    }

    @Test
    void fileThatGrewIsAppendedByB2AndAChangedOneIsUploadedWhole() throws Exception {
        String base = "0123456789".repeat(600_000);
        given(source, "grown", base, 300);
        given(source, "changed", base, 300);
        sync(source.toString(), bucketUri(), "uploadMode=incremental");
        given(source, "grown", base + "tail", 200);
        given(source, "changed", "X" + base, 200);
        long sent = B2.emulator().count("b2_upload_part");
        B2.emulator().resetRequests();

        SyncReport report = sync(source.toString(), bucketUri(), "uploadMode=incremental");

        assertThat(lines()).containsExactly("upload changed", "upload grown");
        assertThat(report.isComplete()).isTrue();
        assertThat(B2.emulator().state().bytes(bucket, "grown")).asString().isEqualTo(base + "tail");
        assertThat(B2.emulator().state().bytes(bucket, "changed")).asString().isEqualTo("X" + base);
        assertThat(B2.emulator().count("b2_copy_part")).isPositive();
        assertThat(B2.emulator().count("b2_upload_part")).isLessThan(sent);
        assertThat(B2.emulator().state().unfinishedLargeFiles(bucket)).isEmpty();

        given(source, "grown", base + "tail and more", 100);
        B2.emulator().resetRequests();
        sync(source.toString(), bucketUri(), "uploadMode=incremental");
        assertThat(B2.emulator().count("b2_copy_part")).isPositive();
        assertThat(B2.emulator().state().bytes(bucket, "grown")).asString().isEqualTo(base + "tail and more");
    }

    @Test
    void largeFileIsComparedByContentInTheNextRun() throws Exception {
        String content = "0123456789".repeat(600_000);
        given(source, "big", content, 300);
        sync(source.toString(), bucketUri(), "compareMode=sha1");
        given(source, "big", content, 100);

        sync(source.toString(), bucketUri(), "compareMode=sha1");
        assertThat(lines()).isEmpty();

        given(source, "big", content.replace('9', '8'), 100);
        sync(source.toString(), bucketUri(), "compareMode=sha1");
        assertThat(lines()).containsExactly("upload big");
    }

    @Test
    void largeFileWithoutASha1IsComparedByTimeAndCounted() throws Exception {
        context.getComponent("b2", B2Component.class).getConfiguration().setLargeFileSha1("never");
        given(source, "big", "0123456789".repeat(30_000), 300);
        given("small", 100);
        sync(source.toString(), bucketUri());

        SyncReport report = sync(source.toString(), bucketUri(), "compareMode=sha1");

        assertThat(lines()).isEmpty();
        assertThat(report.comparedByTime()).isEqualTo(1);
        assertThat(report.summary()).contains("2 compared (1 by time, without a SHA-1)");
    }

    /** Difference 5 from b2sdk. */
    @Test
    void fileThatChangesWhileItIsUploadedIsNotStored() throws Exception {
        Path big = given(source, "big", "0123456789".repeat(30_000), 100);
        given("small", 100);
        B2.emulator().faults().add("b2_upload_part #1+: delay 300ms");
        CompletableFuture<Exchange> run = CompletableFuture.supplyAsync(() -> trySync(source.toString(), bucketUri()));
        await().until(() -> B2.emulator().count("b2_upload_part") > 0);
        Files.writeString(big, "changed", StandardOpenOption.APPEND);

        Exception failure = run.get(60, TimeUnit.SECONDS).getException();

        assertThat(failure).isInstanceOfSatisfying(SyncIncompleteException.class, incomplete -> assertThat(
                        incomplete.report().failures())
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason())
                        .contains("changed while it was read", "It grew by 7 bytes", "excludeRegex")));
        assertThat(bucketTree()).containsOnlyKeys("small");
        assertThat(B2.emulator().state().unfinishedLargeFiles(bucket)).isEmpty();

        B2.emulator().faults().clear();
        sync(source.toString(), bucketUri());
        assertThat(bucketTree()).containsEntry("big", "0123456789".repeat(30_000) + "changed");
    }

    @Test
    void filesAreEncryptedByB2WhenAsked() throws Exception {
        given("small", 100);
        given(source, "big", "0123456789".repeat(30_000), 100);

        sync(source.toString(), bucketUri(), "destinationEncryption=SSE-B2");

        for (String name : List.of("small", "big")) {
            Exchange info =
                    template.request("b2:" + bucket + "?operation=getFileInfo", exchange -> exchange.getMessage()
                            .setHeader(B2Constants.FILE_NAME, name));
            assertThat(info.getMessage().getHeader(B2Constants.FOUND_SERVER_SIDE_ENCRYPTION))
                    .as(name)
                    .hasToString("SSE-B2");
        }
    }

    @Test
    void optionsSayWhatIsStoredWithEachFileByASimpleExpression() throws Exception {
        given("d/a.css", 100);
        given("b", 100);

        sync(
                source.toString(),
                bucketUri(),
                "contentType=RAW(${iif(${file:ext} == 'css',text/css,text/x-other)})",
                "cacheControl=RAW(max-age=${file:onlyname.noext})",
                "fileInfo=RAW(color=blue,from=${header.CamelB2SyncPath})");

        assertThat(B2.emulator().state().versions(bucket))
                .extracting(version -> version.name() + " " + version.contentType() + " "
                        + version.info().get("b2-cache-control") + " "
                        + version.info().get("color") + " " + version.info().get("from"))
                .containsExactly("b text/x-other max-age=b blue b", "d/a.css text/css max-age=a blue d/a.css");
        assertThat(sync(source.toString(), bucketUri()).actions()).isZero();
    }

    @Test
    void optionsLockWhatIsStored() throws Exception {
        String locked = "locked-" + bucket;
        template.requestBodyAndHeader(
                "b2:" + locked + "?operation=createBucket", null, B2Constants.FILE_LOCK_ENABLED, true);
        given("kept", 100);
        given("held", 100);

        sync(
                source.toString(),
                "b2://" + locked,
                "retentionMode=compliance",
                "retainFor=30d",
                "legalHold=RAW(${iif(${file:name} == 'held',on,off)})");

        for (String name : List.of("kept", "held")) {
            Exchange info =
                    template.request("b2:" + locked + "?operation=getFileInfo", exchange -> exchange.getMessage()
                            .setHeader(B2Constants.FILE_NAME, name));
            assertThat(info.getMessage().getHeaders())
                    .as(name)
                    .containsEntry(B2Constants.FOUND_FILE_RETENTION_MODE, "compliance")
                    .containsEntry(B2Constants.FOUND_LEGAL_HOLD, name.equals("held") ? "on" : "off");
            assertThat(info.getMessage().getHeader(B2Constants.FOUND_RETAIN_UNTIL, Long.class))
                    .isBetween(NOW + 29 * 86_400_000L, NOW + 31 * 86_400_000L);
        }
    }

    @Test
    void expressionThatFailsFailsItsFile() throws Exception {
        given("a", 100);
        given("b.x", 100);

        SyncReport report =
                syncIncompletely(source.toString(), bucketUri(), "fileInfo=RAW(${iif(${file:ext} == 'x',k=v,none)})");

        assertThat(report.failures()).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("a");
            assertThat(problem.reason()).contains("Option fileInfo=none cannot be");
        });
        assertThat(bucketTree()).containsOnlyKeys("b.x");
    }

    @Test
    void optionsAndABeanSayWhatIsStoredWithFiles() throws Exception {
        StoredAs byName = (path, upload) -> path.endsWith(".css")
                ? upload.withContentType("text/css").withInfo("color", "blue").withInfo("src_last_modified_millis", "1")
                : upload;
        context.getRegistry().bind("byName", byName);
        given("a.css", 100);
        given("b", 100);

        sync(
                source.toString(),
                bucketUri(),
                "contentType=text/plain",
                "cacheControl=RAW(public, max-age=60)",
                "storedAs=#byName");

        assertThat(B2.emulator().state().versions(bucket))
                .extracting(version -> version.name() + " " + version.contentType() + " "
                        + version.info().get("b2-cache-control") + " "
                        + version.info().get("color") + " "
                        + version.info().get("src_last_modified_millis"))
                .containsExactly(
                        "a.css text/css public, max-age=60 blue " + (NOW - 100_000),
                        "b text/plain public, max-age=60 null " + (NOW - 100_000));
        assertThat(sync(source.toString(), bucketUri()).actions()).isZero();
    }

    @Test
    void beanThatFailsFailsItsFileAlone() throws Exception {
        context.getRegistry().bind("renaming", (StoredAs)
                (path, upload) -> path.equals("a") ? UploadFile.of(bucket, "elsewhere") : upload);
        given("a", 100);
        given("b", 100);

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), "storedAs=#renaming");

        assertThat(report.failures()).extracting(Problem::path).containsExactly("a");
        assertThat(bucketTree()).containsOnlyKeys("b");
    }
}
