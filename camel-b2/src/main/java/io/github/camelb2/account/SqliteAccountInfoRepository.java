// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.Metadata;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.AccountInfoRepository;
import io.github.camelb2.client.api.BucketEntry;
import io.github.camelb2.client.api.RefusedLoginException;

/**
 * Keeps the login in the account file of the {@code b2} command line tool, so that each uses the other's login.
 *
 * <p>The file holds the application key in clear; it is created readable to its owner only. Reading never changes it:
 * a file that is missing is not created, one of an older tool is understood as it is. The first change brings the
 * tables to the shape of the current tool, which older ones still read. Any number of threads and processes, b2 tools
 * among them, may use the file at once.
 *
 * <p>A login with another key, or in another realm, than the file's is refused, because the file is somebody's login to
 * the b2 tool: clear it first, or name another file. A login without an application key keeps the file's.
 *
 * <p>Needs {@code org.xerial:sqlite-jdbc}.
 */
@Metadata(
        label = "bean",
        description = "Keeps the login to Backblaze B2 in the account file of the b2 command line tool.",
        annotations = {"interfaceName=io.github.camelb2.client.api.AccountInfoRepository"})
@Configurer(metadataOnly = true)
public class SqliteAccountInfoRepository implements AccountInfoRepository {
    private final Environment environment;

    @Metadata(
            description = "The account file; a leading ~ stands for the home directory. By default the file that the b2"
                    + " tool would use: B2_ACCOUNT_INFO, ~/.b2_account_info, or b2/account_info below XDG_CONFIG_HOME"
                    + " or ~/.config.")
    private @Nullable String file;

    @Metadata(description = "The profile of the b2 tool (its --profile) whose account file is used.")
    private @Nullable String profile;

    @Metadata(
            label = "advanced",
            description = "How long to wait for another program that has locked the file.",
            javaType = "java.time.Duration",
            defaultValue = "30s")
    private Duration lockTimeout = Duration.ofSeconds(30);

    /** Where the settings lead, from the first use on. */
    private volatile @Nullable SqliteFile opened;

    /** The file that the b2 tool would use, unless the setters name another. */
    public SqliteAccountInfoRepository() {
        this(System::getenv);
    }

    /** That file. */
    public SqliteAccountInfoRepository(Path file) {
        this(System::getenv);
        this.file = file.toString();
    }

    SqliteAccountInfoRepository(Environment environment) {
        OptionalLibrary.SQLITE.require("SqliteAccountInfoRepository");
        this.environment = environment;
    }

    @Override
    public Optional<AccountInfo> find() {
        return file().read(Optional.empty(), SqliteAccountInfoRepository::selectLogin);
    }

    @Override
    public void store(AccountInfo info) {
        file().change((connection, schema) -> {
            Optional<AccountInfo> before = selectLogin(connection, schema);
            if (before.isEmpty()) {
                execute(connection, "DELETE FROM bucket");
            } else {
                requireSameKey(before.get(), info);
            }
            execute(connection, "DELETE FROM account");
            insertLogin(connection, withKey(info, before));
            return info;
        });
    }

    @Override
    public void clear() {
        file().changeExisting((connection, schema) -> {
            for (String table : List.of("account", "bucket", "bucket_upload_url")) {
                if (schema.has(table)) {
                    execute(connection, "DELETE FROM " + table);
                }
            }
            return schema;
        });
    }

    @Override
    public Optional<String> findBucketId(String bucketName) {
        return selectBucket("bucket_id", "bucket_name", bucketName);
    }

    @Override
    public Optional<String> findBucketName(String bucketId) {
        return selectBucket("bucket_name", "bucket_id", bucketId);
    }

    @Override
    public List<BucketEntry> buckets() {
        return file().read(List.of(), (connection, schema) -> {
            List<BucketEntry> buckets = new ArrayList<>();
            if (!schema.has("bucket")) {
                return buckets;
            }
            // The b2 tool leaves the row of a deleted bucket beside the one that was created again under its name.
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT bucket_name, bucket_id FROM bucket WHERE rowid IN"
                            + " (SELECT max(rowid) FROM bucket GROUP BY bucket_name)")) {
                while (rows.next()) {
                    buckets.add(new BucketEntry(rows.getString(1), rows.getString(2)));
                }
            }
            return buckets;
        });
    }

    @Override
    public void saveBucket(BucketEntry bucket) {
        // Most are known already, and looking them up does not keep other programs from the file.
        if (findBucketId(bucket.name()).filter(bucket.id()::equals).isPresent()) {
            return;
        }
        file().change((connection, schema) -> {
            insertBucket(connection, bucket);
            return bucket;
        });
    }

    @Override
    public void replaceBuckets(Collection<BucketEntry> buckets) {
        List<BucketEntry> copy = List.copyOf(buckets);
        file().change((connection, schema) -> {
            execute(connection, "DELETE FROM bucket");
            for (BucketEntry bucket : copy) {
                insertBucket(connection, bucket);
            }
            return copy;
        });
    }

    @Override
    public void removeBucket(String bucketName) {
        file().changeExisting((connection, schema) -> {
            if (schema.has("bucket")) {
                execute(connection, "DELETE FROM bucket WHERE bucket_name = ?", bucketName);
            }
            return schema;
        });
    }

    /** The path of the file, which need not exist. */
    public Path path() {
        return file().path();
    }

    public @Nullable String getFile() {
        return file;
    }

    public void setFile(@Nullable String file) {
        this.file = file;
    }

    public @Nullable String getProfile() {
        return profile;
    }

    public void setProfile(@Nullable String profile) {
        this.profile = profile;
    }

    public Duration getLockTimeout() {
        return lockTimeout;
    }

    public void setLockTimeout(Duration lockTimeout) {
        this.lockTimeout = lockTimeout;
    }

    @Override
    public String toString() {
        return "SqliteAccountInfoRepository[" + path() + "]";
    }

    private SqliteFile file() {
        SqliteFile known = opened;
        if (known == null) {
            // Two threads that come here at once make two equal objects, of which either will do.
            known = new SqliteFile(new AccountFile(environment).locate(file, profile), lockTimeout);
            opened = known;
        }
        return known;
    }

    private Optional<String> selectBucket(String wanted, String known, String value) {
        return file().read(Optional.empty(), (connection, schema) -> {
            if (!schema.has("bucket")) {
                return Optional.empty();
            }
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT " + wanted + " FROM bucket WHERE " + known + " = ? ORDER BY rowid DESC LIMIT 1")) {
                select.setString(1, value);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
                }
            }
        });
    }

    private void requireSameKey(AccountInfo before, AccountInfo info) {
        if (!before.isSameKey(info.applicationKeyId(), info.realm())) {
            throw new RefusedLoginException("Account file " + path() + " holds the login of key "
                    + before.applicationKeyId() + " in realm " + before.realm()
                    + " and is not overwritten with that of key " + info.applicationKeyId() + " in realm "
                    + info.realm() + "; use that key, clear the file first (b2 account clear), or name another"
                    + " file");
        }
    }

    private AccountInfo withKey(AccountInfo info, Optional<AccountInfo> before) {
        if (info.applicationKey() != null) {
            return info;
        }
        return info.withApplicationKey(before.map(AccountInfo::applicationKey)
                .orElseThrow(() -> new RefusedLoginException("Account file " + path()
                        + " cannot keep a login without its application key; log in with the key first")));
    }

    private static Optional<AccountInfo> selectLogin(Connection connection, SqliteSchema schema) throws SQLException {
        if (!schema.has("account")) {
            return Optional.empty();
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM account LIMIT 1")) {
            return row.next() ? Optional.of(SqliteLoginRow.read(row)) : Optional.empty();
        }
    }

    private static void insertLogin(Connection connection, AccountInfo info) throws SQLException {
        execute(
                connection,
                "INSERT INTO account (account_id, application_key, account_auth_token, api_url, download_url,"
                        + " absolute_minimum_part_size, recommended_part_size, realm, allowed,"
                        + " account_id_or_app_key_id, s3_api_url) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                info.accountId(),
                Objects.requireNonNull(info.applicationKey()),
                info.authorizationToken(),
                info.apiUrl(),
                info.downloadUrl(),
                info.absoluteMinimumPartSize(),
                info.recommendedPartSize(),
                info.realm(),
                AllowedJson.encode(info.allowed()),
                info.applicationKeyId(),
                info.s3ApiUrl());
    }

    private static void insertBucket(Connection connection, BucketEntry bucket) throws SQLException {
        execute(connection, "DELETE FROM bucket WHERE bucket_name = ? OR bucket_id = ?", bucket.name(), bucket.id());
        execute(connection, "INSERT INTO bucket (bucket_name, bucket_id) VALUES (?, ?)", bucket.name(), bucket.id());
    }

    private static void execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
