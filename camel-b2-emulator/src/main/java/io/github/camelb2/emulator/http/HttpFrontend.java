package io.github.camelb2.emulator.http;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ExceptionListener;
import org.apache.hc.core5.http.HttpConnection;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.emulator.cap.CapMeter;
import io.github.camelb2.emulator.event.Events;
import io.github.camelb2.emulator.fault.Faults;
import io.github.camelb2.emulator.http.wire.ConnectionDropped;
import io.github.camelb2.emulator.http.wire.Settings;
import io.github.camelb2.emulator.state.account.Account;

/** The listening socket and its connections, one thread each. */
public final class HttpFrontend implements AutoCloseable {
    private static final Timeout PATIENCE = Timeout.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(HttpFrontend.class);

    private final RequestLog log = new RequestLog();
    private final AtomicInteger connections = new AtomicInteger();
    private final HttpServer server;
    private final InetAddress address;

    /** Starts serving an account; port 0 takes any free port. */
    public HttpFrontend(
            Account account,
            Settings settings,
            Faults faults,
            Events events,
            CapMeter caps,
            InetAddress address,
            int port)
            throws IOException {
        this.address = address;
        Http1Config http1 = Http1Config.custom().setBufferSize(16 * 1024).build();
        // Everything that HttpCore would add or check by itself is done here, in B2's way.
        HttpProcessor nothing = HttpProcessorBuilder.create().build();
        this.server = ServerBootstrap.bootstrap()
                .setLocalAddress(address)
                .setListenerPort(port)
                .setHttp1Config(http1)
                .setSocketConfig(SocketConfig.custom()
                        .setTcpNoDelay(true)
                        .setSoReuseAddress(true)
                        .setBacklogSize(1_024)
                        .setSoTimeout(5, TimeUnit.MINUTES)
                        .build())
                .setHttpProcessor(nothing)
                .setConnectionFactory(new Connections(http1))
                .setExceptionListener(new Ending())
                // The filter answers everything; without any handler the server cannot be built.
                .register("*", (request, response, context) -> response.setCode(404))
                .addFilterFirst("b2", new Dispatcher(account, settings, faults, events, log, caps, this::url))
                .create();
        try {
            server.start();
        } catch (BindException e) {
            throw new IOException(
                    "cannot listen on " + address.getHostAddress() + " port " + port + ": " + e.getMessage(), e);
        }
    }

    public String url() {
        String host = address.getHostAddress();
        return "http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + server.getLocalPort();
    }

    public RequestLog log() {
        return log;
    }

    public int openConnections() {
        return connections.get();
    }

    /** Cuts all connections and waits for what their threads still do, so that nothing writes to the disk afterwards. */
    @Override
    public void close() {
        server.close(CloseMode.IMMEDIATE, PATIENCE);
        try {
            server.awaitTermination(PATIENCE);
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
            connection.bind(socket);
            return connection;
        }
    }

    /** A connection that is counted from its start to its end. */
    private final class CountedConnection extends DefaultBHttpServerConnection {

        private boolean counted;

        CountedConnection(Http1Config config) {
            super("http", config);
        }

        @Override
        public synchronized void bind(Socket socket) throws IOException {
            super.bind(socket);
            counted = true;
            connections.incrementAndGet();
        }

        @Override
        public void close() throws IOException {
            uncount();
            super.close();
        }

        @Override
        public void close(CloseMode mode) {
            uncount();
            super.close(mode);
        }

        private synchronized void uncount() {
            if (counted) {
                counted = false;
                connections.decrementAndGet();
            }
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
