// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import io.github.camelb2.client.api.AccountInfoRepository;

class CompareAndSetAccountInfoRepositoryTest extends AccountInfoRepositoryContract {
    @Override
    AccountInfoRepository open() {
        return new CompareAndSetAccountInfoRepository();
    }
}
