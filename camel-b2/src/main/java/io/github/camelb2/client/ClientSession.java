// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.AccountInfoRepository;
import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.client.call.Calls;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.http.ServiceClock;
import io.github.camelb2.client.http.Transport;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.retry.CallContext;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.retry.Listeners;
import io.github.camelb2.client.retry.Retrier;
import io.github.camelb2.client.retry.Sleeper;
import io.github.camelb2.client.transfer.work.Session;

/** Puts together login, retries and transport; what the facade, listings and transfers work with. Thread-safe. */
final class ClientSession implements Session, BucketIds.Caller, AutoCloseable {
    private final Transport transport;
    private final Retrier retrier;
    private final Authorizer authorizer;
    private final BucketIds buckets;
    private final DownloadAddress downloads;
    private final ClientListener listener;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final ExecutorService parts;

    ClientSession(
            AccountInfoRepository repository,
            @Nullable Credentials credentials,
            @Nullable String realm,
            DownloadAddress downloads,
            Transport transport,
            ClientListener listener,
            ClientListener authorizations,
            InstantSource clock,
            Sleeper sleeper,
            ExecutorService parts) {
        this.transport = transport.withListener(listener);
        this.retrier =
                new Retrier(sleeper, clock, () -> ThreadLocalRandom.current().nextLong(), listener);
        this.authorizer = new Authorizer(
                repository, credentials, realm, this.transport, retrier, Listeners.of(authorizations, listener), clock);
        this.buckets = new BucketIds(repository, this, clock);
        this.downloads = downloads;
        this.listener = listener;
        this.clock = clock;
        this.sleeper = sleeper;
        this.parts = parts;
    }

    @Override
    public <T> T call(B2Call<T> call, CallSettings settings) {
        return call(call, settings, failure -> false);
    }

    @Override
    public <T> T call(B2Call<T> call, CallSettings settings, Predicate<B2Exception> isHopeless) {
        downloads.requireKey(call.name());
        T answer = retrier.run(CallContext.of(call), settings, new JsonAttempt<>(this, call, isHopeless));
        buckets.learn(call, answer);
        return answer;
    }

    /** Sends calls with these settings. */
    Calls calls(CallSettings settings) {
        return new Calls() {
            @Override
            public <T> T call(B2Call<T> call) {
                return ClientSession.this.call(call, settings);
            }
        };
    }

    Optional<FileVersion> head(DownloadFile request, CallSettings settings) {
        CallContext context = CallContext.download(request.name(), request.subject());
        try {
            return Optional.of(retrier.run(context, settings, new HeadAttempt(this, context, request)));
        } catch (B2NotFoundException absent) {
            return Optional.empty();
        }
    }

    @Override
    public AccountInfo accountInfo(CallSettings settings) {
        return downloads.isWithoutKey() ? downloads.instead() : downloads.in(authorizer.current(settings));
    }

    Optional<AccountInfo> knownAccountInfo() {
        return authorizer.known().map(downloads::in);
    }

    AccountInfo authorize(CallSettings settings) {
        downloads.requireKey("b2_authorize_account");
        return downloads.in(authorizer.renew(settings));
    }

    void clear() {
        authorizer.clear();
        buckets.clear();
    }

    @Override
    public void reauthorize(String refusedToken, CallSettings settings) {
        authorizer.replace(refusedToken, settings);
    }

    @Override
    public <T> T inBucket(String bucketName, Function<String, T> work, CallSettings settings) {
        return buckets.in(bucketName, work, settings);
    }

    /** A download as this client can ask for it. */
    DownloadFile complete(DownloadFile request) {
        return downloads.complete(request);
    }

    boolean isWithoutKey() {
        return downloads.isWithoutKey();
    }

    BucketIds buckets() {
        return buckets;
    }

    boolean pause(Duration time) throws InterruptedException {
        return sleeper.sleep(time);
    }

    @Override
    public Transport transport() {
        return transport;
    }

    @Override
    public Retrier retrier() {
        return retrier;
    }

    @Override
    public ExecutorService parts() {
        return parts;
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public ServiceClock serviceClock() {
        return transport.serviceClock();
    }

    @Override
    public ClientListener listener() {
        return listener;
    }

    @Override
    public void close() {
        sleeper.close();
    }
}
