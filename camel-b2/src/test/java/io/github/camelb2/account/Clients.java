// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;

import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.B2ClientBuilder;
import io.github.camelb2.client.api.AccountInfoRepository;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.client.http.Transport;

/** One process's way to B2: clients that share an HTTP client of their own. */
final class Clients implements AutoCloseable {
    private final PoolingHttpClientConnectionManager connections = PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnTotal(32)
            .setMaxConnPerRoute(32)
            .build();
    private final CloseableHttpClient http = HttpClients.custom()
            .setConnectionManager(connections)
            .disableAutomaticRetries()
            .disableContentCompression()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .build();
    private final ExecutorService parts = Executors.newCachedThreadPool();

    B2Client client(AccountInfoRepository repository, String realm, Credentials credentials, ClientListener listener) {
        return builder(repository)
                .realm(realm)
                .credentials(credentials)
                .listener(listener)
                .build();
    }

    /** A client that logs in with what the repository holds. */
    B2Client clientOf(AccountInfoRepository repository) {
        return builder(repository).build();
    }

    private B2ClientBuilder builder(AccountInfoRepository repository) {
        return B2Client.builder()
                .repository(repository)
                .transport(new Transport(http, connections, InstantSource.system(), "camel-b2-test"))
                .parts(parts);
    }

    @Override
    public void close() throws Exception {
        parts.shutdownNow();
        http.close();
    }
}
