// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.time.Instant;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.AccountInfoRepository;
import io.github.camelb2.client.api.BucketEntry;
import io.github.camelb2.client.api.RefusedLoginException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DurableAccountInfoRepositoryTest extends AccountInfoRepositoryContract {
    private static final AccountInfo LOGIN = Logins.withToken("token-1");
    private static final AccountInfo RENEWED = Logins.withToken("token-2");

    private final SwitchedRepository store = new SwitchedRepository();
    private Instant now = Instant.parse("2026-11-29T00:00:00Z");
    private final DurableAccountInfoRepository durable = over(store, false);

    private DurableAccountInfoRepository over(AccountInfoRepository repository, boolean isNeeded) {
        return new DurableAccountInfoRepository(repository, isNeeded, () -> now);
    }

    @Override
    AccountInfoRepository open() {
        return durable;
    }

    private void waitALittle() {
        now = now.plus(DurableAccountInfoRepository.PAUSE);
    }

    @Test
    void whatWasKnownIsKnownWhileTheStoreFails() {
        durable.store(LOGIN);
        durable.saveBucket(new BucketEntry("papers", "id-1"));
        store.switchOff();

        assertThat(durable.find()).contains(LOGIN);
        assertThat(durable.findBucketId("papers")).contains("id-1");
        assertThat(durable.findBucketName("id-1")).contains("papers");
        assertThat(durable.buckets()).hasSize(1);
        assertThat(durable.trouble().orElseThrow())
                .contains("2026-11-29T00:00:00Z")
                .contains("switched off");
    }

    @Test
    void aLoginMadeMeanwhileIsStoredWhenTheStoreWorksAgain() {
        durable.store(LOGIN);
        store.switchOff();
        durable.store(RENEWED);
        assertThat(durable.find()).contains(RENEWED);
        store.switchOn();
        waitALittle();

        durable.findBucketId("any");

        assertThat(store.kept().find()).contains(RENEWED);
        assertThat(durable.find()).contains(RENEWED);
        assertThat(durable.trouble()).isEmpty();
    }

    /** Each try may wait for the timeout of a connection. */
    @Test
    void aStoreThatFailsIsLeftAloneForAWhile() {
        store.switchOff();
        for (int i = 0; i < 10; i++) {
            durable.find();
            durable.findBucketId("papers");
        }
        assertThat(store.uses()).isEqualTo(1);

        waitALittle();
        durable.find();
        durable.find();
        assertThat(store.uses()).isEqualTo(2);
    }

    @Test
    void withoutALoginAndAKeyTheFailureOfTheStoreIsTold() {
        DurableAccountInfoRepository needed = over(store, true);
        store.switchOff();

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(needed::find).hasMessageContaining("switched off");
        }
        assertThat(durable.find()).isEmpty();
    }

    @Test
    void aRefusalIsNoFailure() {
        DurableAccountInfoRepository bound = over(new Bound(), false);

        assertThatThrownBy(() -> bound.store(LOGIN)).isInstanceOf(RefusedLoginException.class);
        assertThat(bound.trouble()).isEmpty();
        assertThat(bound.find()).isEmpty();
    }

    @Test
    void whatIsClearedByHandFailsWithTheStore() {
        durable.store(LOGIN);
        store.switchOff();

        assertThatThrownBy(durable::clear).hasMessageContaining("switched off");
        assertThat(durable.find()).isEqualTo(Optional.empty());
    }

    /** Refuses every login. */
    private static final class Bound extends SwitchedRepository {
        @Override
        public void store(AccountInfo info) {
            throw new RefusedLoginException("bound to another key");
        }
    }
}
