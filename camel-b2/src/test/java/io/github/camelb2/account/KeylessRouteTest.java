// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.emulator.B2Emulator;

import static org.assertj.core.api.Assertions.assertThat;

/** A JVM whose environment, and nothing in its configuration, leads to the key. */
class KeylessRouteTest {
    @TempDir
    Path directory;

    private B2Emulator b2;

    @BeforeEach
    void startEmulator() {
        b2 = B2Emulator.start();
        b2.state().createBucket("papers");
        b2.state().createBucket("photos");
    }

    @AfterEach
    void stopEmulator() {
        b2.close();
    }

    @Test
    void theAccountFileAloneIsEnoughAndStaysAsItIs() throws Exception {
        SqliteAccountInfoRepository file = new SqliteAccountInfoRepository(directory.resolve("account_info"));
        AccountInfo login;
        try (Clients clients = new Clients()) {
            login = clients.client(
                            file,
                            b2.url(),
                            new Credentials(b2.applicationKeyId(), b2.applicationKey()),
                            ClientListener.NONE)
                    .accountInfo();
        }

        assertThat(KeylessRoute.list(
                        directory, Map.of("B2_ACCOUNT_INFO", file.path().toString())))
                .containsExactly("papers", "photos");

        assertThat(file.find()).contains(login);
    }

    @Test
    void theVariablesOfTheToolAreEnough() throws Exception {
        assertThat(KeylessRoute.list(
                        directory,
                        Map.of(
                                "B2_APPLICATION_KEY_ID",
                                b2.applicationKeyId(),
                                "B2_APPLICATION_KEY",
                                b2.applicationKey(),
                                "B2_ACCOUNT_INFO",
                                directory.resolve("none").toString()),
                        b2.url()))
                .containsExactly("papers", "photos");

        assertThat(directory.resolve("none")).doesNotExist();
    }
}
