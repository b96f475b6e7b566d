// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.retry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.Repeat;

/**
 * The one loop that tries again. Thread-safe.
 *
 * <p>What is done after a failure is read from {@link RetryTable}. Waits begin at {@link CallSettings#initialBackoff},
 * double with every failure of the call up to {@link CallSettings#maxBackoff}, whatever the failures are, and are
 * shortened by up to half at random, so that clients that failed together do not come back together; {@code Retry-After}
 * makes them longer, never shorter. All calls of a client share a {@link RetryBudget}. An interrupt ends a wait at once
 * and fails the call with its last failure; the interrupt flag stays set. Once the sleeper is closed nobody waits: what
 * can be tried again without a wait still is.
 */
public final class Retrier {
    private static final Logger LOG = LoggerFactory.getLogger(Retrier.class);

    /** By then about half a minute has passed, and a wrong address or a cut line is likely. */
    private static final int TRIES_BEFORE_WARNING = 5;

    private final Sleeper sleeper;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final ClientListener listener;
    private final RetryBudget budget;

    /** @param listener hears of every retry, beside the listener of the call's settings */
    public Retrier(Sleeper sleeper, InstantSource clock, RandomGenerator random, ClientListener listener) {
        this.sleeper = sleeper;
        this.clock = clock;
        this.random = random;
        this.listener = listener;
        this.budget = new RetryBudget(clock);
    }

    /**
     * Tries until it works, cannot work, or the time is over.
     *
     * @throws B2Exception the last failure
     */
    public <T> T run(CallContext context, CallSettings settings, Attempt<T> attempt) {
        return new Loop<>(context, settings, attempt).run();
    }

    /** One call being tried; used by one thread. */
    private final class Loop<T> {
        private final CallContext context;
        private final CallSettings settings;
        private final Attempt<T> attempt;
        private final Instant started;
        private final Map<RetryTable, Integer> applied = new EnumMap<>(RetryTable.class);
        private int number = 1;
        private int taken;
        private Duration backoff;
        private boolean answerLost;

        Loop(CallContext context, CallSettings settings, Attempt<T> attempt) {
            this.context = context;
            this.settings = settings;
            this.attempt = attempt;
            this.started = clock.instant();
            this.backoff = settings.initialBackoff();
        }

        T run() {
            while (true) {
                try {
                    T answer = attempt.run(new Attempt.Try(number, number == 1 ? settings : remaining()));
                    budget.giveBack(taken);
                    return answer;
                } catch (B2Exception e) {
                    Optional<T> settled = recover(e);
                    if (settled.isPresent()) {
                        return settled.get();
                    }
                    // Who waits may learn meanwhile that it is not to be done any more.
                    if (!settings.isWanted().getAsBoolean()) {
                        throw e;
                    }
                }
                number++;
            }
        }

        private CallSettings remaining() {
            return settings.withRetryTimeout(left());
        }

        /** Prepares the next try, answers what a lost try did, or throws. */
        private Optional<T> recover(B2Exception failure) {
            if (Thread.currentThread().isInterrupted() || attempt.isHopeless(failure)) {
                throw failure;
            }
            Decision decision = decide(failure);
            switch (decision.action()) {
                case REPEAT, ANOTHER_URL -> pause(failure, decision.pause());
                case LOG_IN_AGAIN -> {
                    pause(failure, decision.pause());
                    attempt.reauthorize(failure);
                }
                case LOOK_UP, LOOK_UP_ONLY -> {
                    return lookUp(failure, decision);
                }
                case GIVE_UP -> throw told(failure);
            }
            return Optional.empty();
        }

        /** Who gives up behind a lost answer does not know whether the work is done, and says so. */
        private B2Exception told(B2Exception failure) {
            boolean isUnknown = answerLost && context.repeat() == Repeat.LOOK_UP_FIRST;
            return isUnknown
                    ? LostAnswers.unknown(failure, "an earlier answer was lost: done or not: unknown")
                    : failure;
        }

        private Decision decide(B2Exception failure) {
            FailedTry failed = new FailedTry(context, failure, number, applied, answerLost, left(), jittered(backoff));
            RetryTable.Applied row = RetryTable.apply(failed);
            applied.merge(row.row(), 1, Integer::sum);
            answerLost |= failed.mayHaveWorked();
            return row.decision();
        }

        private Duration left() {
            Duration left = settings.retryTimeout().minus(Duration.between(started, clock.instant()));
            return left.isNegative() ? Duration.ZERO : left;
        }

        private Optional<T> lookUp(B2Exception failure, Decision decision) {
            // Who must stop asks at once, and only once: the outcome is mostly known then.
            boolean isStopping = sleeper.isClosed();
            if (!isStopping) {
                pause(failure, decision.pause());
            }
            Optional<T> outcome = attempt.lookUp(new LostAnswer(failure, started, remaining()));
            if (outcome.isEmpty() && decision.action() == Decision.Action.LOOK_UP_ONLY) {
                throw failure;
            }
            if (outcome.isPresent()) {
                budget.giveBack(taken);
            }
            if (outcome.isEmpty() && isStopping) {
                throw told(failure);
            }
            return outcome;
        }

        private void pause(B2Exception last, Duration due) {
            Duration wait = inTurn(due);
            tell(last, wait);
            backoff = doubled();
            if (wait.isZero()) {
                return;
            }
            try {
                if (!sleeper.sleep(wait) && !due.isZero()) {
                    throw last;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                last.addSuppressed(e);
                throw last;
            }
        }

        /** The wait for this retry's turn among those of all calls; never beyond the time that is left. */
        private Duration inTurn(Duration due) {
            taken++;
            Duration turn = budget.take();
            if (turn.compareTo(due) <= 0 || sleeper.isClosed()) {
                return due;
            }
            Duration left = left();
            return turn.compareTo(left) <= 0 ? turn : left.compareTo(due) > 0 ? left : due;
        }

        private void tell(B2Exception last, Duration wait) {
            if (number == TRIES_BEFORE_WARNING) {
                LOG.warn(
                        "{} {} has failed {} times and is tried again for at most {} s in all: {}",
                        context.call(),
                        context.subject(),
                        number,
                        settings.retryTimeout().plusMillis(500).toSeconds(),
                        last.getMessage());
            }
            LOG.debug(
                    "{} {} failed on try {} with {} {}, next in {}",
                    context.call(),
                    context.subject(),
                    number,
                    last.status(),
                    last.code(),
                    wait);
            if (listener != ClientListener.NONE || settings.listener() != ClientListener.NONE) {
                Listeners.of(listener, settings.listener()).onRetry(context.call(), reason(last), number, wait);
            }
        }

        private Duration doubled() {
            Duration twice = backoff.multipliedBy(2);
            return twice.compareTo(settings.maxBackoff()) > 0 ? settings.maxBackoff() : twice;
        }
    }

    private static String reason(B2Exception failure) {
        return failure.status() == 0 ? "no answer" : failure.status() + " " + failure.code();
    }

    private Duration jittered(Duration wait) {
        long nanos = wait.toNanos();
        return Duration.ofNanos(nanos - random.nextLong(nanos / 2 + 1));
    }
}
