// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.AccountInfoRepository;
import io.github.camelb2.client.api.Credentials;

/**
 * The key that is used when the configuration names none and {@code useDefaultCredentials} is true.
 *
 * @param credentials the key
 * @param realm the realm to log in to: the configured one, else that of the place where the key was found
 * @param source that place, for a log line; no secret
 */
public record DefaultCredentials(Credentials credentials, String realm, String source) {
    private static final String KEY_ID = "B2_APPLICATION_KEY_ID";
    private static final String KEY = "B2_APPLICATION_KEY";
    private static final String PRODUCTION = "production";

    /**
     * Looks in the environment, then in the repository that the configuration names, if any, then in the account file
     * of the {@code b2} tool, which is only read.
     *
     * @param environment normally {@code System::getenv}
     * @param realm the realm that the configuration sets, null when it sets none
     * @param repository the repository that the configuration names, null when it names none
     * @throws IllegalStateException if only one of the two variables is set, no place has a key, or the account file
     *     cannot be read
     */
    public static DefaultCredentials resolve(
            Environment environment, @Nullable String realm, @Nullable AccountInfoRepository repository) {
        return fromEnvironment(environment, realm)
                .or(() -> Optional.ofNullable(repository).flatMap(known -> fromRepository(known, realm)))
                .or(() -> fromAccountFile(environment, realm))
                .orElseThrow(() -> new IllegalStateException("No B2 application key: set " + KEY_ID + " and " + KEY
                        + ", or log in with the b2 tool (b2 account authorize), whose account file "
                        + accountFile(environment) + " holds no login now"));
    }

    private static Optional<DefaultCredentials> fromEnvironment(Environment environment, @Nullable String realm) {
        String keyId = valueOrEmpty(environment, KEY_ID);
        String key = valueOrEmpty(environment, KEY);
        if (keyId.isEmpty() && key.isEmpty()) {
            return Optional.empty();
        }
        if (keyId.isEmpty() || key.isEmpty()) {
            throw new IllegalStateException("Only " + (key.isEmpty() ? KEY_ID : KEY)
                    + " is set in the environment: set both " + KEY_ID + " and " + KEY + ", or neither");
        }
        return Optional.of(new DefaultCredentials(
                new Credentials(keyId, key), realm == null ? PRODUCTION : realm, "environment variable " + KEY_ID));
    }

    private static Optional<DefaultCredentials> fromAccountFile(Environment environment, @Nullable String realm) {
        // Looked for first: without the file nobody needs the SQLite driver.
        return Files.exists(accountFile(environment))
                ? fromRepository(new SqliteAccountInfoRepository(environment), realm)
                : Optional.empty();
    }

    private static Optional<DefaultCredentials> fromRepository(
            AccountInfoRepository repository, @Nullable String realm) {
        return repository.find().flatMap(login -> fromLogin(login, realm, repository.toString()));
    }

    private static Optional<DefaultCredentials> fromLogin(AccountInfo login, @Nullable String realm, String source) {
        String key = login.applicationKey();
        return key == null
                ? Optional.empty()
                : Optional.of(new DefaultCredentials(
                        new Credentials(login.applicationKeyId(), key), realm == null ? login.realm() : realm, source));
    }

    private static Path accountFile(Environment environment) {
        return new AccountFile(environment).locate(null, null);
    }

    private static String valueOrEmpty(Environment environment, String name) {
        String value = environment.get(name);
        return value == null ? "" : value;
    }
}
