// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ExceptionListener;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.bootstrap.HttpServer;
import org.apache.hc.core5.http.impl.bootstrap.ServerBootstrap;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.emulator.cap.CapMeter;
import io.github.camelb2.emulator.event.Events;
import io.github.camelb2.emulator.fault.Faults;
import io.github.camelb2.emulator.http.wire.ConnectionDropped;
import io.github.camelb2.emulator.http.wire.Hosts;
import io.github.camelb2.emulator.http.wire.Hosts.Role;
import io.github.camelb2.emulator.http.wire.Settings;
import io.github.camelb2.emulator.state.account.Account;

/** The listening sockets and their connections, one thread each. */
public final class HttpFrontend implements AutoCloseable {
    private static final Timeout PATIENCE = Timeout.ofSeconds(5);
    private static final Timeout SILENCE = Timeout.ofMinutes(5);
    private static final int PORTS_TRIED = 20;
    private static final SocketAddress NOWHERE = InetSocketAddress.createUnresolved("nowhere", 0);

    private static final Logger LOG = LoggerFactory.getLogger(HttpFrontend.class);

    private final RequestLog log = new RequestLog();
    private final Set<CountedConnection> connections = ConcurrentHashMap.newKeySet();
    private final List<HttpServer> servers = new ArrayList<>();
    private final Dispatcher dispatcher;
    private final @Nullable SSLContext tls;
    private final Timeout idle;
    private final Hosts hosts;

    /**
     * Starts serving an account.
     *
     * @param places where to listen; port 0 takes any port that is free at all addresses
     * @param tls with which to speak TLS, or null to speak plainly
     */
    public HttpFrontend(
            Account account,
            Settings settings,
            Faults faults,
            Events events,
            CapMeter caps,
            Hosts places,
            @Nullable SSLContext tls)
            throws IOException {
        this.dispatcher = new Dispatcher(account, settings, faults, events, log, caps, this::hosts);
        this.tls = tls;
        this.idle = settings.idleTimeout().isZero()
                ? SILENCE
                : Timeout.ofMilliseconds(Math.max(1, settings.idleTimeout().toMillis()));
        this.hosts = listen(places);
    }

    /** A port that is free at one address may be taken at another: then the next free one is tried. */
    private Hosts listen(Hosts places) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                HttpServer api = open(places.api(), places.port(), places.pods().isEmpty() ? Role.ALL : Role.API);
                for (InetAddress pod : places.pods()) {
                    open(pod, api.getLocalPort(), Role.POD);
                }
                return new Hosts(places.scheme(), places.api(), places.pods(), api.getLocalPort());
            } catch (IOException e) {
                close();
                servers.clear();
                if (places.port() != 0 || places.pods().isEmpty() || attempt == PORTS_TRIED) {
                    throw e;
                }
            }
        }
    }

    private HttpServer open(InetAddress address, int port, Role role) throws IOException {
        HttpServer server = server(address, port, role);
        servers.add(server);
        try {
            server.start();
        } catch (BindException e) {
            throw new IOException(
                    "cannot listen on " + address.getHostAddress() + " port " + port + ": " + e.getMessage(), e);
        }
        return server;
    }

    private HttpServer server(InetAddress address, int port, Role role) {
        Http1Config http1 = Http1Config.custom().setBufferSize(16 * 1024).build();
        // Everything that HttpCore would add or check by itself is done here, in B2's way.
        HttpProcessor nothing = HttpProcessorBuilder.create().build();
        return ServerBootstrap.bootstrap()
                .setLocalAddress(address)
                .setListenerPort(port)
                .setHttp1Config(http1)
                .setSocketConfig(SocketConfig.custom()
                        .setTcpNoDelay(true)
                        .setSoReuseAddress(true)
                        .setBacklogSize(1_024)
                        .setSoTimeout(SILENCE)
                        .build())
                .setHttpProcessor(nothing)
                .setConnectionFactory(new Connections(http1))
                .setExceptionListener(new Ending())
                // The filter answers everything; without any handler the server cannot be built.
                .register("*", (request, response, context) -> response.setCode(404))
                .addFilterFirst("b2", (request, trigger, context, chain) -> dispatcher.handle(request, trigger, role))
                .create();
    }

    private Hosts hosts() {
        return hosts;
    }

    public String url() {
        return hosts.url();
    }

    public RequestLog log() {
        return log;
    }

    public int openConnections() {
        return connections.size();
    }

    /** The addresses of the clients that are connected. */
    public Set<SocketAddress> clients() {
        return connections.stream().map(CountedConnection::client).collect(Collectors.toSet());
    }

    /** Cuts all connections and waits for what their threads still do, so that nothing writes to the disk afterwards. */
    @Override
    public void close() {
        servers.forEach(server -> server.close(CloseMode.IMMEDIATE, PATIENCE));
        try {
            for (HttpServer server : servers) {
                server.awaitTermination(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Connections implements HttpConnectionFactory<DefaultBHttpServerConnection> {

        private final Http1Config config;

        Connections(Http1Config config) {
            this.config = config;
        }

        @Override
        public DefaultBHttpServerConnection createConnection(Socket socket) throws IOException {
            CountedConnection connection = new CountedConnection(config);
            connection.bind(tls == null ? socket : secure(socket, tls));
            return connection;
        }
    }

    /** The handshake waits for the connection's own thread: in the listener's, one slow client would keep all others out. */
    private static Socket secure(Socket socket, SSLContext tls) throws IOException {
        SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
        secure.setUseClientMode(false);
        return secure;
    }

    /** A connection that is counted from its start to its end. */
    private final class CountedConnection extends DefaultBHttpServerConnection {

        private volatile SocketAddress client = NOWHERE;
        /** Whether it has answered, and waits for another request; for the connection's own thread. */
        private boolean isKept;

        CountedConnection(Http1Config config) {
            super(tls == null ? "http" : "https", config);
        }

        /** B2 closes a connection soon that is kept for another request; the first one may take its time, like a body on its way. */
        @Override
        public @Nullable ClassicHttpRequest receiveRequestHeader() throws HttpException, IOException {
            if (isKept) {
                setSocketTimeout(idle);
            }
            ClassicHttpRequest request;
            try {
                request = super.receiveRequestHeader();
            } catch (SocketTimeoutException e) {
                throw isKept ? new ConnectionDropped(ConnectionDropped.Manner.ORDERLY) : e;
            }
            isKept = true;
            setSocketTimeout(SILENCE);
            return request;
        }

        @Override
        public void bind(Socket socket) throws IOException {
            super.bind(socket);
            client = socket.getRemoteSocketAddress();
            connections.add(this);
        }

        @Override
        public void close() throws IOException {
            connections.remove(this);
            super.close();
        }

        @Override
        public void close(CloseMode mode) {
            connections.remove(this);
            super.close(mode);
        }

        SocketAddress client() {
            return client;
        }
    }

    /** What ends connections: mostly clients that are done. */
    private static final class Ending implements ExceptionListener {

        @Override
        public void onError(Exception e) {
            if (e instanceof SocketException) {
                LOG.debug("the listener ended: {}", e.toString());
            } else {
                LOG.warn("the listener failed", e);
            }
        }

        @Override
        public void onError(HttpConnection connection, Exception e) {
            if (e instanceof ConnectionDropped dropped && dropped.manner() == ConnectionDropped.Manner.ORDERLY) {
                connection.close(CloseMode.GRACEFUL);
            } else if (e instanceof IOException && !(e instanceof ConnectionClosedException)) {
                LOG.debug("a connection ended: {}", e.toString());
            } else if (!(e instanceof IOException)) {
                LOG.warn("a request failed", e);
            }
        }
    }
}
