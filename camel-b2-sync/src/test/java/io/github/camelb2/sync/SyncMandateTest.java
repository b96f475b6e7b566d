// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.camelb2.B2Component;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;
import io.github.camelb2.lending.B2ClientLease;
import io.github.camelb2.sync.action.ActionListener;
import io.github.camelb2.sync.action.Location;
import io.github.camelb2.sync.action.Mandate;
import io.github.camelb2.sync.action.bucket.BucketAccess;
import io.github.camelb2.sync.action.failure.SyncActionException;
import io.github.camelb2.sync.plan.actions.Expected;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.plan.actions.SyncRun;
import io.github.camelb2.sync.plan.policy.Direction;
import io.github.camelb2.sync.plan.policy.KeepMode;
import io.github.camelb2.sync.plan.policy.SyncPolicy;
import io.github.camelb2.sync.report.PlanResult;
import io.github.camelb2.sync.report.PlanResult.Outcome;
import io.github.camelb2.sync.report.SyncProgressListener;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.run.SyncEngine;
import io.github.camelb2.sync.run.SyncJob;
import io.github.camelb2.sync.run.SyncSession;
import io.github.camelb2.sync.run.look.SourceLook;
import io.github.camelb2.sync.scan.ScanFilters;

import static org.assertj.core.api.Assertions.assertThat;

/** A worker that loses its mandate over a plan: what it has not done yet it does not do, and what it has done it tells. */
class SyncMandateTest extends SyncTestSupport {
    private static final long TIME = NOW - 100_000;

    private final AtomicLong ahead = new AtomicLong();
    private final InstantSource clock = () -> InstantSource.system().instant().plusMillis(ahead.get());
    private final AtomicInteger asked = new AtomicInteger();
    private B2ClientLease lease;
    private SyncEngine engine;

    @BeforeEach
    void login() {
        B2Component component = context.getComponent("b2", B2Component.class);
        lease = component.borrowClient(component.getConfiguration());
        CallSettings calls =
                CallSettings.DEFAULT.withInitialBackoff(Duration.ofMillis(1)).withMaxBackoff(Duration.ofMillis(5));
        TransferOptions transfers = TransferOptions.DEFAULT.withPartSize(100_000);
        BucketAccess access = new BucketAccess(lease.client(), calls, transfers, Encryption.none());
        engine = new SyncEngine(side -> access, side -> access, ActionListener.NONE, SyncProgressListener.NONE, clock);
    }

    @AfterEach
    void logout() {
        lease.close();
    }

    private SyncJob job(KeepMode keepMode) {
        return new SyncJob(
                "test",
                new Location.Directory(source),
                new Location.Bucket(bucket, ""),
                SyncPolicy.of(Direction.LOCAL_TO_B2).withKeepMode(keepMode),
                ScanFilters.NONE,
                1,
                SyncReport.Mode.REAL);
    }

    private PlanResult carryOut(KeepMode keepMode, PathPlan plan, Mandate mandate) {
        return engine.carryOut(job(keepMode), plan, new SourceLook(clock, Duration.ofSeconds(1)), mandate);
    }

    private PathPlan upload(int bytes, Expected expected) throws Exception {
        Path file = source.resolve("a.bin");
        Files.write(file, new byte[bytes]);
        Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(TIME));
        return new PathPlan(
                "run", 1, "a.bin", expected, List.of(new SyncAction.Upload("a.bin", bytes, TIME)), List.of());
    }

    /** One that is lost when it is asked for the so-manieth time. */
    private Mandate lostAt(int time) {
        return () -> asked.incrementAndGet() < time ? Optional.empty() : Optional.of("it was lost");
    }

    private List<String> contents() {
        List<String> all = new ArrayList<>();
        for (StoredVersion version : B2.emulator().state().versions(bucket)) {
            all.add(new String(B2.emulator().state().bytes(version.fileId()), StandardCharsets.UTF_8).trim());
        }
        return all;
    }

    @Test
    void nothingIsStoredWithoutAMandate() throws Exception {
        for (int time : new int[] {1, 2}) {
            asked.set(0);
            PlanResult result = carryOut(KeepMode.NO_DELETE, upload(10, new Expected.Nothing()), lostAt(time));

            assertThat(result.outcome()).isEqualTo(Outcome.DECLINED);
            assertThat(result.reason()).isEqualTo("it was lost");
            assertThat(contents()).isEmpty();
        }
        assertThat(carryOut(KeepMode.NO_DELETE, upload(10, new Expected.Nothing()), Mandate.FOR_EVER)
                        .outcome())
                .isEqualTo(Outcome.DONE);
    }

    /** At each of its requests: the first part, another one, the last step. */
    @Test
    void aLargeFileIsBrokenOffAndNothingOfItStays() throws Exception {
        int times = 0;
        Outcome outcome = Outcome.DECLINED;
        while (outcome == Outcome.DECLINED) {
            times++;
            asked.set(0);
            outcome = carryOut(KeepMode.NO_DELETE, upload(450_000, new Expected.Nothing()), lostAt(times))
                    .outcome();
            assertThat(B2.emulator().state().unfinishedLargeFiles(bucket)).isEmpty();
            assertThat(contents()).hasSize(outcome == Outcome.DECLINED ? 0 : 1);
        }
        assertThat(outcome).isEqualTo(Outcome.DONE);
        assertThat(times).isGreaterThan(5);
    }

    @Test
    void aRemovalIsBrokenOffBetweenTwoVersions() throws Exception {
        givenInBucket("gone", "1", 300);
        givenInBucket("gone", "2", 200);
        givenInBucket("gone", "3", 100);
        given("here", 100);
        List<StoredVersion> versions = B2.emulator().state().versions(bucket, "gone");
        List<SyncAction> deletes = List.of(
                new SyncAction.Delete("gone", versions.get(2).fileId(), SyncAction.Delete.Note.OLD_VERSION),
                new SyncAction.Delete("gone", versions.get(1).fileId(), SyncAction.Delete.Note.OLD_VERSION),
                new SyncAction.Delete("gone", versions.get(0).fileId(), SyncAction.Delete.Note.NEWEST));
        PathPlan plan = new PathPlan(
                "run",
                1,
                "gone",
                PathPlan.Stage.VANISHED,
                0,
                0,
                new Expected.Newest(versions.get(0).fileId()),
                deletes,
                List.of(),
                "");

        // Each is asked for twice: before the step, and before the request.
        assertThat(carryOut(KeepMode.DELETE, plan, lostAt(4)).outcome()).isEqualTo(Outcome.DECLINED);
        assertThat(contents()).containsExactly("3", "2");
        assertThat(carryOut(KeepMode.DELETE, plan, Mandate.FOR_EVER).outcome().isWell())
                .isTrue();
        assertThat(contents()).isEmpty();
    }

    /** A name of more versions than are removed in one time: whoever goes on begins where the last one came to. */
    @Test
    void aRemovalOfManyVersionsGoesOnBehindThoseThatAreGone() throws Exception {
        List<SyncAction> deletes = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            givenInBucket("gone", String.valueOf(i), 300 - i);
        }
        given("here", 100);
        List<StoredVersion> versions = B2.emulator().state().versions(bucket, "gone");
        for (int i = 29; i >= 0; i--) {
            deletes.add(new SyncAction.Delete(
                    "gone",
                    versions.get(i).fileId(),
                    i == 0 ? SyncAction.Delete.Note.NEWEST : SyncAction.Delete.Note.OLD_VERSION));
        }
        PathPlan plan = new PathPlan(
                "run",
                1,
                "gone",
                PathPlan.Stage.VANISHED,
                0,
                0,
                new Expected.Newest(versions.get(0).fileId()),
                deletes,
                List.of(),
                "");
        int givings = 0;
        Outcome outcome = Outcome.DECLINED;
        while (outcome == Outcome.DECLINED && givings < 100) {
            asked.set(0);
            givings++;
            outcome = carryOut(KeepMode.DELETE, plan, lostAt(21)).outcome();
        }

        assertThat(outcome.isWell()).isTrue();
        assertThat(contents()).isEmpty();
        assertThat(B2.emulator().count("b2_delete_file_version")).isEqualTo(30);
        assertThat(givings).isLessThan(6);
    }

    /** A worker that stood still for long, and a later run that has stored something newer. */
    @Test
    void whatTakesLongIsLookedAtAgainBeforeTheLastStep() throws Exception {
        PlanResult result = carryOut(KeepMode.NO_DELETE, upload(450_000, new Expected.Nothing()), () -> {
            if (asked.incrementAndGet() == 3) {
                givenInBucket("a.bin", "newer", 1);
                ahead.set(5_000);
            }
            return Optional.empty();
        });

        assertThat(result.outcome()).isEqualTo(Outcome.DECLINED);
        assertThat(result.reason()).contains("somebody else stored version");
        assertThat(contents()).containsExactly("newer");
        assertThat(B2.emulator().state().unfinishedLargeFiles(bucket)).isEmpty();
    }

    /** Between the last look and the last step: B2 has no way to make that one. */
    @ParameterizedTest
    @EnumSource(
            value = KeepMode.class,
            names = {"NO_DELETE", "DELETE"})
    void whatCameOnTopOfANewerVersionIsToldOfAndGoesWhereOldVersionsGo(KeepMode keepMode) throws Exception {
        Mandate standsStill = () -> {
            // Before the step, and then behind the look that is right before the request.
            if (asked.incrementAndGet() == 2) {
                givenInBucket("a.bin", "newer", 1);
                ahead.set(5_000);
            }
            return Optional.empty();
        };

        PlanResult result = carryOut(keepMode, upload(10, new Expected.Nothing()), standsStill);

        String newer = B2.emulator().state().versions(bucket, "a.bin").stream()
                .filter(version -> version.length() == "newer".length())
                .findFirst()
                .orElseThrow()
                .fileId();
        assertThat(result.reason()).contains(newer, "this plan's version ");
        if (keepMode == KeepMode.DELETE) {
            assertThat(result.outcome()).isEqualTo(Outcome.CHANGED);
            assertThat(contents()).containsExactly("newer");
        } else {
            assertThat(result.outcome()).isEqualTo(Outcome.COVERED);
            assertThat(contents()).hasSize(2).last().isEqualTo("newer");
        }
    }

    /** No one is wrong, and nobody else may live to tell of both. */
    @Test
    void theSameContentOfAnotherWorkerBelowIsNoTroubleAndToldOf() throws Exception {
        PlanResult result = carryOut(KeepMode.DELETE, upload(5, new Expected.Nothing()), () -> {
            if (asked.incrementAndGet() == 2) {
                givenInBucket("a.bin", "\0\0\0\0\0", 100);
                ahead.set(5_000);
            }
            return Optional.empty();
        });

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(contents()).hasSize(2);
        List<StoredVersion> both = B2.emulator().state().versions(bucket, "a.bin");
        assertThat(result.skips())
                .singleElement()
                .satisfies(skip -> assertThat(skip.path()).isEqualTo("a.bin"))
                .extracting(Problem::reason)
                .asString()
                .contains(both.get(0).fileId(), both.get(1).fileId(), "hold the same");
    }

    /** Then the coordinator learns that B2 is away, and not that its lease is too short. */
    @Test
    void whatIsNotTriedAgainForLackOfAMandateFailedForTheReasonBefore() throws Exception {
        B2.emulator().faults().add("b2_upload_file #1+: status 503 service_unavailable");

        PlanResult result = carryOut(KeepMode.NO_DELETE, upload(10, new Expected.Nothing()), lostAt(3));

        assertThat(result.outcome()).isEqualTo(Outcome.OUTAGE);
        assertThat(contents()).isEmpty();
    }

    /** A run in one process that comes to a file long after it has listed it. */
    @ParameterizedTest
    @CsvSource({"1, true", "61, true", "1, false", "61, false"})
    void whatTheSourceDoesNotShowAnyMoreAMinuteAfterItsListingIsNotStored(int seconds, boolean isDown)
            throws Exception {
        Location from = new Location.Bucket(bucket, "from/");
        Location to = isDown ? new Location.Directory(destination) : new Location.Bucket(bucket, "to/");
        givenInBucket("from/a", "one", 100);
        givenInBucket("from/b", "two", 100);
        givenInBucket("from/c", "three", 100);
        SyncJob job = new SyncJob(
                "test",
                from,
                to,
                SyncPolicy.of(isDown ? Direction.B2_TO_LOCAL : Direction.B2_TO_B2),
                ScanFilters.NONE,
                1,
                SyncReport.Mode.REAL);
        List<String> changed = new ArrayList<>();
        try (SyncSession session = engine.open(job, new SyncRun("run", System.currentTimeMillis()))) {
            List<PathPlan> plans = new ArrayList<>();
            while (plans.size() < 3) {
                plans.add(session.next());
            }
            ahead.set(seconds * 1_000L);
            B2.emulator().state().hide(bucket, "from/a");
            givenInBucket("from/b", "newer", 1);
            long listings = B2.emulator().count("b2_list_file_versions");
            for (PathPlan plan : plans) {
                try {
                    session.execute(plan);
                } catch (SyncActionException e) {
                    assertThat(e).hasMessageContaining("the source does not show version");
                    changed.add(plan.path());
                }
            }
            assertThat(changed).isEqualTo(seconds < 60 ? List.of() : List.of("a", "b"));
            long asked = B2.emulator().count("b2_list_file_versions") - listings;
            // One for all, and one each for those that are not shown; and a bucket as destination is asked for each.
            assertThat(asked).isEqualTo(seconds < 60 ? 0 : isDown ? 3 : 6);
        }
    }
}
