package io.github.camelb2.emulator.http;

import io.github.camelb2.emulator.state.Account;
import io.github.camelb2.emulator.state.ApplicationKey;
import io.github.camelb2.emulator.state.B2Error;

/** Finds out who is asking. */
final class Tokens {

    private Tokens() {}

    static ApplicationKey account(Account account, Request request) {
        String token = request.header("Authorization");
        if (token == null) {
            String code = request.target().version() == 1 ? "missing_auth_token" : "bad_auth_token";
            throw new B2Error(401, code, "Missing authorization token");
        }
        return account.tokens().check(token);
    }
}
