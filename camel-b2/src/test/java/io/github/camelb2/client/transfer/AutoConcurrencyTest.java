// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.RequestGate;
import io.github.camelb2.client.api.SentRequest;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.client.transfer.plan.WorkerCount;
import io.github.camelb2.emulator.B2Emulator;

import static org.assertj.core.api.Assertions.assertThat;

/** Large files over a far line on which each connection carries a megabyte a second, with {@code maxConcurrency=auto}. */
@Timeout(120)
class AutoConcurrencyTest {
    private static final int RATE = 1_000_000;
    private static final byte[] CONTENT = new byte[24 * RATE];
    /** What there are where nothing is said. */
    private static final WorkerCount FOUR = WorkerCount.of(4);

    private static final String BUCKET = "transfers";
    private static final TransferOptions PARTS = TransferOptions.DEFAULT.withPartSize(RATE);

    static {
        new Random(3).nextBytes(CONTENT);
    }

    @TempDir
    Path directory;

    private B2Emulator b2;
    private TestClient client;

    @BeforeEach
    void givenAFarLine() {
        b2 = B2Emulator.builder()
                .minPartSize(RATE / 2)
                .connectionRate(RATE)
                .latency(Duration.ofMillis(50))
                .start();
        client = TestClient.of(b2, directory.resolve("temporary"));
        b2.state().createBucket(BUCKET);
    }

    @AfterEach
    void close() {
        client.close();
        b2.close();
    }

    private Duration upload(WorkerCount connections, Flight flight) {
        long begun = System.nanoTime();
        client.b2()
                .upload(
                        UploadFile.of(BUCKET, "a"),
                        UploadSources.bytes(CONTENT),
                        PARTS.withConcurrency(connections),
                        flight.watched("b2_upload_part"));
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private Duration download(Path target, WorkerCount connections, Flight flight) {
        long begun = System.nanoTime();
        client.b2()
                .download(
                        DownloadFile.byName(BUCKET, "a"),
                        target,
                        PARTS.withConcurrency(connections),
                        flight.watched("b2_download_file_by_id"));
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** How many calls of a kind are under way. */
    private static final class Flight {
        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        CallSettings watched(String kind) {
            return TestClient.FAST
                    .withGate(new RequestGate() {
                        @Override
                        public void beforeRequest(String call, TransactionClass transactionClass) {
                            if (call.startsWith(kind)) {
                                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                            }
                        }
                    })
                    .withListener(new ClientListener() {
                        @Override
                        public void onRequest(SentRequest request) {
                            if (request.call().startsWith(kind)) {
                                now.decrementAndGet();
                            }
                        }
                    });
        }
    }

    @Test
    void tenPartsAreInFlightBeforeAnythingIsKnownOfTheLine() throws Exception {
        Flight up = new Flight();
        upload(WorkerCount.AUTO, up);
        assertThat(up.most).hasValue(10);
        assertThat(b2.state().bytes(BUCKET, "a")).isEqualTo(CONTENT);

        Path target = directory.resolve("a");
        download(target, WorkerCount.AUTO, new Flight());
        assertThat(Files.readAllBytes(target)).isEqualTo(CONTENT);
    }

    /** With {@code -Dsoak=true}: half a gigabyte each way. */
    @Test
    @Timeout(900)
    @EnabledIfSystemProperty(named = "soak", matches = "true")
    void theyBecomeMoreOverManyFilesAndTakeLessThanHalfTheTimeOfFour() {
        Path target = directory.resolve("a");
        for (int i = 0; i < 20; i++) {
            upload(WorkerCount.AUTO, new Flight());
            download(target, WorkerCount.AUTO, new Flight());
        }
        Flight up = new Flight();

        assertThat(client.b2().tunedConcurrency()).isGreaterThan(10);
        assertThat(upload(WorkerCount.AUTO, up).multipliedBy(2)).isLessThan(upload(FOUR, new Flight()));
        assertThat(up.most.get()).isGreaterThan(10);
        assertThat(download(target, WorkerCount.AUTO, new Flight()).multipliedBy(2))
                .isLessThan(download(target, FOUR, new Flight()));
    }
}
