// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.api.AccountInfoRepository;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.Credentials;

/**
 * The options of {@link B2Configuration} that say whose account it is, and how its service is called.
 *
 * <p>The options come in layers, one class above the other, because Camel sets all of them on one object, and its
 * generator follows super classes.
 */
@UriParams
public abstract class AccountOptions {
    @UriParam(label = "security")
    private @Nullable String applicationKeyId;

    @UriParam(label = "security", secret = true)
    private @Nullable String applicationKey;

    @UriParam(label = "common", defaultValue = "production")
    private @Nullable String realm;

    @UriParam(label = "common,advanced")
    private @Nullable String downloadUrl;

    @UriParam(label = "security", secret = true)
    private @Nullable String downloadAuthorization;

    // Not autowired: it keeps the login of one account, and a component without a key would act with it.
    @UriParam(label = "common,advanced")
    private @Nullable AccountInfoRepository accountInfoRepository;

    @UriParam(label = "advanced")
    @Metadata(autowired = true)
    private @Nullable B2Client b2Client;

    @UriParam(label = "advanced")
    @Metadata(autowired = true)
    private @Nullable ClientListener clientListener;

    @UriParam(label = "security")
    private boolean useDefaultCredentials;

    @UriParam(label = "advanced", defaultValue = "https")
    private String httpComponent = "https";

    @UriParam(label = "advanced", defaultValue = "0")
    private int maxConnections;

    @UriParam(label = "common,advanced")
    private @Nullable String maxBytesPerSecond;

    @UriParam(label = "advanced", defaultValue = "60000", javaType = "java.time.Duration")
    private long clientLinger = 60_000;

    @UriParam(label = "advanced", defaultValue = "900000", javaType = "java.time.Duration")
    private long retryTimeout = 900_000;

    @UriParam(label = "advanced", defaultValue = "1000", javaType = "java.time.Duration")
    private long initialBackoff = 1_000;

    @UriParam(label = "advanced", defaultValue = "64000", javaType = "java.time.Duration")
    private long maxBackoff = 64_000;

    @UriParam(label = "advanced", defaultValue = "10000", javaType = "java.time.Duration")
    private long connectTimeout = 10_000;

    @UriParam(label = "advanced", defaultValue = "120000", javaType = "java.time.Duration")
    private long requestTimeout = 120_000;

    private boolean isClientNamed;

    /** Both halves of the key, put together when one is set: every message asks for it. */
    private @Nullable Credentials key;

    private @Nullable Credentials inheritedKey;

    private @Nullable ReferredKey referredKey;

    public @Nullable String getApplicationKeyId() {
        return applicationKeyId;
    }

    /** The id of the application key that everything is done with. Not a secret. */
    public void setApplicationKeyId(@Nullable String applicationKeyId) {
        this.applicationKeyId = applicationKeyId;
        this.key = credentials();
    }

    public @Nullable String getApplicationKey() {
        return applicationKey;
    }

    /**
     * The secret of the application key. Set it on the component, through a property placeholder there, or by
     * useDefaultCredentials, rather than in an endpoint URI.
     */
    public void setApplicationKey(@Nullable String applicationKey) {
        this.applicationKey = applicationKey;
        this.key = credentials();
    }

    public @Nullable String getRealm() {
        return realm;
    }

    /**
     * Which B2 service to log in to: production, or the URL of another one, for example of a local B2 service.
     */
    public void setRealm(@Nullable String realm) {
        this.realm = realm;
    }

    public @Nullable String getDownloadUrl() {
        return downloadUrl;
    }

    /**
     * The address that files are read from, and links lead to, instead of the account's own: a host in front of it, as of
     * a CDN, which gets the token of the login. Without any key, files are read by name from here, and nothing else works.
     */
    public void setDownloadUrl(@Nullable String downloadUrl) {
        this.downloadUrl = downloadUrl;
    }

    public @Nullable String getDownloadAuthorization() {
        return downloadAuthorization;
    }

    /**
     * A token of getDownloadAuthorization to read files with where no key is set; downloadUrl says where. Files of public
     * buckets need none.
     */
    public void setDownloadAuthorization(@Nullable String downloadAuthorization) {
        this.downloadAuthorization = downloadAuthorization;
    }

    public @Nullable AccountInfoRepository getAccountInfoRepository() {
        return accountInfoRepository;
    }

    /** Where the login is kept, so that others can share it. In memory when not set. Refer to a bean. */
    public void setAccountInfoRepository(@Nullable AccountInfoRepository accountInfoRepository) {
        this.accountInfoRepository = accountInfoRepository;
    }

    public @Nullable B2Client getB2Client() {
        return b2Client;
    }

    /**
     * A client to use instead of making one; the component neither configures nor closes it. On the component it counts,
     * as the only client of the registry does, where neither component nor endpoint names a key.
     */
    public void setB2Client(@Nullable B2Client b2Client) {
        this.b2Client = b2Client;
    }

    /** The key of these options; null when there is none, or one half of it. */
    @Nullable
    Credentials key() {
        return key;
    }

    private @Nullable Credentials credentials() {
        return applicationKeyId == null || applicationKey == null
                ? null
                : new Credentials(applicationKeyId, applicationKey);
    }

    /** Remembers that the key of now is the component's, who may get another one while the endpoint lives. */
    void inheritKey() {
        inheritedKey = key();
    }

    /** Whether the key is still the one that was the component's. */
    boolean isKeyInherited() {
        return inheritedKey != null && inheritedKey.equals(key());
    }

    /** What the key of an endpoint refers to; null where it refers to nothing. */
    @Nullable
    ReferredKey referredKey() {
        return referredKey;
    }

    void referTo(@Nullable ReferredKey key) {
        this.referredKey = key;
    }

    /** Whether an endpoint says b2Client itself, so that it is neither the component's nor found by Camel. */
    boolean isClientNamed() {
        return isClientNamed;
    }

    void setClientNamed(boolean isNamed) {
        this.isClientNamed = isNamed;
    }

    public @Nullable ClientListener getClientListener() {
        return clientListener;
    }

    /**
     * Hears of requests, retries and the progress of transfers, the latter at most once per percent or second of each.
     * Refer to a bean.
     */
    public void setClientListener(@Nullable ClientListener clientListener) {
        this.clientListener = clientListener;
    }

    public boolean isUseDefaultCredentials() {
        return useDefaultCredentials;
    }

    /**
     * Whether to take the key from the environment variables B2_APPLICATION_KEY_ID and B2_APPLICATION_KEY, and
     * else from the account file of the b2 command line tool, whose realm wins unless realm is set.
     */
    public void setUseDefaultCredentials(boolean useDefaultCredentials) {
        this.useDefaultCredentials = useDefaultCredentials;
    }

    public String getHttpComponent() {
        return httpComponent;
    }

    /** The name of the Camel HTTP component whose TLS, proxy and timeout settings are used. */
    public void setHttpComponent(String httpComponent) {
        this.httpComponent = httpComponent;
    }

    public int getMaxConnections() {
        return maxConnections;
    }

    /**
     * The most connections to one host of the service. With 0 there are as many as 16 files at a time make use of with
     * maxConcurrency, and at least 64. Endpoints that share a client have the largest number that one of them asks for.
     */
    public void setMaxConnections(int maxConnections) {
        this.maxConnections = maxConnections;
    }

    public long getClientLinger() {
        return clientLinger;
    }

    /**
     * How long login, upload URLs and connections are kept when no endpoint uses them any more, so that the next one
     * finds them: endpoints may be made for each message. 0 closes them at once.
     */
    public void setClientLinger(long clientLinger) {
        this.clientLinger = clientLinger;
    }

    public long getRetryTimeout() {
        return retryTimeout;
    }

    /** The time after which a call is not tried again, counted from its first try. */
    public void setRetryTimeout(long retryTimeout) {
        this.retryTimeout = retryTimeout;
    }

    public long getInitialBackoff() {
        return initialBackoff;
    }

    /** The first wait before a call is tried again; it doubles each time. */
    public void setInitialBackoff(long initialBackoff) {
        this.initialBackoff = initialBackoff;
    }

    public long getMaxBackoff() {
        return maxBackoff;
    }

    /** The longest wait before a call is tried again, unless B2 asks for a longer one. */
    public void setMaxBackoff(long maxBackoff) {
        this.maxBackoff = maxBackoff;
    }

    public long getConnectTimeout() {
        return connectTimeout;
    }

    /**
     * How long one try waits for a free connection, for a new connection to be made, and for its TLS handshake, each.
     */
    public void setConnectTimeout(long connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public long getRequestTimeout() {
        return requestTimeout;
    }

    /**
     * How long a request waits for its answer, or for the service to take its next bytes, before it counts as lost;
     * copies and the finish of a large file wait at least 20 minutes.
     */
    public void setRequestTimeout(long requestTimeout) {
        this.requestTimeout = requestTimeout;
    }

    public @Nullable String getMaxBytesPerSecond() {
        return maxBytesPerSecond;
    }

    /**
     * How many bytes of content go in a second, uploads and downloads together, shared by all transfers of endpoints that
     * say the same for the same account: 2MB, off, or a timetable as 08:00,2MB 18:00,20MB 23:00,off by the clock of the
     * machine, or of a time zone written before it, as Europe/Berlin 08:00,2MB.
     */
    public void setMaxBytesPerSecond(@Nullable String maxBytesPerSecond) {
        this.maxBytesPerSecond = maxBytesPerSecond;
    }
}
