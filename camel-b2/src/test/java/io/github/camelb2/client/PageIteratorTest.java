// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.Test;

import io.github.camelb2.client.PageIterator.Page;
import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.ErrorDetails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class PageIteratorTest {
    private final List<String> asked = new ArrayList<>();
    private final Executor atOnce = Runnable::run;

    @Test
    void emptyPagesInTheMiddleDoNotEndTheListing() {
        PageIterator<Integer> pages =
                iterate(atOnce, List.of(), List.of(1, 2), List.of(), List.of(), List.of(3), List.of());

        assertThat(pages).toIterable().containsExactly(1, 2, 3);
        assertThatThrownBy(pages::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void nextPageIsAskedForWhenHalfOfThisOneIsConsumed() {
        PageIterator<Integer> pages = iterate(atOnce, List.of(1, 2, 3, 4), List.of(5));

        pages.next();
        assertThat(asked).isEmpty();
        pages.next();

        assertThat(asked).containsExactly("page 1");
    }

    @Test
    void pageIsAskedForOnce() {
        PageIterator<Integer> pages = iterate(atOnce, List.of(1, 2, 3, 4), List.of(5, 6), List.of(7));

        assertThat(pages).toIterable().hasSize(7);
        assertThat(asked).containsExactly("page 1", "page 2");
    }

    @Test
    void busyExecutorDoesNotHoldUpTheReader() {
        Executor neverRuns = task -> {};

        assertThat(iterate(neverRuns, List.of(1, 2), List.of(3, 4)))
                .toIterable()
                .containsExactly(1, 2, 3, 4);
    }

    @Test
    void executorThatWasShutDownDoesNotStopTheListing() {
        Executor shutDown = task -> {
            throw new RejectedExecutionException("shut down");
        };

        assertThat(iterate(shutDown, List.of(1, 2), List.of(3, 4))).toIterable().containsExactly(1, 2, 3, 4);
    }

    @Test
    void failureOfAPageIsThrownWhenItIsNeededAndThePageCanBeAskedForAgain() {
        List<Boolean> broken = new ArrayList<>(List.of(true));
        PageIterator<Integer> pages = new PageIterator<>(
                "b2_list_file_names",
                new Page<>(List.of(1), () -> {
                    if (broken.remove((Object) true)) {
                        throw new B2TransportException(ErrorDetails.local("b2_list_file_names", "", "cut off"));
                    }
                    return new Page<>(List.of(2), null);
                }),
                atOnce);

        assertThat(pages.next()).isEqualTo(1);
        assertThatThrownBy(pages::hasNext).isInstanceOf(B2TransportException.class);

        assertThat(pages.next()).isEqualTo(2);
    }

    /** Else two pages of 10,000 entries are copied to and fro by each collection of garbage while a third is read. */
    @Test
    void pageThatWasReadIsNotKeptWhileTheNextIsAwaited() {
        List<WeakReference<Object>> read = new ArrayList<>();
        List<Boolean> kept = new ArrayList<>();
        PageIterator<Object> pages = new PageIterator<>(
                "b2_list_file_names",
                new Page<>(List.of(new Object()), () -> {
                    await().atMost(Duration.ofSeconds(20)).until(() -> {
                        System.gc();
                        return read.get(0).get() == null;
                    });
                    kept.add(false);
                    return new Page<>(List.of(), null);
                }),
                task -> {});

        read.add(new WeakReference<>(pages.next()));

        assertThat(pages.hasNext()).isFalse();
        assertThat(kept).containsExactly(false);
    }

    @Test
    void closedListingHasEnded() {
        PageIterator<Integer> pages = iterate(atOnce, List.of(1, 2, 3), List.of(4));
        pages.next();

        pages.close();

        assertThat(pages.hasNext()).isFalse();
        assertThat(asked).isEmpty();
    }

    @Test
    void interruptEndsTheWaitForAPageAndStaysSet() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        PageIterator<Integer> pages = new PageIterator<>(
                "b2_list_file_names",
                new Page<>(List.of(1), () -> {
                    asked.countDown();
                    awaitQuietly(answered);
                    return new Page<>(List.of(2), null);
                }),
                task -> new Thread(task).start());
        pages.next();
        asked.await();
        Thread.currentThread().interrupt();

        try {
            assertThatThrownBy(pages::hasNext)
                    .isInstanceOf(B2TransportException.class)
                    .hasMessage("b2_list_file_names: interrupted while waiting for a page");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
            answered.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    @SafeVarargs
    private PageIterator<Integer> iterate(Executor executor, List<Integer>... pages) {
        return new PageIterator<>("b2_list_file_names", page(0, pages), executor);
    }

    private Page<Integer> page(int number, List<Integer>[] pages) {
        return new Page<>(
                pages[number],
                number + 1 == pages.length
                        ? null
                        : () -> {
                            asked.add("page " + (number + 1));
                            return page(number + 1, pages);
                        });
    }
}
