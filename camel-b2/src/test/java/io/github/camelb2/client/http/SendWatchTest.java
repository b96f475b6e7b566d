// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@Timeout(20)
class SendWatchTest {
    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final byte[] BYTES = {1, 2, 3};

    private final SendWatches watches = new SendWatches();
    private final AtomicInteger aborts = new AtomicInteger();
    private final CountDownLatch cut = new CountDownLatch(1);

    @Test
    void aWriteThatIsNotTakenAbortsTheRequestAndIsATimeout() {
        OutputStream deaf = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                awaitCut();
                throw new SocketException("Socket closed");
            }
        };

        try (SendWatch watch = watches.begin(deaf, PATIENCE, this::abort)) {
            assertThatThrownBy(() -> watch.write(BYTES, 3))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessage("the service took no byte for PT0.1S")
                    .hasCauseInstanceOf(SocketException.class);
        }
        assertThat(aborts).hasValue(1);
    }

    @Test
    void aContentThatIsReadSlowlyIsNotToBlame() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (SendWatch watch = watches.begin(out, PATIENCE, this::abort)) {
            watch.write(BYTES, 3);
            await().during(PATIENCE.multipliedBy(5)).until(() -> aborts.get() == 0);
            watch.write(BYTES, 2);
            watch.flush();
        }

        assertThat(out.toByteArray()).containsExactly(1, 2, 3, 1, 2);
    }

    @Test
    void nothingIsAbortedAfterTheEnd() throws IOException {
        SendWatch watch = watches.begin(OutputStream.nullOutputStream(), PATIENCE, this::abort);
        watch.write(BYTES, 3);
        watch.close();

        await().during(PATIENCE.multipliedBy(3)).until(() -> aborts.get() == 0);
    }

    @Test
    void whoIsTakenFromIsNotCutBecauseAnotherOneIsNot() throws IOException {
        AtomicInteger others = new AtomicInteger();
        OutputStream deaf = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                awaitCut();
                throw new SocketException("Socket closed");
            }
        };

        try (SendWatch patient = watches.begin(OutputStream.nullOutputStream(), PATIENCE, others::incrementAndGet);
                SendWatch stalled = watches.begin(deaf, PATIENCE, this::abort)) {
            patient.write(BYTES, 3);
            assertThatThrownBy(() -> stalled.write(BYTES, 3)).isInstanceOf(SocketTimeoutException.class);
            patient.write(BYTES, 3);
        }
        assertThat(aborts).hasValue(1);
        assertThat(others).hasValue(0);
    }

    @Test
    void aFailureThatIsNoTimeoutStaysWhatItIs() {
        SocketException reset = new SocketException("Connection reset");
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw reset;
            }
        };

        try (SendWatch watch = watches.begin(broken, PATIENCE, this::abort)) {
            assertThatThrownBy(() -> watch.write(BYTES, 3)).isSameAs(reset);
        }
        assertThat(aborts).hasValue(0);
    }

    private void abort() {
        aborts.incrementAndGet();
        cut.countDown();
    }

    private void awaitCut() throws IOException {
        try {
            cut.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
