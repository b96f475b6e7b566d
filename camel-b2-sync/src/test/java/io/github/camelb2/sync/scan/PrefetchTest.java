// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.github.camelb2.sync.plan.item.ScanItem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class PrefetchTest {
    private final AtomicLong made = new AtomicLong();

    @Test
    void itemsComeAllAndInTheirOrder() {
        List<String> paths = new ArrayList<>();
        new Prefetch("test", () -> items(10_000), () -> 0).forEachRemaining(item -> paths.add(item.path()));

        assertThat(paths)
                .isEqualTo(IntStream.range(0, 10_000).mapToObj(i -> "f" + i).toList());
    }

    @Test
    void failureComesBehindTheItemsBeforeIt() {
        Prefetch scan = new Prefetch(
                "test", () -> failingAfter(items(300), new IllegalStateException("listing broke")), () -> 0);
        for (int i = 0; i < 300; i++) {
            assertThat(scan.next().path()).isEqualTo("f" + i);
        }

        assertThatThrownBy(scan::hasNext).hasMessage("listing broke");
    }

    @Test
    void scanReadsAheadWithinABound() {
        Prefetch scan = new Prefetch("test", () -> items(1_000_000), () -> 0);
        scan.next();

        await().until(() -> made.get() > 1_000);
        assertThat(made.get()).isLessThan(10_000);
        scan.close();
    }

    @Test
    void slowScanGivesEachItemAtOnce() throws InterruptedException {
        CountDownLatch second = new CountDownLatch(1);
        Iterator<ScanItem> slow = items(2);
        AtomicLong given = new AtomicLong();
        Prefetch scan = new Prefetch(
                "test",
                () -> new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return slow.hasNext();
                    }

                    @Override
                    public ScanItem next() {
                        if (given.getAndIncrement() == 1) {
                            awaitLatch(second);
                        }
                        return slow.next();
                    }
                },
                () -> 0);

        assertThat(scan.next().path()).isEqualTo("f0");
        second.countDown();
        assertThat(scan.next().path()).isEqualTo("f1");
        assertThat(scan.hasNext()).isFalse();
    }

    @Test
    void bothSidesBeginTogether() {
        AtomicLong other = new AtomicLong();
        CountDownLatch otherBegan = new CountDownLatch(1);
        Prefetch second = new Prefetch(
                "second",
                () -> {
                    otherBegan.countDown();
                    return items(1);
                },
                other::incrementAndGet);
        Prefetch first = new Prefetch(
                        "first",
                        () -> {
                            awaitLatch(otherBegan);
                            return items(1);
                        },
                        () -> 0)
                .beginningWith(second);

        assertThat(first.next().path()).isEqualTo("f0");
        assertThat(second.seenMillis()).isZero();
        second.next();
        assertThat(second.seenMillis()).isEqualTo(1);
    }

    @Test
    void closedScanEnds() {
        Prefetch scan = new Prefetch("closed", () -> items(Integer.MAX_VALUE), () -> 0);
        scan.next();

        scan.close();

        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("b2-sync-scan-closed")));
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Iterator<ScanItem> items(int count) {
        return IntStream.range(0, count)
                .peek(i -> made.incrementAndGet())
                .<ScanItem>mapToObj(i -> new ScanItem.LocalFile("f" + i, 1, 1))
                .iterator();
    }

    private static Iterator<ScanItem> failingAfter(Iterator<ScanItem> items, RuntimeException failure) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public ScanItem next() {
                if (!items.hasNext()) {
                    throw failure;
                }
                return items.next();
            }
        };
    }
}
