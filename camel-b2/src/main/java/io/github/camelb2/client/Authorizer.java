// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.AccountInfoRepository;
import io.github.camelb2.client.api.B2UnauthorizedException;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.api.Repeat;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.http.HttpCall;
import io.github.camelb2.client.http.Transport;
import io.github.camelb2.client.model.json.Json;
import io.github.camelb2.client.retry.Attempt;
import io.github.camelb2.client.retry.CallContext;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.retry.Phase;
import io.github.camelb2.client.retry.Retrier;

/**
 * Keeps the login. Thread-safe.
 *
 * <p>However many threads find the token refused, one of them asks B2 for another and the rest wait for its answer;
 * before it asks, it looks whether another process has stored a newer token already. The login is read from the
 * repository when it is first needed and after a refusal, not for every call.
 */
final class Authorizer {
    private static final String CALL = "b2_authorize_account";

    private final AccountInfoRepository repository;
    private final @Nullable Credentials credentials;
    private final @Nullable String realm;
    private final Transport transport;
    private final Retrier retrier;
    private final ClientListener listener;

    private final AtomicReference<@Nullable AccountInfo> login = new AtomicReference<>();
    private final SingleFlight<AccountInfo> flight;

    Authorizer(
            AccountInfoRepository repository,
            @Nullable Credentials credentials,
            @Nullable String realm,
            Transport transport,
            Retrier retrier,
            ClientListener listener,
            InstantSource clock) {
        this.repository = repository;
        this.credentials = credentials;
        this.realm = realm;
        this.transport = transport;
        this.retrier = retrier;
        this.listener = listener;
        this.flight = new SingleFlight<>(clock, CALL, "logging in");
    }

    /** The login; read from the repository, or made, if there is none yet. */
    AccountInfo current(CallSettings settings) {
        AccountInfo known = login.get();
        return known != null
                ? known
                : flight.once(settings, own -> adopt(any -> true).orElseGet(() -> authorize(own)));
    }

    /** The login that calls use now; empty when none was needed yet, or it was cleared. */
    Optional<AccountInfo> known() {
        return Optional.ofNullable(login.get());
    }

    /** Asks B2 for a new login, in any case. */
    AccountInfo renew(CallSettings settings) {
        return flight.once(settings, this::authorize);
    }

    /** Makes sure that the current token is not this one, which B2 refused. */
    AccountInfo replace(String refusedToken, CallSettings settings) {
        AccountInfo known = login.get();
        if (known != null && !known.authorizationToken().equals(refusedToken)) {
            return known;
        }
        AtomicBoolean asked = new AtomicBoolean();
        AccountInfo answer = flight.once(settings, own -> {
            asked.set(true);
            return another(refusedToken, own);
        });
        // Those that waited for another thread's answer may get the very login that was refused to them: one that was
        // adopted because an even older token was refused.
        boolean isSame = answer.authorizationToken().equals(refusedToken);
        return isSame && !asked.get() ? flight.once(settings, own -> another(refusedToken, own)) : answer;
    }

    private AccountInfo another(String refusedToken, CallSettings settings) {
        AccountInfo now = login.get();
        if (now != null && !now.authorizationToken().equals(refusedToken)) {
            return now;
        }
        return adopt(stored -> !stored.authorizationToken().equals(refusedToken))
                .orElseGet(() -> authorize(settings));
    }

    /** Forgets the login, here and in the repository. */
    void clear() {
        login.set(null);
        repository.clear();
    }

    /** Takes over the login in the repository if it is ours and passes the test. */
    private Optional<AccountInfo> adopt(Predicate<AccountInfo> test) {
        Optional<AccountInfo> found = repository.find().filter(this::isOurs).filter(test);
        found.ifPresent(this::use);
        return found;
    }

    private void use(AccountInfo info) {
        transport.loggedInTo(Realm.isValid(info.realm()) ? Realm.url(info.realm()) : info.apiUrl());
        login.set(info);
    }

    private boolean isOurs(AccountInfo stored) {
        return credentials == null
                ? realm == null || realm.equals(stored.realm())
                : stored.isSameKey(credentials.applicationKeyId(), realm());
    }

    private String realm() {
        return realm == null ? Realm.PRODUCTION : realm;
    }

    private AccountInfo authorize(CallSettings settings) {
        Credentials key = credentials;
        String inRealm = realm();
        if (key == null) {
            AccountInfo stored = repository.find().filter(this::isOurs).orElseThrow(Authorizer::noKey);
            String secret = stored.applicationKey();
            if (secret == null) {
                throw noKey();
            }
            key = new Credentials(stored.applicationKeyId(), secret);
            inRealm = stored.realm();
        }
        AccountInfo fresh = ask(key, inRealm, settings);
        repository.store(fresh);
        use(fresh);
        listener.onAuthorized(key.applicationKeyId());
        return fresh;
    }

    private static B2UnauthorizedException noKey() {
        return new B2UnauthorizedException(ErrorDetails.local(CALL, "", "there is no application key to log in with")
                .withAdvice(
                        "set applicationKeyId and applicationKey, or a repository that holds a login with its key"));
    }

    private AccountInfo ask(Credentials key, String inRealm, CallSettings settings) {
        CallContext context = new CallContext(
                CALL, "key id " + key.applicationKeyId(), Phase.API, null, Repeat.SAFE, TransactionClass.C);
        String basic = Base64.getEncoder()
                .encodeToString((key.applicationKeyId() + ":" + key.applicationKey()).getBytes(StandardCharsets.UTF_8));
        String url = Realm.url(inRealm) + "/b2api/v4/" + CALL;
        Attempt<AccountInfo> attempt = current -> transport.postJson(
                new HttpCall(context, url, Map.of("Authorization", "Basic " + basic), current),
                Json.empty(),
                body -> AuthorizeAnswer.read(Json.readTree(body), key, inRealm));
        return retrier.run(context, settings, attempt);
    }
}
