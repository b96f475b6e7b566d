package io.github.camelb2.lending;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;

import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.account.InMemoryAccountInfoRepository;
import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.B2ClientBuilder;
import io.github.camelb2.client.Realm;

/**
 * Lends one client to all who have the same key, realm, repository and HTTP component, and closes it when the last one
 * has given it back. Thread-safe; nothing here talks to B2.
 */
public final class B2Clients {
    private static final Logger LOG = LoggerFactory.getLogger(B2Clients.class);

    /** What is still under way when the last user leaves was given up by the shutdown, which has waited already. */
    private static final Duration CLEANING_UP = Duration.ofSeconds(10);

    private final CamelContext context;

    /** Guards {@link #shared} and the counts in it. Making and closing a client needs no network. */
    private final Object lock = new Object();

    private final Map<ClientAccount, Shared> shared = new HashMap<>();

    private B2Clients(CamelContext context) {
        this.context = context;
    }

    /** Those of a context; when it begins to stop, they end their waits, which would hold up its graceful shutdown. */
    public static B2Clients of(CamelContext context) {
        B2Clients clients = new B2Clients(context);
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopping(CamelContext stopping) {
                clients.endWaits();
            }
        });
        return clients;
    }

    private void endWaits() {
        List<Shared> open;
        synchronized (lock) {
            open = List.copyOf(shared.values());
        }
        open.forEach(each -> each.client.close());
    }

    /** Borrows the client of an account; {@code maxConcurrency} counts when this opens it. */
    public B2ClientLease borrow(ClientAccount account, int maxConcurrency) {
        synchronized (lock) {
            Shared found = shared.get(account);
            if (found == null) {
                found = Shared.open(context, account, maxConcurrency);
                shared.put(account, found);
            }
            found.users++;
            return new B2ClientLease(found.client, () -> giveBack(account));
        }
    }

    private void giveBack(ClientAccount account) {
        Shared unused = null;
        synchronized (lock) {
            Shared found = shared.get(account);
            if (found != null && --found.users == 0) {
                unused = shared.remove(account);
            }
        }
        // Outside the lock: closing connections must not keep others from borrowing.
        if (unused != null) {
            unused.close();
        }
    }

    /** How many clients are open. */
    public int size() {
        synchronized (lock) {
            return shared.size();
        }
    }

    private static final class Shared {
        private final B2Client client;
        private final CamelHttpClient http;
        private final ExecutorService parts;
        private final CamelContext context;
        private final B2Account view;
        private int users;

        private Shared(B2Client client, CamelHttpClient http, ExecutorService parts, CamelContext context) {
            this.client = client;
            this.view = B2Account.show(client, context);
            this.http = http;
            this.parts = parts;
            this.context = context;
        }

        static Shared open(CamelContext context, ClientAccount account, int maxConcurrency) {
            CamelHttpClient http =
                    CamelHttpClient.open(context, account.httpComponent(), Realm.url(account.realm()), maxConcurrency);
            // Callers wait for the parts of their own files only, so they bound how many threads there are.
            ExecutorService parts = context.getExecutorServiceManager().newCachedThreadPool(http, "B2Parts");
            B2ClientBuilder builder = B2Client.builder()
                    .repository(
                            account.repository() == null ? new InMemoryAccountInfoRepository() : account.repository())
                    .transport(http.transport(userAgent(context)))
                    .parts(parts);
            if (account.credentials() != null) {
                builder.credentials(account.credentials());
            }
            if (account.realm() != null) {
                builder.realm(account.realm());
            }
            return new Shared(builder.build(), http, parts, context);
        }

        private static String userAgent(CamelContext context) {
            String version = B2Clients.class.getPackage().getImplementationVersion();
            return "camel-b2/" + (version == null ? "dev" : version) + " Camel/" + context.getVersion();
        }

        void close() {
            view.hide(context);
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
}
