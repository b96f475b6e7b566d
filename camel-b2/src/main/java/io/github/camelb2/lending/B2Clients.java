// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.lending;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.AccountInfoRepository;
import io.github.camelb2.client.http.BandwidthTimetable;

/**
 * Lends one client to all who have the same key, realm, repository and HTTP component. A client that nobody uses any more
 * lingers before it is closed, so that endpoints made for one message share a login. Thread-safe; nothing here talks to
 * B2.
 */
public final class B2Clients {
    /** So that messages with a key each do not pile up clients; the one that is unused for longest goes first. */
    private static final int MOST_UNUSED = 50;

    private final CamelContext context;
    private final Function<String, BandwidthTimetable> rates;

    private final KnownLogins logins = new KnownLogins();

    /** Guards all fields below and the counts of the clients. Opening a client needs no network. */
    private final Object lock = new Object();

    private final Map<ClientAccount, OpenClient> open = new LinkedHashMap<>();
    private final Set<OpenClient> unused = new LinkedHashSet<>();
    private @Nullable ScheduledExecutorService timer;
    private boolean isClosed;

    private B2Clients(CamelContext context, Function<String, BandwidthTimetable> rates) {
        this.context = context;
        this.rates = rates;
    }

    /**
     * Those of a context; when it begins to stop, they end their waits, which would hold up its graceful shutdown.
     *
     * @param rates reads a limit of bandwidth that JMX is given
     */
    public static B2Clients of(CamelContext context, Function<String, BandwidthTimetable> rates) {
        B2Clients clients = new B2Clients(context, rates);
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopping(CamelContext stopping) {
                clients.endWaits();
            }
        });
        return clients;
    }

    private void endWaits() {
        List<OpenClient> now;
        synchronized (lock) {
            now = List.copyOf(open.values());
        }
        now.forEach(OpenClient::endWaits);
    }

    /**
     * Borrows the client of an account, opening it if need be.
     *
     * @throws IllegalStateException if the component has been stopped
     */
    public B2ClientLease borrow(ClientAccount account, ClientNeeds needs) {
        synchronized (lock) {
            if (isClosed) {
                throw new IllegalStateException("The B2 component is stopped: its clients are closed");
            }
            OpenClient client = open.get(account);
            if (client == null) {
                client = OpenClient.open(context, account, needs, logins, rates);
                open.put(account, client);
            }
            unused.remove(client);
            client.enter(needs);
            return new B2ClientLease(client.client(), new SharedClient(client, account, needs));
        }
    }

    /** Who lends that client to those who have these needs. */
    private final class SharedClient implements B2ClientLease.Lender {
        private final OpenClient client;
        private final ClientAccount account;
        private final ClientNeeds needs;

        SharedClient(OpenClient client, ClientAccount account, ClientNeeds needs) {
            this.client = client;
            this.account = account;
            this.needs = needs;
        }

        @Override
        public Optional<String> repositoryTrouble() {
            return client.repositoryTrouble();
        }

        /** One more loan, as each message needs one: of the same client mostly, which then has all that is needed. */
        @Override
        public B2ClientLease lend() {
            synchronized (lock) {
                if (client.isUsed() && client.isLent()) {
                    client.enterAgain();
                    return new B2ClientLease(client.client(), this);
                }
            }
            return borrow(account, needs);
        }

        @Override
        public void takeBack() {
            giveBack(client);
        }
    }

    /** That repository as clients without a key ask it: what it said last counts while it is down. */
    public AccountInfoRepository remembering(AccountInfoRepository repository) {
        return logins.of(repository, true);
    }

    private void giveBack(OpenClient client) {
        List<OpenClient> done = new ArrayList<>();
        synchronized (lock) {
            client.leave();
            // One that was closed with the component is not open any more.
            if (client.isUsed() || open.get(client.account()) != client) {
                return;
            }
            if (client.linger().isZero()) {
                done.add(client);
            } else {
                closeLater(client);
                if (unused.size() > MOST_UNUSED) {
                    done.add(unused.iterator().next());
                }
            }
            done.forEach(this::forget);
        }
        // Outside the lock: closing connections must not keep others from borrowing.
        done.forEach(OpenClient::close);
    }

    private void closeLater(OpenClient client) {
        unused.add(client);
        long loans = client.loans();
        timer().schedule(
                        () -> closeIfUnusedSince(client, loans), client.linger().toMillis(), TimeUnit.MILLISECONDS);
    }

    private ScheduledExecutorService timer() {
        ScheduledExecutorService known = timer;
        if (known == null) {
            known = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "B2Clients");
            timer = known;
        }
        return known;
    }

    private void closeIfUnusedSince(OpenClient client, long loans) {
        synchronized (lock) {
            if (client.isUsed() || client.loans() != loans || !unused.contains(client)) {
                return;
            }
            forget(client);
        }
        client.close();
    }

    private void forget(OpenClient client) {
        unused.remove(client);
        open.remove(client.account(), client);
        client.endLending();
    }

    /** Lends again, after {@link #closeAll}. */
    public void open() {
        synchronized (lock) {
            isClosed = false;
        }
    }

    /** Closes all that are open, used or not: for the end of the component, when its routes have ended. */
    public void closeAll() {
        List<OpenClient> all;
        ScheduledExecutorService ended;
        synchronized (lock) {
            isClosed = true;
            all = List.copyOf(open.values());
            all.forEach(OpenClient::endLending);
            open.clear();
            unused.clear();
            ended = timer;
            timer = null;
        }
        all.forEach(OpenClient::close);
        if (ended != null) {
            context.getExecutorServiceManager().shutdownNow(ended);
        }
    }

    /** The logins of all that are open. */
    public List<B2Account> accounts() {
        synchronized (lock) {
            return open.values().stream().map(OpenClient::view).toList();
        }
    }

    /** How many clients are open, lingering ones included. */
    public int size() {
        synchronized (lock) {
            return open.size();
        }
    }
}
