// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.sync.plan.actions.ActionKind;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.report.SyncReport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What another run has done meanwhile is done: no failure, no second write, and no work of this run. */
class SyncSurprisesTest extends SyncTestSupport {
    private static final String DELETE = "keepMode=delete";

    @ParameterizedTest
    @ValueSource(strings = {"modTime", "size", "sha1"})
    void downloadsThatAnotherRunHasMadeMeanwhileAreDone(String compareMode) throws Exception {
        givenInBucket("made", "content", 10);
        givenInBucket("replaced", "content", 10);
        given(destination, "replaced", "before", 500);
        B2.emulator().faults().add("b2_download_file_by_id: delay 400ms");

        CompletableFuture<Exchange> run = CompletableFuture.supplyAsync(() -> template.request(
                "b2-sync:two?workers=2&compareMode=" + compareMode + "&source=" + bucketUri() + "&destination="
                        + destination,
                exchange -> {}));
        await().until(() -> B2.emulator().count("b2_download_file_by_id") > 1);
        given(destination, "made", "content", 10);
        given(destination, "replaced", "content", 10);

        SyncReport report = report(run);
        assertThat(report.isComplete()).isTrue();
        assertThat(report.done(ActionKind.DOWNLOAD).actions()).isZero();
        assertThat(tree(destination)).isEqualTo(Map.of("made", "content", "replaced", "content"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"modTime", "size", "sha1"})
    void fileOfAnotherContentWithTheSameSizeAndTimeIsNoneThatWasWanted(String compareMode) throws Exception {
        givenInBucket("made", "content", 10);
        B2.emulator().faults().add("b2_download_file_by_id: delay 400ms");

        CompletableFuture<Exchange> run =
                CompletableFuture.supplyAsync(() -> trySync(bucketUri(), destination, "compareMode=" + compareMode));
        await().until(() -> B2.emulator().count("b2_download_file_by_id") > 0);
        given(destination, "made", "CONTENT", 10);

        assertThat(run.get(60, TimeUnit.SECONDS).getException()).hasMessageContaining("1 failed");
        assertThat(tree(destination)).isEqualTo(Map.of("made", "CONTENT"));
    }

    @Test
    void uploadsThatAnotherRunHasMadeMeanwhileAreDone() throws Exception {
        given(source, "a", "content", 10);
        // After a failure the bucket is looked at again.
        B2.emulator().faults().add("b2_upload_file file a #1: status 403 access_denied, delay 400ms");
        givenInBucket("gone", "gone", 100);

        CompletableFuture<Exchange> run =
                CompletableFuture.supplyAsync(() -> trySync(source.toString(), bucketUri(), DELETE));
        await().until(() -> B2.emulator().count("b2_upload_file") > 0);
        givenInBucket("a", "content", 10);

        assertThat(report(run).isComplete()).isTrue();
        assertThat(B2.emulator().state().versions(bucket, "a")).hasSize(1);
        assertThat(bucketTree()).containsOnlyKeys("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"modTime", "size", "sha1"})
    void uploadOfAnotherContentIsNoneThatWasWanted(String compareMode) throws Exception {
        given(source, "a", "content", 10);
        givenInBucket("gone", "gone", 100);
        B2.emulator().faults().add("b2_upload_file file a #1: status 403 access_denied, delay 400ms");

        CompletableFuture<Exchange> run = CompletableFuture.supplyAsync(
                () -> trySync(source.toString(), bucketUri(), DELETE, "compareMode=" + compareMode));
        await().until(() -> B2.emulator().count("b2_upload_file") > 0);
        givenInBucket("a", "CONTENT", 10);

        assertThat(run.get(60, TimeUnit.SECONDS).getException()).hasMessageContaining("1 failed");
        assertThat(bucketTree()).containsEntry("a", "CONTENT").containsKey("gone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"modTime", "sha1"})
    void copiesThatAnotherRunHasMadeMeanwhileAreDone(String compareMode) throws Exception {
        String other = "from-" + bucket;
        B2.emulator().state().createBucket(other);
        B2.emulator()
                .state()
                .put(other, "a", "content".getBytes(UTF_8), Map.of("src_last_modified_millis", "1600000000000"));
        givenInBucket("gone", "gone", 100);
        B2.emulator().faults().add("b2_copy_file #1: status 403 access_denied, delay 400ms");

        CompletableFuture<Exchange> run = CompletableFuture.supplyAsync(
                () -> trySync("b2://" + other, bucketUri(), DELETE, "compareMode=" + compareMode));
        await().until(() -> B2.emulator().count("b2_copy_file") > 0);
        B2.emulator()
                .state()
                .put(bucket, "a", "content".getBytes(UTF_8), Map.of("src_last_modified_millis", "1600000000000"));

        assertThat(report(run).isComplete()).isTrue();
        assertThat(B2.emulator().state().versions(bucket, "a")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"keepMode=delete", "keepMode=keepBeforeDelete&keepDays=2"})
    void removalsThatAnotherRunHasMadeMeanwhileAreDone(String keepMode) throws Exception {
        givenInBucket("gone", "first", 900);
        givenInBucket("gone", "second", 100);
        given("z", 10);
        B2.emulator().faults().add("b2_upload_file file z: delay 800ms");

        CompletableFuture<Exchange> run =
                CompletableFuture.supplyAsync(() -> trySync(source.toString(), bucketUri(), keepMode));
        await().until(() -> B2.emulator().count("b2_upload_file") > 0);
        template.requestBody(
                "b2-sync:other?allowEmptySource=true&" + keepMode + "&source="
                        + Files.createDirectory(temp.resolve("empty")) + "&destination=" + bucketUri(),
                null,
                SyncReport.class);

        SyncReport report = report(run);
        assertThat(report.isComplete()).isTrue();
        assertThat(report.done(ActionKind.DELETE).actions()).isZero();
        assertThat(report.done(ActionKind.HIDE).actions()).isZero();
        assertThat(bucketTree()).containsOnlyKeys("z");
    }

    /** Where a part of the way to a name is a file by now, there is nothing of that name. */
    @ParameterizedTest
    @ValueSource(strings = {"keepMode=delete", "keepMode=keepBeforeDelete&keepDays=1"})
    void namesBelowADirectoryThatBecameAFileAreRemoved(String keepMode) throws Exception {
        Path below = given(source, "a/deep/x", "A", 500);
        given(source, "k", "k", 500);
        sync(source.toString(), bucketUri(), keepMode);
        Path file = Files.move(below, source.resolve("t"));
        Files.delete(source.resolve("a/deep"));
        Files.delete(source.resolve("a"));
        Files.move(file, source.resolve("a"));

        sync(source.toString(), bucketUri(), keepMode);

        assertThat(bucketTree()).containsOnlyKeys("a", "k");
    }

    @Test
    void localRemovalsThatAnotherRunHasMadeMeanwhileAreDone() throws Exception {
        given(destination, "gone", "x", 100);
        given(destination, "d/gone", "x", 100);
        givenInBucket("z", "z", 10);
        B2.emulator().faults().add("b2_download_file_by_id: delay 400ms");

        CompletableFuture<Exchange> run =
                CompletableFuture.supplyAsync(() -> trySync(bucketUri(), destination, DELETE));
        await().until(() -> B2.emulator().count("b2_download_file_by_id") > 0);
        Files.delete(destination.resolve("gone"));
        Files.delete(destination.resolve("d/gone"));
        Files.delete(destination.resolve("d"));

        SyncReport report = report(run);
        assertThat(report.failures()).isEmpty();
        assertThat(report.done(ActionKind.DELETE_LOCAL).actions()).isZero();
        assertThat(tree(destination)).containsOnlyKeys("z");
    }

    /** A directory that another run finds empty goes under the hands of a download. */
    @Test
    void directoryThatAnotherRunRemovesBeforeADownloadBeginsIsMadeAgain() throws Exception {
        givenInBucket("d/z", "z", 10);
        B2.emulator().faults().add("b2_download_file_by_id #1: delay 400ms");

        CompletableFuture<Exchange> run =
                CompletableFuture.supplyAsync(() -> trySync(bucketUri(), destination, DELETE));
        await().until(() -> B2.emulator().count("b2_download_file_by_id") > 0);
        try (var files = Files.list(destination.resolve("d"))) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(destination.resolve("d"));

        assertThat(report(run).failures()).extracting(Problem::reason).isEmpty();
        assertThat(tree(destination)).isEqualTo(Map.of("d/z", "z"));
    }

    private static SyncReport report(CompletableFuture<Exchange> run) throws Exception {
        Exchange answer = run.get(60, TimeUnit.SECONDS);
        if (answer.getException() != null) {
            throw answer.getException();
        }
        return answer.getMessage().getBody(SyncReport.class);
    }
}
