// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

@Tag("full")
class JdbcOnMariaDbTest extends JdbcAccountInfoRepositoryContract {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcOnMariaDbTest.class);

    @TempDir
    static Path directory;

    private static MariaDbServer server;

    @BeforeAll
    static void startServer() throws Exception {
        boolean isInstalled = MariaDbServer.program("mariadbd").isPresent();
        if (!isInstalled) {
            LOG.warn("NOT TESTED ON MARIADB: install mariadb-server");
        }
        assumeTrue(isInstalled, "MariaDB is not installed: install mariadb-server");
        server = MariaDbServer.start(directory);
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Override
    String newDatabase() throws Exception {
        return server.newDatabase();
    }

    @Override
    JdbcDialect tables() {
        return JdbcDialect.mysql;
    }
}
