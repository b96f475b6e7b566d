// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import io.github.camelb2.client.retry.Sleeper;

/** A clock that only sleeping moves, and that remembers how long was slept. */
public final class ManualTime implements InstantSource, Sleeper {
    private final List<Duration> sleeps = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private boolean closed;

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized boolean sleep(Duration time) {
        sleeps.add(time);
        now = now.plus(time);
        return !closed;
    }

    /** Lets time pass without sleeping. */
    public synchronized void pass(Duration time) {
        now = now.plus(time);
    }

    /** Every wait so far. */
    public synchronized List<Duration> sleeps() {
        return List.copyOf(sleeps);
    }

    @Override
    public synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
