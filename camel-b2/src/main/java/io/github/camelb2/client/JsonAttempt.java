// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2UnauthorizedException;
import io.github.camelb2.client.call.AccountCall;
import io.github.camelb2.client.call.JsonCall;
import io.github.camelb2.client.call.PlainCall;
import io.github.camelb2.client.call.SlowCall;
import io.github.camelb2.client.http.HttpCall;
import io.github.camelb2.client.model.json.Json;
import io.github.camelb2.client.model.json.UnusableAnswerException;
import io.github.camelb2.client.retry.Attempt;
import io.github.camelb2.client.retry.CallContext;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.retry.LostAnswer;
import io.github.camelb2.client.retry.LostAnswers;

/** One JSON call being tried; used by one thread. */
final class JsonAttempt<T> implements Attempt<T> {
    private static final Duration SLOW = Duration.ofMinutes(20);

    private final ClientSession session;
    private final B2Call<T> call;
    private final LostAnswers answers;
    private final Predicate<B2Exception> isHopeless;
    private String usedToken = "";
    private CallSettings settings = CallSettings.DEFAULT;

    JsonAttempt(ClientSession session, B2Call<T> call, Predicate<B2Exception> isHopeless) {
        this.session = session;
        this.call = call;
        this.isHopeless = isHopeless;
        this.answers = new LostAnswers(call);
    }

    @Override
    public T run(Try current) {
        settings = current.settings();
        AccountInfo login = session.accountInfo(settings);
        if (current.isFirst()) {
            answers.prepare(session.calls(settings));
        }
        usedToken = login.authorizationToken();
        HttpCall request = new HttpCall(
                CallContext.of(call),
                login.apiUrl() + "/b2api/v4/" + call.name(),
                Map.of("Authorization", usedToken),
                call instanceof SlowCall ? patient(current) : current);
        return session.transport().postJson(request, write(complete(login)), this::read);
    }

    private static byte[] write(B2Call<?> complete) {
        return complete instanceof PlainCall<?> plain ? plain.write() : Json.writeRequest(complete);
    }

    private T read(InputStream body) throws IOException {
        T answer = call instanceof PlainCall<T> plain ? plain.read(body) : Json.read(body, call.responseType());
        if (call instanceof JsonCall<T> asked && !asked.isAnsweredBy(answer)) {
            throw UnusableAnswerException.aboutSomethingElse();
        }
        return answer;
    }

    private B2Call<T> complete(AccountInfo login) {
        return call instanceof AccountCall<T> about && about.accountId() == null
                ? about.withAccountId(login.accountId())
                : call;
    }

    private static Try patient(Try current) {
        Duration timeout = current.settings().requestTimeout();
        return timeout.compareTo(SLOW) >= 0
                ? current
                : new Try(current.number(), current.settings().withRequestTimeout(SLOW));
    }

    @Override
    public boolean isHopeless(B2Exception failure) {
        return isHopeless.test(failure);
    }

    @Override
    public void reauthorize(B2Exception failure) {
        session.reauthorize(usedToken, settings);
    }

    /** The answers of a look-up are of the call's own type, which {@link LostAnswers} finds by the call's class. */
    @Override
    public Optional<T> lookUp(LostAnswer lost) {
        try {
            Instant firstTry = session.serviceClock().at(lost.firstTry());
            return answers.find(lost.failure(), firstTry, session.calls(lost.settings()))
                    .map(call.responseType()::cast);
        } catch (B2UnauthorizedException e) {
            // A key that may write and not read cannot ask; what it was told stands.
            lost.failure().addSuppressed(e);
            return Optional.empty();
        } catch (B2Exception e) {
            throw LostAnswers.unanswered(lost.failure(), e);
        }
    }
}
