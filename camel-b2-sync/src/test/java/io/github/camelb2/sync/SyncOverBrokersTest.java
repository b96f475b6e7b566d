// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.component.seda.SedaComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.B2Component;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.call.BucketCalls.DeleteBucket;
import io.github.camelb2.client.call.FileCalls.DeleteFileVersion;
import io.github.camelb2.client.call.KeyCalls.CreateKey;
import io.github.camelb2.client.model.key.ApplicationKey;
import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.emulator.B2EmulatorState;
import io.github.camelb2.lending.B2ClientLease;
import io.github.camelb2.sync.plan.actions.ActionKind;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.report.WorkerFigures;
import io.github.camelb2.sync.wire.PlanSigner;
import io.github.camelb2.sync.wire.RunMessage;
import io.github.camelb2.sync.wire.RunMessageJson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Coordinator and workers in one context, with queues of Camel's own for a broker. */
class SyncOverBrokersTest extends SyncTestSupport {
    private static final String KEY = "&planKey=0123456789abcdef&leaseTime=1500";
    private static final String COORDINATED = "actionEndpoint=seda:work&resultEndpoint=seda:results" + KEY;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext made = super.createCamelContext();
        // A queue is left at once, not after a second.
        made.getComponent("seda", SedaComponent.class).setDefaultPollTimeout(20);
        return made;
    }

    private String worker(Object from, Object to, String options) {
        return "b2-sync:test?mode=work&source=" + from + "&destination=" + to
                + "&resultEndpoint=seda:results&deadLetterEndpoint=mock:dead" + KEY + options;
    }

    /** Threads that take from the queue, each for one of these workers in turn. */
    private void given(int threads, String... workers) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:work?concurrentConsumers=" + threads)
                        .loadBalance()
                        .roundRobin()
                        .to(workers);
            }
        });
    }

    private SyncReport coordinate(String from, String to, String... options) throws Exception {
        return sync(from, to, with(options));
    }

    private static String[] with(String... options) {
        return Stream.concat(Stream.of(COORDINATED), Stream.of(options)).toArray(String[]::new);
    }

    @Test
    void workersCarryOutWhatTheCoordinatorPlansAndOneReportTellsOfAll() throws Exception {
        for (int i : IntStream.range(0, 40).toArray()) {
            given("f" + i, 100);
        }
        givenInBucket("gone.txt", "x", 100);
        given(3, worker(source, bucketUri(), "&keepMode=delete"));

        SyncReport report = coordinate(source.toString(), bucketUri(), "keepMode=delete");

        assertThat(report.done(ActionKind.UPLOAD).actions()).isEqualTo(40);
        assertThat(report.done(ActionKind.DELETE).actions()).isEqualTo(1);
        assertThat(report.workers())
                .singleElement()
                .extracting(WorkerFigures::plans)
                .isEqualTo(41L);
        assertThat(report.skips()).isEmpty();
        assertThat(report.calls()).containsKeys("C");
        assertThat(lines()).hasSize(41).contains("delete gone.txt ");
        assertThat(bucketTree()).isEqualTo(tree(source));
        assertThat(tree(source)).hasSize(40);
    }

    @Test
    void nothingVanishesWhenOneTransferFailedElsewhere() throws Exception {
        given("a.txt", 100);
        given("b.txt", 100);
        givenInBucket("gone.txt", "x", 100);
        given(1, worker(source, bucketUri(), "&keepMode=delete"));
        B2.emulator().faults().add("b2_upload_file file a.txt #1+: status 400 bad_request");

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), with("keepMode=delete"));

        assertThat(report.failures()).singleElement().extracting(Problem::path).isEqualTo("a.txt");
        assertThat(report.withheldNames()).isOne();
        assertThat(bucketTree()).containsOnlyKeys("b.txt", "gone.txt");
    }

    @Test
    void whatHasChangedSinceItWasPlannedIsToldAsChangedAndNotStored() throws Exception {
        given("a.txt", 100);
        given("b.txt", 100);
        givenInBucket("gone.txt", "x", 100);
        changing("a.txt", () -> given(source, "a.txt", "edited meanwhile", 50));

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), with("keepMode=delete"));

        assertThat(report.failures())
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("a.txt"))
                .extracting(Problem::kind)
                .isEqualTo(Problem.Kind.CHANGED);
        assertThat(report.done(ActionKind.UPLOAD).actions()).isOne();
        assertThat(report.withheldNames()).isOne();
        assertThat(bucketTree()).containsOnlyKeys("b.txt", "gone.txt");
    }

    @Test
    void whatIsGoneSinceItWasPlannedIsToldAsChanged() throws Exception {
        given("a.txt", 100);
        given("b.txt", 100);
        givenInBucket("gone.txt", "x", 100);
        changing("a.txt", () -> Files.delete(source.resolve("a.txt")));

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), with("keepMode=delete"));

        assertThat(report.failures())
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("a.txt"))
                .satisfies(problem -> assertThat(problem.reason()).contains("is gone since it was scanned"))
                .satisfies(problem -> assertThat(problem.reason()).doesNotContain(temp.toString()))
                .extracting(Problem::kind)
                .isEqualTo(Problem.Kind.CHANGED);
        assertThat(bucketTree()).containsOnlyKeys("b.txt", "gone.txt");
    }

    /** From one bucket to another, and down: the version that the listing told of is deleted meanwhile. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aVersionThatIsGoneSinceItWasPlannedIsToldAsChanged(boolean isDown) throws Exception {
        givenInBucket("a.txt", "one", 100);
        givenInBucket("b.txt", "two", 100);
        String to = isDown ? destination.toString() : "b2://" + second();
        changing("a.txt", () -> deleteInBucket("a.txt"), worker(bucketUri(), to, ""));

        SyncReport report = syncIncompletely(bucketUri(), to, with());

        assertThat(report.failures())
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("a.txt"))
                .extracting(Problem::kind)
                .isEqualTo(Problem.Kind.CHANGED);
    }

    /** By somebody at the source, while the plan is on its way: nobody wants the version any more that was listed. */
    @ParameterizedTest
    @CsvSource({"hidden, true", "hidden, false", "replaced, true", "replaced, false"})
    void aVersionThatTheSourceDoesNotShowAnyMoreIsToldAsChangedAndNotStored(String how, boolean isDown)
            throws Exception {
        givenInBucket("a.txt", "one", 100);
        givenInBucket("b.txt", "two", 100);
        String to = isDown ? destination.toString() : "b2://" + second();
        changing("a.txt", () -> change(how), worker(bucketUri(), to, ""));

        SyncReport report = syncIncompletely(bucketUri(), to, with());

        assertThat(report.failures())
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("a.txt"))
                .satisfies(problem -> assertThat(problem.reason()).contains("the source does not show version"))
                .extracting(Problem::kind)
                .isEqualTo(Problem.Kind.CHANGED);
        assertThat(isDown ? tree(destination) : treeOfSecond()).containsExactly(Map.entry("b.txt", "two"));
    }

    private void change(String how) {
        if (how.equals("hidden")) {
            B2.emulator().state().hide(bucket, "a.txt");
        } else {
            givenInBucket("a.txt", "newer", 1);
        }
    }

    private Map<String, String> treeOfSecond() {
        Map<String, String> contents = new TreeMap<>();
        B2EmulatorState state = B2.emulator().state();
        for (String name : state.names(bucket + "-second")) {
            contents.put(name, new String(state.bytes(bucket + "-second", name), StandardCharsets.UTF_8));
        }
        return contents;
    }

    /** Below a prefix, and as of a time at which it was shown: what came later does not count. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aVersionOfAPastStateIsWantedForAsLongAsItIsThere(boolean isDown) throws Exception {
        long time = NOW - 86_400_000;
        CLOCK.at(time, () -> B2.emulator().state().put(bucket, "in/a.txt", "one".getBytes(StandardCharsets.UTF_8)));
        givenInBucket("in/a.txt", "newer", 1);
        String asOf = "&asOf=" + Instant.ofEpochMilli(time + 1_000);
        String to = isDown ? destination.toString() : "b2://" + second();
        changing("a.txt", () -> B2.emulator().state().hide(bucket, "in/a.txt"), worker(bucketUri() + "/in", to, asOf));

        SyncReport report = coordinate(bucketUri() + "/in", to, asOf.substring(1));

        assertThat(report.isComplete()).isTrue();
        assertThat(isDown ? tree(destination) : treeOfSecond()).containsExactly(Map.entry("a.txt", "one"));
    }

    /** Both runs over, and the source no longer has it: whoever brings the old plan again stores nothing. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTransferOfARunBeforeBringsNothingBackThatTheSourceHasNoLonger(boolean isDown) throws Exception {
        givenInBucket("a.txt", "one", 100);
        givenInBucket("b.txt", "two", 100);
        String to = isDown ? destination.toString() : "b2://" + second();
        List<String> transfers = new CopyOnWriteArrayList<>();
        String options = "&keepMode=delete";
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:work")
                        .process(exchange -> transfers.add(exchange.getMessage().getBody(String.class)))
                        .to(worker(bucketUri(), to, options));
            }
        });
        coordinate(bucketUri(), to, options.substring(1));
        List<String> first = transfers.stream()
                .filter(text -> text.contains("\"path\":\"a.txt\""))
                .toList();
        B2.emulator().state().hide(bucket, "a.txt");
        coordinate(bucketUri(), to, options.substring(1));
        assertThat(isDown ? tree(destination) : treeOfSecond()).containsOnlyKeys("b.txt");

        // Another worker, which has heard of no later run.
        template.requestBody(worker(bucketUri(), to, options + "&outageTimeout=9000"), first.get(0));

        assertThat(isDown ? tree(destination) : treeOfSecond()).containsOnlyKeys("b.txt");
    }

    private String second() {
        B2.emulator().state().createBucket(bucket + "-second");
        return bucket + "-second";
    }

    private void deleteInBucket(String name) {
        B2Component component = context.getComponent("b2", B2Component.class);
        try (B2ClientLease lease = component.borrowClient(component.getConfiguration())) {
            String id = B2.emulator().state().versions(bucket, name).get(0).fileId();
            lease.client().call(DeleteFileVersion.of(name, id));
        }
    }

    @Test
    void whatIsGoneInARunInOneProcessIsToldAsChangedToo() throws Exception {
        given("a.txt", 100);
        given("b.txt", 100);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:lines").process(exchange -> Files.deleteIfExists(source.resolve("b.txt")));
            }
        });
        reportTo = "direct:lines";

        SyncReport report = syncIncompletely(source.toString(), bucketUri());

        assertThat(report.failures())
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("b.txt"))
                .extracting(Problem::kind)
                .isEqualTo(Problem.Kind.CHANGED);
    }

    @Test
    void whatAnotherProgramStoresMeanwhileIsToldAsChangedAndStays() throws Exception {
        given("a.txt", 100);
        changing("a.txt", () -> givenInBucket("a.txt", "theirs", 10));

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), with());

        assertThat(report.failures()).singleElement().extracting(Problem::kind).isEqualTo(Problem.Kind.CHANGED);
        assertThat(report.actions()).isZero();
        assertThat(bucketTree()).containsExactly(Map.entry("a.txt", "theirs"));
    }

    @Test
    void whatComesBackBeforeItsRemovalIsNeitherDoneNorFailed() throws Exception {
        given("a.txt", 100);
        givenInBucket("back.txt", "back.txt", 100);
        changing("back.txt", () -> given("back.txt", 100));

        SyncReport report = coordinate(source.toString(), bucketUri(), "keepMode=delete");

        assertThat(report.isComplete()).isTrue();
        assertThat(report.skips()).singleElement().extracting(Problem::path).isEqualTo("back.txt");
        assertThat(report.done(ActionKind.DELETE).actions()).isZero();
        assertThat(bucketTree()).containsOnlyKeys("a.txt", "back.txt");
    }

    /** Something that happens while the plan of a path is on its way to a worker. */
    private interface Change {
        void make() throws Exception;
    }

    private void changing(String path, Change change) throws Exception {
        changing(path, change, worker(source, bucketUri(), "&keepMode=delete"));
    }

    private void changing(String path, Change change, String worker) throws Exception {
        AtomicBoolean isMade = new AtomicBoolean();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:work")
                        .process(exchange -> {
                            String message = exchange.getMessage().getBody(String.class);
                            if (message.contains("\"path\":\"" + path + "\"") && isMade.compareAndSet(false, true)) {
                                change.make();
                            }
                        })
                        .to(worker);
            }
        });
    }

    @Test
    void aWorkerRemovesNothingThatItsOwnKeepModeKeeps() throws Exception {
        given("a.txt", 100);
        givenInBucket("gone.txt", "x", 100);
        given(1, worker(source, bucketUri(), ""));

        SyncReport report =
                syncIncompletely(source.toString(), bucketUri(), with("keepMode=delete", "outageTimeout=3000"));

        assertThat(report.failures())
                .singleElement()
                .extracting(Problem::reason)
                .asString()
                .contains("keepMode=noDelete");
        assertThat(bucketTree()).containsOnlyKeys("a.txt", "gone.txt");
    }

    /** Versions of ten and of five days ago, which lie below the one that is stored. */
    @ParameterizedTest
    @CsvSource({
        "delete, keepBeforeDelete&keepDays=300, false",
        "delete, keepBeforeDelete&keepDays=3, false",
        "keepBeforeDelete&keepDays=0.00001, keepBeforeDelete&keepDays=300, false",
        "keepBeforeDelete&keepDays=2, keepBeforeDelete&keepDays=6, false",
        "keepBeforeDelete&keepDays=2, keepBeforeDelete&keepDays=2, true",
        "keepBeforeDelete&keepDays=4, keepBeforeDelete&keepDays=2, true",
        "keepBeforeDelete&keepDays=2, delete, true"
    })
    void aWorkerDeletesNoVersionThatItsOwnDaysKeep(String keepMode, String own, boolean isAllowed) throws Exception {
        long day = 86_400_000;
        for (int days : new int[] {10, 5}) {
            CLOCK.at(NOW - days * day, () -> B2.emulator()
                    .state()
                    .put(bucket, "a.txt", new byte[days], Map.of("src_last_modified_millis", "1400000000000")));
        }
        given("a.txt", 100);
        given(1, worker(source, bucketUri(), "&keepMode=" + own));
        int before = 2;

        String options = "keepMode=" + keepMode;
        SyncReport report = isAllowed
                ? coordinate(source.toString(), bucketUri(), options)
                : syncIncompletely(source.toString(), bucketUri(), with(options, "outageTimeout=3000"));

        int after = B2.emulator().state().versions(bucket, "a.txt").size();
        assertThat(after).isEqualTo(isAllowed ? before : before + 1);
        assertThat(report.failures().stream().map(Problem::reason))
                .allMatch(reason -> reason.contains("deletes version ") && reason.contains("of this endpoint keeps"));
    }

    @Test
    void aWorkerOfOtherOptionsLeavesThePlansToOthers() throws Exception {
        given("a.txt", 100);
        given("b.txt", 100);
        given(2, worker(source, bucketUri(), "&contentType=text/other"), worker(source, bucketUri(), ""));

        SyncReport report = coordinate(source.toString(), bucketUri());

        assertThat(report.done(ActionKind.UPLOAD).actions()).isEqualTo(2);
        assertThat(report.workers())
                .singleElement()
                .extracting(WorkerFigures::plans)
                .isEqualTo(2L);
    }

    @Test
    void aWorkerWithAnotherKeyOfTheFilesLeavesThePlansToOthers() throws Exception {
        given("a.txt", 100);
        given("b.txt", 100);
        String encrypted = "destinationEncryption=SSE-C&destinationCustomerKey=RAW(%s)";
        String key = encrypted.formatted("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
        String before = encrypted.formatted("MTEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
        given(2, worker(source, bucketUri(), "&" + before), worker(source, bucketUri(), "&" + key));

        coordinate(source.toString(), bucketUri(), key);

        Path back = temp.resolve("back");
        sync(bucketUri(), back.toString(), key.replace("destination", "source"));
        assertThat(tree(back)).isEqualTo(tree(source));
    }

    @Test
    void aWorkerThatSeesAnotherTreeLeavesThePlansToOthers() throws Exception {
        given("a.txt", 100);
        Path other = Files.createDirectory(temp.resolve("other"));
        given(other, "a.txt", "another", 100);
        given(2, worker(other, bucketUri(), ""), worker(source, bucketUri(), ""));

        coordinate(source.toString(), bucketUri());

        assertThat(bucketTree()).containsExactly(Map.entry("a.txt", "a.txt"));
    }

    /** Another account, or another B2, as one of a test. */
    @Test
    void aWorkerWithABucketOfThatNameElsewhereLeavesThePlansToOthers() throws Exception {
        given("a.txt", 100);
        given("b.txt", 100);
        try (B2Emulator elsewhere = B2Emulator.builder().start()) {
            elsewhere.state().createBucket(bucket);
            String account = "&destinationRealm=" + elsewhere.url() + "&destinationApplicationKeyId="
                    + elsewhere.applicationKeyId() + "&destinationApplicationKey=RAW("
                    + elsewhere.applicationKey() + ")";
            given(2, worker(source, bucketUri(), account), worker(source, bucketUri(), ""));

            SyncReport report = coordinate(source.toString(), bucketUri());

            assertThat(report.workers())
                    .singleElement()
                    .extracting(WorkerFigures::plans)
                    .isEqualTo(2L);
            assertThat(elsewhere.state().names(bucket)).isEmpty();
        }
    }

    @Test
    void whatNoWorkerTakesForThatReasonNamesTheRemedyAndNoAccount() throws Exception {
        given("a.txt", 100);
        List<String> messages = new CopyOnWriteArrayList<>();
        try (B2Emulator elsewhere = B2Emulator.builder().start()) {
            elsewhere.state().createBucket(bucket);
            String account = "&destinationRealm=" + elsewhere.url() + "&destinationApplicationKeyId="
                    + elsewhere.applicationKeyId() + "&destinationApplicationKey=RAW("
                    + elsewhere.applicationKey() + ")";
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("seda:work")
                            .process(exchange ->
                                    messages.add(exchange.getMessage().getBody(String.class)))
                            .to(worker(source, bucketUri(), account));
                }
            });

            SyncReport report = syncIncompletely(source.toString(), bucketUri(), with("outageTimeout=1500"));

            assertThat(report.failures())
                    .extracting(Problem::reason)
                    .anyMatch(it ->
                            it.contains("give the worker a key of the account, and the realm, of the coordinator"));
            String bucketId = B2.emulator().state().bucketId(bucket).orElseThrow();
            assertThat(messages)
                    .isNotEmpty()
                    .noneMatch(it -> it.contains(B2.emulator().accountId()) || it.contains(bucketId));
        }
    }

    @Test
    void aWorkerWhoseKeyMayNotListBucketsWorks() throws Exception {
        given("a.txt", 100);
        B2Component component = context.getComponent("b2", B2Component.class);
        ApplicationKey key;
        try (B2ClientLease lease = component.borrowClient(component.getConfiguration())) {
            key = lease.client()
                    .call(CreateKey.of(
                                    List.of(
                                            Capability.LIST_FILES,
                                            Capability.READ_FILES,
                                            Capability.WRITE_FILES,
                                            Capability.DELETE_FILES),
                                    "worker")
                            .withBucketIds(List.of(
                                    B2.emulator().state().bucketId(bucket).orElseThrow())));
        }
        given(
                1,
                worker(
                        source,
                        bucketUri(),
                        "&destinationApplicationKeyId=" + key.applicationKeyId() + "&destinationApplicationKey=RAW("
                                + key.applicationKey() + ")"));

        SyncReport report = coordinate(source.toString(), bucketUri());

        assertThat(report.done(ActionKind.UPLOAD).actions()).isOne();
    }

    /** The machine's own clock is an hour behind. */
    @Test
    void whenAPlanIsTooOldIsToldByTheClockOfB2() throws Exception {
        given("a.txt", 100);
        List<String> messages = new CopyOnWriteArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:work")
                        .process(exchange -> messages.add(exchange.getMessage().getBody(String.class)))
                        .to(worker(source, bucketUri(), ""));
            }
        });
        long hour = 3_600_000;

        SyncReport report = CLOCK.at(System.currentTimeMillis() + hour, () -> {
            try {
                return coordinate(source.toString(), bucketUri());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(report.done(ActionKind.UPLOAD).actions()).isOne();
        assertThat(messages).anySatisfy(message -> {
            RunMessage read = new RunMessageJson(PlanSigner.of("0123456789abcdef")).read(message);
            assertThat(read).isInstanceOfSatisfying(RunMessage.Act.class, act -> assertThat(act.validUntilMillis())
                    .isGreaterThan(NOW + hour));
        });
    }

    @Test
    void aWorkerOfSeveralRoutesRemovesNoMoreThanOne() throws Exception {
        given("a.txt", 100);
        for (int i = 0; i < 6; i++) {
            givenInBucket("gone" + i, "x", 100);
        }
        // Each step of a route has a producer of its own.
        String worker = worker(source, bucketUri(), "&keepMode=delete&maxDelete=2");
        given(2, worker, worker);

        SyncReport report = syncIncompletely(
                source.toString(), bucketUri(), with("keepMode=delete", "maxDelete=unlimited", "outageTimeout=5000"));

        assertThat(report.done(ActionKind.DELETE).actions())
                .as("%s", report.failures())
                .isEqualTo(2);
        assertThat(bucketTree()).hasSize(5);
    }

    /** Nothing is asked of B2 before there is something to do. */
    @Test
    void aBucketThatIsMadeAgainUnderItsNameIsFoundByWorkersThatLive() throws Exception {
        given("a.txt", 100);
        given(1, worker(source, bucketUri(), ""));
        assertThat(B2.emulator().requests("b2_authorize_account")).isEmpty();
        coordinate(source.toString(), bucketUri());
        deleteInBucket("a.txt");
        B2Component component = context.getComponent("b2", B2Component.class);
        try (B2ClientLease lease = component.borrowClient(component.getConfiguration())) {
            lease.client()
                    .call(DeleteBucket.of(B2.emulator().state().bucketId(bucket).orElseThrow()));
        }
        B2.emulator().state().createBucket(bucket);

        SyncReport report = coordinate(source.toString(), bucketUri());

        assertThat(report.done(ActionKind.UPLOAD).actions()).isOne();
        assertThat(bucketTree()).isEqualTo(tree(source));
    }

    @Test
    void filesComeDownToADirectoryThatWorkersSee() throws Exception {
        givenInBucket("a/b.txt", "one", 100);
        givenInBucket("c.txt", "two", 100);
        given(2, worker(bucketUri(), destination, ""));

        SyncReport report = coordinate(bucketUri(), destination.toString());

        assertThat(report.done(ActionKind.DOWNLOAD).bytes()).isEqualTo(6);
        assertThat(tree(destination)).isEqualTo(bucketTree());
    }

    @Test
    void silenceOfAllWorkersIsNeverComplete() throws Exception {
        given("a.txt", 100);
        givenInBucket("gone.txt", "x", 100);

        SyncReport report =
                syncIncompletely(source.toString(), bucketUri(), with("keepMode=delete", "outageTimeout=1200"));

        assertThat(report.failures()).extracting(Problem::reason).anyMatch(it -> it.contains("no worker has answered"));
        assertThat(bucketTree()).containsOnlyKeys("gone.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "[]", "{\"version\":2}", "{\"version\":1,\"type\":\"transfer\"}"})
    void whatIsNoMessageGoesToTheDeadLetters(String text) throws Exception {
        given(1, worker(source, bucketUri(), ""));
        MockEndpoint dead = context.getEndpoint("mock:dead", MockEndpoint.class);
        dead.expectedBodiesReceived(text);

        template.sendBody("seda:work", text);

        dead.assertIsSatisfied();
        assertThat(bucketTree()).isEmpty();
    }

    /** As a JMS message without a text is: a worker that fails with it gets it again and again. */
    @Test
    void aMessageWithoutABodyGoesToTheDeadLetters() throws Exception {
        given(1, worker(source, bucketUri(), ""));
        MockEndpoint dead = context.getEndpoint("mock:dead", MockEndpoint.class);
        dead.expectedBodiesReceived("");

        template.sendBody("seda:work", null);

        dead.assertIsSatisfied();
    }

    @Test
    void aMessageThatWouldRedirectAWorkerIsRefused() throws Exception {
        given(1, worker(source, bucketUri(), ""));
        MockEndpoint dead = context.getEndpoint("mock:dead", MockEndpoint.class);
        dead.expectedMessageCount(1);

        template.sendBodyAndHeader("seda:work", "{}", B2SyncConstants.SOURCE, "/etc");

        dead.assertIsSatisfied();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            actionEndpoint=seda:w&planKey=0123456789abcdef                                       | resultEndpoint
            actionEndpoint=seda:w&resultEndpoint=seda:r                                          | planKey
            mode=work&planKey=0123456789abcdef                                                   | resultEndpoint
            mode=work&resultEndpoint=seda:r                                                      | planKey
            resultEndpoint=seda:r                                                                | resultEndpoint
            mode=plan&actionEndpoint=seda:w&resultEndpoint=seda:r&planKey=0123456789abcdef       | actionEndpoint
            mode=work&actionEndpoint=seda:w&resultEndpoint=seda:r&planKey=0123456789abcdef       | actionEndpoint
            actionEndpoint=seda:w&resultEndpoint=seda:r&planKey=0123456789abcdef&outstanding=0   | outstanding
            actionEndpoint=seda:w&resultEndpoint=seda:r&planKey=0123456789abcdef&leaseTime=9     | leaseTime
            actionEndpoint=seda:w&resultEndpoint=seda:r&planKey=0123456789abcdef&maxTransactionsC=9 | maxTransactionsC
            actionEndpoint=seda:w&resultEndpoint=seda:r&planKey=0123456789abcdef&maxTransferBytes=9 | maxTransferBytes
            mode=work&resultEndpoint=seda:r&planKey=0123456789abcdef&maxDownloadBytes=9          | maxDownloadBytes
            actionEndpoint=seda:w&resultEndpoint=seda:w&planKey=0123456789abcdef                 | actionEndpoint
            actionEndpoint=seda:w&resultEndpoint=seda:r&deadLetterEndpoint=seda://w&planKey=0123456789abcdef | deadLetterEndpoint
            mode=work&resultEndpoint=seda:r&deadLetterEndpoint=seda:r&planKey=0123456789abcdef   | deadLetterEndpoint
            mode=work&resultEndpoint=seda:r&planKey=0123456789abcdef&dryRun=true                 | dryRun
                        """)
    void optionsThatCannotWorkAreRefusedByName(String options, String named) {
        assertThatThrownBy(() -> context.getEndpoint(uri(source, bucketUri(), options)))
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .rootCause()
                .hasMessageContaining("Option " + named);
    }

    @Test
    void theTemplatesMakeACoordinatorAndWorkers() throws Exception {
        given("a.txt", 100);
        context.addRoutes(new B2SyncBrokerRoutes());
        TemplatedRouteBuilder.builder(context, "b2-sync-worker")
                .parameter("name", "nightly")
                .parameter("source", source.toString())
                .parameter("destination", bucketUri())
                .parameter("from", "seda:work?concurrentConsumers=2")
                .parameter("results", "seda:results?size=9")
                .parameter("planKey", "0123456789abcdef")
                .add();
        TemplatedRouteBuilder.builder(context, "b2-sync-coordinator")
                .parameter("name", "nightly")
                .parameter("source", source.toString())
                .parameter("destination", bucketUri())
                .parameter("work", "seda:work")
                .parameter("results", "seda:results?size=9")
                .parameter("planKey", "0123456789abcdef")
                .add();

        SyncReport report = template.requestBody("direct:b2-sync-coordinator-nightly", null, SyncReport.class);

        assertThat(report.actions()).isOne();
        assertThat(bucketTree()).isEqualTo(tree(source));
    }

    private static final Map<String, Object> BOTH =
            Map.of("name", "nightly", "results", "seda:results", "planKey", "0123456789abcdef");

    private void addRoute(String template, Object from, Object to, Map<String, String> parameters) {
        TemplatedRouteBuilder.builder(context, template)
                .parameters(BOTH)
                .parameter("source", from.toString())
                .parameter("destination", to.toString())
                .parameters(Map.copyOf(parameters))
                .add();
    }

    @Test
    void theTemplatesTakeEachOptionThatARunHas() throws Exception {
        given("a.txt", 100);
        given(source, "huge.txt", "much too large", 100);
        given("old/b.txt", 100);
        Map<String, String> both =
                Map.of("maxSize", "9", "antExclude", "old/**", "symlinks", "skip", "maxBytesPerSecond", "9MB");
        context.addRoutes(new B2SyncBrokerRoutes());
        String to = bucketUri() + "/now";
        addRoute("b2-sync-worker", source, to, with(both, "from", "seda:work?concurrentConsumers=2"));
        addRoute("b2-sync-coordinator", source, to, with(with(both, "work", "seda:work"), "order", "size"));

        SyncReport report = template.requestBody("direct:b2-sync-coordinator-nightly", null, SyncReport.class);

        assertThat(report.done(ActionKind.UPLOAD).actions()).isOne();
        assertThat(bucketTree()).containsExactly(Map.entry("now/a.txt", "a.txt"));
    }

    private static Map<String, String> with(Map<String, String> others, String name, String value) {
        Map<String, String> all = new TreeMap<>(others);
        all.put(name, value);
        return all;
    }

    @ParameterizedTest
    @CsvSource({
        "b2-sync-coordinator,work,excludeRegexp",
        "b2-sync-coordinator,work,mode",
        "b2-sync-worker,from,reportFile",
        "b2-sync-worker,from,dryRun"
    })
    void aParameterThatATemplateDoesNotKnowIsRefused(String name, String queue, String unknown) throws Exception {
        context.addRoutes(new B2SyncBrokerRoutes());

        assertThatThrownBy(() -> addRoute(name, source, bucketUri(), Map.of(queue, "seda:work", unknown, "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Parameter " + unknown + " is none of the route template " + name)
                .hasMessageContaining("excludeRegex,");
    }
}
