// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.launch.RunLauncher;
import io.github.camelb2.sync.observe.SyncHealthCheck;
import io.github.camelb2.sync.report.SyncIncompleteException;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.run.SyncSession;

/**
 * Runs one sync per poll and sends its report down the route. A consumer that is stopped begins nothing more, lets the
 * actions under way end and the report go its way, for as long as Camel waits, and only then closes its clients.
 */
class B2SyncConsumer extends ScheduledPollConsumer implements ShutdownAware {
    private final RunLauncher launcher;
    private final boolean failsWhenIncomplete;

    /** Guards what follows; notified when a poll ends. */
    private final Object lock = new Object();

    private @Nullable SyncSession running;
    private int polls;
    private boolean stopping;

    B2SyncConsumer(B2SyncEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.launcher = new RunLauncher(endpoint);
        this.failsWhenIncomplete = endpoint.options().failsWhenIncomplete();
    }

    @Override
    protected void doBuild() throws Exception {
        super.doBuild();
        HealthCheck polls = getHealthCheck();
        if (polls != null && !(polls instanceof SyncHealthCheck)) {
            setHealthCheck(new SyncHealthCheck((B2SyncEndpoint) getEndpoint(), polls));
        }
    }

    @Override
    protected int poll() throws Exception {
        synchronized (lock) {
            if (stopping) {
                return 0;
            }
            polls++;
        }
        try {
            return syncOnce();
        } finally {
            synchronized (lock) {
                polls--;
                running = null;
                lock.notifyAll();
            }
        }
    }

    private int syncOnce() throws Exception {
        if (launcher.isClosed()) {
            // The next poll asks again.
            forceConsumerAsReady();
            return 0;
        }
        Exchange exchange = createExchange(false);
        try {
            SyncSession session = launcher.begin(exchange);
            keep(session);
            SyncReport report = launcher.complete(session);
            exchange.getMessage().setHeader(B2SyncConstants.RUN_ID, session.runId());
            exchange.getMessage().setBody(report);
            if (!report.isComplete() && failsWhenIncomplete) {
                exchange.setException(new SyncIncompleteException(report));
            }
            forceConsumerAsReady();
            getProcessor().process(exchange);
            if (exchange.getException() != null) {
                getExceptionHandler()
                        .handleException(
                                "The route failed to process a sync report", exchange, exchange.getException());
            }
            return 1;
        } finally {
            releaseExchange(exchange, false);
        }
    }

    private void keep(SyncSession session) {
        synchronized (lock) {
            running = session;
            if (stopping) {
                session.stop();
            }
        }
    }

    /** Camel asks when the route is to stop, and waits until nothing is pending. */
    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        beginNothingMore();
        return true;
    }

    @Override
    public int getPendingExchangesSize() {
        synchronized (lock) {
            return polls;
        }
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        beginNothingMore();
    }

    private void beginNothingMore() {
        synchronized (lock) {
            stopping = true;
            if (running != null) {
                running.stop();
            }
        }
    }

    @Override
    protected void doStart() throws Exception {
        synchronized (lock) {
            stopping = false;
        }
        ServiceHelper.startService(launcher);
        super.doStart();
    }

    @Override
    protected void doResume() throws Exception {
        synchronized (lock) {
            stopping = false;
        }
        super.doResume();
    }

    @Override
    protected void doStop() throws Exception {
        beginNothingMore();
        awaitPolls();
        super.doStop();
        ServiceHelper.stopService(launcher);
    }

    private void awaitPolls() {
        var strategy = getEndpoint().getCamelContext().getShutdownStrategy();
        long deadline = System.nanoTime() + strategy.getTimeUnit().toNanos(strategy.getTimeout());
        synchronized (lock) {
            while (polls > 0 && deadline - System.nanoTime() > 0) {
                try {
                    lock.wait(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }
}
