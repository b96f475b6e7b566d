// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Forces journals to the disk: while the disk is busy with what was written before, the messages of all others gather, and
 * the next turn is for all of them. One thread runs it.
 */
final class GroupCommit implements Runnable {
    private final Stream stream;
    private final Spool spool;

    /** Guarded by itself, as all below: how far each journal is to be forced. */
    private final Map<Batch, Long> dirty = new LinkedHashMap<>();

    private boolean closed;
    private long turns;

    GroupCommit(Stream stream, Spool spool) {
        this.stream = stream;
        this.spool = spool;
    }

    void wants(Batch batch, long position) {
        synchronized (dirty) {
            dirty.put(batch, position);
            dirty.notifyAll();
        }
    }

    /** How often the disk was asked. */
    long turns() {
        synchronized (dirty) {
            return turns;
        }
    }

    void close() {
        synchronized (dirty) {
            closed = true;
            dirty.notifyAll();
        }
    }

    @Override
    public void run() {
        for (Map<Batch, Long> turn = next(); turn != null; turn = next()) {
            turn.forEach(this::force);
        }
    }

    private @Nullable Map<Batch, Long> next() {
        synchronized (dirty) {
            while (dirty.isEmpty()) {
                if (closed) {
                    return null;
                }
                try {
                    dirty.wait();
                } catch (InterruptedException e) {
                    // Only close ends it: those who wait for their messages must be told.
                    continue;
                }
            }
            Map<Batch, Long> turn = new LinkedHashMap<>(dirty);
            dirty.clear();
            turns++;
            return turn;
        }
    }

    private void force(Batch batch, long position) {
        List<Waiter> safe = new ArrayList<>();
        Exception failure = null;
        try {
            batch.journal().force();
            if (!batch.isNameForced()) {
                spool.forceName(batch.journal().path());
                batch.nameForced();
            }
        } catch (IOException e) {
            failure = stream.isStored(batch) ? null : stream.forceFailed(batch, e);
        }
        safe.addAll(stream.takeWaiting(batch, position));
        for (Waiter waiter : safe) {
            Stream.tell(waiter, null, failure);
        }
    }
}
