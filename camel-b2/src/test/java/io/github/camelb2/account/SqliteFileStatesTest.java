// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.Allowed;
import io.github.camelb2.client.api.Allowed.AllowedBucket;
import io.github.camelb2.client.api.BucketEntry;
import io.github.camelb2.client.api.Capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Every state in which an account file of the b2 tool can be found. */
class SqliteFileStatesTest {
    private static final String MASTER = "0123456789ab";

    @TempDir
    Path directory;

    private Path file;
    private SqliteAccountInfoRepository repository;

    @BeforeEach
    void openRepository() {
        file = directory.resolve("account_info");
        repository = new SqliteAccountInfoRepository(file);
    }

    @Test
    void readingCreatesNothing() {
        assertThat(repository.find()).isEmpty();
        repository.clear();
        repository.removeBucket("photos");

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aNewFileHasTheToolsTablesAndNoneOfItsStepsLeftToDo() throws Exception {
        repository.store(Logins.withToken("token-1"));

        assertThat(ToolFiles.query(file, "SELECT update_number FROM update_done ORDER BY 1"))
                .containsExactly("1", "2", "3", "4", "5", "6");
        assertThat(ToolFiles.query(
                        file, "SELECT name || ' ' || type || ' ' || \"notnull\" FROM pragma_table_info('account')"))
                .containsExactly(
                        "account_id TEXT 1",
                        "application_key TEXT 1",
                        "account_auth_token TEXT 1",
                        "api_url TEXT 1",
                        "download_url TEXT 1",
                        "absolute_minimum_part_size INT 1",
                        "recommended_part_size INT 1",
                        "realm TEXT 1",
                        "allowed TEXT 0",
                        "account_id_or_app_key_id TEXT 0",
                        "s3_api_url TEXT 0");
        assertThat(ToolFiles.query(file, "SELECT realm FROM account")).containsExactly("production");
        assertThat(ToolFiles.query(file, "PRAGMA journal_mode")).containsExactly("delete");
        assertThat(ToolFiles.query(file, "PRAGMA user_version")).containsExactly("0");
    }

    @Test
    void aNewFileIsForItsOwnerOnlyAndNothingIsLeftBesideIt() throws Exception {
        repository.store(Logins.withToken("token-1"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(directory.toFile().list()).containsExactly("account_info");
    }

    @Test
    void atNoMomentMayOthersReadANewFileOrWhatIsBesideIt() throws Exception {
        AtomicBoolean creating = new AtomicBoolean(true);
        AtomicLong looks = new AtomicLong();
        CompletableFuture<Set<String>> seen = CompletableFuture.supplyAsync(() -> {
            Set<String> permissions = new HashSet<>();
            while (creating.get() || looks.get() == 0) {
                looks.addAndGet(lookAt(directory, permissions));
            }
            return permissions;
        });

        for (int i = 0; i < 100; i++) {
            new SqliteAccountInfoRepository(directory.resolve("account_info" + i)).store(Logins.withToken("token-1"));
        }

        creating.set(false);
        assertThat(seen.get(1, TimeUnit.MINUTES)).containsExactly("rw-------");
    }

    /** Notes the permissions of every file that is in the directory now, and answers how many there are. */
    private static int lookAt(Path directory, Set<String> permissions) {
        int files = 0;
        for (File file : directory.toFile().listFiles()) {
            try {
                permissions.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.toPath())));
                files++;
            } catch (IOException gone) {
                // The draft and the journal come and go; there is nothing to note of them any more.
                continue;
            }
        }
        return files;
    }

    @Test
    void theToolsOwnDirectoryIsCreatedForItsOwnerOnly() throws Exception {
        Path inside = directory.resolve("config/b2/account_info");

        new SqliteAccountInfoRepository(inside).store(Logins.withToken("token-1"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(inside.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void aPathMayHoldEveryCharacter() {
        Path odd = directory.resolve("a?mode=memory&b #1 100% ü");

        new SqliteAccountInfoRepository(odd).store(Logins.withToken("token-1"));

        assertThat(new SqliteAccountInfoRepository(odd).find()).isPresent();
        assertThat(odd).exists();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void theLoginOfEveryEarlierToolIsReadWithoutTouchingTheFile(int steps) throws Exception {
        ToolFiles.write(file, steps);
        byte[] before = Files.readAllBytes(file);

        AccountInfo login = repository.find().orElseThrow();

        assertThat(login.applicationKeyId()).isEqualTo(MASTER);
        assertThat(login.applicationKey()).isEqualTo("master secret");
        assertThat(login.authorizationToken()).isEqualTo("old token");
        assertThat(login.s3ApiUrl()).isEmpty();
        assertThat(login.recommendedPartSize()).isEqualTo(100_000_000);
        assertThat(login.absoluteMinimumPartSize()).isEqualTo(5_000_000);
        assertThat(login.allowed().buckets()).isNull();
        assertThat(login.allowed().capabilities()).hasSize(26);
        assertThat(repository.findBucketId("photos")).contains("id-1");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void theFileOfEveryEarlierToolIsUpgradedByTheFirstChange(int steps) throws Exception {
        ToolFiles.write(file, steps);
        AccountInfo before = repository.find().orElseThrow();

        repository.saveBucket(new BucketEntry("docs", "id-2"));

        assertThat(ToolFiles.query(file, "SELECT update_number FROM update_done ORDER BY 1"))
                .containsExactly("1", "2", "3", "4", "5", "6");
        assertThat(ToolFiles.query(file, "SELECT count(*) FROM pragma_table_info('account')"))
                .containsExactly("11");
        assertThat(ToolFiles.query(file, "SELECT name FROM sqlite_master WHERE name = 'tmp_account'"))
                .isEmpty();
        assertThat(repository.find()).contains(before);
        assertThat(repository.buckets()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5, 6})
    void theOldFormOfRestrictionsIsReadInAFileOfAnyAge(int steps) throws Exception {
        ToolFiles.write(file, steps);
        ToolFiles.execute(file, "UPDATE account SET allowed = '" + ToolFiles.OLD_ALLOWED + "'");

        Allowed allowed = repository.find().orElseThrow().allowed();

        assertThat(allowed)
                .isEqualTo(new Allowed(
                        List.of(new AllowedBucket("id-1", "photos")),
                        List.of(Capability.READ_FILES, Capability.LIST_FILES),
                        "it's/"));
    }

    @Test
    void theNewFormOfRestrictionsIsRead() throws Exception {
        ToolFiles.write(file, 6);
        ToolFiles.execute(file, "UPDATE account SET allowed = '" + ToolFiles.NEW_ALLOWED + "'");

        assertThat(repository.find().orElseThrow().allowed().buckets())
                .containsExactly(new AllowedBucket("id-1", "photos"), new AllowedBucket("id-2", null));
    }

    @Test
    void anUpgradeWritesRestrictionsThatOldAndNewToolsRead() throws Exception {
        ToolFiles.write(file, 4);
        ToolFiles.execute(file, "UPDATE account SET allowed = '" + ToolFiles.OLD_ALLOWED + "'");

        repository.saveBucket(new BucketEntry("docs", "id-2"));

        assertThat(ToolFiles.query(
                        file,
                        "SELECT json_extract(allowed, '$.buckets[0].id') || ' ' || json_extract(allowed, '$.bucketId')"
                                + " || ' ' || json_extract(allowed, '$.namePrefix') FROM account"))
                .containsExactly("id-1 id-1 it's/");
    }

    @Test
    void aLoggedOutFileHoldsNoLogin() throws Exception {
        ToolFiles.write(file, 6);
        ToolFiles.execute(file, "DELETE FROM account");

        assertThat(repository.find()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE update_done (update_number INT NOT NULL)",
                "CREATE TABLE bucket (bucket_name TEXT NOT NULL, bucket_id TEXT NOT NULL)",
                "VACUUM"
            })
    void aFileWhoseCreationBrokeOffIsCompleted(String asFarAsItGot) throws Exception {
        ToolFiles.execute(file, asFarAsItGot);
        assertThat(repository.find()).isEmpty();
        assertThat(repository.buckets()).isEmpty();

        repository.store(Logins.withToken("token-1"));

        assertThat(repository.find()).contains(Logins.withToken("token-1"));
    }

    @Test
    void anEmptyFileIsTakenForANewOne() throws Exception {
        Files.createFile(file);
        assertThat(repository.find()).isEmpty();

        repository.store(Logins.withToken("token-1"));

        assertThat(repository.find()).isPresent();
    }

    @Test
    void ofTwoRowsForOneNameThatTheToolLeavesTheLaterCounts() throws Exception {
        ToolFiles.write(file, 6);
        ToolFiles.execute(file, "INSERT INTO bucket VALUES ('photos', 'id-9')");

        assertThat(repository.findBucketId("photos")).contains("id-9");
        assertThat(repository.buckets()).containsExactly(new BucketEntry("photos", "id-9"));
        repository.saveBucket(new BucketEntry("photos", "id-10"));
        assertThat(ToolFiles.query(file, "SELECT bucket_id FROM bucket")).containsExactly("id-10");
    }

    @Test
    void aLoginOfTheSameKeyWithoutItsSecretKeepsTheFilesSecret() throws Exception {
        ToolFiles.write(file, 6);
        AccountInfo before = repository.find().orElseThrow();

        repository.store(before.withoutApplicationKey());

        assertThat(repository.find()).contains(before);
    }

    @Test
    void aLoginWithoutASecretIsRefusedWhereTheFileHasNone() {
        assertThatThrownBy(() -> repository.store(Logins.withToken("token-1").withoutApplicationKey()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("without its application key");
    }

    @Test
    void theSameKeyInAnotherRealmIsRefused() throws Exception {
        ToolFiles.write(file, 6);
        AccountInfo elsewhere = Logins.login(MASTER, MASTER, "token-1", "http://127.0.0.1:8180", Logins.unrestricted());

        assertThatThrownBy(() -> repository.store(elsewhere))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("realm production")
                .hasMessageContaining("b2 account clear");
        assertThat(ToolFiles.query(file, "SELECT account_auth_token FROM account"))
                .containsExactly("old token");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"account_id\": \"a\", \"application_key\": \"s3cret\"} | has the JSON format of very old b2 tools",
                "\u0000\u0001garbage garbage garbage garbage garbage | is not a SQLite database",
            })
    void aFileThatIsNoDatabaseIsReportedAndLeftAlone(String content, String problem) throws Exception {
        Files.writeString(file, content.repeat(20));
        byte[] before = Files.readAllBytes(file);

        assertRefused(problem);

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void aDamagedFileIsReportedAndLeftAlone() throws Exception {
        ToolFiles.write(file, 6);
        byte[] damaged = Files.readAllBytes(file);
        // Everything after the header of the first page.
        Arrays.fill(damaged, 100, damaged.length, (byte) 0x5a);
        Files.write(file, damaged);

        assertRefused("is damaged and was left as it is");

        assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE invoices (id INT)",
                "CREATE TABLE account (id INT, owner TEXT)",
            })
    void theDatabaseOfAnotherProgramIsReportedAndLeftAlone(String table) throws Exception {
        ToolFiles.execute(file, table);
        byte[] before = Files.readAllBytes(file);

        assertRefused("is the database of another program");

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void restrictionsThatAreNoJsonAreReportedAndCanBeCleared() throws Exception {
        ToolFiles.write(file, 6);
        ToolFiles.execute(file, "UPDATE account SET allowed = 'nonsense s3cret'");

        assertThatThrownBy(repository::find)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("holds a login that cannot be read")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> repository.store(Logins.withToken("token-1")))
                .isInstanceOf(IllegalStateException.class);
        repository.clear();

        assertThat(repository.find()).isEmpty();
    }

    @Test
    void aDirectoryIsReported() throws Exception {
        Files.createDirectory(file);

        assertRefused("cannot be opened");
    }

    @Test
    void aFileInAMissingDirectoryIsReported() {
        Path nowhere = directory.resolve("nowhere/account_info");

        assertThatThrownBy(() -> new SqliteAccountInfoRepository(nowhere).store(Logins.withToken("t")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot be created")
                .hasMessageContaining(nowhere.toString());
    }

    @Test
    void aFileThatMayOnlyBeReadIsReadAndAChangeIsReported() throws Exception {
        ToolFiles.write(file, 3);
        try (Unwritable ignored = Unwritable.make(file, directory)) {
            assertThat(repository.find().orElseThrow().applicationKeyId()).isEqualTo(MASTER);
            assertThat(repository.findBucketId("photos")).contains("id-1");

            assertThatThrownBy(() -> repository.saveBucket(new BucketEntry("docs", "id-2")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cannot be written; give this user write permission");
        }
    }

    @Test
    void aFileThatStaysLockedIsReportedAfterTheLockTimeout() throws Exception {
        ToolFiles.write(file, 6);
        repository.setLockTimeout(Duration.ofMillis(200));
        try (Connection holder = ToolFiles.open(file);
                Statement statement = holder.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");

            assertRefused("is locked by another program");

            statement.execute("ROLLBACK");
        }
        assertThat(repository.find()).isPresent();
    }

    @Test
    void aFileThatIsLockedForLongerThanSqliteWaitsIsWaitedForOn() throws Exception {
        ToolFiles.write(file, 6);
        try (Connection holder = ToolFiles.open(file);
                Statement statement = holder.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            // SQLite's own wait ends after 5 s with SQLITE_BUSY.
            CompletableFuture<Void> release = CompletableFuture.runAsync(
                    () -> {
                        try {
                            statement.execute("COMMIT");
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    CompletableFuture.delayedExecutor(5_500, TimeUnit.MILLISECONDS));

            repository.saveBucket(new BucketEntry("docs", "id-2"));

            assertThat(release).isCompleted();
        }
        assertThat(repository.findBucketId("docs")).contains("id-2");
    }

    @Test
    void aWalFileOfAnotherProgramStaysOne() throws Exception {
        ToolFiles.write(file, 6);
        ToolFiles.execute(file, "PRAGMA journal_mode=WAL");

        repository.saveBucket(new BucketEntry("docs", "id-2"));

        assertThat(ToolFiles.query(file, "PRAGMA journal_mode")).containsExactly("wal");
        assertThat(repository.buckets()).hasSize(2);
    }

    private void assertRefused(String problem) {
        for (Runnable use : List.<Runnable>of(
                () -> repository.find(),
                () -> repository.store(Logins.withToken("token-1")),
                () -> repository.saveBucket(new BucketEntry("docs", "id-2")))) {
            assertThatThrownBy(use::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Account file " + file + " ")
                    .hasMessageContaining(problem)
                    .hasMessageNotContaining("s3cret");
        }
    }

    /** A file and directory that nobody may write, root included, until it is closed. */
    private record Unwritable(Path file, Path directory) implements AutoCloseable {
        static Unwritable make(Path file, Path directory) throws Exception {
            Unwritable made = new Unwritable(file, directory);
            made.permit("r--------", "r-x------");
            if (Files.isWritable(file)) {
                // Root writes whatever the permissions say, but not what is immutable.
                assumeTrue(chattr("+i", file), "neither permissions nor chattr make a file read-only here");
            }
            return made;
        }

        @Override
        public void close() throws Exception {
            if ("root".equals(System.getProperty("user.name"))) {
                chattr("-i", file);
            }
            permit("rw-------", "rwx------");
        }

        private void permit(String onFile, String onDirectory) throws Exception {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(onDirectory));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(onFile));
        }

        private static boolean chattr(String flag, Path path) throws Exception {
            try {
                return new ProcessBuilder("chattr", flag, path.toString())
                                .redirectErrorStream(true)
                                .start()
                                .waitFor()
                        == 0;
            } catch (IOException noSuchCommand) {
                return false;
            }
        }
    }
}
