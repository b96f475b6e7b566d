// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** How many messages a second are forced to the spool, and how often the disk is asked for that. */
@EnabledIfSystemProperty(named = "soak", matches = "true")
class StreamingSpeedTest extends StreamingTestSupport {
    private static final Logger LOG = LoggerFactory.getLogger(StreamingSpeedTest.class);
    private static final int MESSAGES = 20_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 64})
    void oneTurnOfTheDiskIsForAllWhoWait(int senders) throws Exception {
        Process process = new Process("fileName=s/a&batchMessageNumber=5000&batchSize=0&separator=\\n");
        String message = "x".repeat(200);
        run(process, senders, message, 2_000);
        long turns = process.producer().getCommits();
        long begin = System.nanoTime();

        run(process, senders, message, MESSAGES);

        double seconds = (System.nanoTime() - begin) / 1e9;
        turns = process.producer().getCommits() - turns;
        LOG.info(
                "{} senders: {} messages/s, {} messages a turn",
                senders,
                (long) (MESSAGES / seconds),
                MESSAGES / turns);
        assertThat(turns).isLessThanOrEqualTo(MESSAGES);
    }

    private static void run(Process process, int senders, String message, int messages) throws InterruptedException {
        AtomicInteger left = new AtomicInteger(messages);
        CountDownLatch done = new CountDownLatch(senders);
        for (int i = 0; i < senders; i++) {
            new Thread(() -> {
                        while (left.getAndDecrement() > 0) {
                            process.send(message);
                        }
                        done.countDown();
                    })
                    .start();
        }
        done.await();
    }
}
