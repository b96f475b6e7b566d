// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.AccountInfoRepository;
import io.github.camelb2.client.api.Allowed;
import io.github.camelb2.client.api.Allowed.AllowedBucket;
import io.github.camelb2.client.api.BucketEntry;
import io.github.camelb2.client.api.Capability;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for logins in a database beyond the contract; run on each database. */
abstract class JdbcAccountInfoRepositoryContract extends AccountInfoRepositoryContract {
    private final List<HikariDataSource> pools = new ArrayList<>();
    private String url;

    /** Where a new, empty database is. */
    abstract String newDatabase() throws Exception;

    /** What the option dialect says. */
    String dialect() {
        return "auto";
    }

    /** What the tables are made by. */
    JdbcDialect tables() {
        return dialect().equals("auto") ? JdbcDialect.standard : JdbcDialect.named(dialect());
    }

    @Override
    AccountInfoRepository open() throws Exception {
        url = newDatabase();
        return openAgain();
    }

    @Override
    JdbcAccountInfoRepository openAgain() {
        return named("default");
    }

    @Override
    AccountInfo asKept(AccountInfo login) {
        return login.withoutApplicationKey();
    }

    @AfterEach
    void closePools() {
        pools.forEach(HikariDataSource::close);
    }

    @Test
    void theApplicationKeyIsStoredOnRequest() {
        JdbcAccountInfoRepository keeping = openAgain();
        keeping.setStoreApplicationKey(true);

        keeping.store(Logins.withToken("token-1"));

        assertThat(openAgain().find()).contains(Logins.withToken("token-1"));
    }

    @Test
    void aKeyThatWasStoredIsForgottenByALoginThatMustNotStoreIt() {
        JdbcAccountInfoRepository keeping = openAgain();
        keeping.setStoreApplicationKey(true);
        keeping.store(Logins.withToken("token-1"));

        openAgain().store(Logins.withToken("token-2"));

        assertThat(keeping.find().orElseThrow().applicationKey()).isNull();
    }

    @Test
    void loginsOfDifferentNamesDoNotMeet() {
        JdbcAccountInfoRepository first = named("first");
        JdbcAccountInfoRepository second = named("second");
        first.store(Logins.withToken("token-1"));
        second.store(Logins.withToken("token-2"));
        first.saveBucket(new BucketEntry("photos", "id-1"));
        second.saveBucket(new BucketEntry("photos", "id-2"));

        first.clear();

        assertThat(first.find()).isEmpty();
        assertThat(second.find().orElseThrow().authorizationToken()).isEqualTo("token-2");
        assertThat(second.buckets()).containsExactly(new BucketEntry("photos", "id-2"));
    }

    @Test
    void aLoginSurvivesItsRepository() {
        openAgain().store(Logins.withToken("token-1"));

        assertThat(openAgain().find().orElseThrow().authorizationToken()).isEqualTo("token-1");
    }

    @Test
    void theCreateStringsOfAnAdministratorAreUsedWithOtherTableNames() {
        JdbcAccountInfoRepository repository = openAgain();
        repository.setTableName("team_login");
        repository.setBucketTableName("team_bucket");
        repository.setCreateString(tables().createLogins("team_login").replace("(4000)", "(500)"));

        repository.store(Logins.withToken("token-1"));
        repository.saveBucket(new BucketEntry("photos", "id-1"));

        assertThat(repository.find()).isPresent();
        assertThat(repository.buckets()).hasSize(1);
    }

    @Test
    void aKeyThatIsRestrictedToAThousandBucketsFits() {
        List<AllowedBucket> buckets = IntStream.range(0, 1_000)
                .mapToObj(i -> new AllowedBucket(
                        String.format(Locale.ROOT, "%024d", i),
                        String.format(Locale.ROOT, "a-bucket-with-number-%04d", i)))
                .toList();
        AccountInfo login = Logins.login(
                Logins.ACCOUNT,
                Logins.KEY_ID,
                "token-1",
                "production",
                new Allowed(buckets, List.of(Capability.READ_FILES), null));

        openAgain().store(login);

        assertThat(openAgain().find().orElseThrow().allowed().buckets()).hasSize(1_000);
    }

    @Test
    void namesThatDifferInCaseAreTwoLogins() {
        named("team").store(Logins.withToken("token-1"));
        named("TEAM").store(Logins.withToken("token-2"));

        assertThat(named("team").find().orElseThrow().authorizationToken()).isEqualTo("token-1");
    }

    JdbcAccountInfoRepository named(String loginName) {
        HikariDataSource pool = Databases.pool(url, 8);
        pools.add(pool);
        JdbcAccountInfoRepository repository = new JdbcAccountInfoRepository(pool, loginName);
        repository.setDialect(dialect());
        return repository;
    }
}
