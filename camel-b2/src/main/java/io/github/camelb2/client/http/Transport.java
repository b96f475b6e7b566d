// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpHead;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.pool.ConnPoolControl;
import org.apache.hc.core5.pool.PoolStats;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.Listed;
import io.github.camelb2.client.api.RequestGate;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.retry.Phase;

/**
 * Sends one request over a given HttpClient, and answers or throws a {@link B2Exception}; blocking, thread-safe. An
 * interrupt aborts a request at once, and the interrupt mark stays set.
 *
 * <p>The client must have automatic retries, content decompression, redirects and cookies off: each breaks B2. Whoever
 * made the client closes it. Each request takes over the client's own settings, so that its proxy holds;
 * how long it waits for a connection and for data the call's settings say.
 */
public final class Transport {
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

    /** What a proxy answers that does not know {@code Expect}. */
    private static final int EXPECTATION_FAILED = 417;

    /** From here on an answer is read in pieces of this size. */
    private static final int LARGE_ANSWER = 64 << 10;

    /** One connection of so many is kept free of answers that nobody reads. */
    private static final int SPARE = 4;

    private final HttpClient client;
    private final @Nullable ConnPoolControl<?> pool;
    private final HttpFailures failures;
    private final InstantSource clock;
    private final String userAgent;
    private final ClientListener listener;
    private final ContinueSupport continueSupport;
    private final ServiceClock serviceClock;
    private final Usage usage = new Usage();
    private final KnownHosts knownHosts;
    private final RequestSettings requestSettings = new RequestSettings();
    private final SendWatches sendWatches = new SendWatches();
    private final UsedAddresses uploadAddresses = new UsedAddresses();
    private final Bandwidth bandwidth;
    private volatile boolean tlsOnly;
    private volatile ConnectionHolders connectionHolders = ConnectionHolders.NONE;

    /**
     * @param client sends the requests
     * @param pool the client's pool, for {@link #connections}; null when it is not known
     * @param userAgent what the service sees as {@code User-Agent}
     */
    public Transport(HttpClient client, @Nullable ConnPoolControl<?> pool, InstantSource clock, String userAgent) {
        this(client, pool, clock, userAgent, ClientListener.NONE, new ContinueSupport(clock), new KnownHosts());
    }

    private Transport(
            HttpClient client,
            @Nullable ConnPoolControl<?> pool,
            InstantSource clock,
            String userAgent,
            ClientListener listener,
            ContinueSupport continueSupport,
            KnownHosts knownHosts) {
        this.client = client;
        this.pool = pool;
        this.clock = clock;
        this.userAgent = userAgent;
        this.listener = listener;
        this.continueSupport = continueSupport;
        this.knownHosts = knownHosts;
        this.serviceClock = new ServiceClock(clock);
        this.failures = new HttpFailures(serviceClock);
        this.bandwidth = new Bandwidth(clock);
    }

    /** The clock of the service that this transport, with this listener, talks to. */
    public ServiceClock serviceClock() {
        return serviceClock;
    }

    /** What was used of the service that this transport, with this listener, talks to. */
    public Usage usage() {
        return usage;
    }

    /**
     * The same with a listener that hears of every request, beside that of the call's settings, and with a service
     * clock and counts of its own: for one client, which talks to one service.
     */
    public Transport withListener(ClientListener value) {
        return new Transport(client, pool, clock, userAgent, value, continueSupport, knownHosts);
    }

    /** How fast content goes over this transport, with this listener. */
    public Bandwidth bandwidth() {
        return bandwidth;
    }

    /**
     * The service that is logged in to: where it is reached by https, nothing goes to an address without, whoever named
     * that address, because a token would go with it.
     */
    public void loggedInTo(String serviceUrl) {
        tlsOnly = serviceUrl.toLowerCase(Locale.ROOT).startsWith("https:");
    }

    /** Who has connections between two requests; they are asked to leave some free, and to say who has them. */
    public void connectionsAreHeldBy(ConnectionHolders holders) {
        connectionHolders = holders;
    }

    /**
     * Whether a quarter of the connections that one host may have would still be free if one more were held; false for a
     * pool that does not tell.
     */
    public boolean hasConnectionsToSpare() {
        if (pool == null) {
            return false;
        }
        PoolStats stats = pool.getTotalStats();
        int room = pool.getDefaultMaxPerRoute();
        return stats.getLeased() + stats.getPending() < room - (room + SPARE - 1) / SPARE;
    }

    /** What nobody reads must not keep others waiting. */
    private void leaveSomeFree() {
        if (connectionHolders.areWaiting() && !hasConnectionsToSpare()) {
            connectionHolders.giveUpOne();
        }
    }

    /** What the connection pool holds now; empty when the pool is not known. */
    public Optional<ConnectionCounts> connections() {
        if (pool == null) {
            return Optional.empty();
        }
        PoolStats stats = pool.getTotalStats();
        return Optional.of(
                new ConnectionCounts(stats.getLeased(), stats.getAvailable(), stats.getPending(), stats.getMax()));
    }

    /** Posts JSON and reads the answer. */
    public <T> T postJson(HttpCall call, byte[] json, AnswerReader<T> reader) {
        HttpPost request = new HttpPost(call.address(tlsOnly));
        InterruptGuard guard = new InterruptGuard(request);
        JsonBody body =
                new JsonBody(json, guard, sendWatches, call.current().settings().requestTimeout());
        request.setEntity(body);
        return send(call, request, guard, configure(call, false), body, reader);
    }

    /**
     * Uploads bytes and reads the answer.
     *
     * @param content read once from where it stands, never closed
     * @param length how many bytes of it are sent
     * @throws B2LocalContentException if the content cannot be read or is shorter
     */
    public <T> T upload(HttpCall call, InputStream content, long length, AnswerReader<T> reader) {
        boolean asks = continueSupport.asks(call.url(), length);
        HttpPost request = new HttpPost(call.allowed(uploadAddresses.of(call), tlsOnly));
        InterruptGuard guard = new InterruptGuard(request);
        StreamBody body = new StreamBody(
                content,
                length,
                clock,
                guard,
                sendWatches,
                call.current().settings().requestTimeout(),
                usage,
                bandwidth);
        request.setEntity(body);
        Instant started = clock.instant();
        try {
            T answer = send(call, request, guard, configure(call, asks), body, reader);
            if (asks) {
                continueSupport.took(call.url());
            }
            return answer;
        } catch (B2Exception e) {
            if (!asks || e.status() != EXPECTATION_FAILED || !body.isUntouched()) {
                throw e;
            }
            // Nothing was sent but the question: the same without it is the first try still.
            continueSupport.refused();
            return upload(call, content, length, reader);
        } finally {
            if (asks) {
                continueSupport.learn(call.url(), body, started);
            }
        }
    }

    /**
     * Begins a download; the caller closes it.
     *
     * @throws B2Exception if no good headers arrived; nothing is left open then
     */
    public HttpDownload download(HttpCall call) {
        HttpGet request = new HttpGet(call.address(tlsOnly));
        InterruptGuard guard = new InterruptGuard(request);
        admit(call);
        RequestReport report = new RequestReport(call, listener, usage, clock);
        guard.watch();
        try {
            prepare(call, request, configure(call, false));
            ClassicHttpResponse response = client.executeOpen(target(request), request, null);
            report.answered(response.getCode());
            knownHosts.add(request.getAuthority());
            readClock(call, response, report.started());
            return opened(call, request, response, guard, report);
        } catch (IOException | HttpException e) {
            throw unanswered(call, request, report, e, Transport::reading);
        } catch (IllegalStateException | NullPointerException e) {
            throw HttpFailures.isTakenAway(request, e) ? unanswered(call, request, report, e, Transport::reading) : e;
        } catch (B2Exception e) {
            report.refused(e);
            throw e;
        } finally {
            guard.rest();
            report.end();
        }
    }

    private HttpDownload opened(
            HttpCall call, HttpGet request, ClassicHttpResponse response, InterruptGuard guard, RequestReport report)
            throws IOException {
        boolean handedOver = false;
        try {
            if (!isSuccess(response.getCode())) {
                throw failures.refusal(call, response, body(call, response));
            }
            Map<String, String> headers = FileHeaders.of(response);
            HttpEntity entity = response.getEntity();
            gate(call)
                    .beforeContent(call.context().call(), entity == null ? 0 : Math.max(0, entity.getContentLength()));
            InputStream body = entity == null ? InputStream.nullInputStream() : entity.getContent();
            FileHeaders.Extent extent = FileHeaders.extent(response.getCode(), headers);
            HttpDownload download = new HttpDownload(
                    request, response, FileHeaders.read(extent.all(), headers), extent, body, guard, report, bandwidth);
            report.announced(download.contentLength());
            handedOver = true;
            return download;
        } finally {
            if (!handedOver) {
                discard(request, response);
            }
        }
    }

    /** Cuts the connection; an error answer that was read to its end has given it back already, and nothing happens. */
    static void discard(HttpUriRequestBase request, ClassicHttpResponse response) {
        request.abort();
        try {
            response.close();
        } catch (IOException expected) {
            LOG.trace("closing a connection that was cut", expected);
        }
    }

    /** Asks for the headers of a download. */
    public FileVersion head(HttpCall call) {
        HttpHead request = new HttpHead(call.address(tlsOnly));
        InterruptGuard guard = new InterruptGuard(request);
        admit(call);
        RequestReport report = new RequestReport(call, listener, usage, clock);
        guard.watch();
        try {
            prepare(call, request, configure(call, false));
            return client.execute(target(request), request, null, response -> {
                report.answered(response.getCode());
                knownHosts.add(request.getAuthority());
                readClock(call, response, report.started());
                if (!isSuccess(response.getCode())) {
                    throw failures.refusal(call, response, body(call, response));
                }
                Map<String, String> headers = FileHeaders.of(response);
                return FileHeaders.read(
                        FileHeaders.extent(response.getCode(), headers).all(), headers);
            });
        } catch (IOException | HttpException e) {
            throw unanswered(call, request, report, e, Transport::reading);
        } catch (IllegalStateException | NullPointerException e) {
            throw HttpFailures.isTakenAway(request, e) ? unanswered(call, request, report, e, Transport::reading) : e;
        } catch (B2Exception e) {
            report.refused(e);
            throw e;
        } finally {
            guard.rest();
            report.end();
        }
    }

    private <T> T send(
            HttpCall call,
            HttpUriRequestBase request,
            InterruptGuard guard,
            RequestConfig config,
            SentBody body,
            AnswerReader<T> reader) {
        admit(call);
        RequestReport report = new RequestReport(call, listener, usage, clock);
        guard.watch();
        try {
            prepare(call, request, config);
            T answer = client.execute(target(request), request, null, response -> {
                report.answered(response.getCode());
                knownHosts.add(request.getAuthority());
                readClock(call, response, report.started());
                return answer(call, request, response, reader);
            });
            report.transactions(Listed.transactions(answer));
            return answer;
        } catch (ReadingFailure e) {
            throw e.why;
        } catch (IOException | HttpException e) {
            throw unanswered(call, request, report, e, body::mayBeSent);
        } catch (IllegalStateException | NullPointerException e) {
            throw HttpFailures.isTakenAway(request, e) ? unanswered(call, request, report, e, body::mayBeSent) : e;
        } catch (B2Exception e) {
            report.refused(e);
            throw e;
        } finally {
            guard.rest();
            report.sent(body.sent());
            report.end();
        }
    }

    /** Reads it; where its end is not known, the connection is cut, because HttpClient would wait for it. */
    private <T> T answer(
            HttpCall call, HttpUriRequestBase request, ClassicHttpResponse response, AnswerReader<T> reader)
            throws IOException {
        AnswerBody body = body(call, response);
        try {
            if (!isSuccess(response.getCode())) {
                throw failures.refusal(call, response, body);
            }
            T answer = reader.read(body);
            body.end();
            return answer;
        } catch (IllegalStateException | NullPointerException e) {
            // Asked before this cuts the connection, which looks as if somebody else had.
            throw HttpFailures.isTakenAway(request, e) ? e : new ReadingFailure(e);
        } finally {
            if (!body.hasEnded()) {
                request.abort();
            }
        }
    }

    /** Carries a mistake of whoever reads an answer past those that only mean that its connection was taken away. */
    private static final class ReadingFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient RuntimeException why;

        ReadingFailure(RuntimeException why) {
            super(why);
            this.why = why;
        }
    }

    /** A parser takes 8 kB at a time, each of which would be a call of the system. */
    private static AnswerBody body(HttpCall call, ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        InputStream content = entity == null ? InputStream.nullInputStream() : entity.getContent();
        boolean isLarge = entity != null && entity.getContentLength() >= LARGE_ANSWER;
        return new AnswerBody(
                isLarge ? new BufferedInputStream(content, LARGE_ANSWER) : content,
                call.current().settings().requestTimeout());
    }

    private B2Exception unanswered(
            HttpCall call, HttpUriRequestBase request, RequestReport report, Exception e, BooleanSupplier sent) {
        report.lost();
        B2Exception failure = HttpFailures.unanswered(call, e, sent, knownHosts.contains(request.getAuthority()));
        String holders = e instanceof ConnectionRequestTimeoutException ? connectionHolders.describe() : "";
        return holders.isEmpty()
                ? failure
                : new B2TransportException(
                        failure.details()
                                .withAdvice("no connection was free: " + holders
                                        + "; read or close them, or set maxConnections to more"),
                        e);
    }

    /** A request that only reads: whether it came to the service decides nothing. */
    private static boolean reading() {
        return false;
    }

    private void readClock(HttpCall call, ClassicHttpResponse response, Instant asked) {
        if (call.context().phase() != Phase.API || response.containsHeader("Age")) {
            // A cache in front of downloads answers with the time at which it was filled.
            return;
        }
        Header date = response.getFirstHeader("Date");
        Instant made = date == null ? null : DateUtils.parseStandardDate(date.getValue());
        if (made != null) {
            serviceClock.learn(made, asked, clock.instant());
        }
    }

    private void prepare(HttpCall call, HttpUriRequestBase request, RequestConfig config) {
        leaveSomeFree();
        request.setConfig(config);
        for (Map.Entry<String, String> header : call.headers().entrySet()) {
            request.addHeader(new RequestHeader(header.getKey(), header.getValue()));
        }
        request.setHeader("User-Agent", userAgent);
    }

    private static void admit(HttpCall call) {
        gate(call).beforeRequest(call.context().call(), call.context().transactionClass());
    }

    private static RequestGate gate(HttpCall call) {
        return call.current().settings().gate();
    }

    private static HttpHost target(HttpUriRequestBase request) throws HttpException {
        return RoutingSupport.determineHost(request);
    }

    private RequestConfig configure(HttpCall call, boolean expectContinue) {
        RequestConfig own = client instanceof Configurable configurable ? configurable.getConfig() : null;
        CallSettings settings = call.current().settings();
        return requestSettings.of(
                own == null ? RequestConfig.DEFAULT : own,
                settings.connectTimeout(),
                settings.requestTimeout(),
                expectContinue);
    }

    private static boolean isSuccess(int status) {
        return status == 200 || status == 206;
    }
}
