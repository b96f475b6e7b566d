// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.Producer;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Endpoint;
import io.github.camelb2.StreamProducers;
import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.transfer.local.LocalFailure;

/** Makes the producers of streaming uploads; those that have the same spool share what they gather. Thread-safe. */
public final class StreamingProducers implements StreamProducers {
    /** Guarded by this. */
    private final Map<Path, Shared> streams = new HashMap<>();

    /** A stream, and how many producers have it. */
    private static final class Shared {
        private final Stream stream;
        private final String options;
        private int users;
        private boolean isClosing;

        Shared(Stream stream, String options) {
            this.stream = stream;
            this.options = options;
        }
    }

    @Override
    public Producer of(B2Endpoint endpoint, InstantSource clock) {
        StreamSettings settings = StreamSettings.of(endpoint.getConfiguration());
        return new StreamingProducer(endpoint, settings, this, clock);
    }

    /**
     * The stream of those options; each user gives it back by {@link #release}. Waits for one that is closing: its successor
     * goes on with the same spool.
     */
    synchronized Stream borrow(B2Endpoint endpoint, StreamSettings settings, InstantSource clock)
            throws InterruptedException {
        Shared shared = streams.get(settings.spool());
        while (shared != null && shared.isClosing) {
            wait();
            shared = streams.get(settings.spool());
        }
        if (shared == null) {
            shared = new Shared(start(endpoint, settings, clock), settings.all());
            streams.put(settings.spool(), shared);
        } else if (!shared.options.equals(settings.all())) {
            throw new IllegalArgumentException("Option spoolDirectory=" + settings.spool()
                    + " cannot be: another endpoint with other options has it; write one of its own");
        }
        shared.users++;
        return shared.stream;
    }

    private static Stream start(B2Endpoint endpoint, StreamSettings settings, InstantSource clock) {
        CamelContext context = endpoint.getCamelContext();
        // Fails here, and not with the first file, where there is no key.
        endpoint.getComponent().borrowClient(settings.options()).close();
        BatchStore store = new BatchStore(
                endpoint.getComponent(),
                settings.options(),
                new Completions(context, settings.options().getCompletedUri()),
                clock);
        try {
            return Stream.start(context, settings, store, clock);
        } catch (IOException e) {
            throw new B2LocalContentException(
                    ErrorDetails.local(
                            "streamingUpload",
                            "spool " + settings.spool(),
                            "it cannot be used: " + LocalFailure.reason(e)),
                    e);
        }
    }

    /** Whether nobody else has the stream of those options. */
    synchronized boolean isLastUser(StreamSettings settings) {
        Shared shared = streams.get(settings.spool());
        return shared != null && shared.users == 1;
    }

    /** Gives a stream back; the last one closes it, and waits so long until its files are stored. */
    void release(StreamSettings settings, Stream stream, Duration wait) {
        @Nullable Stream last = null;
        synchronized (this) {
            Shared shared = streams.get(settings.spool());
            if (shared != null && shared.stream == stream && --shared.users == 0) {
                shared.isClosing = true;
                last = stream;
            }
        }
        if (last != null) {
            try {
                last.close(wait);
            } finally {
                synchronized (this) {
                    streams.remove(settings.spool());
                    notifyAll();
                }
            }
        }
    }
}
