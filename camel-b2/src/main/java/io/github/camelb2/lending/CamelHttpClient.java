// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.lending;

import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;

import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.pool.ConnPoolControl;
import org.jspecify.annotations.Nullable;

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

    /** Where a request's path is while HttpClient looks for passwords. */
    private static final String PATH = CamelHttpClient.class.getName() + ".path";

    private final HttpEndpoint endpoint;

    /** The user's own connection manager may be of any kind, and may not tell what it holds. */
    private final @Nullable ConnPoolControl<?> pool;

    private final boolean isPoolOurs;

    private CamelHttpClient(HttpEndpoint endpoint, boolean isPoolOurs) {
        this.endpoint = endpoint;
        this.isPoolOurs = isPoolOurs;
        this.pool = endpoint.getClientConnectionManager() instanceof ConnPoolControl<?> control ? control : null;
    }

    /**
     * Makes a client for a service.
     *
     * @param componentName the Camel HTTP component, usually {@code https}
     * @param serviceUrl the realm; its scheme decides whether TLS settings count
     * @param needs decides how many connections there may be
     * @throws IllegalArgumentException if there is no such HTTP component
     */
    static CamelHttpClient open(CamelContext context, String componentName, String serviceUrl, ClientNeeds needs) {
        HttpComponent component = component(context, componentName);
        int perHost = perHost(needs);
        // What the user set for all of Camel counts where it is more, unless it was set for B2.
        boolean isSet = needs.maxConnections() > 0;
        try {
            HttpEndpoint endpoint = (HttpEndpoint) component.createEndpoint(forCamel(serviceUrl)
                    + "?connectionsPerRoute="
                    + (isSet ? perHost : Math.max(perHost, component.getConnectionsPerRoute()))
                    + "&maxTotalConnections="
                    + (isSet ? HOSTS * perHost : Math.max(HOSTS * perHost, component.getMaxTotalConnections())));
            HttpClientConfigurer users = endpoint.getHttpClientConfigurer();
            endpoint.setHttpClientConfigurer(builder -> {
                if (users != null) {
                    users.configureHttpClient(builder);
                }
                takeOverFromHttpClient(builder);
            });
            ServiceHelper.startService(endpoint);
            return new CamelHttpClient(endpoint, component.getClientConnectionManager() == null);
        } catch (Exception e) {
            throw new IllegalArgumentException(
                    "Option httpComponent=" + componentName + ": no HTTP client could be made of it", e);
        }
    }

    /** Camel takes no host name with an underscore, and does not need it: the address of each request counts. */
    private static String forCamel(String serviceUrl) {
        URI address = URI.create(serviceUrl);
        return address.getHost() != null ? serviceUrl : address.getScheme() + "://localhost";
    }

    private static int perHost(ClientNeeds needs) {
        return needs.maxConnections() > 0
                ? needs.maxConnections()
                : Math.max(LEAST_PER_HOST, WORKERS * needs.maxConcurrency());
    }

    /** Lets the pool grow to what a later borrower needs; never shrinks it. A pool of the user's own stays as it is. */
    void makeRoom(ClientNeeds needs) {
        int perHost = perHost(needs);
        if (isPoolOurs && pool != null && pool.getDefaultMaxPerRoute() < perHost) {
            pool.setMaxTotal(Math.max(pool.getMaxTotal(), HOSTS * perHost));
            pool.setDefaultMaxPerRoute(perHost);
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
        String authentication = ChainElement.PROTOCOL.name();
        builder.addExecInterceptorBefore(authentication, "camel-b2 without path", CamelHttpClient::withoutPath)
                .addExecInterceptorAfter(authentication, "camel-b2 with path", CamelHttpClient::withPath);
    }

    /**
     * HttpClient takes the path of every request apart, to find the password that it has for that path: 2 % of what a small
     * upload costs. A request that brings its own token needs none. A proxy is told the whole address, and keeps it.
     */
    private static ClassicHttpResponse withoutPath(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        if (scope.route.getProxyHost() == null && request.containsHeader(HttpHeaders.AUTHORIZATION)) {
            scope.clientContext.setAttribute(PATH, request.getPath());
            request.setPath("/");
        }
        return chain.proceed(request, scope);
    }

    private static ClassicHttpResponse withPath(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        if (scope.clientContext.removeAttribute(PATH) instanceof String path) {
            request.setPath(path);
        }
        return chain.proceed(request, scope);
    }

    /** Sends requests with that client. */
    Transport transport(String userAgent) {
        return new Transport(endpoint.getHttpClient(), pool, InstantSource.system(), userAgent);
    }

    @Override
    public void close() {
        ServiceHelper.stopAndShutdownServices(endpoint);
    }
}
