// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.seda.SedaComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.B2Component;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.SentRequest;
import io.github.camelb2.client.call.LargeFileCalls.StartLargeFile;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.lending.B2ClientLease;
import io.github.camelb2.observe.B2Observer;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.report.PlanResult;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.wire.PlanSigner;
import io.github.camelb2.sync.wire.RunMessage;
import io.github.camelb2.sync.wire.RunMessageJson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What becomes of large files that workers on other machines have begun; {@link KilledWorkerTest} kills a real one. */
class SyncLargeFilesOverBrokersTest extends SyncTestSupport {
    private static final String BIG = "0123456789".repeat(30_000);
    private static final String KEY = "&planKey=0123456789abcdef&leaseTime=400";
    private static final String COORDINATED = "actionEndpoint=seda:work&resultEndpoint=seda:results" + KEY;
    private static final RunMessageJson JSON = new RunMessageJson(PlanSigner.of("0123456789abcdef"));

    private final ScheduledExecutorService renewals = Executors.newScheduledThreadPool(1);
    private final List<RunMessage.Result> results = new CopyOnWriteArrayList<>();
    private final List<B2ClientLease> leases = new ArrayList<>();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AtomicBoolean isCutOff = new AtomicBoolean();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext made = super.createCamelContext();
        made.getComponent("seda", SedaComponent.class).setDefaultPollTimeout(20);
        return made;
    }

    @BeforeEach
    void givenALargeFile() throws Exception {
        given(source, "d/big", BIG, 100);
        given("small", 100);
    }

    @AfterEach
    void stop() {
        goOn.countDown();
        leases.forEach(B2ClientLease::close);
        renewals.shutdownNow();
        B2.emulator().faults().clear();
    }

    /** What the first worker does that is given the large file. */
    private interface FirstWorker {
        void take(RunMessage.Act act, String message) throws Exception;
    }

    private void given(String options, FirstWorker first) throws Exception {
        AtomicBoolean isGiven = new AtomicBoolean();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:work?concurrentConsumers=3").process(exchange -> {
                    String message = exchange.getMessage().getBody(String.class);
                    boolean isFirst = JSON.read(message) instanceof RunMessage.Act act
                            && act.plan().path().equals("d/big")
                            && isGiven.compareAndSet(false, true);
                    if (isFirst) {
                        first.take((RunMessage.Act) JSON.read(message), message);
                    } else {
                        template.sendBody("direct:worker", message);
                    }
                });
                from("direct:worker")
                        .to("b2-sync:test?mode=work&source=" + source + "&destination=" + bucketUri()
                                + "&resultEndpoint=seda:results" + KEY + options);
            }
        });
    }

    /** One of another machine, which no mark here tells of. */
    private String begin(String name) throws Exception {
        B2Component component = context.getComponent("b2", B2Component.class);
        try (B2ClientLease lease = component.borrowClient(component.getConfiguration())) {
            String id = lease.client().bucketId(bucket, CallSettings.DEFAULT);
            return lease.client()
                    .call(StartLargeFile.of(id, name, "text/plain"), CallSettings.DEFAULT)
                    .fileId();
        }
    }

    private void tell(RunMessage.Act act, String largeFile) {
        template.sendBody(
                "seda:results",
                JSON.write(new RunMessage.Progress(
                        act.about(), "elsewhere", act.seq(), act.plan().planId(), largeFile)));
    }

    /** Begins it, says so, and dies. */
    private void die(RunMessage.Act act, String message) throws Exception {
        tell(act, begin("d/big"));
    }

    private SyncReport coordinate(String... options) throws Exception {
        return sync(source.toString(), bucketUri(), with(options));
    }

    private static String[] with(String... options) {
        String[] all = new String[options.length + 1];
        all[0] = COORDINATED;
        System.arraycopy(options, 0, all, 1, options.length);
        return all;
    }

    private List<String> unfinished() {
        return B2.emulator().state().unfinishedLargeFiles(bucket);
    }

    @ParameterizedTest
    @ValueSource(strings = {"keepMode=noDelete", "keepMode=delete"})
    void whatADeadWorkerHadBegunIsCancelledWhenAnotherHasStoredTheFile(String keepMode) throws Exception {
        given("&" + keepMode, this::die);

        SyncReport report = coordinate(keepMode);

        assertThat(unfinished()).isEmpty();
        assertThat(bucketTree()).isEqualTo(tree(source));
        assertThat(B2.emulator().state().versions(bucket, "d/big")).hasSize(1);
        assertThat(report.skips()).isEmpty();
    }

    @Test
    void oneOfAnotherProgramIsLeftAlone() throws Exception {
        given("", this::die);
        begin("d/big");
        begin("d/bigger");

        coordinate();

        assertThat(unfinished()).containsExactlyInAnyOrder("d/big", "d/bigger");
    }

    /** A message that would be needed to cancel another file of the bucket, of somebody who has the key. */
    @Test
    void oneOfAnotherNameIsNotCancelledWhateverAWorkerSays() throws Exception {
        given("", (act, message) -> tell(act, begin("d/bigger")));

        coordinate();

        assertThat(unfinished()).containsExactly("d/bigger");
    }

    @Test
    void whatTheBrokerLosesStaysAndIsCountedByTheNextRun() throws Exception {
        given("", (act, message) -> begin("d/big"));

        coordinate();

        assertThat(unfinished()).containsExactly("d/big");
        assertThat(coordinate().skips())
                .singleElement()
                .extracting(Problem::reason)
                .asString()
                .contains("unfinished large files lie below");
    }

    /** Whoever tries again later may go on with it, wherever that is. */
    @Test
    void ofAFileThatFailsItStaysAndIsTold() throws Exception {
        given("&keepMode=delete", this::die);
        B2.emulator().faults().add("b2_finish_large_file #1+: status 400 bad_request");

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), with("keepMode=delete"));

        assertThat(report.failures()).singleElement().extracting(Problem::path).isEqualTo("d/big");
        assertThat(unfinished()).contains("d/big");
        assertThat(report.skips())
                .extracting(Problem::reason)
                .anyMatch(reason -> reason.contains("large files that workers have begun"));
    }

    @Test
    void aKeyThatMayNotCancelIsANoteAndNoFailure() throws Exception {
        given("", this::die);
        B2.emulator().faults().add("b2_cancel_large_file: status 401 unauthorized");

        SyncReport report = coordinate();

        assertThat(report.isComplete()).isTrue();
        assertThat(report.skips())
                .singleElement()
                .extracting(Problem::reason)
                .asString()
                .startsWith("1 large files that workers have begun")
                .contains("could not be cancelled", "401");
        assertThat(unfinished()).containsExactly("d/big");
    }

    @Test
    void oneWhoseWorkerLivesStays() throws Exception {
        given("", (act, message) -> {
            String id = begin("d/big");
            tell(act, id);
            // It is silent for a lease, so that another gets the plan, and is heard of again as soon as that one is at
            // it, which takes it long enough to hear of this one before it has stored the file.
            B2.emulator().faults().add("b2_finish_large_file: delay 300ms");
            long before = B2.emulator().count("b2_start_large_file");
            renewals.scheduleAtFixedRate(
                    () -> {
                        if (B2.emulator().count("b2_start_large_file") > before) {
                            tell(act, id);
                        }
                    },
                    20,
                    20,
                    TimeUnit.MILLISECONDS);
        });

        SyncReport report = coordinate("keepMode=noDelete");

        assertThat(bucketTree()).isEqualTo(tree(source));
        assertThat(unfinished()).containsExactly("d/big");
        assertThat(report.skips())
                .singleElement()
                .extracting(Problem::reason)
                .asString()
                .startsWith("1 large files that workers have begun");
    }

    /** A machine without a network for a while: it uploads, and nobody hears of it. */
    @Test
    void aWorkerThatLivesAfterAllSaysThatItsLargeFileIsGoneAndStoresNothing() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        try (DefaultCamelContext machine = machine(hangs)) {
            given("", (act, message) -> {
                CompletableFuture<Object> work =
                        machine.createProducerTemplate().asyncSendBody("direct:work", message);
                // Until it hangs it is heard of.
                while (!work.isDone() && (!hangs.await(50, TimeUnit.MILLISECONDS) || !isCutOff.get())) {
                    tell(act, "");
                }
                assertThat(work).as(results.toString()).isNotDone();
            });

            SyncReport report = coordinate();

            assertThat(unfinished()).isEmpty();
            assertThat(report.isComplete()).isTrue();
            goOn.countDown();
            await().until(() -> !results.isEmpty());
            assertThat(results.get(0).result().outcome()).isEqualTo(PlanResult.Outcome.FAILED);
            assertThat(results.get(0).result().reason()).contains("somebody has cancelled or finished large file");
            assertThat(B2.emulator().state().versions(bucket, "d/big")).hasSize(1);
            assertThat(bucketTree()).isEqualTo(tree(source));
        }
    }

    /** Another machine, with marks of its own; it hangs, and says no more than what it has begun. */
    private DefaultCamelContext machine(CountDownLatch hangs) throws Exception {
        DefaultCamelContext machine = new DefaultCamelContext();
        account(machine.getComponent("b2", B2Component.class).getConfiguration());
        machine.getRegistry().bind("hanging", new Hanging(hangs));
        machine.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:work")
                        .to("b2-sync:test?mode=work&source=" + source + "&destination=" + bucketUri()
                                + "&resultEndpoint=direct:back" + KEY);
                from("direct:back").process(exchange -> back(exchange));
            }
        });
        Path own = Files.createDirectory(temp.resolve("machine"));
        String shared = System.setProperty("java.io.tmpdir", own.toString());
        try {
            machine.start();
            // Its client knows its directory from now on.
            B2Component b2 = machine.getComponent("b2", B2Component.class);
            B2ClientLease lease = b2.borrowClient(b2.getConfiguration());
            lease.client().accountInfo(CallSettings.DEFAULT);
            leases.add(lease);
        } finally {
            System.setProperty("java.io.tmpdir", shared);
        }
        return machine;
    }

    /** Hangs behind its first part until the run has ended. */
    private final class Hanging implements B2Observer {
        private final CountDownLatch hangs;

        Hanging(CountDownLatch hangs) {
            this.hangs = hangs;
        }

        @Override
        public ClientListener calls() {
            return new ClientListener() {
                @Override
                public void onRequest(SentRequest request) {
                    if (request.call().equals("b2_upload_part")) {
                        hangs.countDown();
                        waitForTheEnd();
                    }
                }
            };
        }
    }

    private void waitForTheEnd() {
        try {
            goOn.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void back(Exchange exchange) {
        String message = exchange.getMessage().getBody(String.class);
        if (JSON.read(message) instanceof RunMessage.Result result) {
            results.add(result);
        } else if (message.contains("largeFile") && !isCutOff.get()) {
            template.sendBody("seda:results", message);
            isCutOff.set(true);
        }
    }
}
