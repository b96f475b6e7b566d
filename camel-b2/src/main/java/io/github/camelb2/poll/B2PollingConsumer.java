// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.camel.Consumer;
import org.apache.camel.DynamicPollingConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.support.EventDrivenPollingConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.util.StopWatch;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Endpoint;
import io.github.camelb2.body.BodyHold;
import io.github.camelb2.operation.step.SourceConsumers;

/**
 * Gives one new file version at a time to whoever asks: {@code poll}, {@code pollEnrich} and consumer templates.
 *
 * <p>It asks B2 at once and then once per {@code delay} until there is a version or the time is over. Nothing is claimed
 * in advance for the next caller. Thread-safe; callers wait for each other.
 */
public final class B2PollingConsumer extends EventDrivenPollingConsumer implements DynamicPollingConsumer {
    private static final long FOREVER = Long.MAX_VALUE;
    private static final List<String> DESCRIPTIONS =
            List.of(Exchange.FILE_NAME, Exchange.FILE_CONTENT_TYPE, Exchange.FILE_LAST_MODIFIED);

    private final long delay;
    private volatile CountDownLatch stopped = new CountDownLatch(0);

    public B2PollingConsumer(B2Endpoint endpoint) {
        super(endpoint);
        this.delay = endpoint.getDelay();
    }

    @Override
    protected Consumer createConsumer() throws Exception {
        B2Consumer consumer = (B2Consumer) super.createConsumer();
        consumer.setStartScheduler(false);
        consumer.setMaxMessagesPerPoll(1);
        consumer.setPolled(true);
        return consumer;
    }

    @Override
    protected B2Consumer getConsumer() {
        return (B2Consumer) super.getConsumer();
    }

    @Override
    protected void doStart() throws Exception {
        stopped = new CountDownLatch(1);
        ServiceHelper.startService(getConsumer());
    }

    @Override
    protected void doStop() throws Exception {
        stopped.countDown();
        super.doStop();
    }

    @Override
    public @Nullable Exchange receive() {
        return receive(null, FOREVER);
    }

    @Override
    public @Nullable Exchange receiveNoWait() {
        return receive(null, 0);
    }

    @Override
    public @Nullable Exchange receive(long timeout) {
        return receive(null, timeout);
    }

    @Override
    public @Nullable Exchange receive(@Nullable Exchange exchange) {
        return receive(exchange, FOREVER);
    }

    @Override
    public @Nullable Exchange receiveNoWait(@Nullable Exchange exchange) {
        return receive(exchange, 0);
    }

    @Override
    public synchronized @Nullable Exchange receive(@Nullable Exchange exchange, long timeout) {
        StopWatch watch = new StopWatch();
        while (isRunAllowed()) {
            if (poll(exchange) > 0) {
                Exchange polled = super.receive(0);
                if (polled != null && exchange != null) {
                    BodyHold.adopt(polled, exchange);
                    SourceConsumers.join(polled, exchange);
                    // In the middle of a route they would name and describe what the route stores next.
                    DESCRIPTIONS.forEach(polled.getMessage()::removeHeader);
                }
                return polled;
            }
            long left = timeout - watch.taken();
            if (left <= 0 || !waitAtMost(Math.min(left, delay))) {
                return null;
            }
        }
        return null;
    }

    private int poll(@Nullable Exchange exchange) {
        try {
            return getConsumer().poll(exchange);
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }

    /** Whether there is any point in going on afterwards. */
    private boolean waitAtMost(long millis) {
        try {
            return !stopped.await(Math.max(millis, 1), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
