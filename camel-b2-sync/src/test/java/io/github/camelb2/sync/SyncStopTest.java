// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.sync.check.CheckFailedException;
import io.github.camelb2.sync.report.SyncIncompleteException;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.run.SyncSession;
import io.github.camelb2.sync.scrub.ScrubFailedException;
import io.github.camelb2.sync.scrub.ScrubReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Whoever waits for a run gets an answer when the context stops, and it says that the run has not come to its end. */
class SyncStopTest extends SyncTestSupport {
    private static final String KEY = "planKey=RAW(a key for plans of tests)";
    private static final int FILES = 300;

    /** Where lines go while the context stops: a route that is stopped keeps them waiting for half a minute. */
    @BeforeEach
    void log() {
        reportTo = "log:report";
    }

    private void givenFiles(boolean alsoInBucket) throws Exception {
        for (int i = 0; i < FILES; i++) {
            given("d" + i % 3 + "/f" + i, 100);
            if (alsoInBucket) {
                givenInBucket("d" + i % 3 + "/f" + i, "d" + i % 3 + "/f" + i, 100);
            }
        }
    }

    /** Begins it, stops the context when B2 has been called so, and gives what the caller gets then. */
    private Exchange stopped(String call, int calls, String... options) throws Exception {
        return stopped(call, calls, () -> trySync(source.toString(), bucketUri(), options));
    }

    private Exchange stopped(String call, int calls, Supplier<Exchange> run) throws Exception {
        long before = B2.emulator().count(call);
        CompletableFuture<Exchange> caller = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                caller.complete(run.get());
            } catch (RuntimeException e) {
                caller.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> B2.emulator().count(call) - before >= calls);
        context.stop();
        return caller.get(20, TimeUnit.SECONDS);
    }

    /** In a context that has just begun. */
    private <T> T again(Class<T> answer, String... options) throws Exception {
        try (CamelContext other = createCamelContext()) {
            other.addRoutes(createRouteBuilder());
            other.start();
            try (ProducerTemplate caller = other.createProducerTemplate()) {
                return caller.requestBody(uri(source, bucketUri(), options), null, answer);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "5", "8", "20"})
    void planThatIsBeingCarriedOutAnswersAndIsCarriedOutAgain(int uploads) throws Exception {
        givenFiles(false);
        givenInBucket("gone", "gone", 10);
        Path file = temp.resolve("plan.jsonl");
        sync(source.toString(), bucketUri(), "keepMode=delete", KEY, "mode=plan", "planFile=" + file);
        B2.emulator().faults().add("b2_upload_file: delay 20ms");
        String[] apply = {"keepMode=delete", KEY, "mode=apply", "planFile=" + file, "workers=4"};

        Exchange ended = stopped("b2_upload_file", uploads, apply);

        assertThat(ended.getException()).isInstanceOfSatisfying(SyncIncompleteException.class, failure -> {
            assertThat(failure.report().isComplete()).isFalse();
            assertThat(failure.getMessage()).contains("it was stopped");
        });
        assertThat(bucketTree()).containsKey("gone").hasSizeLessThan(FILES);
        B2.emulator().faults().clear();
        assertThat(again(SyncReport.class, apply).isComplete()).isTrue();
        assertThat(bucketTree()).isEqualTo(tree(source));
    }

    @ParameterizedTest
    @CsvSource({"apply", "run", "check"})
    void callerThatIsInterruptedIsFree(String mode) throws Exception {
        givenFiles(mode.equals("check"));
        Path file = temp.resolve("plan.jsonl");
        sync(source.toString(), bucketUri(), KEY, "mode=plan", "planFile=" + file);
        B2.emulator().faults().add("b2_upload_file: delay 20ms");
        B2.emulator().faults().add("b2_download_file_by_id: delay 20ms");
        String call = mode.equals("check") ? "b2_download_file_by_id" : "b2_upload_file";
        long before = B2.emulator().count(call);
        CompletableFuture<Exchange> caller = new CompletableFuture<>();
        CompletableFuture<Boolean> isStillInterrupted = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            caller.complete(trySync(
                    source.toString(),
                    bucketUri(),
                    KEY,
                    "mode=" + mode,
                    mode.equals("apply")
                            ? "planFile=" + file
                            : mode.equals("check") ? "verify=content" : "dryRun=false"));
            isStillInterrupted.complete(Thread.currentThread().isInterrupted());
        });
        thread.setDaemon(true);
        thread.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> B2.emulator().count(call) > before);

        thread.interrupt();

        assertThat(caller.get(20, TimeUnit.SECONDS).getException()).isNotNull();
        assertThat(isStillInterrupted.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(bucketTree()).hasSizeLessThanOrEqualTo(FILES);
    }

    @ParameterizedTest
    @CsvSource({"1, run", "5, run", "3, route", "3, hand"})
    void runThatIsUnderWayAnswers(int uploads, String kind) throws Exception {
        givenFiles(false);
        givenInBucket("gone", "gone", 10);
        B2.emulator().faults().add("b2_upload_file: delay 20ms");
        if (kind.equals("route")) {
            context.addRoutes(new B2SyncRoutes());
            context.addRouteFromTemplate(
                    "stopped",
                    "b2-sync",
                    Map.of("name", "stopped", "source", source.toString(), "destination", bucketUri(), "workers", "4"));
        }

        Exchange ended =
                switch (kind) {
                    case "route" ->
                        stopped(
                                "b2_upload_file",
                                uploads,
                                () -> template.request("direct:b2-sync-stopped", exchange -> {}));
                    case "hand" -> stopped("b2_upload_file", uploads, this::byHand);
                    default -> stopped("b2_upload_file", uploads, "keepMode=delete", "workers=4");
                };

        assertThat(ended.getException()).isInstanceOfSatisfying(SyncIncompleteException.class, failure -> assertThat(
                        failure.report().isComplete())
                .isFalse());
        assertThat(bucketTree()).containsKey("gone").hasSizeLessThan(FILES);
    }

    /** Parts wait for threads of their own, which end as well. */
    @ParameterizedTest
    @CsvSource({"run, 1", "apply, 1", "apply, 4", "run, 4"})
    void largeFileThatIsUnderWayKeepsNobodyWaiting(String mode, int parts) throws Exception {
        for (int i = 0; i < 3; i++) {
            given(source, "large" + i, "0123456789".repeat(300_000), 100);
        }
        Path file = temp.resolve("plan.jsonl");
        sync(source.toString(), bucketUri(), KEY, "mode=plan", "planFile=" + file);
        B2.emulator().faults().add("b2_upload_part: delay 100ms");

        Exchange ended = stopped(
                "b2_upload_part",
                parts,
                KEY,
                "mode=" + mode,
                mode.equals("apply") ? "planFile=" + file : "dryRun=false",
                "workers=2");

        assertThat(ended.getException()).isInstanceOf(SyncIncompleteException.class);
    }

    /** Takes the plans one by one, as a program without a route does. */
    private Exchange byHand() {
        Exchange last = trySync(source.toString(), bucketUri(), "mode=plan", "planTimeout=600");
        SyncSession session = last.getMessage().getBody(SyncSession.class);
        while (session.hasNext()) {
            template.send(uri(source, bucketUri(), "mode=execute"), exchange -> exchange.getMessage()
                    .setBody(session.next()));
        }
        SyncReport report = session.finish();
        last.setException(report.isComplete() ? null : new SyncIncompleteException(report));
        return last;
    }

    @ParameterizedTest
    @CsvSource({"1", "4", "30"})
    void checkThatReadsAnswersAndSaysThatItIsNotFinished(int downloads) throws Exception {
        givenFiles(true);
        B2.emulator().faults().add("b2_download_file_by_id: delay 20ms");
        Path certificate = temp.resolve("certificate.json");

        Exchange ended = stopped(
                "b2_download_file_by_id",
                downloads,
                "mode=check",
                "verify=content",
                KEY,
                "workers=4",
                "certificateFile=" + certificate);

        assertThat(ended.getException()).isInstanceOfSatisfying(CheckFailedException.class, failure -> assertThat(
                        failure.report().trouble())
                .contains("stopped"));
        assertThat(certificate).content(StandardCharsets.UTF_8).contains("\"complete\":false");
    }

    @ParameterizedTest
    @CsvSource({"1", "4", "30"})
    void scrubThatReadsAnswersAndGoesOnNextTime(int downloads) throws Exception {
        givenFiles(true);
        B2.emulator().faults().add("b2_download_file_by_id: delay 20ms");
        String[] scrub = {"mode=scrub", "workers=4", "scrubFile=" + temp.resolve("scrub.jsonl")};

        Exchange ended = stopped("b2_download_file_by_id", downloads, scrub);

        ScrubReport first = ended.getException() instanceof ScrubFailedException failed
                ? failed.report()
                : ended.getMessage().getBody(ScrubReport.class);
        assertThat(first.isPassComplete()).isFalse();
        assertThat(first.summary()).contains("stopped");
        assertThat(first.damage()).isEmpty();
        B2.emulator().faults().clear();
        ScrubReport second = again(ScrubReport.class, scrub);
        assertThat(second.isPassComplete()).isTrue();
        assertThat(second.good() + first.good()).isGreaterThanOrEqualTo(FILES);
    }

    /** Who waits for B2 to come back waits no longer than the context is there. */
    @ParameterizedTest
    @CsvSource({"mode=check", "mode=scrub", "mode=run", "mode=plan&planFile=P", "mode=estimate"})
    void listingThatWaitsForB2Answers(String mode) throws Exception {
        givenFiles(true);
        B2.emulator().faults().add("b2_list_file_versions: status 503");
        B2.emulator().faults().add("b2_list_file_names: status 503");
        List<String> options = List.of(mode.replace("=P", "=" + temp.resolve("p.jsonl")), KEY);

        Exchange ended = stopped("b2_list_file_versions", 3, options.toArray(String[]::new));

        assertThat(ended.getException()).isNotNull();
    }
}
