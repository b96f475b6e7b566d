// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;

import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;

import io.github.camelb2.client.http.Transport;

/** A transport over an HttpClient of its own, configured as B2 needs it. */
public final class PlainTransport implements AutoCloseable {
    private final PoolingHttpClientConnectionManager pool = new PoolingHttpClientConnectionManager();
    private final CloseableHttpClient client;
    private final Transport transport;

    public PlainTransport() {
        this(InstantSource.system());
    }

    public PlainTransport(InstantSource clock) {
        pool.setMaxTotal(200);
        pool.setDefaultMaxPerRoute(100);
        client = HttpClients.custom()
                .setConnectionManager(pool)
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableRedirectHandling()
                .build();
        transport = new Transport(client, pool, clock, "camel-b2/test");
    }

    public Transport transport() {
        return transport;
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
