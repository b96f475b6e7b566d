// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.client.api.Credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DefaultCredentialsTest {
    @TempDir
    Path home;

    private final Map<String, String> variables = new HashMap<>();
    private Path file;

    @BeforeEach
    void setHome() {
        variables.put("HOME", home.toString());
        file = home.resolve("b2.db");
        variables.put("B2_ACCOUNT_INFO", file.toString());
    }

    @Test
    void theEnvironmentComesFirst() throws Exception {
        ToolFiles.write(file, 6);
        variables.put("B2_APPLICATION_KEY_ID", "env id");
        variables.put("B2_APPLICATION_KEY", "env secret");

        DefaultCredentials found = DefaultCredentials.resolve(variables::get, null, null);

        assertThat(found.credentials()).isEqualTo(new Credentials("env id", "env secret"));
        assertThat(found.realm()).isEqualTo("production");
        assertThat(found.source()).contains("B2_APPLICATION_KEY_ID");
    }

    @Test
    void halfAKeyInTheEnvironmentIsRefused() {
        variables.put("B2_APPLICATION_KEY_ID", "env id");
        variables.put("B2_APPLICATION_KEY", "");

        assertThatThrownBy(() -> DefaultCredentials.resolve(variables::get, null, null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Only B2_APPLICATION_KEY_ID is set");
    }

    @Test
    void theAccountFileOfTheToolComesNextWithItsRealm() throws Exception {
        ToolFiles.write(file, 3);
        ToolFiles.execute(file, "UPDATE account SET realm = 'http://127.0.0.1:8180'");

        DefaultCredentials found = DefaultCredentials.resolve(variables::get, null, null);

        assertThat(found.credentials()).isEqualTo(new Credentials("0123456789ab", "master secret"));
        assertThat(found.realm()).isEqualTo("http://127.0.0.1:8180");
        assertThat(found.source()).contains(file.toString());
        assertThat(found.toString()).doesNotContain("master secret");
    }

    @Test
    void aConfiguredRealmWins() throws Exception {
        ToolFiles.write(file, 6);

        assertThat(DefaultCredentials.resolve(variables::get, "http://127.0.0.1:1", null)
                        .realm())
                .isEqualTo("http://127.0.0.1:1");
    }

    @Test
    void aConfiguredRepositoryThatHoldsAKeyComesBeforeTheToolsFile() throws Exception {
        ToolFiles.write(file, 6);
        InMemoryAccountInfoRepository configured = new InMemoryAccountInfoRepository();
        assertThat(DefaultCredentials.resolve(variables::get, null, configured)
                        .credentials()
                        .applicationKeyId())
                .isEqualTo("0123456789ab");

        configured.store(Logins.withToken("token-1"));

        assertThat(DefaultCredentials.resolve(variables::get, null, configured)
                        .credentials()
                        .applicationKeyId())
                .isEqualTo(Logins.KEY_ID);
    }

    @Test
    void whereNoKeyIsFoundBothPlacesAreNamedAndNothingIsCreated() {
        assertThatThrownBy(() -> DefaultCredentials.resolve(variables::get, null, null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("B2_APPLICATION_KEY_ID")
                .hasMessageContaining("b2 account authorize")
                .hasMessageContaining(file.toString());
        assertThat(home).isEmptyDirectory();
    }
}
