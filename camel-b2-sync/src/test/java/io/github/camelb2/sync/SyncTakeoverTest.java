// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.seda.SedaComponent;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.camelb2.B2Component;
import io.github.camelb2.client.call.LargeFileCalls.StartLargeFile;
import io.github.camelb2.client.cost.Bill;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.retry.Sleeper;
import io.github.camelb2.lending.B2ClientLease;
import io.github.camelb2.sync.distributed.BegunFile;
import io.github.camelb2.sync.distributed.JdbcEpochs;
import io.github.camelb2.sync.distributed.RunToken;
import io.github.camelb2.sync.distributed.Term;
import io.github.camelb2.sync.plan.ScanEnd;
import io.github.camelb2.sync.plan.actions.ActionKind;
import io.github.camelb2.sync.plan.actions.Expected;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.report.PlanResult;
import io.github.camelb2.sync.report.PlanResult.Outcome;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.report.WorkerFigures;

import static org.assertj.core.api.Assertions.assertThat;

/** What an endpoint makes of a run whose coordinator was killed; {@link BrokerChaosTest} kills coordinators at any step. */
class SyncTakeoverTest extends SyncTestSupport {
    private static final String OPTIONS = "keepMode=delete&actionEndpoint=seda:work&resultEndpoint=seda:results"
            + "&planKey=0123456789abcdef&leaseTime=900&ledger=#ledger";
    private static final long TIME = NOW - 100_000;

    private final JdbcDataSource database = new JdbcDataSource();

    /** Why the run that was killed cannot be gone on with. */
    private enum Obstacle {
        SCANNING("its scans had not come to their end"),
        OTHER_OPTIONS("its options were others"),
        OTHER_TREE("it is not certain that it saw the directory");

        private final String told;

        Obstacle(String told) {
            this.told = told;
        }
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext made = super.createCamelContext();
        made.getComponent("seda", SedaComponent.class).setDefaultPollTimeout(20);
        database.setUrl("jdbc:h2:mem:takeover-" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        made.getRegistry().bind("ledger", database);
        return made;
    }

    @BeforeEach
    void work() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:work?concurrentConsumers=2")
                        .to("b2-sync:test?mode=work&keepMode=delete&source=" + source + "&destination=" + bucketUri()
                                + "&resultEndpoint=seda:results&planKey=0123456789abcdef&leaseTime=900");
            }
        });
        given("a.txt", 100);
        given("b.txt", 100);
        givenInBucket("b.txt", "b.txt", 100);
        givenInBucket("gone.txt", "x", 100);
    }

    private static PathPlan plan(long number, PathPlan.Stage stage, Expected expected, SyncAction action) {
        return new PathPlan("killed", number, action.path(), stage, 0, TIME, expected, List.of(action), List.of(), "");
    }

    /** A coordinator is killed whose run has read both sides, stored b.txt, and given a.txt out. */
    private Term killed(Outcome ofB, Obstacle... obstacles) throws Exception {
        Set<Obstacle> all = Set.of(obstacles);
        B2SyncEndpoint endpoint = context.getEndpoint(uri(source, bucketUri(), OPTIONS), B2SyncEndpoint.class);
        if (!all.contains(Obstacle.OTHER_TREE)) {
            RunToken.put(source, endpoint.signer(), "killed");
        }
        Term term = new JdbcEpochs(database, Duration.ofMillis(100), InstantSource.system(), Sleeper.create())
                .begin("test", "killed");
        PathPlan done =
                plan(2, PathPlan.Stage.TRANSFER, new Expected.Nothing(), new SyncAction.Upload("b.txt", 5, TIME));
        String gone = B2.emulator().state().versions(bucket, "gone.txt").get(0).fileId();
        term.plans()
                .keep(plan(
                        1, PathPlan.Stage.TRANSFER, new Expected.Nothing(), new SyncAction.Upload("a.txt", 5, TIME)));
        term.plans().keep(done);
        term.plans()
                .keep(plan(
                        3,
                        PathPlan.Stage.VANISHED,
                        new Expected.Newest(gone, 1, TIME),
                        new SyncAction.Delete("gone.txt", gone, SyncAction.Delete.Note.NEWEST)));
        List<PlanResult.Done> actions = ofB == Outcome.DONE ? List.of(new PlanResult.Done(0, "id")) : List.of();
        term.plans().ended(done, "before", new PlanResult(ofB, actions, "reason", List.of(), Bill.NOTHING));
        assertThat(term.holds("SCANNING")).isTrue();
        if (!all.contains(Obstacle.SCANNING)) {
            String options = endpoint.options()
                    .distributed()
                    .digestOfRun(endpoint.options().job(null, null, false), roots(endpoint));
            ScanEnd end = new ScanEnd(
                    2, 0, 3, 10, new ScanEnd.Counts(2, 2, 0, 2, 1, 0, 0), Optional.empty(), false, Set.of());
            term.plans().scanned(all.contains(Obstacle.OTHER_OPTIONS) ? "others" : options, end);
        }
        return term;
    }

    private String roots(B2SyncEndpoint endpoint) {
        B2Component component = context.getComponent("b2", B2Component.class);
        try (B2ClientLease lease = component.borrowClient(component.getConfiguration())) {
            String identity = String.join(
                    "\n",
                    B2.emulator().url(),
                    lease.client().accountInfo().accountId(),
                    lease.client().bucketId(bucket, CallSettings.DEFAULT));
            return endpoint.options().distributed().roots(endpoint.options().job(null, null, false), "", identity);
        }
    }

    private long rows() throws Exception {
        return count("SELECT (SELECT COUNT(*) FROM B2_SYNC_PLAN) + (SELECT COUNT(*) FROM B2_SYNC_SCAN)");
    }

    private long files() throws Exception {
        return count("SELECT COUNT(*) FROM B2_SYNC_FILE");
    }

    private long count(String sql) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void aRunGoesOnWithWhatOneLeftWhoseScansHadEndedAndReportsBoth() throws Exception {
        Term dead = killed(Outcome.DONE);

        SyncReport report = sync(source.toString(), bucketUri(), OPTIONS);

        assertThat(report.compared()).isEqualTo(2);
        assertThat(report.done(ActionKind.UPLOAD).actions()).isEqualTo(2);
        assertThat(report.done(ActionKind.DELETE).actions()).isEqualTo(1);
        assertThat(report.workers()).hasSize(2).extracting(WorkerFigures::plans).containsExactlyInAnyOrder(1L, 2L);
        assertThat(report.skips())
                .singleElement()
                .extracting(Problem::reason)
                .asString()
                .contains("killed", "this report tells of both");
        assertThat(lines()).hasSize(2);
        assertThat(bucketTree()).isEqualTo(tree(source));
        assertThat(rows()).isZero();
        assertThat(dead.mayRemove()).isFalse();
    }

    /** What it goes on with was seen by another run, which nobody has seen the end of. */
    @Test
    void aRunThatGoesOnWithOneThatWasKilledLeavesTheStateFileAsItIs() throws Exception {
        Path stateFile = temp.resolve("state");
        sync(source.toString(), bucketUri(), "stateFile=" + stateFile);
        byte[] before = Files.readAllBytes(stateFile);
        given("new/c.txt", 100);
        givenInBucket("gone.txt", "x", 100);
        killed(Outcome.DONE);

        SyncReport report = sync(source.toString(), bucketUri(), OPTIONS, "stateFile=" + stateFile);

        assertThat(report.skips()).extracting(Problem::reason).anyMatch(it -> it.contains("tells of both"));
        assertThat(Files.readAllBytes(stateFile)).isEqualTo(before);
        try (Stream<Path> files = Files.list(temp)) {
            assertThat(files.filter(it -> it.getFileName().toString().startsWith("state.")))
                    .as("what a run is at")
                    .isEmpty();
        }

        assertThat(sync(source.toString(), bucketUri(), OPTIONS, "stateFile=" + stateFile)
                        .isComplete())
                .isTrue();
        assertThat(Files.readString(stateFile)).contains("new");
        assertThat(bucketTree()).isEqualTo(tree(source));
    }

    @Test
    void aFailureOfTheRunThatIsGoneOnWithKeepsWhatVanished() throws Exception {
        killed(Outcome.FAILED);
        B2.emulator().faults().add("b2_upload_file file b.txt #1+: status 400 bad_request");
        given(source, "b.txt", "other", 50);

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), OPTIONS);

        assertThat(report.failures()).singleElement().extracting(Problem::path).isEqualTo("b.txt");
        assertThat(report.withheldNames()).isOne();
        assertThat(bucketTree()).containsOnlyKeys("a.txt", "b.txt", "gone.txt");
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeGoneOnWithEndsWithoutARemovalAndTheNextRunBeginsAnew(Obstacle obstacle) throws Exception {
        killed(Outcome.DONE, obstacle);

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), OPTIONS);

        assertThat(report.failures())
                .singleElement()
                .extracting(Problem::reason)
                .asString()
                .contains(obstacle.told);
        assertThat(report.actions()).isZero();
        assertThat(bucketTree()).containsKey("gone.txt");
        assertThat(rows()).isZero();
        assertThat(sync(source.toString(), bucketUri(), OPTIONS).isComplete()).isTrue();
        assertThat(bucketTree()).isEqualTo(tree(source));
    }

    private void begunByTheDead(Term dead, String path, boolean isStored) {
        dead.plans().begun(new BegunFile(begin(path), path.equals("b.txt") ? 2 : 1, path, isStored));
    }

    private String begin(String name) {
        B2Component component = context.getComponent("b2", B2Component.class);
        try (B2ClientLease lease = component.borrowClient(component.getConfiguration())) {
            String id = lease.client().bucketId(bucket, CallSettings.DEFAULT);
            return lease.client()
                    .call(StartLargeFile.of(id, name, "text/plain"), CallSettings.DEFAULT)
                    .fileId();
        }
    }

    @Test
    void largeFilesOfDeadWorkersAreCancelledByTheCoordinatorThatTakesOver() throws Exception {
        Term dead = killed(Outcome.DONE);
        begunByTheDead(dead, "a.txt", false);
        begunByTheDead(dead, "b.txt", true);
        begin("of another");

        sync(source.toString(), bucketUri(), OPTIONS);

        assertThat(B2.emulator().state().unfinishedLargeFiles(bucket)).containsExactly("of another");
        assertThat(files()).isZero();
    }

    @Test
    void largeFilesOfARunThatCannotBeGoneOnWithAreCancelledByTheRunAfter() throws Exception {
        Term dead = killed(Outcome.DONE, Obstacle.SCANNING);
        begunByTheDead(dead, "a.txt", false);
        syncIncompletely(source.toString(), bucketUri(), OPTIONS);
        assertThat(B2.emulator().state().unfinishedLargeFiles(bucket)).containsExactly("a.txt");

        sync(source.toString(), bucketUri(), OPTIONS);

        assertThat(B2.emulator().state().unfinishedLargeFiles(bucket)).isEmpty();
        assertThat(files()).isZero();
    }
}
