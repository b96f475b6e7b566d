// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.AccountInfoRepository;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.api.BucketEntry;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.client.call.BucketCalls.DeleteBucket;
import io.github.camelb2.client.call.BucketCalls.ListBuckets;
import io.github.camelb2.client.call.FileCalls.ListFileNames;
import io.github.camelb2.client.call.KeyCalls.CreateKey;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.emulator.B2Emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Two clients, as of two JVMs, with one stored login. */
class SharedLoginTest {
    private static final ListBuckets CALL = ListBuckets.of().withBucketName("photos");

    @TempDir
    Path directory;

    private final List<Clients> processes = new ArrayList<>();
    private B2Emulator b2;

    private enum Store {
        SQLITE,
        H2,
        POSTGRES
    }

    @BeforeEach
    void startEmulator() {
        b2 = B2Emulator.start();
        b2.state().createBucket("photos");
    }

    @AfterEach
    void stopAll() throws Exception {
        for (Clients clients : processes) {
            clients.close();
        }
        b2.close();
    }

    @ParameterizedTest
    @EnumSource
    void aSecondProcessTakesOverTheLoginOfTheFirst(Store store) throws Exception {
        String where = where(store);
        client(where).call(CALL);

        client(where).call(CALL);

        assertThat(b2.count("b2_authorize_account")).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void aTokenThatTheOtherProcessRefreshedIsAdopted(Store store) throws Exception {
        String where = where(store);
        B2Client first = client(where);
        B2Client second = client(where);
        first.call(CALL);
        second.call(CALL);
        b2.resetRequests();

        for (int expiry = 0; expiry < 5; expiry++) {
            b2.expireTokens();
            first.call(CALL);
            second.call(CALL);
        }

        assertThat(b2.count("b2_authorize_account")).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource
    void aStoredTokenThatHasExpiredTooIsReplacedWithinTheSameCall(Store store) throws Exception {
        String where = where(store);
        B2Client first = client(where);
        B2Client second = client(where);
        first.call(CALL);
        second.authorize();
        b2.expireTokens();
        b2.resetRequests();

        first.call(CALL);

        assertThat(b2.count("b2_authorize_account")).isOne();
        assertThat(b2.count("b2_list_buckets")).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void aBucketThatTheOtherProcessMadeAgainIsFoundAgain(Store store) throws Exception {
        String where = where(store);
        B2Client first = client(where);
        B2Client second = client(where);
        String before = second.bucketId("photos", CallSettings.DEFAULT);
        first.call(DeleteBucket.of(before));
        String after = b2.state().createBucket("photos");
        // As another tool leaves it that knows nothing of the change.
        LoginHammer.open(where).saveBucket(new BucketEntry("photos", before));

        second.inBucket("photos", id -> second.call(ListFileNames.of(id)), CallSettings.DEFAULT);

        assertThat(after).isNotEqualTo(before);
        assertThat(LoginHammer.open(where).findBucketId("photos")).contains(after);
    }

    @ParameterizedTest
    @EnumSource
    void aDeletedBucketIsForgotten(Store store) throws Exception {
        String where = where(store);
        B2Client first = client(where);
        String id = first.bucketId("photos", CallSettings.DEFAULT);

        first.call(DeleteBucket.of(id));

        assertThat(LoginHammer.open(where).findBucketId("photos")).isEmpty();
        assertThatThrownBy(() -> client(where).bucketId("photos", CallSettings.DEFAULT))
                .isInstanceOf(B2NotFoundException.class);
    }

    @Test
    void aReplacedKeyReplacesTheLoginInADatabase() throws Exception {
        String where = where(Store.H2);
        B2Client old = client(where);
        old.call(CALL);
        Credentials replacement = newKey(old);

        B2Client next = client(where, replacement);
        next.call(CALL);

        AccountInfo stored = LoginHammer.open(where).find().orElseThrow();
        assertThat(stored.applicationKeyId()).isEqualTo(replacement.applicationKeyId());
        b2.expireTokens();
        old.call(CALL);
        next.call(CALL);
    }

    @Test
    void anotherKeyThanTheAccountFilesIsRefusedBeforeItIsUsed() throws Exception {
        String where = where(Store.SQLITE);
        B2Client owner = client(where);
        owner.call(CALL);
        Credentials other = newKey(owner);
        AccountInfo before = LoginHammer.open(where).find().orElseThrow();

        assertThatThrownBy(() -> client(where, other).call(CALL))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not overwritten")
                .hasMessageNotContaining(other.applicationKey());

        assertThat(LoginHammer.open(where).find()).contains(before);
    }

    @Test
    void aClientWithoutAKeyUsesTheAccountFileAndItsRealm() throws Exception {
        String where = where(Store.SQLITE);
        client(where).call(CALL);
        B2Client keyless = clients().clientOf(LoginHammer.open(where));

        keyless.call(CALL);
        b2.expireTokens();
        keyless.call(CALL);

        assertThat(b2.count("b2_authorize_account")).isEqualTo(2);
    }

    private String where(Store store) throws Exception {
        return switch (store) {
            case SQLITE -> "sqlite:" + directory.resolve("account_info");
            case H2 -> Databases.h2Url();
            case POSTGRES -> Databases.postgresUrl();
        };
    }

    private Credentials newKey(B2Client client) {
        var key = client.call(CreateKey.of(List.of(Capability.LIST_BUCKETS), "replacement"));
        return new Credentials(key.applicationKeyId(), key.applicationKey());
    }

    private B2Client client(String where) {
        return client(where, new Credentials(b2.applicationKeyId(), b2.applicationKey()));
    }

    private B2Client client(String where, Credentials credentials) {
        AccountInfoRepository repository = LoginHammer.open(where);
        return clients().client(repository, b2.url(), credentials, ClientListener.NONE);
    }

    private Clients clients() {
        Clients clients = new Clients();
        processes.add(clients);
        return clients;
    }
}
