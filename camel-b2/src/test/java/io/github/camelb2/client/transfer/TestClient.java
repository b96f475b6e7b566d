// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;

import io.github.camelb2.account.InMemoryAccountInfoRepository;
import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.client.call.LargeFileCalls.ListUnfinishedLargeFiles;
import io.github.camelb2.client.http.Transport;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.emulator.B2Emulator;

/** A client of an emulator, with everything that it needs, for one test. */
public final class TestClient implements AutoCloseable {
    /** Waits of milliseconds: what is tried again is tried again at once. */
    public static final CallSettings FAST = CallSettings.DEFAULT
            .withInitialBackoff(Duration.ofMillis(1))
            .withMaxBackoff(Duration.ofMillis(5))
            .withRetryTimeout(Duration.ofSeconds(20))
            .withRequestTimeout(Duration.ofSeconds(10));

    private final PoolingHttpClientConnectionManager connections = PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnTotal(200)
            .setMaxConnPerRoute(200)
            .build();
    private final CloseableHttpClient http = HttpClients.custom()
            .setConnectionManager(connections)
            .disableAutomaticRetries()
            .disableContentCompression()
            .disableCookieManagement()
            .disableRedirectHandling()
            .disableAuthCaching()
            .build();
    private final ExecutorService parts = Executors.newFixedThreadPool(16);
    private final B2Client client;

    private TestClient(String url, Credentials key, Path temporary, ClientListener listener, InstantSource clock) {
        this.client = B2Client.builder()
                .repository(new InMemoryAccountInfoRepository())
                .credentials(key)
                .realm(url)
                .transport(new Transport(http, connections, InstantSource.system(), "camel-b2-test/1"))
                .listener(listener)
                .clock(clock)
                .parts(parts)
                .temporaryDirectory(temporary)
                .build();
    }

    public static TestClient of(B2Emulator b2, Path temporary) {
        return of(b2, temporary, ClientListener.NONE);
    }

    public static TestClient of(B2Emulator b2, Path temporary, ClientListener listener) {
        return of(b2, temporary, listener, InstantSource.system());
    }

    public static TestClient of(B2Emulator b2, Path temporary, ClientListener listener, InstantSource clock) {
        return of(b2.url(), new Credentials(b2.applicationKeyId(), b2.applicationKey()), temporary, listener, clock);
    }

    public static TestClient of(
            String url, Credentials key, Path temporary, ClientListener listener, InstantSource clock) {
        return new TestClient(url, key, temporary, listener, clock);
    }

    public B2Client b2() {
        return client;
    }

    ExecutorService parts() {
        return parts;
    }

    /** Connections that a request or an open download uses. */
    public int leasedConnections() {
        return connections.getTotalStats().getLeased();
    }

    @Override
    public void close() {
        client.close();
        parts.shutdownNow();
        try {
            http.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The unfinished large files of a bucket that have parts. Without parts, one is the trace of a start whose answer was
     * lost: nobody can know whose it is, and it is left to cancelUnfinishedLargeFiles.
     */
    public List<String> unfinishedWithParts(B2Emulator service, String bucketId) {
        List<String> names = new ArrayList<>();
        b2().listUnfinishedLargeFiles(ListUnfinishedLargeFiles.of(bucketId), FAST)
                .forEachRemaining(file -> {
                    if (service.state().parts(file.fileId()) > 0) {
                        names.add(file.fileName());
                    }
                });
        return names;
    }
}
