// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** How many messages a second are forced to the spool, how often the disk is asked for that, and with what memory. */
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

    @Test
    void memoryDoesNotGrowWithTheBytesThatAFileGathers() throws Exception {
        Process process = new Process("fileName=m/a&batchMessageNumber=0&batchSize=0&streamingUploadTimeout=1h"
                + "&partSize=5GB&spoolMaxBytes=2GiB");
        String message = "x".repeat(5_000);
        run(process, 16, message, 4_000);
        long few = used();

        run(process, 16, message, 40_000);

        long many = used();
        LOG.info("heap with 20 MB gathered: {} bytes, with 220 MB: {}", few, many);
        assertThat(process.producer().getSpoolMessages()).isEqualTo(44_000);
        assertThat(many - few).isLessThan(10_000_000);
        // What it has gathered would be stored at the stop.
        process.die();
    }

    private static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
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
