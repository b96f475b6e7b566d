// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Configuration;
import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.AccountInfoRepository;
import io.github.camelb2.emulator.B2Emulator;

import static org.assertj.core.api.Assertions.assertThat;

/** The repositories as routes use them. */
class RepositoryRouteTest {
    private static final String LIST = "b2:*?operation=listBuckets";

    @TempDir
    Path directory;

    private final List<CamelContext> contexts = new ArrayList<>();
    private B2Emulator b2;

    @BeforeEach
    void startEmulator() {
        b2 = B2Emulator.start();
        b2.state().createBucket("photos");
    }

    @AfterEach
    void stopAll() throws Exception {
        for (CamelContext context : contexts) {
            context.close();
        }
        b2.close();
    }

    @Test
    void theRepositoryThatTheComponentNamesIsTaken() throws Exception {
        InMemoryAccountInfoRepository repository = new InMemoryAccountInfoRepository();
        CamelContext context = context(repository);
        withKey(context);

        assertThat(send(context, LIST).getException()).isNull();

        assertThat(repository.find()).isPresent();
        assertThat(repository.findBucketId("photos")).isEqualTo(b2.state().bucketId("photos"));
    }

    @Test
    void ofSeveralRepositoriesTheNamedOneIsTaken() throws Exception {
        InMemoryAccountInfoRepository first = new InMemoryAccountInfoRepository();
        InMemoryAccountInfoRepository second = new InMemoryAccountInfoRepository();
        CamelContext context = context(first, second);
        withKey(context);

        assertThat(send(context, LIST + "&accountInfoRepository=#logins1").getException())
                .isNull();

        assertThat(first.find()).isEmpty();
        assertThat(second.find()).isPresent();
    }

    @Test
    void aRouteWithoutAKeyUsesTheKeyAndRealmOfTheAccountFile() throws Exception {
        SqliteAccountInfoRepository file = new SqliteAccountInfoRepository(directory.resolve("account_info"));
        CamelContext withKey = context(file);
        withKey(withKey);
        send(withKey, LIST);
        CamelContext keyless = context(new SqliteAccountInfoRepository(file.path()));
        options(keyless).setUseDefaultCredentials(true);

        assertThat(send(keyless, LIST).getException()).isNull();

        assertThat(b2.count("b2_authorize_account")).isOne();
        b2.expireTokens();
        assertThat(send(keyless, LIST).getException()).isNull();
        assertThat(send(withKey, LIST).getException()).isNull();
        assertThat(b2.count("b2_authorize_account")).isEqualTo(2);
    }

    @Test
    void anotherKeyThanTheAccountFilesFailsTheMessageAndLeavesTheFileAlone() throws Exception {
        SqliteAccountInfoRepository file = new SqliteAccountInfoRepository(directory.resolve("account_info"));
        file.store(Logins.withToken("somebody's token"));
        CamelContext context = context(file);
        withKey(context);

        Exception failure = send(context, LIST).getException();

        assertThat(failure)
                .hasMessageContaining("is not overwritten")
                .hasMessageContaining(Logins.KEY_ID)
                .hasMessageNotContaining(b2.applicationKey());
        assertThat(file.find()).contains(Logins.withToken("somebody's token"));
    }

    @Test
    void twoContextsShareTheLoginInADatabase() throws Exception {
        try (HikariDataSource dataSource = Databases.pool(Databases.h2Url(), 4)) {
            CamelContext first = context(new JdbcAccountInfoRepository(dataSource, "invoices"));
            CamelContext second = context(new JdbcAccountInfoRepository(dataSource, "invoices"));
            withKey(first);
            withKey(second);

            assertThat(send(first, LIST).getException()).isNull();
            assertThat(send(second, LIST).getException()).isNull();

            assertThat(b2.count("b2_authorize_account")).isOne();
            AccountInfo stored =
                    new JdbcAccountInfoRepository(dataSource, "invoices").find().orElseThrow();
            assertThat(stored.applicationKey()).isNull();
        }
    }

    /** A context with these repositories as {@code logins0} and so on, whose component names an only one, and no key. */
    private CamelContext context(AccountInfoRepository... repositories) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        contexts.add(context);
        for (int i = 0; i < repositories.length; i++) {
            context.getRegistry().bind("logins" + i, repositories[i]);
        }
        context.start();
        if (repositories.length == 1) {
            options(context).setAccountInfoRepository(repositories[0]);
        }
        return context;
    }

    private void withKey(CamelContext context) {
        options(context).setRealm(b2.url());
        options(context).setApplicationKeyId(b2.applicationKeyId());
        options(context).setApplicationKey(b2.applicationKey());
    }

    private static B2Configuration options(CamelContext context) {
        return context.getComponent("b2", B2Component.class).getConfiguration();
    }

    private static Exchange send(CamelContext context, String uri) {
        return context.createFluentProducerTemplate().to(uri).send();
    }
}
