// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.RequestGate;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.TestClient;
import io.github.camelb2.client.transfer.local.FirstReading;
import io.github.camelb2.client.transfer.local.UploadSource;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.client.transfer.plan.Slice;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.client.transfer.plan.TransferOptions.LargeFileSha1;
import io.github.camelb2.emulator.B2Emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The reading of a source for its SHA-1, while B2 is asked for what must be known before it is sent. */
@Timeout(60)
class FirstReadingTest {
    private static final byte[] CONTENT = new byte[35_000];
    private static final TransferOptions TENS = TransferOptions.DEFAULT.withPartSize(10_000);
    private static final String BUCKET = "transfers";

    static {
        new Random(2).nextBytes(CONTENT);
    }

    @TempDir
    Path directory;

    private B2Emulator b2;
    private TestClient client;

    @BeforeEach
    void givenClientAndBucket() {
        b2 = B2Emulator.builder().minPartSize(1_000).recommendedPartSize(10_000).start();
        client = TestClient.of(b2, directory.resolve("temporary"));
        b2.state().createBucket(BUCKET);
    }

    @AfterEach
    void close() {
        client.close();
        b2.close();
    }

    @Test
    void aFileIsReadWhileB2IsAskedWhoElseHasBegunIt() {
        Watched source = new Watched(true);
        Asked asked = new Asked("b2_list_unfinished_large_files", source.opened);

        client.b2().upload(UploadFile.of(BUCKET, "a"), source, TENS, asked.settings());

        assertThat(asked.hadCome).isTrue();
        assertThat(b2.state().bytes(BUCKET, "a")).isEqualTo(CONTENT);
    }

    @Test
    void whatIsFarAwayIsNotReadBeforeItIsKnownThatItMustBe() {
        Watched source = new Watched(false);
        AtomicInteger opened = new AtomicInteger();
        RequestGate gate = new RequestGate() {
            @Override
            public void beforeRequest(String call, TransactionClass transactionClass) {
                if (call.equals("b2_list_unfinished_large_files")) {
                    opened.set(source.openedCount.get());
                }
            }
        };

        client.b2()
                .upload(
                        UploadFile.of(BUCKET, "a"),
                        source,
                        TENS.withLargeFileSha1(LargeFileSha1.ALWAYS),
                        TestClient.FAST.withGate(gate));

        assertThat(opened).hasValue(0);
        assertThat(source.openedCount.get()).isPositive();
    }

    @Test
    void nothingIsReadFirstWhereNobodyWantsTheSha1() {
        Watched source = new Watched(true);

        client.b2()
                .upload(
                        UploadFile.of(BUCKET, "a"),
                        source,
                        TENS.withLargeFileSha1(LargeFileSha1.NEVER),
                        TestClient.FAST);

        assertThat(source.openedCount).hasValue(4);
    }

    @Test
    void aFailureEndsTheReadingBeforeItIsThrown() {
        // Without an end in sight: only who is told to stop closes it.
        Watched source = new Watched(true) {
            @Override
            public OptionalLong length() {
                return OptionalLong.of(50_000_000);
            }

            @Override
            InputStream content(long offset, long length) {
                return new Endless();
            }
        };
        Asked asked = new Asked("b2_list_buckets", source.opened);

        assertThatThrownBy(() -> client.b2().upload(UploadFile.of("missing", "a"), source, TENS, asked.settings()))
                .isInstanceOf(B2NotFoundException.class);

        assertThat(asked.hadCome).isTrue();
        assertThat(source.open).hasValue(0);
        assertThat(b2.count("b2_start_large_file")).isZero();
    }

    @Test
    void anInterruptEndsTheReading() throws Exception {
        Watched source = new Watched(true) {
            @Override
            public OptionalLong length() {
                return OptionalLong.of(50_000_000);
            }

            @Override
            InputStream content(long offset, long length) {
                return new Endless();
            }
        };
        AtomicBoolean wasMarked = new AtomicBoolean();
        AtomicBoolean wasInterrupted = new AtomicBoolean();
        Thread caller = new Thread(() -> {
            try {
                client.b2().upload(UploadFile.of(BUCKET, "a"), source, TENS, TestClient.FAST);
            } catch (B2TransportException e) {
                wasInterrupted.set(String.valueOf(e.getMessage()).contains("interrupted"));
                wasMarked.set(Thread.currentThread().isInterrupted());
            }
        });
        caller.start();
        assertThat(source.opened.await(30, TimeUnit.SECONDS)).isTrue();
        caller.interrupt();
        caller.join();

        assertThat(wasInterrupted).isTrue();
        assertThat(wasMarked).isTrue();
        assertThat(source.open).hasValue(0);
        assertThat(b2.state().unfinishedLargeFiles(BUCKET)).isEmpty();
    }

    /** Where no thread was free for it the caller reads, and no source has to know of interrupts. */
    @Test
    void anInterruptEndsTheReadingOfTheCallerItself() throws Exception {
        Watched source = new Watched(true) {
            @Override
            InputStream content(long offset, long length) {
                return new Endless();
            }
        };
        List<Slice> all = List.of(new Slice(1, 0, 50_000_000));
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try (FirstReading reading = new FirstReading(source, all, task -> {
                throw new RejectedExecutionException("busy");
            })) {
                reading.ofAll(all);
            } catch (B2TransportException e) {
                thrown.set(e);
            }
        });
        caller.start();
        assertThat(source.opened.await(30, TimeUnit.SECONDS)).isTrue();
        caller.interrupt();
        caller.join();

        assertThat(thrown.get()).hasMessageContaining("interrupted");
        assertThat(source.open).hasValue(0);
    }

    /** Holds a call back until the source was opened, for a while. */
    private static final class Asked implements RequestGate {
        private final String call;
        private final CountDownLatch awaited;
        private volatile boolean hadCome;

        Asked(String call, CountDownLatch awaited) {
            this.call = call;
            this.awaited = awaited;
        }

        CallSettings settings() {
            return TestClient.FAST.withGate(this);
        }

        @Override
        public void beforeRequest(String asked, TransactionClass transactionClass) {
            if (asked.equals(call)) {
                try {
                    hadCome = awaited.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** A source that knows who reads it. */
    private static class Watched implements UploadSource {
        private final UploadSource bytes = UploadSources.bytes(CONTENT);
        private final boolean isLocal;
        final CountDownLatch opened = new CountDownLatch(1);
        final AtomicInteger openedCount = new AtomicInteger();
        final AtomicInteger open = new AtomicInteger();

        Watched(boolean isLocal) {
            this.isLocal = isLocal;
        }

        InputStream content(long offset, long length) throws IOException {
            return bytes.open(offset, length);
        }

        @Override
        public OptionalLong length() {
            return bytes.length();
        }

        @Override
        public boolean isReplayable() {
            return true;
        }

        @Override
        public boolean isLocal() {
            return isLocal;
        }

        @Override
        public InputStream open() throws IOException {
            return open(0, length().orElseThrow());
        }

        @Override
        public InputStream open(long offset, long length) throws IOException {
            InputStream content = content(offset, length);
            openedCount.incrementAndGet();
            open.incrementAndGet();
            opened.countDown();
            return new FilterInputStream(content) {
                @Override
                public void close() throws IOException {
                    open.decrementAndGet();
                    super.close();
                }
            };
        }

        @Override
        public String describe() {
            return "what is watched";
        }
    }

    /** Zeros without end. */
    private static final class Endless extends InputStream {
        @Override
        public int read() {
            return 0;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return length;
        }
    }
}
