package io.github.camelb2.client.retry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.ClientListener;

/**
 * The one loop that tries again. Thread-safe.
 *
 * <p>Waits begin at {@link CallSettings#initialBackoff}, double up to {@link CallSettings#maxBackoff} and are shortened
 * by up to half at random, so that clients that failed together do not come back together. An answer with {@code
 * Retry-After} sets the wait and starts the doubling over. An interrupt, or closing the sleeper, ends a wait at once
 * and fails the call with its last failure; the interrupt flag stays set.
 */
public final class Retrier {
    private static final Logger LOG = LoggerFactory.getLogger(Retrier.class);

    /** By then about half a minute has passed, and a wrong address or a cut line is likely. */
    private static final int TRIES_BEFORE_WARNING = 5;

    private final RetryPolicy policy = new RetryPolicy();
    private final Sleeper sleeper;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final ClientListener listener;

    /** @param listener hears of every retry, beside the listener of the call's settings */
    public Retrier(Sleeper sleeper, InstantSource clock, RandomGenerator random, ClientListener listener) {
        this.sleeper = sleeper;
        this.clock = clock;
        this.random = random;
        this.listener = listener;
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
    private final class Loop<T> implements RetryDecision.Visitor<Optional<T>> {
        private final CallContext context;
        private final CallSettings settings;
        private final Attempt<T> attempt;
        private final Instant started;
        private int number = 1;
        private int sameFailures;
        private Duration backoff;
        private boolean answerLost;
        private @Nullable B2Exception failure;

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
                    return attempt.run(new Attempt.Try(number, settings.withRetryTimeout(left())));
                } catch (B2Exception e) {
                    Optional<T> settled = recover(e);
                    if (settled.isPresent()) {
                        return settled.get();
                    }
                }
                number++;
            }
        }

        /** Prepares the next try, answers what a lost try did, or throws. */
        private Optional<T> recover(B2Exception e) {
            boolean same = failure != null
                    && failure.status() == e.status()
                    && failure.code().equals(e.code());
            sameFailures = same ? sameFailures + 1 : 1;
            failure = e;
            if (Thread.currentThread().isInterrupted() || sleeper.isClosed() || attempt.isHopeless(e)) {
                throw e;
            }
            RetryDecision decision = policy.decide(
                    new FailedTry(context, e, number, sameFailures, answerLost, left(), jittered(backoff)));
            answerLost |= RetryPolicy.mayHaveWorked(e);
            return decision.accept(this);
        }

        private Duration left() {
            Duration left = settings.retryTimeout().minus(Duration.between(started, clock.instant()));
            return left.isNegative() ? Duration.ZERO : left;
        }

        @Override
        public Optional<T> retry(RetryDecision.Retry decision) {
            pause(decision.pause());
            return Optional.empty();
        }

        @Override
        public Optional<T> freshUploadUrl(RetryDecision.FreshUploadUrl decision) {
            pause(decision.pause());
            return Optional.empty();
        }

        @Override
        public Optional<T> reauthorize(RetryDecision.Reauthorize decision) {
            attempt.reauthorize(last());
            return Optional.empty();
        }

        @Override
        public Optional<T> lookUpOutcome(RetryDecision.LookUpOutcome decision) {
            pause(decision.pause());
            Optional<T> outcome = attempt.lookUp(new LostAnswer(last(), started, settings.withRetryTimeout(left())));
            if (outcome.isEmpty() && !decision.repeatable()) {
                throw last();
            }
            return outcome;
        }

        @Override
        public Optional<T> fail(RetryDecision.Fail decision) {
            throw last();
        }

        private B2Exception last() {
            return Objects.requireNonNull(failure, "a decision follows a failure");
        }

        private void pause(Duration wait) {
            B2Exception last = last();
            if (number == TRIES_BEFORE_WARNING) {
                LOG.warn(
                        "{} {} has failed {} times and is tried until {} are over: {}",
                        context.call(),
                        context.subject(),
                        number,
                        settings.retryTimeout(),
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
            Listeners.of(listener, settings.listener()).onRetry(context.call(), reason(last), number, wait);
            backoff = last.retryAfter().isPresent() ? settings.initialBackoff() : doubled();
            if (wait.isZero()) {
                return;
            }
            try {
                if (!sleeper.sleep(wait)) {
                    throw last;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                last.addSuppressed(e);
                throw last;
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
