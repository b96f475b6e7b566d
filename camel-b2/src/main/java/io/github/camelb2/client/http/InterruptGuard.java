// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.spi.AbstractInterruptibleChannel;

import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Aborts a request when the thread that waits for it is interrupted: a thread that is blocked on a socket does not
 * notice an interrupt by itself, and would wait until the request times out.
 *
 * <p>It is a channel only to be told of interrupts, in the way in which the JDK's own channels are. A thread is told of
 * by one channel at a time, so that reading a file between two socket operations ends the guard, and {@link #watch} has
 * to be called again after it. For the thread that makes the request.
 */
final class InterruptGuard extends AbstractInterruptibleChannel {
    private static final Logger LOG = LoggerFactory.getLogger(InterruptGuard.class);

    private final HttpUriRequestBase request;

    InterruptGuard(HttpUriRequestBase request) {
        this.request = request;
    }

    /** From now on an interrupt of this thread aborts the request; at once if it is interrupted already. */
    void watch() {
        begin();
    }

    /** From now on an interrupt does nothing to the request. */
    void rest() {
        try {
            end(true);
        } catch (AsynchronousCloseException interrupted) {
            // The request failed by it, and the mark on the thread says so to everybody else.
            LOG.trace("A request was aborted because its thread was interrupted", interrupted);
        }
    }

    /** Aborts the request; any thread may. */
    void abort() {
        request.abort();
    }

    @Override
    protected void implCloseChannel() {
        abort();
    }
}
