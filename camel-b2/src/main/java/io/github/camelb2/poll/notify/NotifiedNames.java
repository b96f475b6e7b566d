// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.notify;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The names that event notifications told of and that nobody has looked at yet: each once, and at most so many that a
 * flood costs little memory. What finds no room is left to the poll. Thread-safe.
 */
final class NotifiedNames {
    /** No file has this name; it ends a wait. */
    private static final String NONE = "";

    private final BlockingQueue<String> queue;
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();

    NotifiedNames(int capacity) {
        this.queue = new ArrayBlockingQueue<>(capacity);
    }

    /** Takes a name without waiting; false if there is no room for it. */
    boolean offer(String name) {
        if (!waiting.add(name)) {
            return true;
        }
        boolean hasRoom = queue.offer(name);
        if (!hasRoom) {
            waiting.remove(name);
        }
        return hasRoom;
    }

    /** The next name; empty if none comes within that time. From now on the name may be offered again. */
    Optional<String> poll(Duration atMost) throws InterruptedException {
        Optional<String> name = Optional.ofNullable(queue.poll(atMost.toMillis(), TimeUnit.MILLISECONDS));
        name.ifPresent(waiting::remove);
        return name.filter(it -> !it.equals(NONE));
    }

    /** Ends the wait of somebody who polls while there is nothing. */
    void wake() {
        // Where there is no room, nobody waits.
        queue.offer(NONE);
    }
}
