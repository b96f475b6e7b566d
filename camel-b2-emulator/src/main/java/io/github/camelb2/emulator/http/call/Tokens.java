// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.call;

import io.github.camelb2.emulator.http.wire.Request;
import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.account.Account;
import io.github.camelb2.emulator.state.key.ApplicationKey;

/** Finds out who is asking. */
final class Tokens {

    private Tokens() {}

    static ApplicationKey account(Account account, Request request) {
        String token = request.header("Authorization");
        if (token == null) {
            throw B2Error.missingToken();
        }
        return account.tokens().check(token);
    }
}
