// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(30)
class SharedForceTest {
    private static final Path DIRECTORY = Path.of("down");

    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch firstMayEnd = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    @Test
    void whoComesMeanwhileIsServedByOneMoreCallAndNotByTheOneUnderWay() throws InterruptedException {
        SharedForce force = new SharedForce(path -> firstOneWaits());
        start(force);
        await().until(() -> calls.get() == 1);
        for (int i = 0; i < 5; i++) {
            start(force);
        }
        awaitWaiting(6);

        firstMayEnd.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(calls).hasValue(2);
    }

    @Test
    void directoriesDoNotWaitForEachOther() {
        SharedForce force = new SharedForce(path -> path.equals(DIRECTORY) ? firstOneWaits() : count());
        start(force);
        await().until(() -> calls.get() == 1);

        force.force(Path.of("elsewhere"));

        assertThat(calls).hasValue(2);
        firstMayEnd.countDown();
    }

    @Test
    void nobodyTakesACallThatWasBrokenOffForTheirOwn() throws InterruptedException {
        Predicate<Path> broken = path -> calls.get() == 1 ? count() && false : firstOneWaits();
        SharedForce force = new SharedForce(broken);
        start(force);
        await().until(() -> calls.get() == 1);
        start(force);
        start(force);
        awaitWaiting(3);

        firstMayEnd.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(calls)
                .as("the first, the one broken off, and its companion's own")
                .hasValue(3);
    }

    @Test
    void eachCallAfterTheLastHasEndedIsOneOfItsOwn() {
        SharedForce force = new SharedForce(path -> count());

        force.force(DIRECTORY);
        force.force(DIRECTORY);

        assertThat(calls).hasValue(2);
    }

    private boolean count() {
        calls.incrementAndGet();
        return true;
    }

    private boolean firstOneWaits() {
        if (calls.incrementAndGet() == 1) {
            try {
                firstMayEnd.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return true;
    }

    private void start(SharedForce force) {
        Thread thread = new Thread(() -> force.force(DIRECTORY));
        threads.add(thread);
        thread.start();
    }

    private void awaitWaiting(int count) {
        await().until(() -> threads.stream()
                        .filter(it -> it.getState() == Thread.State.WAITING)
                        .count()
                == count);
    }
}
