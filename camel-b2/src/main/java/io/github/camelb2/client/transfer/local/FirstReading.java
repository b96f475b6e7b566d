// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.local;

import java.nio.channels.ClosedByInterruptException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.transfer.plan.Slice;

/**
 * The pass over a source for its digests, before it is sent: it may be begun while B2 is still asked for what must be known
 * by then. Questions come from one thread; when it is closed, nobody reads for it any more.
 */
public final class FirstReading implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FirstReading.class);

    private final UploadSource source;
    private final List<Slice> parts;
    private final Executor helper;
    private final FutureTask<ContentDigests> pass;
    private volatile boolean isEnded;

    /**
     * Reads nothing yet.
     *
     * @param parts  how the source is cut, unless somebody asks for others
     * @param helper reads ahead, and computes some of the digests
     */
    public FirstReading(UploadSource source, List<Slice> parts, Executor helper) {
        this.source = source;
        this.parts = parts;
        this.helper = helper;
        this.pass = new FutureTask<>(() -> ContentDigests.ofAll(source, parts, helper, () -> !isEnded));
    }

    /** Begins now, where a thread is free for it: some digests will be asked for, and reading takes its time. */
    public void begin() {
        try {
            helper.execute(pass);
        } catch (RejectedExecutionException e) {
            LOG.trace("The pool for parts is full or going down; the source is read when its digests are wanted", e);
        }
    }

    /**
     * The digests of all of it, cut into these parts.
     *
     * @throws io.github.camelb2.client.api.B2Exception if the source cannot be read
     */
    public ContentDigests ofAll(List<Slice> wanted) {
        if (isEnded || !wanted.equals(parts)) {
            close();
            return ContentDigests.ofAll(source, wanted, helper);
        }
        // Does nothing where it was begun.
        pass.run();
        try {
            return pass.get();
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            ClosedByInterruptException interrupted = new ClosedByInterruptException();
            interrupted.initCause(e);
            throw LocalFailure.reading(source, interrupted);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("the digests of " + source.describe() + " failed", e.getCause());
        }
    }

    /**
     * The digests of some parts alone; what else was begun ends.
     *
     * @throws io.github.camelb2.client.api.B2Exception if the source cannot be read
     */
    public ContentDigests ofSome(Collection<Slice> wanted) {
        close();
        return ContentDigests.ofSome(source, wanted);
    }

    /** Ends what was begun, within the time that reading a megabyte takes. */
    @Override
    public void close() {
        isEnded = true;
        ContentDigests.finish(pass);
    }
}
