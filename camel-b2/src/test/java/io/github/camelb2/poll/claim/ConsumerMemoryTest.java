// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.claim;

import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.management.ThreadMXBean;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;

import io.github.camelb2.B2Component;
import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.poll.B2Consumer;
import io.github.camelb2.poll.ConsumerTestSupport;
import io.github.camelb2.poll.scan.VersionScanner;

import static org.assertj.core.api.Assertions.assertThat;

/** However many names, and however large a file: the heap does not notice. */
class ConsumerMemoryTest extends ConsumerTestSupport {
    private static final int NAMES = Boolean.getBoolean("soak") ? 1_000_000 : 10_000;
    private static final int LARGE = 32 << 20;

    @Test
    void sweepTakesOnePageOfMemoryHoweverManyNamesThereAre() throws Exception {
        List<Long> heap = new CopyOnWriteArrayList<>();
        bucket = "many-names";
        try (B2Emulator many = B2Emulator.builder().synthetic(bucket, NAMES).start();
                DefaultCamelContext where = new DefaultCamelContext()) {
            where.getRegistry().bind("failures", failures);
            where.getRegistry().bind("claims", MemoryIdempotentRepository.memoryIdempotentRepository(claims));
            var options = where.getComponent("b2", B2Component.class).getConfiguration();
            options.setRealm(many.url());
            options.setApplicationKeyId(many.applicationKeyId());
            options.setApplicationKey(many.applicationKey());
            // One name in 1,000 is wanted, so that a poll goes through so many.
            consumeIn(
                    where,
                    "maxMessagesPerPoll=1&ignoreBody=true&include=RAW(.*/f.000.txt)",
                    route -> route.process(it -> heap.add(heapInUse())));

            B2Consumer consumer = (B2Consumer) where.getRoute(ROUTE).getConsumer();
            for (int i = 0; i <= NAMES / 1_000; i++) {
                consumer.run();
            }

            assertThat(failures.all()).isEmpty();
            assertThat(heap).hasSize(NAMES / 1_000);
            assertThat(consumer.lastSweep()).isEqualTo(new VersionScanner.Figures(NAMES, NAMES / 1_000));
        }
        assertThat(Collections.max(heap) - heap.get(0)).isLessThan(8L << 20);
    }

    @Test
    void largeFileStreamsThroughTheRoute() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        // Camel's stream caching is on, as it is by default.
        consume("", route -> route.to("log:large?level=DEBUG")
                .process(it -> delivered.add("bytes: "
                        + it.getMessage().getBody(InputStream.class).transferTo(OutputStream.nullOutputStream()))));
        put("first", "for what is loaded only once");
        polled();
        b2().state().put(bucket, "large", new byte[LARGE]);
        long before = threads.getCurrentThreadAllocatedBytes();

        assertThat(polled()).containsExactly("bytes: " + LARGE);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(LARGE / 4);
    }

    private static long heapInUse() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
