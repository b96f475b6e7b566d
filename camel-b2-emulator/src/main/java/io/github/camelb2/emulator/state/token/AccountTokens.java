// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.token;

import java.time.Duration;

import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.Core;
import io.github.camelb2.emulator.state.key.ApplicationKey;
import io.github.camelb2.emulator.state.key.Keys;
import io.github.camelb2.emulator.state.key.Secrets;

/** Account authorization tokens: they work on every API version, for a day or as long as their key. Safe for use by many threads. */
public final class AccountTokens {

    private static final long LIFETIME = Duration.ofHours(24).toMillis();

    private final Core core;
    private final Keys keys;
    /** Token to key id; guarded by {@code core}. */
    private final TokenTable<String> tokens = new TokenTable<>();

    public AccountTokens(Core core, Keys keys) {
        this.core = core;
        this.keys = keys;
    }

    /**
     * A new token for a key id and its secret. Anything wrong with them is {@code 401 bad_auth_token} without a text, and with the id of the
     * master key or of the account {@code 401 unauthorized}.
     */
    public Login login(String keyId, String secret) {
        synchronized (core) {
            ApplicationKey key = keys.find(keyId);
            if (key == null || !key.secret().equals(secret) || key.isExpired(core.now())) {
                throw new B2Error(401, keys.namesMasterKey(keyId) ? "unauthorized" : "bad_auth_token", "")
                        .because("the application key id or the application key is wrong, or the key has expired");
            }
            String token = "4_" + keyId + "_" + Secrets.text(40) + "_acct";
            tokens.put(token, keyId, core.now() + LIFETIME);
            return new Login(key, token);
        }
    }

    /** The key behind a token. */
    public ApplicationKey check(String token) {
        synchronized (core) {
            String keyId = tokens.find(token, core.now());
            ApplicationKey key = keyId == null ? null : keys.find(keyId);
            if (key == null) {
                throw B2Error.badToken("Invalid authorization token");
            }
            if (key.isExpired(core.now())) {
                throw B2Error.expiredToken();
            }
            return key;
        }
    }

    public void expire(String token) {
        synchronized (core) {
            tokens.expire(token);
        }
    }

    public void expireAll() {
        synchronized (core) {
            tokens.expireAll();
        }
    }

    /**
     * A successful login.
     *
     * @param key the key
     * @param token the new token
     */
    public record Login(ApplicationKey key, String token) {

        @Override
        public String toString() {
            return "Login[" + key + "]";
        }
    }
}
