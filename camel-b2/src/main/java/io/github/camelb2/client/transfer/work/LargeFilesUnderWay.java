// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.work;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The threads that wait for a large file of theirs, so that a client that is closed can have them clean up. */
public final class LargeFilesUnderWay {
    /** Guards {@link #owners}; told when one has left. */
    private final Object lock = new Object();

    /** How many large files each thread works on. */
    private final Map<Thread, Integer> owners = new HashMap<>();

    /** The calling thread begins one. */
    public void begin() {
        synchronized (lock) {
            owners.merge(Thread.currentThread(), 1, Integer::sum);
        }
    }

    /** The calling thread has finished, cancelled or left one. */
    public void end() {
        synchronized (lock) {
            owners.computeIfPresent(Thread.currentThread(), (thread, files) -> files == 1 ? null : files - 1);
            lock.notifyAll();
        }
    }

    /**
     * Interrupts the threads of all that are under way, but not the calling one, and waits until they have been
     * cancelled or left for the next upload. Whoever shuts down may have been interrupted for being late itself, so an
     * interrupt does not end this wait; its mark stays set.
     *
     * @return false if that took longer
     */
    public boolean interrupt(Duration wait) {
        boolean interrupted = false;
        long end = System.nanoTime() + wait.toNanos();
        synchronized (lock) {
            owners.keySet().stream()
                    .filter(owner -> owner != Thread.currentThread())
                    .forEach(Thread::interrupt);
            for (long left = wait.toNanos(); hasOthers() && left > 0; left = end - System.nanoTime()) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(lock, left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return !hasOthers();
        }
    }

    private boolean hasOthers() {
        return owners.keySet().stream().anyMatch(owner -> owner != Thread.currentThread());
    }
}
