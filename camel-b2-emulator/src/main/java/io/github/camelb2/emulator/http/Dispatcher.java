// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.HttpFilterChain;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.emulator.cap.CapMeter;
import io.github.camelb2.emulator.event.Events;
import io.github.camelb2.emulator.fault.FaultAction;
import io.github.camelb2.emulator.fault.FaultPlan;
import io.github.camelb2.emulator.fault.Faults;
import io.github.camelb2.emulator.http.page.StatusPage;
import io.github.camelb2.emulator.http.wire.ConnectionDropped;
import io.github.camelb2.emulator.http.wire.Encoding;
import io.github.camelb2.emulator.http.wire.Hosts;
import io.github.camelb2.emulator.http.wire.Hosts.Role;
import io.github.camelb2.emulator.http.wire.Pacer;
import io.github.camelb2.emulator.http.wire.Reply;
import io.github.camelb2.emulator.http.wire.Request;
import io.github.camelb2.emulator.http.wire.Response;
import io.github.camelb2.emulator.http.wire.Route;
import io.github.camelb2.emulator.http.wire.Settings;
import io.github.camelb2.emulator.http.wire.Target;
import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.account.Account;
import io.github.camelb2.emulator.state.key.Secrets;

/** Takes every request through its faults, its route and its record. */
final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final Account account;
    private final Settings settings;
    private final Faults faults;
    private final TestMode testMode;
    private final Routes routes;
    private final RequestLog log;
    private final CapMeter caps;
    private final Supplier<Hosts> hosts;
    private final StatusPage page;

    Dispatcher(
            Account account,
            Settings settings,
            Faults faults,
            Events events,
            RequestLog log,
            CapMeter caps,
            Supplier<Hosts> hosts) {
        this.account = account;
        this.settings = settings;
        this.faults = faults;
        this.testMode = new TestMode(account);
        this.routes = new Routes(account, settings, events);
        this.log = log;
        this.caps = caps;
        this.hosts = hosts;
        this.page = new StatusPage(account, faults, this::seen, hosts);
    }

    /** The last requests, as anybody may see them: tokens stand in headers and queries. */
    private List<StatusPage.Seen> seen() {
        return log.recent().stream()
                .map(request -> new StatusPage.Seen(
                        request.call(),
                        request.method() + " " + request.rawPath().replaceFirst("\\?.*", ""),
                        request.received(),
                        request.duration().toMillis(),
                        request.status(),
                        request.requestBytes(),
                        request.responseBytes()))
                .toList();
    }

    void handle(ClassicHttpRequest http, HttpFilterChain.ResponseTrigger trigger, Role role)
            throws HttpException, IOException {
        String rawTarget = http.getPath() == null ? "/" : http.getPath();
        if (StatusPage.isAt(http.getMethod(), rawTarget)) {
            new Response(http, trigger, FaultPlan.NONE, new Pacer(0), account.now(), () -> {}, () -> {})
                    .send(page.answer(rawTarget), Response.Afterwards.CLOSE);
            return;
        }
        Instant received = Instant.ofEpochMilli(account.now());
        long start = System.nanoTime();
        Target target = target(rawTarget);
        FaultPlan plan = faults.plan(target.call(), fileName(http, target));
        Request request =
                new Request(http, trigger, target, hosts.get(), role, plan, pacer(plan), () -> faults.stall(plan));
        RequestLog.Entry entry = log.begin(target.call());
        Response response = new Response(
                http, trigger, plan, pacer(plan), account.now(), entry::answering, () -> faults.stall(plan));
        try {
            serve(request, response);
        } finally {
            Duration duration = Duration.ofNanos(System.nanoTime() - start);
            entry.end(new RecordedRequest(
                    target.call(),
                    request.method(),
                    rawTarget,
                    request.headers(),
                    request.recordedJson(),
                    received,
                    duration,
                    response.status(),
                    request.bodyBytes(),
                    response.bodyBytes()));
        }
    }

    // A query that cannot be decoded is answered like an unknown call.
    private static Target target(String rawTarget) {
        try {
            return Target.of(rawTarget);
        } catch (B2Error e) {
            return new Target(Target.UNKNOWN, 0, rawTarget, java.util.Map.of(), rawTarget);
        }
    }

    private static @org.jspecify.annotations.Nullable String fileName(ClassicHttpRequest http, Target target) {
        try {
            if (http.getFirstHeader("X-Bz-File-Name") != null) {
                return Encoding.decode(http.getFirstHeader("X-Bz-File-Name").getValue());
            }
            int slash = target.rest().indexOf('/');
            return target.call().equals(Target.DOWNLOAD_BY_NAME) && slash >= 0
                    ? Encoding.decode(target.rest().substring(slash + 1))
                    : null;
        } catch (B2Error e) {
            return null;
        }
    }

    private Pacer pacer(FaultPlan plan) {
        return new Pacer(plan.find(FaultAction.Rate.class)
                .map(FaultAction.Rate::bytesPerSecond)
                .orElse(settings.connectionRate()));
    }

    private void serve(Request request, Response response) throws HttpException, IOException {
        Pacer.pause(settings.latency());
        before(request);
        Reply reply = answer(request);
        try {
            if (request.faults().has(FaultAction.LoseAnswer.class)) {
                throw new ConnectionDropped(ConnectionDropped.Manner.RESET);
            }
            boolean abandoned = isAbandoned(request);
            if (abandoned) {
                request.abandonBody();
            } else {
                request.drain();
            }
            boolean close = abandoned || endsConnection(request, reply);
            response.send(reply, close ? Response.Afterwards.CLOSE : Response.Afterwards.KEEP);
        } finally {
            reply.afterwards().run();
        }
    }

    /** B2's API servers, unlike its other hosts, end a connection on which they answered 400; so does what stands in front of them. */
    private static boolean endsConnection(Request request, Reply reply) {
        boolean api = !request.target().isUpload() && !request.target().isDownload();
        return (api && reply.status() == 400) || request.faults().has(FaultAction.Gateway.class) || isForeign(request);
    }

    private static boolean isAbandoned(Request request) {
        return request.isBodyWithheld()
                || request.isBrokenOff()
                || request.isLongToDrain()
                || request.faults()
                        .find(FaultAction.Status.class)
                        .filter(status -> status.reading() == FaultAction.Reading.NOTHING)
                        .isPresent();
    }

    /** Trouble that comes before anything is done. */
    private void before(Request request) throws IOException {
        FaultPlan plan = request.faults();
        if (plan.has(FaultAction.Delay.class)) {
            Pacer.pause(plan.find(FaultAction.Delay.class).orElseThrow().time());
        }
        if (plan.has(FaultAction.Hang.class)) {
            faults.stall(plan);
        }
        if (plan.has(FaultAction.ExpireToken.class)) {
            testMode.expireTokenOf(request);
        }
        if (plan.has(FaultAction.DropRequest.class)) {
            expireUploadUrl(request);
            request.drain();
            throw new ConnectionDropped(ConnectionDropped.Manner.RESET);
        }
    }

    private Reply answer(Request request) throws IOException {
        try {
            FaultAction.Status status =
                    request.faults().find(FaultAction.Status.class).orElse(null);
            if (status != null) {
                throw new B2Error(status.status(), status.code(), status.message(), status.retryAfter());
            }
            if (isForeign(request)) {
                return ForeignPages.of(request);
            }
            if (request.faults().has(FaultAction.Gateway.class)) {
                expireUploadUrl(request);
                return ForeignPages.of(request);
            }
            if (request.faults().has(FaultAction.Redirect.class)) {
                return ForeignPages.redirect(request);
            }
            testMode.apply(request);
            Route route = routes.find(request);
            caps.check(request.target().call(), request.target().isUpload() ? request.contentLength() : 0);
            Reply reply = route.handle(request);
            if (request.target().isDownload() && !request.method().equals("HEAD")) {
                caps.downloaded(reply.body().length());
            }
            caps.listed(reply.entries());
            return request.faults()
                    .find(FaultAction.CutJson.class)
                    .map(cut -> reply.cut(cut.bytes()))
                    .orElse(reply);
        } catch (B2Error e) {
            if (e.status() == 408 || e.status() >= 500) {
                expireUploadUrl(request);
            }
            LOG.debug(
                    "{} {}: {} {} {}",
                    request.method(),
                    request.target().call(),
                    e.status(),
                    e.code(),
                    Secrets.mask(e.reason()));
            return Reply.error(e);
        } catch (UncheckedIOException | IllegalStateException | IllegalArgumentException e) {
            LOG.warn("{} failed", request.target().call(), e);
            expireUploadUrl(request);
            return Reply.error(new B2Error(500, "internal_error", "The emulator failed: " + e));
        }
    }

    /** What the web server in front of B2 does not let through: paths that are none, and what another host is there for. */
    private static boolean isForeign(Request request) {
        String path = request.target().path();
        return path.indexOf('[') >= 0 || path.indexOf(']') >= 0 || !request.isAtItsHost();
    }

    // "Get a new upload URL" is what B2 tells clients after an upload that broke on its side.
    private void expireUploadUrl(Request request) {
        String token = request.header("Authorization");
        if (request.target().isUpload() && token != null) {
            account.uploads().expire(token);
        }
    }
}
