// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.emulator.B2Emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Addresses of services as Docker Compose and typing errors make them. */
class ServiceAddressTest {
    /** Knows one host: this machine, under the name that Docker Compose gives a service. */
    private static final DnsResolver COMPOSE = new DnsResolver() {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            if (host.equals("my_project_b2_1") || host.equals("127.0.0.1")) {
                return new InetAddress[] {InetAddress.getByName("127.0.0.1")};
            }
            throw new UnknownHostException(host);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    };

    private final List<Duration> waits = new ArrayList<>();

    private Exchange listBuckets(String realm, B2Emulator b2) throws IOException {
        try (DefaultCamelContext context = new DefaultCamelContext();
                PoolingHttpClientConnectionManager pool = PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(COMPOSE)
                        .build()) {
            HttpClientConfigurer names = builder -> builder.setConnectionManager(pool);
            context.getComponent("https", HttpComponent.class).setHttpClientConfigurer(names);
            B2Configuration options =
                    context.getComponent("b2", B2Component.class).getConfiguration();
            options.setRealm(realm);
            options.setApplicationKeyId(b2.applicationKeyId());
            options.setApplicationKey(b2.applicationKey());
            options.setInitialBackoff(1);
            options.setMaxBackoff(2);
            options.setClientListener(new ClientListener() {
                @Override
                public void onRetry(String call, String reason, int attempt, Duration wait) {
                    waits.add(wait);
                }
            });
            context.start();
            return context.createProducerTemplate().request("b2:any?operation=listBuckets", exchange -> {});
        }
    }

    @Test
    void hostNameWithAnUnderscoreIsAService() throws Exception {
        try (B2Emulator b2 = B2Emulator.start()) {
            String realm = b2.url().replace("127.0.0.1", "my_project_b2_1");

            Exchange done = listBuckets(realm, b2);

            assertThat(done.getException()).isNull();
            assertThat(b2.count("b2_list_buckets")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http:///x", "https:/b2.example.com", "http://:8080"})
    void realmWithoutAHostIsRefusedByName(String realm) throws Exception {
        try (B2Emulator b2 = B2Emulator.start()) {
            assertThatThrownBy(() -> listBuckets(realm, b2)).hasMessageContaining("Option realm=" + realm);
        }
    }

    @Test
    void hostThatNobodyKnowsFailsSoonAndByName() throws Exception {
        try (B2Emulator b2 = B2Emulator.start()) {
            Exchange done = listBuckets("http://b2.exmaple.com", b2);

            assertThat(done.getException())
                    .hasMessageContaining("b2.exmaple.com")
                    .hasMessageContaining("name of the host");
            assertThat(waits)
                    .as("the login is tried again as the options say")
                    .hasSize(4)
                    .allMatch(it -> it.compareTo(Duration.ofMillis(2)) <= 0);
        }
    }

    /** Whoever answers with a redirect could have it sent anywhere. */
    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void noRedirectIsFollowedWithAKey(int status) throws Exception {
        List<String> followed = new CopyOnWriteArrayList<>();
        HttpServer other = server(exchange -> {
            followed.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(500, -1);
        });
        HttpServer redirecting = server(exchange -> {
            exchange.getResponseHeaders().add("Location", url(other) + exchange.getRequestURI());
            exchange.sendResponseHeaders(status, -1);
        });
        try (B2Emulator b2 = B2Emulator.start()) {
            Exchange done = listBuckets(url(redirecting), b2);

            assertThat(done.getException()).hasMessageContaining("leads to another one");
            assertThat(followed).isEmpty();
            assertThat(waits).isEmpty();
        } finally {
            redirecting.stop(0);
            other.stop(0);
        }
    }

    private static HttpServer server(HttpHandler answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                answer.handle(exchange);
            }
        });
        server.start();
        return server;
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
