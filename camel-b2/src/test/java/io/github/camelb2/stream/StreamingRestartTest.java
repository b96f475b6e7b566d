// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.camel.ExchangePattern;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;

import io.github.camelb2.B2Constants;
import io.github.camelb2.operation.request.CleanUpReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class StreamingRestartTest extends StreamingTestSupport {
    /** The proof: many messages, processes that die at any moment, and faults of the service meanwhile. */
    @Test
    void everyAcknowledgedMessageIsInAFileOnceHoweverProcessesDie() throws Exception {
        b2().faults().add("b2_upload_file 10% seed 5: status 503 service_unavailable");
        b2().faults().add("b2_upload_file 10% seed 8: lose-answer");
        b2().faults().add("b2_upload_part 10% seed 6: status 503 service_unavailable");
        b2().faults().add("b2_finish_large_file 20% seed 7: lose-answer");
        String options = "fileName=k/a&batchMessageNumber=70&batchSize=0&separator=\\n&maxConcurrency=2&retryTimeout=0";
        Set<String> acknowledged = new ConcurrentSkipListSet<>();
        AtomicInteger next = new AtomicInteger();
        Random random = new Random(11);
        for (int life = 0; life < 8; life++) {
            Process process = new Process(options);
            int until = (life + 1) * 250;
            CountDownLatch senders = new CountDownLatch(4);
            for (int i = 0; i < 4; i++) {
                new Thread(() -> {
                            try {
                                for (int n = next.getAndIncrement(); n < until; n = next.getAndIncrement()) {
                                    String message = n + ":" + "x".repeat(n % 90);
                                    process.send(message);
                                    acknowledged.add(message);
                                }
                            } catch (org.apache.camel.CamelExecutionException dead) {
                                // Not acknowledged.
                            } finally {
                                senders.countDown();
                            }
                        })
                        .start();
            }
            int diesAt = until - random.nextInt(120);
            await().until(() -> next.get() >= diesAt);
            process.die();
            senders.await();
            next.set(until);
        }
        b2().faults().clear();
        Process last = new Process(options);
        last.stop();

        List<String> lines =
                files().values().stream().flatMap(content -> content.lines()).toList();
        Map<String, Long> counts = lines.stream().collect(Collectors.groupingBy(it -> it, Collectors.counting()));
        assertThat(counts.keySet()).containsAll(acknowledged);
        assertThat(acknowledged.stream().filter(it -> counts.get(it) != 1)).isEmpty();
        assertThat(acknowledged).hasSizeGreaterThan(1_000);
        assertThat(journals()).isEmpty();
    }

    private List<Path> journals() throws IOException {
        try (Stream<Path> files = Files.list(spool)) {
            return files.filter(file -> !file.getFileName().toString().equals("lock"))
                    .toList();
        }
    }

    @Test
    void openFileGoesOnAfterAKillAndATornRecordIsDropped() throws Exception {
        Process first = new Process("fileName=a&batchMessageNumber=3&separator=;");
        first.send("1");
        first.send("2");
        first.die();
        Path journal = journals().get(0);
        try (RandomAccessFile file = new RandomAccessFile(journal.toFile(), "rw")) {
            file.seek(file.length());
            file.write(new byte[] {0, 0, 0, 50, 'D', 0, 'n', 'o'});
        }

        Process second = new Process("fileName=a&batchMessageNumber=3&separator=;");
        assertThat(second.producer().getRecoveredMessages()).isEqualTo(2);
        second.send("3");

        awaitFiles(Map.of("a", "1;2;3;"));
    }

    @Test
    void damageInTheMiddleIsKeptAsideAndWhatIsInFrontIsStored() throws Exception {
        Process first = new Process("fileName=a&batchMessageNumber=9");
        IntStream.range(0, 5).forEach(i -> first.send("m" + i));
        first.die();
        Path journal = journals().get(0);
        byte[] bytes = Files.readAllBytes(journal);
        bytes[bytes.length - 8] ^= 1;
        Files.write(journal, bytes);

        new Process("fileName=a&batchMessageNumber=9").stop();

        assertThat(files()).isEqualTo(Map.of("a", "m0m1m2m3"));
        assertThat(journals()).singleElement().asString().endsWith(".damaged");
    }

    @Test
    void fileWhoseAnswerIsLostWithTheProcessIsNotStoredTwice() throws Exception {
        b2().faults().add("b2_upload_file: lose-answer");
        Process first = new Process("fileName=a&batchMessageNumber=2&lostUpload=fail&retryTimeout=0");
        first.send("1");
        first.send("2");
        await().until(() -> files().size() >= 1);
        first.die();
        b2().faults().clear();

        new Process("fileName=a&batchMessageNumber=2").stop();

        assertThat(files()).isEqualTo(Map.of("a", "12"));
        assertThat(b2().state().versions(bucket)).hasSize(1);
    }

    @Test
    void growingFileGoesOnWithItsPartsAndOneThatWasCancelledIsSentAnew() throws Exception {
        String options = "fileName=g&batchMessageNumber=20&batchSize=0";
        String message = "0123456789".repeat(50);
        Process first = new Process(options);
        IntStream.range(0, 9).forEach(i -> first.send(message));
        await().until(() -> first.producer().getStoredParts() >= 2);
        first.die();
        long parts = b2().count("b2_upload_part");

        Process second = new Process(options);
        IntStream.range(0, 11).forEach(i -> second.send(message));
        awaitFiles(Map.of("g", message.repeat(20)));
        assertThat(b2().count("b2_start_large_file"))
                .as("large files, of which the second process goes on with the first one's")
                .isEqualTo(1);

        IntStream.range(0, 9).forEach(i -> second.send(message));
        await().until(() -> !b2().state().unfinishedLargeFiles(bucket).isEmpty());
        second.template.sendBodyAndHeader(
                "b2:" + bucket + "?operation=cancelUnfinishedLargeFiles", null, B2Constants.OLDER_THAN, "0s");
        IntStream.range(0, 11).forEach(i -> second.send(message));
        awaitFiles(Map.of("g", message.repeat(20), "g-1", message.repeat(20)));
    }

    @Test
    void cleanUpLeavesTheLargeFileOfAStreamThatRunsOrWillGoOn() throws Exception {
        String options = "fileName=g&batchMessageNumber=20&batchSize=0";
        String message = "0123456789".repeat(50);
        Process first = new Process(options);
        IntStream.range(0, 9).forEach(i -> first.send(message));
        await().until(() -> first.producer().getStoredParts() >= 2);
        b2().advance(Duration.ofDays(20));

        assertThat(cleanUp(first).spared()).as("while it runs").isEqualTo(1);
        first.die();
        assertThat(cleanUp(first).spared()).as("when it has died").isEqualTo(1);
        Process second = new Process(options);
        second.send(message);
        await().until(() -> second.producer().getStoredParts() >= 1);
        b2().advance(Duration.ofDays(20));
        assertThat(cleanUp(second).spared()).as("when it goes on").isEqualTo(1);
        IntStream.range(0, 10).forEach(i -> second.send(message));

        awaitFiles(Map.of("g", message.repeat(20)));
        assertThat(b2().count("b2_start_large_file"))
                .as("large files, of which the second process goes on with the first one's")
                .isEqualTo(1);
        assertThat(b2().state().unfinishedLargeFiles(bucket)).isEmpty();
    }

    private CleanUpReport cleanUp(Process process) {
        // Its answer tells the time of the service.
        process.template.sendBody("b2:" + bucket + "?operation=bucketExists", ExchangePattern.InOut, null);
        CleanUpReport report = (CleanUpReport) process.template.sendBodyAndHeader(
                "b2:" + bucket + "?operation=cleanUp", ExchangePattern.InOut, null, B2Constants.OLDER_THAN, "5d");
        assertThat(report.unfinished()).isZero();
        return report;
    }

    @Test
    void nameOfABatchThatIsNotStoredYetIsGivenToNoOther() throws Exception {
        b2().faults().add("b2_upload_file: status 503 service_unavailable");
        Process first = new Process("fileName=a&batchMessageNumber=1&restartingPolicy=override&retryTimeout=0");
        first.send("1");
        await().until(() -> first.producer().getFailures() > 0);
        first.die();

        Process second = new Process("fileName=a&batchMessageNumber=1&restartingPolicy=override");
        second.send("2");
        b2().faults().clear();

        awaitFiles(Map.of("a", "1", "a-1", "2"));
    }

    @Test
    void partThatWasAcknowledgedIsStoredByTheNextProcess() throws Exception {
        String message = "0123456789".repeat(120);
        Process first = new Process("fileName=a&batchMessageNumber=100&batchSize=0&acknowledge=part");
        first.send(message);
        var waiting = first.template.asyncRequestBody("direct:in", "never acknowledged");
        await().until(() -> first.producer().getMessages() == 2);
        first.die();
        assertThatThrownBy(waiting::get).rootCause().hasMessageContaining("stopped before the file");

        new Process("fileName=a&batchMessageNumber=100&batchSize=0&acknowledge=part").stop();

        assertThat(files()).isEqualTo(Map.of("a", message));
        assertThat(b2().state().unfinishedLargeFiles(bucket)).isEmpty();
    }

    @Test
    void spoolOfAnotherLiveProcessOrOfAnotherBucketIsRefused() throws Exception {
        Process first = new Process("fileName=a&batchMessageNumber=2");
        first.send("1");
        assertThatThrownBy(() -> new Process("fileName=a&batchMessageNumber=2"))
                .rootCause()
                .hasMessageContaining("used by another live process")
                .hasMessageContaining("spoolDirectory");
        first.die();

        String own = bucket;
        bucket = own + "-other";
        b2().state().createBucket(bucket);
        assertThatThrownBy(() -> new Process("fileName=a&batchMessageNumber=2"))
                .rootCause()
                .hasMessageContaining("has messages for bucket " + own);
        bucket = own;

        new Process("fileName=b&batchMessageNumber=5&separator=;").stop();
        assertThat(files()).as("stored by its own options").isEqualTo(Map.of("a", "1"));
    }

    @Test
    void messagesThatNobodyWasToldToBeSafeAreLeftToTheirSource() throws Exception {
        Process first = new Process("fileName=a&batchMessageNumber=2&acknowledge=file");
        var waiting = first.template.asyncRequestBody("direct:in", "1");
        await().until(() -> first.producer().getMessages() == 1);
        first.die();
        assertThatThrownBy(waiting::get).rootCause().hasMessageContaining("stopped before the file");

        Process second = new Process("fileName=a&batchMessageNumber=2&acknowledge=file");
        Collection<Object> again = new TreeSet<>();
        for (String message : List.of("1", "2")) {
            second.template.asyncRequestBody("direct:in", message).thenAccept(again::add);
        }

        awaitFiles(1);
        assertThat(files().get("a")).hasSize(2).contains("1", "2");
    }

    @Test
    void outageHoldsTheSenderWhenTheSpoolIsFullAndLosesNothing() throws Exception {
        b2().faults().add("b2_upload_file: status 503 service_unavailable");
        Process process = new Process("fileName=a&batchMessageNumber=1&spoolMaxBytes=2000&retryTimeout=60000");
        AtomicInteger sent = new AtomicInteger();
        Thread sender = new Thread(() -> IntStream.range(0, 20).forEach(i -> {
            process.send("0123456789".repeat(20));
            sent.incrementAndGet();
        }));

        sender.start();
        await().until(() -> process.producer().getWaitsForRoom() > 0);
        assertThat(sent.get()).isLessThan(10);
        assertThat(process.producer().getSpoolBytes()).isLessThanOrEqualTo(3_000);
        b2().faults().clear();

        sender.join();
        awaitFiles(20);
        await().until(() -> process.producer().getSpoolBytes() == 0);
    }

    @Test
    void fullSpoolFailsAMessageWhenItsTimeIsOver() throws Exception {
        b2().faults().add("b2_upload_file: status 503 service_unavailable");
        Process process = new Process("fileName=a&batchMessageNumber=1&spoolMaxBytes=600&retryTimeout=20");
        process.send("1");
        await().until(() -> process.producer().getFailures() > 0);

        assertThat(process.request("x".repeat(300), Map.of()).getException())
                .hasMessageContaining("spoolMaxBytes=600")
                .hasMessageContaining("503");
        b2().faults().clear();
    }

    @Test
    void redeliveredMessagesAreCounted() throws Exception {
        Process process = new Process("fileName=a&batchMessageNumber=2");
        process.send("1");
        process.send("2", Map.of("JMSRedelivered", true));

        awaitFiles(1);
        assertThat(process.producer().getRepeatedMessages()).isEqualTo(1);
    }

    /** Kafka marks nothing as delivered before, but numbers all that it has. */
    @Test
    void recordsOfATopicThatComeAgainAreCountedAlsoAfterAKill() throws Exception {
        String options = "fileName=a&batchMessageNumber=3&separator=;&completedUri=mock:told";
        Process first = new Process(options);
        for (long offset = 0; offset < 5; offset++) {
            first.send("r" + offset, record("t", 0, offset));
        }
        awaitFiles(1);
        await().until(() -> first.producer().getSpoolMessages() == 2);
        first.die();

        Process second = new Process(options);
        MockEndpoint told = second.context.getEndpoint("mock:told", MockEndpoint.class);
        for (long offset = 2; offset < 7; offset++) {
            second.send("r" + offset, record("t", 0, offset));
            if (offset == 2 || offset == 5) {
                // Files that are full at the same time are stored, and named, by whoever is first.
                awaitFiles(offset == 2 ? 2 : 3);
            }
        }
        second.send("other", record("t", 1, 0));
        second.stop();

        assertThat(files())
                .isEqualTo(Map.of("a", "r0;r1;r2;", "a-1", "r3;r4;r2;", "a-2", "r3;r4;r5;", "a-3", "r6;other;"));
        assertThat(told.getReceivedExchanges())
                .extracting(exchange -> exchange.getMessage().getHeader(B2Constants.PRODUCED_FILE_NAME) + " "
                        + exchange.getMessage().getHeader(B2Constants.STREAMED_REPEATED))
                .containsExactlyInAnyOrder("a-1 1", "a-2 2", "a-3 0");
    }

    private static Map<String, Object> record(String topic, int partition, long offset) {
        return Map.of("kafka.TOPIC", topic, "kafka.PARTITION", partition, "kafka.OFFSET", offset);
    }
}
