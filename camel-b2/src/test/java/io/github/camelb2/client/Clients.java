// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.github.camelb2.account.InMemoryAccountInfoRepository;
import io.github.camelb2.client.api.AccountInfoRepository;
import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.client.retry.CallSettings;

/** Makes clients of one service, and closes them and what they use. */
final class Clients implements AutoCloseable {
    /** Waits of milliseconds: what is tried again is tried again at once. */
    static final CallSettings FAST = CallSettings.DEFAULT
            .withInitialBackoff(Duration.ofMillis(1))
            .withMaxBackoff(Duration.ofMillis(5))
            .withRetryTimeout(Duration.ofSeconds(30));

    private final PlainTransport transport = new PlainTransport();
    private final ExecutorService parts = Executors.newCachedThreadPool();
    private final List<B2Client> clients = new ArrayList<>();
    private final String realm;

    Clients(String realm) {
        this.realm = realm;
    }

    B2Client login(Credentials key) {
        return login(key, new InMemoryAccountInfoRepository());
    }

    B2Client login(Credentials key, AccountInfoRepository repository) {
        return keep(builder(repository).credentials(key).realm(realm).build());
    }

    /** A client that has no key of its own and takes what the repository holds. */
    B2Client adopt(AccountInfoRepository repository) {
        return keep(builder(repository).build());
    }

    private B2ClientBuilder builder(AccountInfoRepository repository) {
        return B2Client.builder()
                .repository(repository)
                .transport(transport.transport())
                .parts(parts);
    }

    private B2Client keep(B2Client client) {
        clients.add(client);
        return client;
    }

    @Override
    public void close() {
        clients.forEach(B2Client::close);
        parts.shutdownNow();
        transport.close();
    }
}
