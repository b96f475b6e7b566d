package io.github.camelb2.lending;

import java.time.InstantSource;

import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.pool.ConnPoolControl;

import io.github.camelb2.client.http.Transport;

/**
 * An HTTP client with the TLS, proxy and timeout settings of a Camel HTTP component.
 *
 * <p>The endpoint that it comes from is not registered with the context and belongs to this object: {@link #close}
 * closes its connections, except where the user shares a connection manager of his own.
 */
final class CamelHttpClient implements AutoCloseable {
    /** Several workers share a client, each with as many parts or ranges in flight as the option says. */
    private static final int WORKERS = 16;

    private static final int LEAST_PER_HOST = 64;

    /** API host, download host, and several upload hosts. */
    private static final int HOSTS = 4;

    private final HttpEndpoint endpoint;

    private CamelHttpClient(HttpEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * Makes a client for a service.
     *
     * @param componentName the Camel HTTP component, usually {@code https}
     * @param serviceUrl the realm; its scheme decides whether TLS settings count
     * @param maxConcurrency how many parts or ranges of one file are in flight
     * @throws IllegalArgumentException if there is no such HTTP component
     */
    static CamelHttpClient open(CamelContext context, String componentName, String serviceUrl, int maxConcurrency) {
        HttpComponent component = component(context, componentName);
        int perHost = Math.max(LEAST_PER_HOST, WORKERS * maxConcurrency);
        try {
            HttpEndpoint endpoint = (HttpEndpoint) component.createEndpoint(serviceUrl
                    + "?connectionsPerRoute=" + Math.max(perHost, component.getConnectionsPerRoute())
                    + "&maxTotalConnections=" + Math.max(HOSTS * perHost, component.getMaxTotalConnections()));
            HttpClientConfigurer users = endpoint.getHttpClientConfigurer();
            endpoint.setHttpClientConfigurer(builder -> {
                if (users != null) {
                    users.configureHttpClient(builder);
                }
                takeOverFromHttpClient(builder);
            });
            ServiceHelper.startService(endpoint);
            return new CamelHttpClient(endpoint);
        } catch (Exception e) {
            throw new IllegalArgumentException(
                    "Option httpComponent=" + componentName + ": no HTTP client could be made of it", e);
        }
    }

    private static HttpComponent component(CamelContext context, String name) {
        if (context.getComponent(name) instanceof HttpComponent component) {
            return component;
        }
        throw new IllegalArgumentException(
                "Option httpComponent=" + name
                        + " names no Camel HTTP component of this context: write https, or the name of one that you have added");
    }

    // B2 wants a new upload URL for a retry, digests what is stored, and needs neither cookies nor redirects.
    private static void takeOverFromHttpClient(HttpClientBuilder builder) {
        builder.disableAutomaticRetries()
                .disableContentCompression()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching();
    }

    /** Sends requests with that client. */
    Transport transport(String userAgent) {
        // The user's own connection manager may not tell what it holds.
        ConnPoolControl<?> pool =
                endpoint.getClientConnectionManager() instanceof ConnPoolControl<?> control ? control : null;
        return new Transport(endpoint.getHttpClient(), pool, InstantSource.system(), userAgent);
    }

    @Override
    public void close() {
        ServiceHelper.stopAndShutdownServices(endpoint);
    }
}
