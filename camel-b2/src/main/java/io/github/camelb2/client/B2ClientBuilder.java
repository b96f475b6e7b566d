// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ExecutorService;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.AccountInfoRepository;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.client.http.Transport;
import io.github.camelb2.client.retry.Sleeper;
import io.github.camelb2.client.transfer.Transfers;

/** What a client is made of; used by one thread. */
public final class B2ClientBuilder {
    private @Nullable AccountInfoRepository repository;
    private @Nullable Credentials credentials;
    private @Nullable String realm;
    private @Nullable String downloadUrl;
    private @Nullable String downloadAuthorization;
    private @Nullable Transport transport;
    private ClientListener listener = ClientListener.NONE;
    private InstantSource clock = InstantSource.system();
    private Sleeper sleeper = Sleeper.create();
    private @Nullable ExecutorService parts;
    private Path temporaryDirectory = Transfers.defaultTemporaryDirectory();

    B2ClientBuilder() {}

    /** Where the login is kept; required. */
    public B2ClientBuilder repository(AccountInfoRepository value) {
        this.repository = value;
        return this;
    }

    /** The key to log in with; without one, the login in the repository is used and renewed with its own key. */
    public B2ClientBuilder credentials(Credentials value) {
        this.credentials = value;
        return this;
    }

    /**
     * {@code production} or the address of a service; when it is not set: that of the login in the repository, if no
     * key is set either, else production.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public B2ClientBuilder realm(String value) {
        Realm.url(value);
        this.realm = value;
        return this;
    }

    /**
     * Where files are read and links lead to instead of the account's own download address: a host of one's own in front
     * of it, which gets the token of the login.
     *
     * @param value without a trailing slash
     */
    public B2ClientBuilder downloadUrl(String value) {
        this.downloadUrl = value;
        return this;
    }

    /**
     * Makes a client without a key, which reads by name from the download address, and does nothing else.
     *
     * @param value what {@code b2_get_download_authorization} gave; empty for files that everybody may read
     */
    public B2ClientBuilder withoutKey(String value) {
        this.downloadAuthorization = value;
        return this;
    }

    /** Sends the requests; required. Its HTTP client is closed by whoever made it. */
    public B2ClientBuilder transport(Transport value) {
        this.transport = value;
        return this;
    }

    /** Hears of everything that the client does. */
    public B2ClientBuilder listener(ClientListener value) {
        this.listener = value;
        return this;
    }

    /** Tells the time; the system's if not set. */
    public B2ClientBuilder clock(InstantSource value) {
        this.clock = value;
        return this;
    }

    /** Waits; closed with the client. */
    public B2ClientBuilder sleeper(Sleeper value) {
        this.sleeper = value;
        return this;
    }

    /** Runs parts, ranges and pages ahead of their readers; required. Never the threads that wait for them. */
    public B2ClientBuilder parts(ExecutorService value) {
        this.parts = value;
        return this;
    }

    /**
     * Where pieces of streams are kept while they are sent, and the marks of uploads under way; below the system's
     * directory for temporary files if not set. All processes of one user should share it.
     */
    public B2ClientBuilder temporaryDirectory(Path value) {
        this.temporaryDirectory = value;
        return this;
    }

    /** @throws NullPointerException naming what is required and not set */
    public B2Client build() {
        AuthorizationCounter authorizations = new AuthorizationCounter(clock);
        ClientSession session = new ClientSession(
                Objects.requireNonNull(repository, "repository"),
                credentials,
                realm,
                DownloadAddress.of(downloadUrl, downloadAuthorization),
                Objects.requireNonNull(transport, "transport"),
                listener,
                authorizations,
                clock,
                sleeper,
                Objects.requireNonNull(parts, "parts"));
        return new B2Client(session, new Transfers(session, temporaryDirectory), authorizations);
    }
}
