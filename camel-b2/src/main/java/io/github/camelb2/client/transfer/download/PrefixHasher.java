// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.download;

import java.util.HashMap;
import java.util.Map;

import io.github.camelb2.client.transfer.local.Sha1;
import io.github.camelb2.client.transfer.local.TemporaryFile;
import io.github.camelb2.client.transfer.plan.Slice;

/**
 * Hashes a file that arrives in ranges, in order, while they arrive: a range at whose beginning the hash stands is
 * hashed as it goes by, the others are read again as soon as everything before them is there. What is read again was
 * written a moment ago and comes from memory. Thread-safe; one thread at a time hashes, the others never wait for it.
 */
final class PrefixHasher {
    private static final int BUFFER = 128 << 10;

    private final Sha1 digest = new Sha1();

    /** Guards all fields below; held for no I/O. */
    private final Object lock = new Object();

    private final Map<Long, Slice> waiting = new HashMap<>();
    private long frontier;
    private boolean taken;

    /** Whether this thread hashes that range as it goes by; if so, it calls {@link #update} for all of it. */
    boolean lead(Slice range) {
        synchronized (lock) {
            if (taken || frontier != range.offset()) {
                return false;
            }
            taken = true;
            return true;
        }
    }

    /** The next bytes; only for the thread that leads. */
    void update(byte[] bytes, int count) {
        digest.update(bytes, 0, count);
    }

    /** The range that this thread led is complete. */
    void led(Slice range) {
        moveOn(range);
    }

    /** A range that nobody hashed is complete. */
    void arrived(Slice range) {
        synchronized (lock) {
            waiting.put(range.offset(), range);
        }
    }

    /** Hashes what is there and follows on what was hashed, unless another thread does. */
    void catchUp(TemporaryFile file) {
        byte[] buffer = new byte[0];
        while (true) {
            Slice next;
            synchronized (lock) {
                if (taken || !waiting.containsKey(frontier)) {
                    return;
                }
                next = waiting.remove(frontier);
                taken = true;
            }
            buffer = buffer.length == 0 ? new byte[BUFFER] : buffer;
            read(file, next, buffer);
            moveOn(next);
        }
    }

    private void read(TemporaryFile file, Slice range, byte[] buffer) {
        long position = range.offset();
        while (position < range.end()) {
            int count = file.read(buffer, (int) Math.min(buffer.length, range.end() - position), position);
            digest.update(buffer, 0, count);
            position += count;
        }
    }

    private void moveOn(Slice range) {
        synchronized (lock) {
            frontier = range.end();
            taken = false;
        }
    }

    /** The SHA-1 of everything, when everything has arrived and this thread has caught up. */
    String hex() {
        return digest.hex();
    }
}
