// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run.limit;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.action.ActionRunner;
import io.github.camelb2.sync.action.ForwardingRunner;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.SyncAction;

/**
 * Transfers that can be broken off: the threads that carry them out are interrupted, which ends a request at once, and only
 * while they do so, because an interrupt closes files that others need. Thread-safe.
 */
public final class CutoffRunner extends ForwardingRunner {
    /** Guards what follows. */
    private final Object lock = new Object();

    private final Set<Thread> transferring = new HashSet<>();
    private final Set<Thread> interrupted = new HashSet<>();
    private @Nullable String reason;

    public CutoffRunner(ActionRunner real) {
        super(real);
    }

    /** Breaks off every transfer that is under way, and every one that begins from now on. Only the first reason counts. */
    public void cutOff(String because) {
        synchronized (lock) {
            if (reason == null) {
                reason = because;
                interrupted.addAll(transferring);
                transferring.forEach(Thread::interrupt);
            }
        }
    }

    @Override
    public Result perform(PathPlan plan, SyncAction action) throws IOException {
        if (action.kind().isDestructive()) {
            return super.perform(plan, action);
        }
        begin();
        try {
            return super.perform(plan, action);
        } catch (IOException | RuntimeException e) {
            String because = end();
            if (because != null) {
                throw new IOException("it was broken off (cutoff=hard): " + because, e);
            }
            throw e;
        } finally {
            end();
        }
    }

    private void begin() throws IOException {
        synchronized (lock) {
            if (reason != null) {
                throw new IOException("it was not begun (cutoff=hard): " + reason);
            }
            transferring.add(Thread.currentThread());
        }
    }

    /** Why this thread was interrupted here, if it was; it is not any more. */
    private @Nullable String end() {
        synchronized (lock) {
            transferring.remove(Thread.currentThread());
            if (!interrupted.remove(Thread.currentThread())) {
                return null;
            }
            Thread.interrupted();
            return reason;
        }
    }
}
