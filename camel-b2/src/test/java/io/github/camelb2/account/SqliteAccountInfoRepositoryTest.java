// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.nio.file.Path;

import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.client.api.AccountInfoRepository;

class SqliteAccountInfoRepositoryTest extends AccountInfoRepositoryContract {
    @TempDir
    Path directory;

    @Override
    AccountInfoRepository open() {
        return openAgain();
    }

    @Override
    SqliteAccountInfoRepository openAgain() {
        return new SqliteAccountInfoRepository(directory.resolve("account_info"));
    }

    @Override
    boolean refusesAnotherKey() {
        return true;
    }
}
