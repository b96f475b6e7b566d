// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.Allowed;
import io.github.camelb2.client.api.Allowed.AllowedBucket;
import io.github.camelb2.client.api.BucketEntry;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.client.call.BucketCalls.ListBuckets;
import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.interop.Witness;

import static org.assertj.core.api.Assertions.assertThat;

/** One account file, used in turn by this component and by b2sdk itself (Debian: python3-b2sdk). */
class B2sdkInteropTest {
    @TempDir
    Path directory;

    private final Clients clients = new Clients();
    private B2Emulator b2;
    private Path file;
    private SqliteAccountInfoRepository repository;
    private Witness witness;

    @BeforeEach
    void startEmulator() throws Exception {
        witness = Witness.b2sdk("/b2sdk/account_info.py", directory);
        b2 = B2Emulator.start();
        b2.state().createBucket("photos");
        b2.state().createBucket("papers");
        file = directory.resolve("account_info");
        repository = new SqliteAccountInfoRepository(file);
    }

    @AfterEach
    void stopAll() throws Exception {
        clients.close();
        if (b2 != null) {
            b2.close();
        }
    }

    @Test
    void b2sdkReadsEveryFieldThatWeWrote() throws Exception {
        Allowed oneBucket = new Allowed(
                List.of(new AllowedBucket("id-1", "photos")), List.of(Capability.LIST_BUCKETS), "it's/grün");
        AccountInfo login = Logins.login(Logins.ACCOUNT, Logins.KEY_ID, "token-1", "production", oneBucket);
        repository.store(login);
        repository.saveBucket(new BucketEntry("photos", "id-1"));

        JsonNode seen = b2sdk("read");

        assertThat(seen.get("accountId").asText()).isEqualTo(login.accountId());
        assertThat(seen.get("applicationKeyId").asText()).isEqualTo(login.applicationKeyId());
        assertThat(seen.get("applicationKey").asText()).isEqualTo(login.applicationKey());
        assertThat(seen.get("token").asText()).isEqualTo("token-1");
        assertThat(seen.get("apiUrl").asText()).isEqualTo(login.apiUrl());
        assertThat(seen.get("downloadUrl").asText()).isEqualTo(login.downloadUrl());
        assertThat(seen.get("s3ApiUrl").asText()).isEqualTo(login.s3ApiUrl());
        assertThat(seen.get("recommendedPartSize").asLong()).isEqualTo(100_000_000);
        assertThat(seen.get("absoluteMinimumPartSize").asLong()).isEqualTo(5_000_000);
        assertThat(seen.get("realm").asText()).isEqualTo("production");
        assertThat(seen.at("/allowed/bucketId").asText()).isEqualTo("id-1");
        assertThat(seen.at("/allowed/bucketName").asText()).isEqualTo("photos");
        assertThat(seen.at("/allowed/namePrefix").asText()).isEqualTo("it's/grün");
        assertThat(seen.get("photos").asText()).isEqualTo("id-1");
        assertThat(b2sdk("same_key", Logins.KEY_ID, "production").asBoolean()).isTrue();
    }

    @Test
    void b2sdkListsBucketsWithOurLogin() throws Exception {
        ourClient().call(ListBuckets.of());

        JsonNode buckets = b2sdk("buckets");

        assertThat(buckets).map(JsonNode::asText).containsExactly("papers", "photos");
        assertThat(b2.count("b2_authorize_account")).isOne();
    }

    @Test
    void weUseALoginOfB2sdkWithoutAnyKeyOfOurOwn() throws Exception {
        JsonNode made = b2sdk("authorize", b2.url(), b2.applicationKeyId(), b2.applicationKey());
        b2.resetRequests();

        B2Client client = clients.clientOf(repository);
        client.call(ListBuckets.of());

        assertThat(b2.count("b2_authorize_account")).isZero();
        AccountInfo login = repository.find().orElseThrow();
        assertThat(login.authorizationToken()).isEqualTo(made.get("token").asText());
        assertThat(login.applicationKey()).isEqualTo(b2.applicationKey());
        assertThat(login.realm()).isEqualTo(b2.url());
        DefaultCredentials found =
                DefaultCredentials.resolve(name -> name.equals("B2_ACCOUNT_INFO") ? file.toString() : null, null, null);
        assertThat(found.credentials()).isEqualTo(new Credentials(b2.applicationKeyId(), b2.applicationKey()));
        assertThat(found.realm()).isEqualTo(b2.url());
    }

    @Test
    void aRouteWithoutAKeyInItsConfigurationUsesTheLoginOfB2sdk() throws Exception {
        b2sdk("authorize", b2.url(), b2.applicationKeyId(), b2.applicationKey());

        assertThat(KeylessRoute.list(directory, Map.of("B2_ACCOUNT_INFO", file.toString())))
                .containsExactly("papers", "photos");
    }

    @Test
    void aTokenThatB2sdkRefreshedIsAdoptedAndTheOtherWayRound() throws Exception {
        B2Client client = ourClient();
        client.call(ListBuckets.of());
        b2.expireTokens();

        b2sdk("buckets");
        long afterTheirs = b2.count("b2_authorize_account");
        client.call(ListBuckets.of());

        assertThat(afterTheirs).isEqualTo(2);
        assertThat(b2.count("b2_authorize_account")).isEqualTo(2);
        b2.expireTokens();
        client.call(ListBuckets.of());
        assertThat(b2sdk("buckets")).hasSize(2);
        assertThat(b2.count("b2_authorize_account")).isEqualTo(3);
    }

    @Test
    void bucketsThatB2sdkSavedAreKnownToUs() throws Exception {
        b2sdk("authorize", b2.url(), b2.applicationKeyId(), b2.applicationKey());

        b2sdk("buckets");

        assertThat(repository.findBucketId("photos")).isEqualTo(b2.state().bucketId("photos"));
        assertThat(repository.buckets()).hasSize(2);
    }

    @Test
    void whatB2sdkClearsIsClearedForUsAndTheOtherWayRound() throws Exception {
        repository.store(Logins.withToken("token-1"));
        b2sdk("clear");
        assertThat(repository.find()).isEmpty();

        b2sdk("authorize", b2.url(), b2.applicationKeyId(), b2.applicationKey());
        repository.clear();

        assertThat(ToolFiles.query(file, "SELECT count(*) FROM account")).containsExactly("0");
        repository.store(Logins.withToken("token-2"));
        assertThat(b2sdk("read").get("token").asText()).isEqualTo("token-2");
    }

    private B2Client ourClient() {
        return clients.client(
                repository, b2.url(), new Credentials(b2.applicationKeyId(), b2.applicationKey()), ClientListener.NONE);
    }

    private JsonNode b2sdk(String command, String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(command, file.toString()));
        line.addAll(List.of(arguments));
        return new ObjectMapper().readTree(witness.run(line.toArray(String[]::new)));
    }
}
