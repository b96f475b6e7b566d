// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import io.github.camelb2.account.DefaultCredentials;
import io.github.camelb2.account.Environment;
import io.github.camelb2.account.SqliteAccountInfoRepository;
import io.github.camelb2.client.transfer.local.LocalFailure;

/** The options that say whose files: no secret among them, because everybody on the machine reads command lines. */
final class Login {
    private static final String KEY_ID = "B2_APPLICATION_KEY_ID";
    private static final String KEY = "B2_APPLICATION_KEY";
    private static final String ENVIRONMENT = "B2_ENVIRONMENT";

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "a file with the lines B2_APPLICATION_KEY_ID=... and B2_APPLICATION_KEY=...")
    private @Nullable Path keyFile;

    @Option(
            names = "--account-file",
            paramLabel = "FILE",
            description = "the account file of the b2 tool to take the key from, which is only read")
    private @Nullable Path accountFile;

    @Option(names = "--profile", paramLabel = "NAME", description = "the profile of the b2 tool to take the key from")
    private @Nullable String profile;

    @Option(
            names = "--realm",
            paramLabel = "URL",
            description = "the B2 service: production, the default, or the address of another, as of camel-b2 emulator")
    private @Nullable String realm;

    /**
     * The key: of {@code --key-file}, {@code --account-file} or {@code --profile}, else of the environment, else of the b2
     * tool's own account file.
     *
     * @throws IllegalArgumentException if more than one option names a place
     * @throws IllegalStateException    if there is no key where it should be
     */
    DefaultCredentials find(Environment environment) {
        if ((keyFile == null ? 0 : 1) + (accountFile == null ? 0 : 1) + (profile == null ? 0 : 1) > 1) {
            throw new IllegalArgumentException(
                    "--key-file, --account-file and --profile exclude each other: each says where the key is");
        }
        if (keyFile != null) {
            Properties lines = lines(keyFile);
            return DefaultCredentials.resolve(lines::getProperty, realmOr(lines.getProperty(ENVIRONMENT)), null);
        }
        if (accountFile != null || profile != null) {
            return ofAccountFile();
        }
        boolean hasKey = environment.get(KEY_ID) != null || environment.get(KEY) != null;
        return DefaultCredentials.resolve(environment, hasKey ? realmOr(environment.get(ENVIRONMENT)) : realm, null);
    }

    private @Nullable String realmOr(@Nullable String other) {
        return realm != null || other == null || other.isBlank() ? realm : other;
    }

    private DefaultCredentials ofAccountFile() {
        SqliteAccountInfoRepository file = accountFile == null
                ? new SqliteAccountInfoRepository()
                : new SqliteAccountInfoRepository(accountFile.toAbsolutePath());
        if (profile != null) {
            file.setProfile(profile);
        }
        if (accountFile != null && !Files.isRegularFile(accountFile)) {
            throw new IllegalStateException("--account-file " + accountFile + " is no file");
        }
        // Without the variables of the environment: the option goes before them.
        return file.find()
                .filter(login -> login.applicationKey() != null)
                .map(login -> DefaultCredentials.resolve(
                        name -> switch (name) {
                            case KEY_ID -> login.applicationKeyId();
                            case KEY -> login.applicationKey();
                            default -> null;
                        },
                        realm == null ? login.realm() : realm,
                        null))
                .orElseThrow(() -> new IllegalStateException(
                        file + " holds no login: log in with the b2 tool (b2 account authorize)"));
    }

    private static Properties lines(Path file) {
        Properties found = new Properties();
        try {
            for (String line : Files.readAllLines(file)) {
                String text = line.strip();
                int equals = text.indexOf('=');
                if (equals > 0 && !text.startsWith("#")) {
                    found.setProperty(
                            text.substring(0, equals).strip(),
                            unquoted(text.substring(equals + 1).strip()));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("--key-file " + file + " cannot be read: " + LocalFailure.reason(e), e);
        }
        if (found.getProperty(KEY_ID) == null || found.getProperty(KEY) == null) {
            throw new IllegalStateException(
                    "--key-file " + file + " must have the lines " + KEY_ID + "=... and " + KEY + "=...");
        }
        return found;
    }

    /** Shells that source such files know quotes. */
    private static String unquoted(String value) {
        boolean isQuoted = value.length() > 1
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return isQuoted ? value.substring(1, value.length() - 1) : value;
    }
}
