// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.camel.CamelExecutionException;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.sync.action.failure.ErrorClass;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.report.SyncIncompleteException;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.run.SyncSession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/** How runs end that do not go well: what the report says then, and what they stop doing. */
class SyncEndsTest extends SyncTestSupport {
    /** What is done once, when the first line is told. */
    private volatile Runnable atFirstLine = () -> {};

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:report").process(exchange -> {
                    Runnable once = atFirstLine;
                    atFirstLine = () -> {};
                    once.run();
                    reported.add(exchange.copy());
                });
            }
        };
    }

    @Test
    void fileThatFailedAndThenWentUpIsInNoReport() throws Exception {
        given("a", 10);
        given("z", 10);
        givenInBucket("gone", "gone", 10);
        B2.emulator().faults().add("b2_upload_file file z #1: status 403 access_denied");
        Path file = temp.resolve("problems.jsonl");

        SyncReport report = sync(source.toString(), bucketUri(), "keepMode=delete", "reportFile=" + file);

        assertThat(report.failures()).isEmpty();
        assertThat(bucketTree()).containsOnlyKeys("a", "z");
        assertThat(Files.readAllLines(file)).isEmpty();
        assertThat(filesBeside(file)).containsExactly("problems.jsonl");
    }

    @Test
    void fileThatWentUpInTheSecondTryTakesNobodyElsesFailureAway() throws Exception {
        given("a", 10);
        given("z", 10);
        givenInBucket("gone", "gone", 10);
        B2.emulator().faults().add("b2_upload_file file a: status 403 access_denied");
        B2.emulator().faults().add("b2_upload_file file z #1: status 403 access_denied");
        Path file = temp.resolve("problems.jsonl");

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), "keepMode=delete", "reportFile=" + file);

        assertThat(report.failures()).extracting(Problem::path).containsExactly("a");
        assertThat(Files.readString(file)).contains("\"path\":\"a\"").doesNotContain("\"path\":\"z\"");
    }

    @Test
    void secondProblemOfAFileIsToldBesideTheFirst() throws Exception {
        Path changed = given("a", 10);
        givenInBucket("gone", "gone", 10);
        B2.emulator().faults().add("b2_upload_file file a: status 403 access_denied");
        // Between the first try and the second one.
        atFirstLine = () -> write(changed, "other content");
        Path file = temp.resolve("problems.jsonl");

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), "keepMode=delete", "reportFile=" + file);

        assertThat(report.failureCount()).isEqualTo(1);
        assertThat(report.failures()).singleElement().satisfies(problem -> assertThat(problem.reason())
                .contains("has changed since it was scanned", "; at first: ", "access_denied"));
        assertThat(Files.readAllLines(file))
                .filteredOn(line -> line.contains("ACTION_FAILED") || line.contains("CHANGED"))
                .hasSize(2);
    }

    @Test
    void plansThatNobodyTakesEndTheRunAndFreeItsFiles() throws Exception {
        given("a", 10);
        given("b", 10);
        givenInBucket("gone", "gone", 10);
        Path state = temp.resolve("state");
        SyncSession session = template.requestBody(
                uri(source, bucketUri(), "mode=plan", "keepMode=delete", "planTimeout=600", "stateFile=" + state),
                null,
                SyncSession.class);
        PathPlan late = session.next();

        await().atMost(Duration.ofSeconds(10)).until(session::isEnded);

        assertThat(session.hasNext()).isFalse();
        assertThat(session.finish().isComplete()).isFalse();
        assertThat(filesBeside(state)).noneMatch(name -> name.startsWith("state."));
        assertThat(bucketTree()).containsOnlyKeys("gone");
        // Whoever brings it late is not refused.
        template.sendBody(uri(source, bucketUri(), "mode=execute"), late);
        assertThat(bucketTree()).containsOnlyKeys("a", "gone");
        assertThat(sync(source.toString(), bucketUri()).isComplete()).isTrue();
    }

    /** Another thread may stop a run between the two calls of whoever takes its plans. */
    @Test
    void whoWasPromisedAPlanOfARunThatStopsGetsOneOfNothing() throws Exception {
        given("a", 10);
        SyncSession session = template.requestBody(uri(source, bucketUri(), "mode=plan"), null, SyncSession.class);
        assertThat(session.hasNext()).isTrue();

        session.stop();

        assertThat(session.next().actions()).isEmpty();
        assertThat(session.finish().isComplete()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b2_upload_file: status 403 cap_exceeded",
                "b2_get_upload_url: status 403 storage_cap_exceeded",
                "b2_get_upload_url: status 403 transaction_cap_exceeded",
                "b2_get_upload_url: status 400 bad_bucket_id",
                "b2_upload_file: status 401 unauthorized"
            })
    void whatWouldFailEveryFileEndsTheRunWithOneReason(String fault) throws Exception {
        for (int i = 0; i < 30; i++) {
            given("f" + i, 10);
        }
        givenInBucket("gone", "gone", 10);
        B2.emulator().faults().add(fault);

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), "keepMode=delete", "workers=8");

        assertGaveUpForOneReason(report, 8);
        assertThat(bucketTree()).containsOnlyKeys("gone");
    }

    /** What else failed for that reason, or was not begun, is counted and not listed. */
    private static void assertGaveUpForOneReason(SyncReport report, int workers) {
        assertThat(report.failures()).extracting(Problem::kind).containsExactly(Problem.Kind.GAVE_UP);
        assertThat(report.failureCount()).isEqualTo(1);
        assertThat(report.skips()).singleElement().satisfies(problem -> assertThat(problem.reason())
                .matches("[1-9]\\d* path plans were not carried out, because the run gave up; .*"));
        int notDone = Integer.parseInt(report.skips().get(0).reason().split(" ")[0]);
        assertThat(notDone).isLessThanOrEqualTo(workers + 1);
    }

    @Test
    void outageThatLastsTooLongIsOneReasonToo() throws Exception {
        context.getComponent("b2", io.github.camelb2.B2Component.class)
                .getConfiguration()
                .setRetryTimeout(1);
        for (int i = 0; i < 30; i++) {
            given("f" + i, 10);
        }
        B2.emulator().faults().add("b2_upload_file: status 503");

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), "workers=8", "outageTimeout=300");

        // The first two failures in a row are about their files, as far as anybody knows then.
        assertThat(report.failures())
                .filteredOn(problem -> problem.kind() != Problem.Kind.ACTION_FAILED)
                .extracting(Problem::kind)
                .containsExactly(Problem.Kind.GAVE_UP);
        assertThat(report.failureCount()).isLessThanOrEqualTo(3);
    }

    @Test
    void fileThatFailedBeforeTheRunGaveUpIsNamed() throws Exception {
        given("a", 10);
        given("b", 10);
        B2.emulator().faults().add("b2_upload_file file a: status 403 access_denied");
        B2.emulator().faults().add("b2_upload_file file b: status 403 cap_exceeded");

        SyncReport report = syncIncompletely(source.toString(), bucketUri());

        assertThat(report.failures())
                .extracting(Problem::kind)
                .containsExactly(Problem.Kind.ACTION_FAILED, Problem.Kind.GAVE_UP);
        assertThat(report.failures()).extracting(Problem::path).containsExactly("a", "b");
    }

    @Test
    void routeOverPathPlansGivesUpAsARunDoes() throws Exception {
        for (int i = 0; i < 60; i++) {
            given("f" + i, 10);
        }
        B2.emulator().faults().add("b2_upload_file: status 403 cap_exceeded");
        context.addRoutes(new B2SyncRoutes());
        context.addRouteFromTemplate(
                "capped",
                "b2-sync",
                Map.of("name", "capped", "source", source.toString(), "destination", bucketUri(), "workers", "2"));

        CamelExecutionException failure = catchThrowableOfType(
                CamelExecutionException.class, () -> template.requestBody("direct:b2-sync-capped", (Object) null));

        SyncReport report = ((SyncIncompleteException) failure.getCause()).report();
        assertGaveUpForOneReason(report, 2);
        assertThat(B2.emulator().count("b2_upload_file")).isLessThan(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "No space left on device",
                "Disk quota exceeded",
                "Read-only file system",
                "There is not enough space on the disk"
            })
    void diskThatTakesNothingMoreIsFatal(String answer) {
        IOException disk = new FileSystemException("/data/x", null, answer);

        assertThat(ErrorClass.of(new IllegalStateException("cannot write x", disk)))
                .isEqualTo(ErrorClass.FATAL);
        assertThat(ErrorClass.of(new IOException("/data/x: Permission denied"))).isEqualTo(ErrorClass.FILE);
    }

    private static List<String> filesBeside(Path file) throws IOException {
        List<String> names = new ArrayList<>();
        try (var files = Files.newDirectoryStream(file.getParent())) {
            files.forEach(each -> names.add(each.getFileName().toString()));
        }
        names.removeIf(name -> name.equals("source") || name.equals("destination"));
        return names;
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
