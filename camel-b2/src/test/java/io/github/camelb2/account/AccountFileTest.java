// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The file that the b2 tool would take, in a home directory {@code H}. */
class AccountFileTest {
    @TempDir
    Path home;

    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void setHome() {
        variables.put("HOME", home.toString());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // file, profile, B2_ACCOUNT_INFO, XDG_CONFIG_HOME, system -> path
                "-, -, -, -, Linux, H/.config/b2/account_info",
                "-, -, -, -, Mac OS X, H/.b2_account_info",
                "-, -, -, -, Windows 11, H/.b2_account_info",
                "-, -, -, /xdg, Linux, /xdg/b2/account_info",
                "-, -, -, /xdg, Mac OS X, /xdg/b2/account_info",
                "-, -, -, ~/xdg, Linux, H/xdg/b2/account_info",
                "-, -, -, '', Linux, H/.config/b2/account_info",
                "-, -, /env/file, /xdg, Linux, /env/file",
                "-, -, ~/env, -, Linux, H/env",
                "/opt/file, -, /env/file, /xdg, Linux, /opt/file",
                "~/file, -, -, -, Linux, H/file",
                "-, work, -, -, Linux, H/.config/b2/db-work.sqlite",
                "-, work, -, /xdg, Linux, /xdg/b2/db-work.sqlite",
                "-, work, -, -, Mac OS X, H/.b2db-work.sqlite",
            })
    void theFirstRuleThatAppliesNamesTheFile(
            String file, String profile, String variable, String xdg, String system, String expected) {
        variables.put("B2_ACCOUNT_INFO", variable);
        variables.put("XDG_CONFIG_HOME", xdg);

        Path found = new AccountFile(variables::get, system).locate(file, profile);

        assertThat(found).isEqualTo(Path.of(expected.replace("H/", home + "/")));
    }

    @Test
    void theFileInTheHomeDirectoryWinsWhereItExists() throws Exception {
        Path plain = Files.createFile(home.resolve(".b2_account_info"));
        variables.put("XDG_CONFIG_HOME", "/xdg");

        assertThat(new AccountFile(variables::get, "Linux").locate(null, null)).isEqualTo(plain);
        assertThat(new AccountFile(variables::get, "Linux").locate(null, "work"))
                .isEqualTo(Path.of("/xdg/b2/db-work.sqlite"));
    }

    @Test
    void aProfileFileInTheHomeDirectoryIsOverlookedAsTheToolOverlooksIt() throws Exception {
        Files.createFile(home.resolve(".b2db-work.sqlite"));

        assertThat(new AccountFile(variables::get, "Linux").locate(null, "work"))
                .isEqualTo(home.resolve(".config/b2/db-work.sqlite"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../../etc/x", "a/b", "a b", "ü"})
    void aProfileThatIsNoPlainNameIsRefused(String profile) {
        assertThatThrownBy(() -> new AccountFile(variables::get, "Linux").locate(null, profile))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("letters, digits");
    }

    @Test
    void aProfileWithAFileIsRefused() {
        assertThatThrownBy(() -> new AccountFile(variables::get).locate("/opt/file", "work"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the file is named");
        variables.put("B2_ACCOUNT_INFO", "/env/file");
        assertThatThrownBy(() -> new AccountFile(variables::get).locate(null, "work"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("B2_ACCOUNT_INFO is set");
    }

    @Test
    void aVariableThatIsSetToNothingIsRefused() {
        variables.put("B2_ACCOUNT_INFO", "");

        assertThatThrownBy(() -> new AccountFile(variables::get).locate(null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("B2_ACCOUNT_INFO is set but empty");
    }
}
