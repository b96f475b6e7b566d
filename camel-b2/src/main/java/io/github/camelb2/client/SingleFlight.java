// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2ThrottledException;
import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.Delivery;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.retry.CallSettings;

/**
 * Asks B2 something that many threads want to know at the same moment, once for all of them. Thread-safe.
 *
 * @param <T> the answer
 */
final class SingleFlight<T> {
    private final InstantSource clock;
    private final String call;
    private final String doing;
    private final AtomicReference<@Nullable CompletableFuture<T>> underWay = new AtomicReference<>();

    /**
     * @param call what is called, for messages
     * @param doing the same as what a thread is doing: {@code logging in}
     */
    SingleFlight(InstantSource clock, String call, String doing) {
        this.clock = clock;
        this.call = call;
        this.doing = doing;
    }

    /**
     * Lets one thread at a time do the work and gives its answer to all that came meanwhile; no lock is held. They share
     * its answer, not its time nor its failure: who has time left when it gives up leads the next try, and who has less
     * than it waits no longer than that.
     */
    T once(CallSettings settings, Function<CallSettings, T> work) {
        Instant started = clock.instant();
        while (true) {
            CompletableFuture<T> mine = new CompletableFuture<>();
            CompletableFuture<T> first = underWay.compareAndExchange(null, mine);
            Duration left = left(settings, started);
            if (first == null) {
                return lead(mine, () -> work.apply(settings.withRetryTimeout(left)));
            }
            Optional<T> answer = answerOf(first, settings, left);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
    }

    private Duration left(CallSettings settings, Instant started) {
        Duration left = settings.retryTimeout().minus(Duration.between(started, clock.instant()));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** What the leading thread got; empty when its failure says nothing of this one's chances. */
    private Optional<T> answerOf(CompletableFuture<T> leading, CallSettings settings, Duration left) {
        try {
            // One try of its own would take no longer.
            return Optional.of(leading.get(left.plus(settings.requestTimeout()).toMillis(), TimeUnit.MILLISECONDS));
        } catch (CancellationException interrupted) {
            // The leading thread was interrupted, which is no reason for this one to fail: it tries to lead.
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new B2TransportException(
                    ErrorDetails.local(call, "", "interrupted while another thread was " + doing), e);
        } catch (TimeoutException e) {
            throw new B2TransportException(
                    ErrorDetails.local(call, "", "another thread is " + doing + ", longer than this call may take"), e);
        } catch (ExecutionException e) {
            return ownFailure(e.getCause(), settings, left);
        }
    }

    /** Exceptions collect what each thread met on its way, so that each has one of its own. */
    private Optional<T> ownFailure(@Nullable Throwable cause, CallSettings settings, Duration left) {
        if (cause instanceof B2Exception failure) {
            boolean mayPass = failure instanceof B2TransportException || failure instanceof B2ThrottledException;
            // With less than one wait left, all that have waited would ask once more in a row, for nothing.
            boolean hasTime = left.compareTo(settings.initialBackoff()) >= 0;
            if (mayPass && hasTime && failure.delivery() != Delivery.IMPOSSIBLE) {
                return Optional.empty();
            }
            throw failure.with(failure.details());
        }
        throw new IllegalStateException(doing + " failed: " + cause, cause);
    }

    private T lead(CompletableFuture<T> mine, Supplier<T> work) {
        try {
            T answer = work.get();
            underWay.set(null);
            mine.complete(answer);
            return answer;
        } catch (RuntimeException | Error e) {
            underWay.set(null);
            if (Thread.currentThread().isInterrupted()) {
                mine.cancel(false);
            } else {
                mine.completeExceptionally(e);
            }
            throw e;
        }
    }
}
