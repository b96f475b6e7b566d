// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.sun.management.UnixOperatingSystemMXBean;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.camelb2.CapturedLogs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Spools that crashed, full or broken disks, and outages leave behind. */
@Timeout(60)
class HostileSpoolTest extends StreamingTestSupport {
    private static final String REFUSE = "b2_upload_file: status 403 cap_exceeded";

    private List<Path> spooled() throws IOException {
        try (Stream<Path> files = Files.list(spool)) {
            return files.filter(file -> !file.getFileName().toString().equals("lock"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void damagedLengthInTheMiddleLosesNothingSilently() throws Exception {
        Process first = new Process("fileName=a&batchMessageNumber=9");
        IntStream.range(0, 5).forEach(i -> first.send("message " + i));
        first.die();
        Path journal = spooled().get(0);
        byte[] bytes = Files.readAllBytes(journal);
        int second = indexOf(bytes, "message 1") - Integer.BYTES - 2;
        bytes[second + 1] = 1;
        Files.write(journal, bytes);

        new Process("fileName=a&batchMessageNumber=9").stop();

        assertThat(files()).isEqualTo(Map.of("a", "message 0"));
        assertThat(spooled()).singleElement().asString().endsWith(".damaged");
        assertThat(Files.readString(spooled().get(0), StandardCharsets.ISO_8859_1))
                .contains("message 1", "message 2", "message 3", "message 4");
    }

    @Test
    void whatWasKeptAsideBeforeIsNotOverwritten() throws Exception {
        for (int life = 0; life < 2; life++) {
            Process process = new Process("fileName=a&batchMessageNumber=9");
            process.send("kept" + life);
            process.die();
            Path journal = spooled().stream()
                    .filter(it -> it.toString().endsWith(".b2s"))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(journal);
            bytes[bytes.length - 1] ^= 1;
            Files.write(journal, bytes);
            new Process("fileName=a&batchMessageNumber=9").stop();
        }

        assertThat(spooled()).hasSize(2).allMatch(it -> it.toString().contains(".damaged"));
    }

    @Test
    void outageHoldsNoFileHandleForEachFile() throws Exception {
        b2().faults().add(REFUSE);
        Process process = new Process("fileName=a&batchMessageNumber=1&maxConcurrency=2");
        process.send("first");
        long before = handles();

        IntStream.range(0, 60).forEach(i -> process.send("m" + i));

        assertThat(spooled()).hasSizeGreaterThan(60);
        assertThat(handles() - before).isLessThan(30);
        process.die();
        Process next = new Process("fileName=a&batchMessageNumber=1&maxConcurrency=2");
        assertThat(handles() - before).isLessThan(30);
        b2().faults().clear();
        next.stop();
        assertThat(files()).hasSize(61);
    }

    private static long handles() {
        Assumptions.assumeTrue(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean);
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    @Test
    void oneWarningTellsOfAnOutage() throws Exception {
        b2().faults().add(REFUSE);
        try (CapturedLogs logs = CapturedLogs.open()) {
            Process process = new Process("fileName=a&batchMessageNumber=1&maxConcurrency=2");
            IntStream.range(0, 10).forEach(i -> process.send("m" + i));
            await().until(() -> process.producer().getFailures() > 30);

            assertThat(logs.linesAtLeastInfo().stream().filter(line -> line.contains("cannot be stored")))
                    .hasSize(1);
            process.die();
        }
    }

    @Test
    void fileThatWasSentGetsNoMoreMessages() throws Exception {
        Process first = new Process("fileName=a&batchMessageNumber=9");
        first.send("1");
        first.die();
        Path journal = spooled().get(0);
        Batch.Found found = Batch.open(journal);
        found.batch().sends();
        found.batch().journal().close();

        Process second = new Process("fileName=a&batchMessageNumber=9");
        second.send("2");
        second.stop();

        assertThat(files().values()).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void producerThatStartsWhileTheLastOneStopsGetsAWorkingSpool() throws Exception {
        b2().faults().add(REFUSE);
        Process process = new Process("fileName=a&batchMessageNumber=9");
        process.send("1");
        StreamingProducer first = process.producer();
        StreamingProducer second = (StreamingProducer) first.getEndpoint().createAsyncProducer();
        StreamFigures figures = first.started().figures();

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(first::stop);
        await().until(() -> figures.failures() > 0);
        CompletableFuture<Void> started = CompletableFuture.runAsync(second::start);
        b2().faults().clear();
        stopped.get();
        started.get();
        Exchange exchange = new DefaultExchange(process.context);
        exchange.getMessage().setBody("2");
        second.process(exchange);
        second.stop();

        assertThat(files()).isEqualTo(Map.of("a", "1", "a-1", "2"));
    }

    @Test
    void routeThatStopsStoresWhatItsOwnExchangesWaitFor() throws Exception {
        Process process = new Process("fileName=a&batchMessageNumber=9&acknowledge=file");
        var waiting = process.template.asyncRequestBody("direct:in", "1");
        await().until(() -> process.producer().getMessages() == 1);
        long begin = System.nanoTime();

        process.context.getRouteController().stopRoute("in");

        waiting.get();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        assertThat(files()).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void exchangeThatWaitsForItsFileFailsWhenB2RefusesItForTooLong() throws Exception {
        b2().faults().add(REFUSE);
        Process process = new Process("fileName=a&batchMessageNumber=1&acknowledge=file&retryTimeout=150");

        assertThat(process.request("1", Map.of()).getException()).hasMessageContaining("cap_exceeded");

        await().until(() -> process.producer().getSpoolBytes() == 0);
        b2().faults().clear();
        process.send("1");
        assertThat(files().values()).containsExactly("1");
    }

    @Test
    void clockThatWentBackwardsHoldsNoFileOpen() throws Exception {
        Process first = new Process("fileName=a&batchMessageNumber=9&streamingUploadTimeout=100");
        first.producer();
        Path journal = spool.resolve("000000000001.b2s");
        first.die();
        Manifest manifest = manifest(first, 4_000_000_000_000L);
        Batch batch = Batch.create(journal, manifest);
        batch.add("1".getBytes(StandardCharsets.UTF_8), false, null);
        batch.journal().close();

        new Process("fileName=a&batchMessageNumber=9&streamingUploadTimeout=100");

        awaitFiles(Map.of("a", "1"));
    }

    private Manifest manifest(Process process, long openedAt) {
        StreamSettings settings = StreamSettings.of(
                ((io.github.camelb2.B2Endpoint) process.producer().getEndpoint()).getConfiguration());
        return new Manifest(
                "id",
                bucket,
                StreamSettings.account(settings.options()),
                "a",
                "",
                null,
                "",
                "none",
                "spool",
                openedAt,
                settings.fingerprint());
    }

    @Test
    void waiterThatFailsDoesNotHoldUpTheOthers() throws Exception {
        Process process = new Process("fileName=a&batchMessageNumber=9");
        CountDownLatch told = new CountDownLatch(1);
        process.producer()
                .started()
                .add(
                        new io.github.camelb2.stream.Stream.Key("", null),
                        new byte[1],
                        false,
                        null,
                        () -> "a",
                        (file, failure) -> {
                            told.countDown();
                            throw new IllegalStateException("a route that breaks");
                        });
        told.await();

        process.send("2");

        assertThat(process.producer().getMessages()).isEqualTo(2);
    }

    @Test
    void fullDiskHoldsSendersUpAndStoringMakesRoom() throws Exception {
        Path disk = SmallDisk.mount(spool.resolve("disk"), "256k");
        try {
            b2().faults().add(REFUSE);
            Process process = new Process(
                    "fileName=a&batchMessageNumber=1&batchSize=4000&retryTimeout=300&maxConcurrency=2&spoolDirectory="
                            + disk);
            String message = "0123456789".repeat(150);
            int acknowledged = 0;
            Exception refused = process.request(message, Map.of()).getException();
            while (refused == null) {
                acknowledged++;
                assertThat(acknowledged).isLessThan(500);
                refused = process.request(message, Map.of()).getException();
            }
            assertThat(acknowledged).isGreaterThan(20);
            assertThat(process.producer().getSpoolMessages()).isEqualTo(acknowledged);
            assertThat(refused).hasMessageContaining("the disk of").hasMessageContaining("cap_exceeded");

            b2().faults().clear();

            await().until(() -> process.producer().getSpoolMessages() == 0);
            process.send("after");
            process.stop();
            assertThat(files()).hasSize(acknowledged + 1);
        } finally {
            SmallDisk.unmount(disk);
        }
    }

    private static int indexOf(byte[] bytes, String text) {
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
        assertThat(at).isPositive();
        assertThat(ByteBuffer.wrap(bytes).getInt(at - 6)).isEqualTo(text.length() + 1);
        return at;
    }

    @Test
    void tornEndOfAJournalIsNoDamage() throws Exception {
        Process first = new Process("fileName=a&batchMessageNumber=9");
        first.send("1");
        first.die();
        Path journal = spooled().get(0);
        try (RandomAccessFile file = new RandomAccessFile(journal.toFile(), "rw")) {
            file.seek(file.length());
            file.write(new byte[] {0, 0, 1, 0, 'D', 0, 'c', 'u', 't'});
        }

        new Process("fileName=a&batchMessageNumber=9").stop();

        assertThat(files()).isEqualTo(Map.of("a", "1"));
        assertThat(spooled()).isEmpty();
    }
}
