package io.github.camelb2.account;

import io.github.camelb2.client.api.AccountInfoRepository;

class InMemoryAccountInfoRepositoryTest extends AccountInfoRepositoryContract {
    @Override
    AccountInfoRepository open() {
        return new InMemoryAccountInfoRepository();
    }
}
