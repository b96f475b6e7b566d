// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.cap.CapMeter;
import io.github.camelb2.emulator.cap.Caps;
import io.github.camelb2.emulator.cap.Usage;
import io.github.camelb2.emulator.event.Events;
import io.github.camelb2.emulator.fault.Faults;
import io.github.camelb2.emulator.http.HttpFrontend;
import io.github.camelb2.emulator.http.RecordedRequest;
import io.github.camelb2.emulator.http.wire.Hosts;
import io.github.camelb2.emulator.http.wire.Settings;
import io.github.camelb2.emulator.state.Encryption;
import io.github.camelb2.emulator.state.Names;
import io.github.camelb2.emulator.state.account.Account;
import io.github.camelb2.emulator.store.ContentStore;
import io.github.camelb2.emulator.store.Durability;
import io.github.camelb2.emulator.tls.Tls;
import io.github.camelb2.emulator.upkeep.MovableClock;
import io.github.camelb2.emulator.upkeep.Upkeep;

/**
 * A Backblaze B2 service in this JVM: API versions 1 to 4 over plain HTTP on the loopback address, one account, files on disk.
 *
 * <pre>
 * try (B2Emulator b2 = B2Emulator.start()) {
 *     client.authorize(b2.url(), b2.applicationKeyId(), b2.applicationKey());
 *     b2.faults().add("b2_upload_file #1: status 503");
 *     …
 *     assertThat(b2.count("b2_upload_file")).isEqualTo(2);
 * }
 * </pre>
 *
 * Safe for use by many threads.
 */
public final class B2Emulator implements AutoCloseable {

    private final Account account;
    private final Faults faults;
    private final Events events;
    private final CapMeter caps;
    private final Upkeep upkeep;
    private final @Nullable Tls tls;
    private final HttpFrontend frontend;
    /** The directory to delete in the end; null if it was given. */
    private final @Nullable Path temporary;

    private B2Emulator(
            Account account,
            Faults faults,
            Events events,
            CapMeter caps,
            Upkeep upkeep,
            @Nullable Tls tls,
            HttpFrontend frontend,
            @Nullable Path temporary) {
        this.account = account;
        this.faults = faults;
        this.events = events;
        this.caps = caps;
        this.upkeep = upkeep;
        this.tls = tls;
        this.frontend = frontend;
        this.temporary = temporary;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Starts on any free port, with files in a temporary directory that goes away on {@link #close}. */
    public static B2Emulator start() {
        return builder().start();
    }

    /** The certificate, and how to trust it; empty if the emulator speaks plainly. */
    public Optional<Tls> tls() {
        return Optional.ofNullable(tls);
    }

    /** The realm: {@code http://127.0.0.1:PORT}, or {@code https} with TLS, without a trailing slash. */
    public String url() {
        return frontend.url();
    }

    /** The id of the master key, which may do everything. */
    public String applicationKeyId() {
        return account.masterKey().id();
    }

    /** The master key. */
    public String applicationKey() {
        return account.masterKey().secret();
    }

    public String accountId() {
        return account.id();
    }

    /** What goes wrong; rules can be added and cleared at any time. */
    public Faults faults() {
        return faults;
    }

    /** The webhooks that were sent, and how they are signed. */
    public Events events() {
        return events;
    }

    /**
     * Puts the clock forward, and does what B2 does in such a time: lifecycle rules, day by day, and replication. Tokens grow older too: an account
     * token lasts 24 hours.
     */
    public void advance(Duration time) {
        upkeep.advance(time);
    }

    /** From now on these caps, whatever was used so far on this day; {@link Caps#UNLIMITED} for none. */
    public void caps(Caps changed) {
        caps.set(changed);
    }

    /** Back to the caps of the start, whatever was used so far on this day. */
    public void resetCaps() {
        caps.reset();
    }

    /** From now on every account token given out so far is answered with {@code 401 expired_auth_token}. */
    public void expireTokens() {
        account.tokens().expireAll();
    }

    /** From now on every upload token given out so far is answered with {@code 401 expired_auth_token}. */
    public void expireUploadUrls() {
        account.uploads().expireAll();
    }

    /** The last thousand requests of a call that are over, the oldest first; {@code call} is B2's name, as in {@code b2_upload_file}. */
    public List<RecordedRequest> requests(String call) {
        return frontend.log().requests(call);
    }

    /** How many requests of a call have begun since the start or the last {@link #resetRequests}. */
    public long count(String call) {
        return frontend.log().count(call);
    }

    /** The most requests of a call that were under way at one time. */
    public int maxConcurrent(String call) {
        return frontend.log().maxConcurrent(call);
    }

    /** What the account has used since the start or the last {@link #resetRequests}, as B2 would bill it. */
    public Usage usage() {
        return caps.used();
    }

    /** Forgets recorded requests and counts. */
    public void resetRequests() {
        frontend.log().reset();
        caps.forget();
    }

    /** How many requests of any call have begun since the start. */
    long requestsBegun() {
        return frontend.log().begun();
    }

    /** How many connections are open now. */
    public int openConnections() {
        return frontend.openConnections();
    }

    /** From where its clients are connected now; one that waits to be accepted is not among them yet. */
    public Set<SocketAddress> clients() {
        return frontend.clients();
    }

    /** What is stored, for assertions and for preparing tests without a client. */
    public B2EmulatorState state() {
        return new B2EmulatorState(account);
    }

    /** Ends all connections; a temporary data directory is deleted, another one can be opened again. */
    @Override
    public void close() {
        faults.clear();
        frontend.close();
        upkeep.close();
        events.close();
        try {
            account.close();
            if (temporary != null) {
                deleteTree(temporary);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** How to start an emulator; every setting has a default. Not safe for use by many threads. */
    public static final class Builder {

        private static final int MAX_PODS = 100;

        private int port;
        private InetAddress address = InetAddress.getLoopbackAddress();
        private @Nullable Path dataDir;
        private long minPartSize = 5_000_000;
        private long recommendedPartSize = 100_000_000;
        private int maxBuckets = 100;
        private Encryption defaultEncryption = Encryption.SSE_B2;
        private Names.Rules names = Names.Rules.LENIENT;
        private Account.CustomTimestamps customTimestamps = Account.CustomTimestamps.ALLOWED;
        private Duration latency = Duration.ZERO;
        private long connectionRate;
        private Duration idleTimeout = Duration.ofSeconds(5);
        private ContentStore.Keeping keeping = ContentStore.Keeping.BYTES;
        private InstantSource clock = InstantSource.system();
        private boolean fsync;
        private boolean repair;
        private String faults = "";
        private boolean isRealistic;
        private Caps caps = Caps.UNLIMITED;
        private Duration ahead = Duration.ZERO;
        private int pods;
        private boolean isSecure;
        private final Map<String, Long> synthetic = new LinkedHashMap<>();

        private Builder() {}

        /** The port to listen on; 0, the default, takes any free one. */
        public Builder port(int newPort) {
            this.port = newPort;
            return this;
        }

        /** The address to listen on; the default is the loopback address. */
        public Builder address(InetAddress newAddress) {
            this.address = newAddress;
            return this;
        }

        /** Where files and the journal live; what is there is served. The default is a temporary directory, deleted on close. */
        public Builder dataDir(Path directory) {
            this.dataDir = directory;
            return this;
        }

        /**
         * Whether everything is on the disk before it is answered, so that it survives the loss of power, which costs some milliseconds for every
         * change; without it, the default, it survives the end of the process.
         */
        public Builder fsync(boolean on) {
            this.fsync = on;
            return this;
        }

        /**
         * Whether to rebuild the journal of the data directory from what is left: the journal so far, the files that describe keys and buckets, and
         * the headers of the content. The old journal is kept beside it. Off if not set.
         */
        public Builder repair(boolean on) {
            this.repair = on;
            return this;
        }

        /** {@code absoluteMinimumPartSize} in bytes; 5,000,000 if not set. */
        public Builder minPartSize(long bytes) {
            this.minPartSize = bytes;
            return this;
        }

        /** {@code recommendedPartSize} in bytes; 100,000,000 if not set. */
        public Builder recommendedPartSize(long bytes) {
            this.recommendedPartSize = bytes;
            return this;
        }

        /** How many buckets the account may have; 100 if not set. */
        public Builder maxBuckets(int count) {
            this.maxBuckets = count;
            return this;
        }

        /**
         * Whether the service encrypts new buckets with SSE-B2 that ask for nothing, and refuses the mode none, as B2 does since 2026; {@code true}
         * if not set. Encrypted files have room for 2,048 bytes of name and info, others for 7,000.
         */
        public Builder defaultEncryption(boolean isEncrypted) {
            this.defaultEncryption = isEncrypted ? Encryption.SSE_B2 : Encryption.NONE;
            return this;
        }

        /** Which file names are accepted; {@link Names.Rules#LENIENT} if not set, as B2 does. */
        public Builder names(Names.Rules rules) {
            this.names = rules;
            return this;
        }

        /** Whether uploads may name their upload time, for which B2 must enable an account; {@code true} if not set. */
        public Builder customTimestamps(boolean areAllowed) {
            this.customTimestamps = areAllowed ? Account.CustomTimestamps.ALLOWED : Account.CustomTimestamps.REFUSED;
            return this;
        }

        /** What every request waits before it is looked at; nothing if not set. */
        public Builder latency(Duration newLatency) {
            this.latency = newLatency;
            return this;
        }

        /** The most bytes a second on one connection, each way; 0, the default, for no limit. */
        public Builder connectionRate(long bytesPerSecond) {
            this.connectionRate = bytesPerSecond;
            return this;
        }

        /**
         * After how long a connection is closed on which no other request comes: 5 seconds if not set, as B2 seems to do; zero for never.
         */
        public Builder idleTimeout(Duration time) {
            this.idleTimeout = time;
            return this;
        }

        /**
         * Whether uploads are checked, counted and not kept, so that many gigabytes need no disk: everything can be listed, copied and deleted, and
         * nothing that came meanwhile can be read, which is {@code 400 bad_request}. Off if not set.
         */
        public Builder discardContent(boolean on) {
            this.keeping = on ? ContentStore.Keeping.LENGTHS : ContentStore.Keeping.BYTES;
            return this;
        }

        /** Adds a bucket that shows generated files; see {@link io.github.camelb2.emulator.state.file.SyntheticVersions} for the formula. */
        public Builder synthetic(String bucketName, long fileCount) {
            synthetic.put(bucketName, fileCount);
            return this;
        }

        /** The clock for upload times and expiry; the system's if not set. */
        public Builder clock(InstantSource newClock) {
            this.clock = newClock;
            return this;
        }

        /** Fault rules in force from the start; see {@link Faults}. */
        public Builder faults(String script) {
            this.faults = script;
            return this;
        }

        /**
         * Adds the everyday trouble of the real service: about 1 % of uploads meet a busy server, 2 ‰ of all calls a token that has ended, and the
         * first page of every listing is slow. {@link Faults#clear} does not end it.
         */
        public Builder realistic() {
            this.isRealistic = true;
            return this;
        }

        /**
         * On how many hosts of their own uploads go, as with B2: {@code 127.0.0.2} and following, at the same port. 0, the default, is uploads at the
         * address of the API. Needs a loopback address; macOS must be told of such addresses first ({@code ifconfig lo0 alias 127.0.0.2}).
         */
        public Builder pods(int count) {
            this.pods = count;
            return this;
        }

        /** Speaks TLS, with a certificate of its own; see {@link B2Emulator#tls}. */
        public Builder tls() {
            this.isSecure = true;
            return this;
        }

        /** How far the clock is ahead from the start; what is there already grows older by it, as with {@link B2Emulator#advance}. */
        public Builder advance(Duration time) {
            this.ahead = time;
            return this;
        }

        /** What the account may use; {@link Caps#UNLIMITED} if not set. */
        public Builder caps(Caps limits) {
            this.caps = limits;
            return this;
        }

        /** Starts listening. */
        public B2Emulator start() {
            Settings settings = new Settings(minPartSize, recommendedPartSize, latency, connectionRate, idleTimeout);
            Faults rules = isRealistic ? Faults.realistic() : new Faults();
            rules.add(faults);
            try {
                Upkeep.check(ahead);
                List<InetAddress> podHosts = podAddresses();
                MovableClock time = new MovableClock(clock);
                Path temporary = dataDir == null ? Files.createTempDirectory("b2-emulator") : null;
                Path directory = dataDir == null ? java.util.Objects.requireNonNull(temporary) : dataDir;
                Account account = Account.open(
                        directory,
                        time,
                        new Account.Limits(minPartSize, maxBuckets, defaultEncryption, names, customTimestamps),
                        new Account.Storage(
                                fsync ? Durability.MACHINE : Durability.PROCESS, repair, temporary == null, keeping));
                return start(account, directory, podHosts, time, settings, rules, temporary);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot start the B2 emulator: " + reason(e), e);
            }
        }

        /** Many messages of the file system are a path and nothing else, or a reason without a path. */
        private String reason(IOException e) {
            String told = String.valueOf(e.getMessage());
            if (e instanceof FileSystemException file && file.getReason() == null) {
                return told + " (" + e.getClass().getSimpleName() + ")";
            }
            boolean named = dataDir == null || told.contains(dataDir.toString()) || told.startsWith("cannot listen");
            return named ? told : told + " (data directory " + dataDir + ")";
        }

        private List<InetAddress> podAddresses() throws IOException {
            int last = address.getAddress()[address.getAddress().length - 1] & 0xFF;
            if (pods < 0 || pods > MAX_PODS || (pods > 0 && last + pods > 254)) {
                throw new IllegalArgumentException("pods must be 0 to " + MAX_PODS + ", not " + pods);
            }
            if (pods > 0 && !(address.isLoopbackAddress() && address.getAddress().length == 4)) {
                throw new IllegalArgumentException(
                        "pods need an address of 127.0.0.0/8, not " + address.getHostAddress());
            }
            List<InetAddress> addresses = new ArrayList<>();
            for (int i = 1; i <= pods; i++) {
                byte[] bytes = address.getAddress();
                bytes[3] += (byte) i;
                addresses.add(InetAddress.getByAddress(bytes));
            }
            return addresses;
        }

        private B2Emulator start(
                Account account,
                Path directory,
                List<InetAddress> podHosts,
                MovableClock time,
                Settings settings,
                Faults rules,
                @Nullable Path temporary)
                throws IOException {
            boolean started = false;
            try {
                synthetic.forEach(account::addSynthetic);
                Events events = new Events(account, rules);
                Upkeep upkeep = new Upkeep(account, time);
                if (!ahead.isZero()) {
                    upkeep.advance(ahead);
                }
                CapMeter meter = new CapMeter(account, caps);
                Hosts hosts = new Hosts(isSecure ? "https" : "http", address, podHosts, port);
                Tls tls = isSecure ? Tls.open(directory, hosts.addresses(), clock) : null;
                HttpFrontend frontend = new HttpFrontend(
                        account, settings, rules, events, meter, hosts, tls == null ? null : tls.serverContext());
                started = true;
                return new B2Emulator(account, rules, events, meter, upkeep, tls, frontend, temporary);
            } finally {
                if (!started) {
                    account.close();
                    if (temporary != null) {
                        deleteTree(temporary);
                    }
                }
            }
        }
    }
}
