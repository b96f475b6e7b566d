// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import io.github.camelb2.client.api.AccountInfoRepository;

class InMemoryAccountInfoRepositoryTest extends AccountInfoRepositoryContract {
    @Override
    AccountInfoRepository open() {
        return new InMemoryAccountInfoRepository();
    }
}
