// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Where the {@code b2} command line tool keeps its account file.
 *
 * <p>The first that applies: the file that is named; the variable {@code B2_ACCOUNT_INFO}; {@code ~/.b2_account_info}
 * if it exists and no profile is asked for; {@code b2/account_info} or {@code b2/db-PROFILE.sqlite} below {@code
 * XDG_CONFIG_HOME}, or below {@code ~/.config} on systems other than Windows and macOS; {@code ~/.b2db-PROFILE.sqlite} or
 * {@code ~/.b2_account_info}. A leading {@code ~} stands for the home directory.
 */
final class AccountFile {
    /** The tool accepts any name that begins like this; longer ones would let a profile climb out of its directory. */
    private static final Pattern PROFILE = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    private static final String VARIABLE = "B2_ACCOUNT_INFO";

    private final Environment environment;
    private final String operatingSystem;

    AccountFile(Environment environment) {
        this(environment, System.getProperty("os.name", ""));
    }

    AccountFile(Environment environment, String operatingSystem) {
        this.environment = environment;
        this.operatingSystem = operatingSystem.toLowerCase(Locale.ROOT);
    }

    /**
     * The path of the account file, which need not exist.
     *
     * @param file the file that the configuration names, null for the tool's own choice
     * @param profile the tool's {@code --profile}, null for none
     * @throws IllegalArgumentException if a profile is combined with a file or with {@code B2_ACCOUNT_INFO}, or is not a
     *     name that the tool allows
     */
    Path locate(@Nullable String file, @Nullable String profile) {
        if (profile != null && !PROFILE.matcher(profile).matches()) {
            throw new IllegalArgumentException("Account file: profile \"" + profile
                    + "\" is not allowed; use 1 to 64 letters, digits, '_' or '-'");
        }
        if (file != null) {
            return only(file, profile, "the file is named");
        }
        String variable = environment.get(VARIABLE);
        if (variable != null) {
            return only(variable, profile, VARIABLE + " is set");
        }
        Path plain = home().resolve(".b2_account_info");
        if (profile == null && Files.exists(plain)) {
            return plain;
        }
        Path configuration = configurationDirectory();
        if (configuration != null) {
            // An existing ~/.b2db-PROFILE.sqlite does not win here: the tool looks for it without expanding the ~.
            return configuration.resolve("b2").resolve(profile == null ? "account_info" : "db-" + profile + ".sqlite");
        }
        return profile == null ? plain : home().resolve(".b2db-" + profile + ".sqlite");
    }

    private Path only(String path, @Nullable String profile, String because) {
        if (profile != null) {
            throw new IllegalArgumentException("Account file: profile \"" + profile + "\" cannot be used while "
                    + because + "; use one of the two");
        }
        if (path.isEmpty()) {
            throw new IllegalArgumentException("Account file: " + because + " but empty; name a file or unset it");
        }
        return expand(path);
    }

    private @Nullable Path configurationDirectory() {
        String xdg = environment.get("XDG_CONFIG_HOME");
        if (xdg != null && !xdg.isEmpty()) {
            return expand(xdg);
        }
        boolean hasNone = operatingSystem.startsWith("windows") || operatingSystem.startsWith("mac");
        return hasNone ? null : home().resolve(".config");
    }

    private Path expand(String path) {
        if (path.equals("~")) {
            return home();
        }
        return path.startsWith("~/")
                ? home().resolve(path.substring(2))
                : Path.of(path).toAbsolutePath();
    }

    private Path home() {
        String home = environment.get("HOME");
        return Path.of(home == null || home.isEmpty() ? System.getProperty("user.home", "") : home)
                .toAbsolutePath();
    }
}
