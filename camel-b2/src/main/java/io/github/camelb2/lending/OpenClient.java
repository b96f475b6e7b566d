// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.lending;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.account.DurableAccountInfoRepository;
import io.github.camelb2.account.InMemoryAccountInfoRepository;
import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.B2ClientBuilder;
import io.github.camelb2.client.Realm;
import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.http.BandwidthTimetable;
import io.github.camelb2.client.retry.Listeners;
import io.github.camelb2.observe.B2Observers;
import io.github.camelb2.observe.CarryingExecutor;

/** A client with what belongs to it: connections, threads and its view in JMX. The counts are guarded by its owner. */
final class OpenClient {
    private static final Logger LOG = LoggerFactory.getLogger(OpenClient.class);

    /** What is still under way when the last user leaves was given up by the shutdown, which has waited already. */
    private static final Duration CLEANING_UP = Duration.ofSeconds(10);

    private final ClientAccount account;
    private final B2Client client;

    /** Null when the login is in memory only. */
    private final @Nullable DurableAccountInfoRepository shared;

    private final CamelHttpClient http;
    private final ExecutorService parts;
    private final CamelContext context;
    private final B2Account view;

    private Duration linger = Duration.ZERO;
    private int users;
    private long loans;
    private boolean isLent = true;

    private OpenClient(
            ClientAccount account,
            B2Client client,
            @Nullable DurableAccountInfoRepository shared,
            CamelHttpClient http,
            ExecutorService parts,
            LastErrors errors,
            Function<String, BandwidthTimetable> rates,
            CamelContext context) {
        this.account = account;
        this.client = client;
        this.shared = shared;
        this.view = B2Account.show(client, this::repositoryTrouble, errors, rates, context);
        this.http = http;
        this.parts = parts;
        this.context = context;
        B2Observers.of(context).opened(client);
    }

    static OpenClient open(
            CamelContext context,
            ClientAccount account,
            ClientNeeds needs,
            KnownLogins logins,
            Function<String, BandwidthTimetable> rates) {
        DurableAccountInfoRepository shared =
                account.repository() == null ? null : logins.of(account.repository(), account.credentials() == null);
        CamelHttpClient http =
                CamelHttpClient.open(context, account.httpComponent(), serviceUrl(account, shared), needs);
        B2Observers observers = B2Observers.of(context);
        LastErrors errors = new LastErrors();
        // Callers wait for the parts of their own files only, so they bound how many threads there are.
        ExecutorService parts = context.getExecutorServiceManager().newCachedThreadPool(http, "B2Parts");
        B2ClientBuilder builder = B2Client.builder()
                .repository(shared == null ? new InMemoryAccountInfoRepository() : shared)
                .transport(http.transport(UserAgent.of(context)))
                .parts(new CarryingExecutor(parts, observers))
                .listener(Listeners.of(errors, observers.calls()));
        if (account.credentials() != null) {
            builder.credentials(account.credentials());
        }
        if (account.realm() != null) {
            builder.realm(account.realm());
        }
        if (account.downloadUrl() != null) {
            builder.downloadUrl(account.downloadUrl());
        }
        if (account.isWithoutKey()) {
            builder.withoutKey(account.downloadAuthorization() == null ? "" : account.downloadAuthorization());
        }
        B2Client client = builder.build();
        client.bandwidth().limit(account.bandwidth());
        return new OpenClient(account, client, shared, http, parts, errors, rates, context);
    }

    /** Of the login in the repository, where nothing else says which service it is for. */
    private static String serviceUrl(ClientAccount account, @Nullable DurableAccountInfoRepository shared) {
        if (account.realm() == null && account.credentials() == null && shared != null) {
            return Realm.url(shared.find().map(AccountInfo::realm).orElse(null));
        }
        return account.serviceUrl();
    }

    ClientAccount account() {
        return account;
    }

    B2Client client() {
        return client;
    }

    /** What people see of it. */
    B2Account view() {
        return view;
    }

    /** What is wrong with the repository of the login; empty while it works, and when there is none. */
    Optional<String> repositoryTrouble() {
        return Optional.ofNullable(shared).flatMap(DurableAccountInfoRepository::trouble);
    }

    /** One user more, who may need more than those before. */
    void enter(ClientNeeds needs) {
        users++;
        loans++;
        http.makeRoom(needs);
        if (needs.linger().compareTo(linger) > 0) {
            linger = needs.linger();
        }
    }

    /** One user more, who needs what one before did. */
    void enterAgain() {
        users++;
        loans++;
    }

    void leave() {
        users--;
    }

    /** Whether more may borrow it; its owner knows others by then. */
    boolean isLent() {
        return isLent;
    }

    void endLending() {
        isLent = false;
    }

    boolean isUsed() {
        return users > 0;
    }

    /** Another number after each loan. */
    long loans() {
        return loans;
    }

    /** How long it stays open when nobody uses it. */
    Duration linger() {
        return linger;
    }

    /** Ends waits for retries, now and from now on. */
    void endWaits() {
        client.endWaits();
    }

    void close() {
        view.hide(context);
        B2Observers.of(context).closed(client);
        if (!client.close(CLEANING_UP)) {
            LOG.warn(
                    "Large uploads that were cut off did not end within {}; the next upload of the same file finds"
                            + " what they leave",
                    CLEANING_UP);
        }
        context.getExecutorServiceManager().shutdownNow(parts);
        http.close();
    }
}
