// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.lending;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

import javax.management.JMException;
import javax.management.ObjectName;

import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.ManagementAgent;
import org.apache.camel.spi.ManagementStrategy;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.TransactionCounts;
import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.Allowed;
import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.api.BucketEntry;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.SentRequest;
import io.github.camelb2.client.cost.Bill;
import io.github.camelb2.client.http.BandwidthTimetable;
import io.github.camelb2.client.http.ConnectionCounts;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.work.TransferState;

/**
 * One login in JMX, without its key and token: {@code type=services,name=B2Account(0x…)} below the context, for as long
 * as endpoints use it. Thread-safe.
 *
 * <p>Reading an attribute never talks to B2, a file or a database, so that a monitor may read all of them every second.
 * Before the first call there is no login: texts are null then, lists empty and sizes -1.
 */
@ManagedResource(description = "Managed B2 account")
public final class B2Account extends ServiceSupport {
    private static final Logger LOG = LoggerFactory.getLogger(B2Account.class);

    private static final int UNKNOWN = -1;

    private final B2Client client;
    private final Supplier<Optional<String>> repositoryTrouble;
    private final LastErrors errors;
    private final Function<String, BandwidthTimetable> rates;

    private B2Account(
            B2Client client,
            Supplier<Optional<String>> repositoryTrouble,
            LastErrors errors,
            Function<String, BandwidthTimetable> rates) {
        this.client = client;
        this.errors = errors;
        this.rates = rates;
        this.repositoryTrouble = repositoryTrouble;
    }

    /**
     * Registers a client with the context's JMX, if that is on. Not as a service of the context: Camel shows those only
     * that come while routes start, and a client may be needed later.
     */
    static B2Account show(
            B2Client client,
            Supplier<Optional<String>> repositoryTrouble,
            LastErrors errors,
            Function<String, BandwidthTimetable> rates,
            CamelContext context) {
        B2Account account = new B2Account(client, repositoryTrouble, errors, rates);
        account.change(context, (agent, name) -> agent.register(account, name));
        return account;
    }

    void hide(CamelContext context) {
        change(context, ManagementAgent::unregister);
    }

    private void change(CamelContext context, Registration registration) {
        ManagementStrategy management = context.getManagementStrategy();
        ManagementAgent agent = management.getManagementAgent();
        if (agent == null || agent.getMBeanServer() == null) {
            return;
        }
        try {
            registration.change(
                    agent, management.getManagementObjectNameStrategy().getObjectNameForService(context, this));
        } catch (JMException e) {
            LOG.warn("JMX does not show the B2 account as it is now", e);
        }
    }

    private interface Registration {
        void change(ManagementAgent agent, ObjectName name) throws JMException;
    }

    /** Logs in with these settings if there is no login. */
    public void logIn(CallSettings settings) {
        if (!client.isWithoutKey()) {
            client.accountInfo(settings);
        }
    }

    /** What was billed so far. */
    public Bill bill() {
        TransactionCounts counts = client.transactions();
        return new Bill(counts.a(), counts.b(), counts.c(), client.traffic().received());
    }

    /** The transfers that have begun and not ended, the oldest first. */
    public List<TransferState> transfersUnderWay() {
        return client.transfersUnderWay();
    }

    /** The last twenty requests that failed, the newest first. */
    public List<SentRequest> lastErrors() {
        return errors.now();
    }

    /** The buckets that the repository remembers; B2 is not asked. */
    public List<BucketEntry> buckets() {
        return client.knownBuckets();
    }

    /** Asks B2 once, for people who want to know. */
    public <T> T call(B2Call<T> call) {
        return client.call(call, CallSettings.DEFAULT.withRetryTimeout(Duration.ZERO));
    }

    @ManagedAttribute(description = "Whether there is a login; the first call makes or finds one")
    public boolean isLoggedIn() {
        return client.knownAccountInfo().isPresent();
    }

    @ManagedAttribute(
            description = "Bytes of content per second now, uploads and downloads together; -1 without a limit")
    public long getBytesPerSecondNow() {
        long rate = client.bandwidth().bytesPerSecond();
        return rate == BandwidthTimetable.OFF ? UNKNOWN : rate;
    }

    @ManagedOperation(
            description =
                    "Changes the limit of bytes per second, also for transfers under way, until the client is closed: a rate, a timetable or off, as the option maxBytesPerSecond")
    public void limitBytesPerSecond(@Nullable String maxBytesPerSecond) {
        // A field that somebody left empty in a console must not lift a limit.
        if (maxBytesPerSecond == null || maxBytesPerSecond.isBlank()) {
            throw new IllegalArgumentException(
                    "limitBytesPerSecond(\"\") says no limit, and nothing was changed: write off,"
                            + " 2MB, or a timetable as 08:00,2MB 18:00,off");
        }
        client.bandwidth().limit(rates.apply(maxBytesPerSecond));
    }

    @ManagedAttribute(description = "The account")
    public @Nullable String getAccountId() {
        return text(AccountInfo::accountId);
    }

    @ManagedAttribute(description = "The id of the application key")
    public @Nullable String getApplicationKeyId() {
        return text(AccountInfo::applicationKeyId);
    }

    @ManagedAttribute(description = "production, or the address of the service")
    public @Nullable String getRealm() {
        return text(AccountInfo::realm);
    }

    @ManagedAttribute(description = "Where calls go")
    public @Nullable String getApiUrl() {
        return text(AccountInfo::apiUrl);
    }

    @ManagedAttribute(description = "Where downloads go")
    public @Nullable String getDownloadUrl() {
        return text(AccountInfo::downloadUrl);
    }

    @ManagedAttribute(description = "The S3-compatible address of the account")
    public @Nullable String getS3ApiUrl() {
        return text(AccountInfo::s3ApiUrl);
    }

    @ManagedAttribute(description = "Bytes that B2 recommends for a part of a large file")
    public long getRecommendedPartSize() {
        return size(AccountInfo::recommendedPartSize);
    }

    @ManagedAttribute(description = "The fewest bytes of any part but the last")
    public long getAbsoluteMinimumPartSize() {
        return size(AccountInfo::absoluteMinimumPartSize);
    }

    @ManagedAttribute(description = "The buckets that the key is restricted to; empty when it may use all of them")
    public String[] getAllowedBuckets() {
        return allowed(allowed -> allowed.buckets() == null
                ? List.of()
                : allowed.buckets().stream()
                        .map(bucket -> bucket.name() == null ? bucket.id() : bucket.name())
                        .toList());
    }

    @ManagedAttribute(description = "What every file name must begin with; null when any will do")
    public @Nullable String getAllowedPrefix() {
        return client.knownAccountInfo()
                .map(login -> login.allowed().namePrefix())
                .orElse(null);
    }

    @ManagedAttribute(description = "What the key may do")
    public String[] getCapabilities() {
        return allowed(allowed ->
                allowed.capabilities().stream().map(Capability::name).sorted().toList());
    }

    @ManagedAttribute(description = "How often this JVM logged in; a login found in the repository does not count")
    public long getAuthorizations() {
        return client.authorizations().made();
    }

    @ManagedAttribute(
            description = "When this JVM last logged in; the token holds for 24 hours at most. Null for never")
    public @Nullable String getLastAuthorized() {
        Instant latest = client.authorizations().latest();
        return latest == null ? null : latest.toString();
    }

    @ManagedAttribute(
            description = "Since when the repository of the login fails, and how; null while it works. Calls go on")
    public @Nullable String getRepositoryTrouble() {
        return repositoryTrouble.get().orElse(null);
    }

    @ManagedAttribute(description = "Answered requests that are free")
    public long getClassARequests() {
        return client.transactions().a();
    }

    @ManagedAttribute(description = "Answered downloads and questions for a file")
    public long getClassBRequests() {
        return client.transactions().b();
    }

    @ManagedAttribute(description = "Answered listings, copies, logins and the like")
    public long getClassCRequests() {
        return client.transactions().c();
    }

    @ManagedAttribute(
            description = "Connections that a request or an open download uses; -1 when the pool is not known")
    public int getLeasedConnections() {
        return connections(ConnectionCounts::leased);
    }

    @ManagedAttribute(description = "Connections that are open and idle; -1 when the pool is not known")
    public int getAvailableConnections() {
        return connections(ConnectionCounts::available);
    }

    @ManagedAttribute(description = "Requests that wait for a connection; -1 when the pool is not known")
    public int getPendingConnections() {
        return connections(ConnectionCounts::pending);
    }

    @ManagedAttribute(description = "Connections that may be open at once; -1 when the pool is not known")
    public int getMaxConnections() {
        return connections(ConnectionCounts::max);
    }

    @ManagedAttribute(description = "Parts or ranges of one file in flight with maxConcurrency=auto")
    public int getTunedConcurrency() {
        return client.tunedConcurrency();
    }

    @ManagedOperation(description = "The names of the buckets that the repository remembers; B2 is not asked")
    public String[] knownBuckets() {
        return client.knownBuckets().stream().map(BucketEntry::name).sorted().toArray(String[]::new);
    }

    @ManagedOperation(description = "Logs in anew, whether or not the token at hand is still good")
    public void authorizeAccount() {
        client.authorize();
    }

    @ManagedOperation(description = "Forgets the login and the buckets, also in the repository; the next call logs in")
    public void clearAccountInfo() {
        client.clearAccountInfo();
    }

    private @Nullable String text(Function<AccountInfo, String> value) {
        return client.knownAccountInfo().map(value).orElse(null);
    }

    private long size(ToLongFunction<AccountInfo> value) {
        Optional<AccountInfo> login = client.knownAccountInfo();
        return login.isPresent() ? value.applyAsLong(login.get()) : UNKNOWN;
    }

    private String[] allowed(Function<Allowed, List<String>> values) {
        return client.knownAccountInfo()
                .map(AccountInfo::allowed)
                .map(values)
                .orElse(List.of())
                .toArray(String[]::new);
    }

    private int connections(ToIntFunction<ConnectionCounts> count) {
        Optional<ConnectionCounts> counts = client.connections();
        return counts.isPresent() ? count.applyAsInt(counts.get()) : UNKNOWN;
    }
}
