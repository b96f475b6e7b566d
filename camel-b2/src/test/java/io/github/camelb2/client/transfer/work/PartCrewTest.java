// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.work;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class PartCrewTest {
    private final ExecutorService pool = Executors.newFixedThreadPool(8);

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void everyPieceIsDoneOnceByAtMostTheCrewsThreads() throws Exception {
        AtomicInteger left = new AtomicInteger(500);
        Set<Integer> done = ConcurrentHashMap.newKeySet();
        AtomicInteger atWork = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        new PartCrew(pool, 4).run(taken -> {
            int piece = left.getAndDecrement();
            if (piece <= 0) {
                return false;
            }
            taken.run();
            most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
            assertThat(done.add(piece)).isTrue();
            atWork.decrementAndGet();
            return true;
        });

        assertThat(done).hasSize(500);
        assertThat(most.get()).isBetween(1, 4);
    }

    @Test
    void allConnectionsWorkAtOnce() throws Exception {
        AtomicInteger left = new AtomicInteger(8);
        CyclicBarrier four = new CyclicBarrier(4);

        new PartCrew(pool, 4).run(taken -> {
            if (left.getAndDecrement() <= 0) {
                return false;
            }
            taken.run();
            meet(four);
            return true;
        });

        assertThat(left.get()).isLessThanOrEqualTo(0);
    }

    @Test
    void aPoolWithoutThreadsLeavesTheWorkToTheCaller() throws Exception {
        Executor full = task -> {
            throw new RejectedExecutionException("full");
        };
        AtomicInteger left = new AtomicInteger(10);

        new PartCrew(full, 4).run(taken -> {
            boolean more = left.getAndDecrement() > 0;
            taken.run();
            return more;
        });

        assertThat(left.get()).isEqualTo(-1);
    }

    @Test
    void aPoolThatRunsTasksOnItsCallerDoesNotMultiplyTheWork() throws Exception {
        AtomicInteger left = new AtomicInteger(10);

        new PartCrew(Runnable::run, 4).run(taken -> {
            boolean more = left.getAndDecrement() > 0;
            taken.run();
            return more;
        });

        assertThat(left.get()).isEqualTo(-1);
    }

    @Test
    void aHelperThatStartsLateFindsNothingToDo() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        ExecutorService busy = Executors.newSingleThreadExecutor();
        try {
            busy.execute(() -> awaitQuietly(free));
            AtomicInteger left = new AtomicInteger(3);

            new PartCrew(busy, 2).run(taken -> {
                boolean more = left.getAndDecrement() > 0;
                taken.run();
                return more;
            });
            free.countDown();
            busy.shutdown();

            assertThat(busy.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            assertThat(left.get()).isEqualTo(-1);
        } finally {
            busy.shutdownNow();
        }
    }

    @Test
    void theFirstFailureStopsTheOthersAndLeavesNoInterruptBehind() throws Exception {
        AtomicInteger taken = new AtomicInteger();
        CountDownLatch waiting = new CountDownLatch(3);
        AtomicInteger stopped = new AtomicInteger();
        Thread caller = Thread.currentThread();

        assertThatThrownBy(() -> new PartCrew(pool, 4).run(hire -> {
                    hire.run();
                    if (taken.incrementAndGet() == 4) {
                        waiting.await();
                        throw new IllegalStateException("the fourth piece");
                    }
                    waiting.countDown();
                    try {
                        new CountDownLatch(1).await();
                        return true;
                    } catch (InterruptedException e) {
                        stopped.incrementAndGet();
                        throw e;
                    }
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the fourth piece")
                .satisfies(e -> assertThat(e.getSuppressed()).isEmpty());

        assertThat(stopped.get()).isEqualTo(3);
        assertThat(caller.isInterrupted()).isFalse();
        AtomicBoolean marked = new AtomicBoolean();
        CyclicBarrier all = new CyclicBarrier(9);
        for (int i = 0; i < 8; i++) {
            pool.execute(() -> {
                if (Thread.currentThread().isInterrupted()) {
                    marked.set(true);
                    Thread.interrupted();
                }
                meet(all);
            });
        }
        meet(all);
        assertThat(marked.get()).isFalse();
    }

    @Test
    void anInterruptOfTheCallerStopsTheHelpers() throws Exception {
        CountDownLatch atWork = new CountDownLatch(4);
        AtomicInteger stopped = new AtomicInteger();
        AtomicBoolean kept = new AtomicBoolean();
        AtomicInteger taken = new AtomicInteger();
        Thread caller = new Thread(() -> {
            try {
                new PartCrew(pool, 4).run(hire -> {
                    hire.run();
                    taken.incrementAndGet();
                    atWork.countDown();
                    try {
                        new CountDownLatch(1).await();
                        return true;
                    } catch (InterruptedException e) {
                        stopped.incrementAndGet();
                        throw e;
                    }
                });
            } catch (InterruptedException e) {
                kept.set(true);
            }
        });
        caller.start();
        atWork.await();

        caller.interrupt();

        await().untilAsserted(() -> assertThat(stopped.get()).isEqualTo(4));
        caller.join();
        assertThat(kept.get()).isTrue();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
