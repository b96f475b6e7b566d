package io.github.camelb2.lending;

import java.time.Duration;
import java.util.concurrent.ExecutorService;

import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.account.InMemoryAccountInfoRepository;
import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.B2ClientBuilder;
import io.github.camelb2.client.Realm;

/** A client with what belongs to it: connections, threads and its view in JMX. The counts are guarded by its owner. */
final class OpenClient {
    private static final Logger LOG = LoggerFactory.getLogger(OpenClient.class);

    /** What is still under way when the last user leaves was given up by the shutdown, which has waited already. */
    private static final Duration CLEANING_UP = Duration.ofSeconds(10);

    private final ClientAccount account;
    private final B2Client client;
    private final CamelHttpClient http;
    private final ExecutorService parts;
    private final CamelContext context;
    private final B2Account view;

    private Duration linger = Duration.ZERO;
    private int users;
    private long loans;

    private OpenClient(
            ClientAccount account, B2Client client, CamelHttpClient http, ExecutorService parts, CamelContext context) {
        this.account = account;
        this.client = client;
        this.view = B2Account.show(client, context);
        this.http = http;
        this.parts = parts;
        this.context = context;
    }

    static OpenClient open(CamelContext context, ClientAccount account, ClientNeeds needs) {
        CamelHttpClient http =
                CamelHttpClient.open(context, account.httpComponent(), Realm.url(account.realm()), needs);
        // Callers wait for the parts of their own files only, so they bound how many threads there are.
        ExecutorService parts = context.getExecutorServiceManager().newCachedThreadPool(http, "B2Parts");
        B2ClientBuilder builder = B2Client.builder()
                .repository(account.repository() == null ? new InMemoryAccountInfoRepository() : account.repository())
                .transport(http.transport(userAgent(context)))
                .parts(parts);
        if (account.credentials() != null) {
            builder.credentials(account.credentials());
        }
        if (account.realm() != null) {
            builder.realm(account.realm());
        }
        return new OpenClient(account, builder.build(), http, parts, context);
    }

    private static String userAgent(CamelContext context) {
        String version = OpenClient.class.getPackage().getImplementationVersion();
        return "camel-b2/" + (version == null ? "dev" : version) + " Camel/" + context.getVersion();
    }

    ClientAccount account() {
        return account;
    }

    B2Client client() {
        return client;
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

    void leave() {
        users--;
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
        client.close();
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
