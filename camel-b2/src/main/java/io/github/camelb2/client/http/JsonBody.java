// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** The body of a JSON call, which a proxy that asks for a password may be sent twice. */
final class JsonBody extends HttpEntityWrapper implements SentBody {
    private final byte[] json;
    private final InterruptGuard guard;
    private final SendWatches watches;
    private final Duration patience;
    private volatile boolean sent;

    /**
     * @param guard of the request that it is the body of
     * @param watches look after it
     * @param patience how long the other side may take no byte
     */
    JsonBody(byte[] json, InterruptGuard guard, SendWatches watches, Duration patience) {
        super(new ByteArrayEntity(json, ContentType.APPLICATION_JSON));
        this.json = json;
        this.guard = guard;
        this.watches = watches;
        this.patience = patience;
    }

    /** Whether it may have been sent: the service acts only on a whole body. */
    @Override
    public boolean mayBeSent() {
        return sent;
    }

    @Override
    public long sent() {
        return 0;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        sent = true;
        try (SendWatch watch = watches.begin(out, patience, guard::abort)) {
            watch.write(json, json.length);
            watch.flush();
        }
    }
}
