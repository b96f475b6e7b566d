// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.retry;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.ManualTime;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.B2ThrottledException;
import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.api.Repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RetrierTest {
    private static final CallContext CALL = Failures.context(Phase.API, Repeat.SAFE);

    private final ManualTime time = new ManualTime();
    /** Draws nothing off the wait, so that waits are exact. */
    private final Retrier retrier = new Retrier(time, time, () -> 0L, ClientListener.NONE);

    @Test
    void waitsDoubleUpToTheLongestOne() {
        Script attempt = new Script().failing(9, Failures.answer(CALL, 500, "internal_error"));

        assertThat(retrier.run(CALL, CallSettings.DEFAULT, attempt)).isEqualTo("done");

        assertThat(time.sleeps())
                .extracting(Duration::toSeconds)
                .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 64L, 64L);
    }

    @Test
    void waitsAreShortenedAtRandomByUpToHalf() {
        Retrier random = new Retrier(time, time, new java.util.Random(7), ClientListener.NONE);
        Script attempt = new Script().failing(8, Failures.answer(CALL, 500, "internal_error"));

        random.run(CALL, CallSettings.DEFAULT, attempt);

        List<Long> full = List.of(1000L, 2000L, 4000L, 8000L, 16000L, 32000L, 64000L, 64000L);
        for (int i = 0; i < full.size(); i++) {
            assertThat(time.sleeps().get(i).toMillis()).isBetween(full.get(i) / 2, full.get(i));
        }
        assertThat(time.sleeps().get(6)).isNotEqualTo(time.sleeps().get(7));
    }

    @Test
    void retryAfterMakesAWaitLongerAndNeverShorter() {
        Script attempt = new Script()
                .failing(3, Failures.answer(CALL, 503, "service_unavailable"))
                .failing(1, Failures.answer(CALL, 503, "service_unavailable", "busy", "7"))
                .failing(1, Failures.answer(CALL, 503, "service_unavailable", "busy", "40"))
                .failing(1, Failures.answer(CALL, 503, "service_unavailable", "busy", "0"));

        retrier.run(CALL, CallSettings.DEFAULT, attempt);

        assertThat(time.sleeps()).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 40L, 32L);
    }

    @Test
    void lastFailureIsThrownWhenTheTimeIsOver() {
        Script attempt = new Script().failing(1000, Failures.answer(CALL, 503, "service_unavailable"));

        assertThatThrownBy(() -> retrier.run(CALL, CallSettings.DEFAULT, attempt))
                .isInstanceOf(B2ThrottledException.class);

        Duration waited = time.sleeps().stream().reduce(Duration.ZERO, Duration::plus);
        assertThat(waited).isBetween(Duration.ofMinutes(13), Duration.ofMinutes(15));
    }

    @Test
    void everyTryIsToldWhatIsLeftOfTheTime() {
        Script attempt = new Script().failing(2, Failures.answer(CALL, 500, "internal_error"));

        retrier.run(CALL, CallSettings.DEFAULT.withRetryTimeout(Duration.ofSeconds(10)), attempt);

        assertThat(attempt.tries)
                .extracting(it -> it.settings().retryTimeout().toSeconds())
                .containsExactly(10L, 9L, 7L);
        assertThat(attempt.tries).extracting(Attempt.Try::number).containsExactly(1, 2, 3);
    }

    @Test
    void refusedTokenIsReplacedWithoutWaiting() {
        Script attempt = new Script().failing(2, Failures.answer(CALL, 401, "expired_auth_token"));

        assertThat(retrier.run(CALL, CallSettings.DEFAULT, attempt)).isEqualTo("done");

        assertThat(attempt.reauthorizations).isEqualTo(2);
        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void lostAnswerIsLookedUpBeforeItIsRepeated() {
        CallContext context = Failures.context(Phase.API, Repeat.LOOK_UP_FIRST);
        Script attempt =
                new Script().failing(1, Failures.answer(context, 0, "")).foundByLookUp("it worked");

        assertThat(retrier.run(context, CallSettings.DEFAULT, attempt)).isEqualTo("it worked");

        assertThat(attempt.tries).hasSize(1);
        assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void lostAnswerOfWorkThatWasNotDoneIsRepeated() {
        CallContext context = Failures.context(Phase.API, Repeat.LOOK_UP_FIRST);
        Script attempt = new Script().failing(1, Failures.answer(context, 0, ""));

        assertThat(retrier.run(context, CallSettings.DEFAULT, attempt)).isEqualTo("done");

        assertThat(attempt.tries).hasSize(2);
    }

    @Test
    void errorOfTheRepetitionStandsWhenTheLookUpFindsNothing() {
        CallContext context = Failures.context(Phase.API, Repeat.LOOK_UP_FIRST);
        B2Exception echo = Failures.answer(context, 400, "duplicate_bucket_name");
        Script attempt =
                new Script().failing(1, Failures.answer(context, 0, "")).failing(1, echo);

        assertThatThrownBy(() -> retrier.run(context, CallSettings.DEFAULT, attempt))
                .isSameAs(echo);

        assertThat(attempt.lookUps).isEqualTo(2);
    }

    @Test
    void sameErrorOnTheFirstTryIsNotLookedUp() {
        CallContext context = Failures.context(Phase.API, Repeat.LOOK_UP_FIRST);
        Script attempt = new Script().failing(1, Failures.answer(context, 400, "duplicate_bucket_name"));

        assertThatThrownBy(() -> retrier.run(context, CallSettings.DEFAULT, attempt))
                .isInstanceOf(B2Exception.class);

        assertThat(attempt.lookUps).isZero();
    }

    /** A source that cannot be opened, and another call that a try needs first: nothing of this one was sent. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void failureOfSomethingElseIsNoLostAnswer(boolean isLocal) {
        CallContext context = Failures.context(Phase.UPLOAD, Repeat.LOOK_UP_FIRST);
        B2Exception failure = isLocal
                ? new B2LocalContentException(ErrorDetails.local(context.call(), context.subject(), "x is a link"))
                : new B2TransportException(ErrorDetails.local("b2_get_upload_url", "", "connection reset"));

        assertThatThrownBy(() -> retrier.run(context, CallSettings.DEFAULT, new Script().failing(1, failure)))
                .isSameAs(failure);
        assertThatThrownBy(() -> retrier.run(
                        context,
                        CallSettings.DEFAULT,
                        new Script().failing(1, Failures.answer(context, 0, "")).failing(1, failure)))
                .hasMessageContaining("an earlier answer was lost: done or not: unknown");
    }

    @Test
    void interruptEndsTheWaitAtOnceAndStaysSet() throws Exception {
        Retrier real = new Retrier(Sleeper.create(), time, () -> 0L, ClientListener.NONE);
        CountDownLatch failed = new CountDownLatch(1);
        AtomicBoolean stillInterrupted = new AtomicBoolean();
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                real.run(CALL, aMinuteOfWaiting(), failOn(failed));
            } catch (B2Exception e) {
                stillInterrupted.set(Thread.currentThread().isInterrupted());
                outcome.complete(e);
            }
        });
        caller.start();
        failed.await();

        caller.interrupt();

        assertThat(outcome.get(30, TimeUnit.SECONDS)).isInstanceOf(B2TransportException.class);
        assertThat(stillInterrupted).isTrue();
    }

    @Test
    void closingTheSleeperEndsTheWaitAtOnce() throws Exception {
        Sleeper sleeper = Sleeper.create();
        Retrier real = new Retrier(sleeper, time, () -> 0L, ClientListener.NONE);
        CountDownLatch failed = new CountDownLatch(1);
        CompletableFuture<Object> outcome =
                CompletableFuture.supplyAsync(() -> real.run(CALL, aMinuteOfWaiting(), failOn(failed)));
        failed.await();

        sleeper.close();

        assertThatThrownBy(() -> outcome.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(B2TransportException.class);
    }

    @Test
    void nothingIsTriedAgainOnAnInterruptedThread() {
        Script attempt = new Script().failing(1, Failures.answer(CALL, 500, "internal_error"));
        Thread.currentThread().interrupt();

        try {
            assertThatThrownBy(() -> retrier.run(CALL, CallSettings.DEFAULT, attempt))
                    .isInstanceOf(B2Exception.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(attempt.tries).hasSize(1);
    }

    @Test
    void listenersHearOfEveryRetryAndCannotFailTheCall() {
        List<String> heard = new ArrayList<>();
        ClientListener listener = new ClientListener() {
            @Override
            public void onRetry(String call, String reason, int attempt, Duration wait) {
                heard.add(call + " " + reason + " try " + attempt + " next in " + wait);
                throw new IllegalStateException("listener is broken");
            }
        };
        Script attempt = new Script()
                .failing(1, Failures.answer(CALL, 503, "service_unavailable"))
                .failing(1, Failures.answer(CALL, 0, ""));

        retrier.run(CALL, CallSettings.DEFAULT.withListener(listener), attempt);

        assertThat(heard)
                .containsExactly(
                        "b2_do_it 503 service_unavailable try 1 next in PT1S", "b2_do_it no answer try 2 next in PT2S");
    }

    private static CallSettings aMinuteOfWaiting() {
        return CallSettings.DEFAULT.withInitialBackoff(Duration.ofMinutes(1));
    }

    private static Attempt<Object> failOn(CountDownLatch failed) {
        return current -> {
            failed.countDown();
            throw Failures.answer(CALL, 0, "");
        };
    }

    /** Fails as it was told, then works. */
    private static final class Script implements Attempt<String> {
        private final Deque<B2Exception> failures = new ArrayDeque<>();
        private final List<Try> tries = new ArrayList<>();
        private Optional<String> outcome = Optional.empty();
        private int reauthorizations;
        private int lookUps;

        Script failing(int times, B2Exception failure) {
            for (int i = 0; i < times; i++) {
                failures.add(failure);
            }
            return this;
        }

        Script foundByLookUp(String found) {
            outcome = Optional.of(found);
            return this;
        }

        @Override
        public String run(Try current) {
            tries.add(current);
            if (!failures.isEmpty()) {
                throw failures.poll();
            }
            return "done";
        }

        @Override
        public void reauthorize(B2Exception failure) {
            reauthorizations++;
        }

        @Override
        public Optional<String> lookUp(LostAnswer lost) {
            lookUps++;
            return outcome;
        }
    }
}
