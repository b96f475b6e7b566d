// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import javax.sql.DataSource;

import com.sun.management.OperatingSystemMXBean;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.camelb2.B2Component;
import io.github.camelb2.client.cost.Bill;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.retry.Sleeper;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.lending.B2ClientLease;
import io.github.camelb2.sync.action.ActionListener;
import io.github.camelb2.sync.action.Location;
import io.github.camelb2.sync.action.bucket.BucketAccess;
import io.github.camelb2.sync.distributed.Coordinator;
import io.github.camelb2.sync.distributed.Epochs;
import io.github.camelb2.sync.distributed.GivenRun;
import io.github.camelb2.sync.distributed.JdbcEpochs;
import io.github.camelb2.sync.distributed.Term;
import io.github.camelb2.sync.plan.actions.ActionKind;
import io.github.camelb2.sync.plan.actions.SyncRun;
import io.github.camelb2.sync.plan.policy.Direction;
import io.github.camelb2.sync.plan.policy.SyncPolicy;
import io.github.camelb2.sync.report.PlanResult;
import io.github.camelb2.sync.report.SyncProgressListener;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.run.SyncEngine;
import io.github.camelb2.sync.run.SyncJob;
import io.github.camelb2.sync.run.SyncSession;
import io.github.camelb2.sync.scan.ScanFilters;
import io.github.camelb2.sync.wire.PlanSigner;
import io.github.camelb2.sync.wire.RunMessage;
import io.github.camelb2.sync.wire.RunMessageJson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many plans one coordinator can give out: the whole run, from both listings to the report, with a broker and workers
 * that answer at once. With {@code -Dsoak=true} ten million, and {@code -Dplans} as many as it says; the figures are
 * printed. Give it little memory, as {@code -Xmx96m}.
 */
class ManyPlansTest extends SyncTestSupport {
    private static final boolean SOAK = Boolean.getBoolean("soak");
    private static final long PLANS = Long.getLong("plans", SOAK ? 10_000_000 : 2_000);
    private static final int OUTSTANDING = 10_000;
    private static final RunMessageJson JSON = new RunMessageJson(PlanSigner.of("0123456789abcdef"));
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final BlockingQueue<String> work = new ArrayBlockingQueue<>(2 * OUTSTANDING);
    private final AtomicLong bytes = new AtomicLong();

    @Test
    void theCoordinatorsMemoryDoesNotGrowWithItsPlans() throws Exception {
        coordinate("in memory", Epochs.inMemory(InstantSource.system()), PLANS);
    }

    @Test
    void plansInADatabaseAreNoMoreOfItsMemory() throws Exception {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setUrl("jdbc:h2:file:" + temp.resolve("ledger"));
        coordinate("in H2", epochs(h2), Math.min(PLANS, 100_000));
    }

    @Test
    @Tag("full")
    void plansInPostgres() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            coordinate("in PostgreSQL", epochs(postgres.getPostgresDatabase()), Math.min(PLANS, 100_000));
        }
    }

    private static Epochs epochs(DataSource database) {
        return new JdbcEpochs(database, Duration.ofSeconds(60), InstantSource.system(), Sleeper.create());
    }

    private void coordinate(String ledger, Epochs epochs, long plans) throws Exception {
        try (B2Emulator b2 = B2Emulator.builder().synthetic("many-plans", plans).start()) {
            b2.state().createBucket("there-plans");
            B2Component component = context.getComponent("b2", B2Component.class);
            account(component.getConfiguration(), b2);
            ExecutorService workers = Executors.newSingleThreadExecutor();
            try (B2ClientLease lease = component.borrowClient(component.getConfiguration())) {
                BucketAccess access = new BucketAccess(
                        lease.client(), CallSettings.DEFAULT, TransferOptions.DEFAULT, Encryption.none());
                SyncEngine engine = new SyncEngine(
                        side -> access,
                        side -> access,
                        ActionListener.NONE,
                        SyncProgressListener.NONE,
                        InstantSource.system());
                run(ledger, engine, epochs, workers, plans);
            } finally {
                workers.shutdownNow();
            }
        }
    }

    private void run(String ledger, SyncEngine engine, Epochs epochs, ExecutorService workers, long plans)
            throws Exception {
        SyncSession session = engine.open(job(), new SyncRun("run-1", System.currentTimeMillis()));
        Term term = epochs.begin("many", session.runId());
        GivenRun run = session.givenElsewhere(term.plans(), "options");
        Coordinator coordinator = new Coordinator(
                run,
                new RunMessage.About("many", session.runId(), term.epoch(), "options", "roots"),
                JSON,
                broker(),
                new Coordinator.Patience(OUTSTANDING, Duration.ofSeconds(60), Duration.ofMinutes(5)),
                term,
                InstantSource.system(),
                InstantSource.system());
        long begun = System.nanoTime();
        long cpu = PROCESS.getProcessCpuTime();
        Future<?> answers = workers.submit(() -> answer(coordinator));

        coordinator.run();

        term.end();
        double seconds = (System.nanoTime() - begun) / 1e9;
        double cpuSeconds = (PROCESS.getProcessCpuTime() - cpu) / 1e9;
        answers.cancel(true);
        SyncReport report = session.finish();
        assertThat(report.isComplete()).as(report + " " + report.failures()).isTrue();
        assertThat(report.done(ActionKind.COPY).actions()).isEqualTo(plans);
        if (SOAK) {
            System.gc();
            Runtime memory = Runtime.getRuntime();
            System.out.printf(
                    "%s: %,d plans in %.0f s, %,.0f a second; %,.0f in a second of processor time, listing, workers' ends and"
                            + " emulator included; %d bytes a plan on the wire; heap at the end %d MiB of at most %d%n",
                    ledger,
                    plans,
                    seconds,
                    plans / seconds,
                    plans / cpuSeconds,
                    bytes.get() / plans,
                    (memory.totalMemory() - memory.freeMemory()) >> 20,
                    memory.maxMemory() >> 20);
        }
    }

    private static SyncJob job() {
        return new SyncJob(
                "many",
                new Location.Bucket("many-plans", ""),
                new Location.Bucket("there-plans", ""),
                SyncPolicy.of(Direction.B2_TO_B2),
                ScanFilters.NONE,
                1,
                SyncReport.Mode.REAL);
    }

    private Coordinator.Broker broker() {
        return new Coordinator.Broker() {
            @Override
            public void send(String message) throws InterruptedException {
                bytes.addAndGet(message.length());
                if (!work.offer(message, 60, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("the queue is full");
                }
            }

            @Override
            public void deadLetter(String message) {
                throw new IllegalStateException(message);
            }
        };
    }

    /** All workers: each plan is done at once. */
    private Void answer(Coordinator coordinator) throws InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            if (JSON.read(work.take()) instanceof RunMessage.Act act) {
                PlanResult done = new PlanResult(
                        PlanResult.Outcome.DONE,
                        List.of(new PlanResult.Done(0, "4_z" + act.plan().planId())),
                        "",
                        List.of(),
                        Bill.NOTHING);
                coordinator.answer(JSON.write(new RunMessage.Result(
                        act.about(), "w", act.seq(), act.plan().planId(), done)));
            }
        }
        return null;
    }
}
