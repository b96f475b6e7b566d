// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.retry;

import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;

import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.RequestGate;

/**
 * How long one call may take and how it is tried again.
 *
 * @param retryTimeout the time budget after which nothing is tried again (15 minutes); zero for no retries
 * @param initialBackoff the first wait (1 s), doubled with every try
 * @param maxBackoff the longest wait (64 s)
 * @param connectTimeout how long a try waits for a free connection of the pool, for a new one, and for its TLS
 *     handshake (10 s each)
 * @param requestTimeout how long one request waits for its answer (2 minutes); calls that copy data or finish a large
 *     file wait at least 20 minutes
 * @param listener hears of requests, retries and progress, beside the client's own listener
 * @param bucket which bucket the endpoint behind the call names, for listeners; empty where none does
 * @param isWanted asked before a failed call is tried again, behind the wait; where it says no the failure is thrown
 * @param gate lets each request pass or keeps it back
 */
public record CallSettings(
        Duration retryTimeout,
        Duration initialBackoff,
        Duration maxBackoff,
        Duration connectTimeout,
        Duration requestTimeout,
        ClientListener listener,
        String bucket,
        BooleanSupplier isWanted,
        RequestGate gate) {
    /** 15 minutes in all, waits from 1 s to 64 s, 10 s for a connection, 2 minutes a request. */
    public static final CallSettings DEFAULT = new CallSettings(
            Duration.ofMinutes(15),
            Duration.ofSeconds(1),
            Duration.ofSeconds(64),
            Duration.ofSeconds(10),
            Duration.ofMinutes(2),
            ClientListener.NONE,
            "");

    public CallSettings {
        notNegative("retryTimeout", retryTimeout);
        positive("initialBackoff", initialBackoff);
        positive("connectTimeout", connectTimeout);
        positive("requestTimeout", requestTimeout);
        if (maxBackoff.compareTo(initialBackoff) < 0) {
            throw new IllegalArgumentException("maxBackoff " + maxBackoff + " is shorter than initialBackoff "
                    + initialBackoff + ": make it at least as long");
        }
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(isWanted, "isWanted");
        Objects.requireNonNull(gate, "gate");
    }

    /** Of a call that is wanted as long as it takes. */
    public CallSettings(
            Duration retryTimeout,
            Duration initialBackoff,
            Duration maxBackoff,
            Duration connectTimeout,
            Duration requestTimeout,
            ClientListener listener,
            String bucket) {
        this(
                retryTimeout,
                initialBackoff,
                maxBackoff,
                connectTimeout,
                requestTimeout,
                listener,
                bucket,
                () -> true,
                RequestGate.OPEN);
    }

    private static void notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " is " + value + ": it must not be negative");
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " is " + value + ": it must be longer than zero");
        }
    }

    public CallSettings withRetryTimeout(Duration value) {
        return new CallSettings(
                value, initialBackoff, maxBackoff, connectTimeout, requestTimeout, listener, bucket, isWanted, gate);
    }

    /** The waits; the longest one is raised to the first one where it would be shorter. */
    public CallSettings withInitialBackoff(Duration value) {
        Duration longest = maxBackoff.compareTo(value) < 0 ? value : maxBackoff;
        return new CallSettings(
                retryTimeout, value, longest, connectTimeout, requestTimeout, listener, bucket, isWanted, gate);
    }

    public CallSettings withMaxBackoff(Duration value) {
        return new CallSettings(
                retryTimeout, initialBackoff, value, connectTimeout, requestTimeout, listener, bucket, isWanted, gate);
    }

    public CallSettings withRequestTimeout(Duration value) {
        return new CallSettings(
                retryTimeout, initialBackoff, maxBackoff, connectTimeout, value, listener, bucket, isWanted, gate);
    }

    public CallSettings withConnectTimeout(Duration value) {
        return new CallSettings(
                retryTimeout, initialBackoff, maxBackoff, value, requestTimeout, listener, bucket, isWanted, gate);
    }

    public CallSettings withListener(ClientListener value) {
        return new CallSettings(
                retryTimeout,
                initialBackoff,
                maxBackoff,
                connectTimeout,
                requestTimeout,
                value,
                bucket,
                isWanted,
                gate);
    }

    public CallSettings withBucket(String value) {
        return new CallSettings(
                retryTimeout,
                initialBackoff,
                maxBackoff,
                connectTimeout,
                requestTimeout,
                listener,
                value,
                isWanted,
                gate);
    }

    public CallSettings whileWanted(BooleanSupplier value) {
        return new CallSettings(
                retryTimeout,
                initialBackoff,
                maxBackoff,
                connectTimeout,
                requestTimeout,
                listener,
                bucket,
                value,
                gate);
    }

    public CallSettings withGate(RequestGate value) {
        return new CallSettings(
                retryTimeout,
                initialBackoff,
                maxBackoff,
                connectTimeout,
                requestTimeout,
                listener,
                bucket,
                isWanted,
                value);
    }
}
