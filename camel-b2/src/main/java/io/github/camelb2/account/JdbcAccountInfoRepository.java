// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import javax.sql.DataSource;

import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.AccountInfoRepository;
import io.github.camelb2.client.api.BucketEntry;

/**
 * Keeps the login in two tables of a database, so that several JVMs share one.
 *
 * <p>A login that one JVM has refreshed is found by the others. A login with another key replaces the one that is
 * stored; JVMs that use different keys need different {@code loginName}s, or they forget each other's login all the
 * time. The application key is stored only if {@code storeApplicationKey} is true; the token, which is as good for up
 * to 24 hours, always is.
 *
 * <p>Every change is a short transaction of its own on the data source, whatever transaction the calling thread is in; so
 * the data source must be one that allows local transactions, and must have a connection to spare.
 *
 * <p>Starts at its first use if nobody started it before. Needs {@code org.apache.camel:camel-sql}.
 */
@Metadata(
        label = "bean",
        description = "Keeps the login to Backblaze B2 in a database that several JVMs share.",
        annotations = {"interfaceName=io.github.camelb2.client.api.AccountInfoRepository"})
@Configurer(metadataOnly = true)
public class JdbcAccountInfoRepository extends ServiceSupport implements AccountInfoRepository {
    @Metadata(
            description = "The data source of the database; its connections must allow local transactions.",
            required = true)
    private @Nullable DataSource dataSource;

    @Metadata(
            description = "The name of the login: all repositories with the same name on the same tables share it.",
            defaultValue = "default")
    private String loginName = "default";

    @Metadata(description = "The name of the table of logins.", defaultValue = "CAMEL_B2_ACCOUNT")
    private String tableName = "CAMEL_B2_ACCOUNT";

    @Metadata(description = "The name of the table of buckets.", defaultValue = "CAMEL_B2_BUCKET")
    private String bucketTableName = "CAMEL_B2_BUCKET";

    @Metadata(description = "Whether to create the tables if they do not exist.", defaultValue = "true")
    private boolean createTableIfNotExists = true;

    @Metadata(
            label = "security",
            description = "Whether to store the application key, in clear. JVMs without a key of their own then log in"
                    + " with it (useDefaultCredentials).",
            defaultValue = "false")
    private boolean storeApplicationKey;

    @Metadata(
            label = "advanced",
            description =
                    "The kind of database, which decides the types of the columns. With auto the database is asked.",
            defaultValue = "auto",
            enums = "auto,standard,mysql,oracle,sqlserver")
    private String dialect = "auto";

    @Metadata(label = "advanced", description = "The SQL that fails if the table of logins does not exist.")
    private @Nullable String tableExistsString;

    @Metadata(label = "advanced", description = "The SQL that creates the table of logins.")
    private @Nullable String createString;

    @Metadata(label = "advanced", description = "The SQL that reads the login. Parameter: loginName.")
    private @Nullable String queryString;

    @Metadata(
            label = "advanced",
            description = "The SQL that inserts the login. Parameters: accountId, applicationKeyId, applicationKey,"
                    + " authToken, apiUrl, downloadUrl, s3ApiUrl, recommendedPartSize, absoluteMinimumPartSize, allowed,"
                    + " realm, loginName.")
    private @Nullable String insertString;

    @Metadata(label = "advanced", description = "The SQL that changes the login. Parameters: as those of insertString.")
    private @Nullable String updateString;

    @Metadata(label = "advanced", description = "The SQL that deletes the login. Parameter: loginName.")
    private @Nullable String deleteString;

    @Metadata(label = "advanced", description = "The SQL that creates the table of buckets.")
    private @Nullable String createBucketString;

    private volatile @Nullable JdbcAccountStore store;

    public JdbcAccountInfoRepository() {
        OptionalLibrary.CAMEL_SQL.require("JdbcAccountInfoRepository");
    }

    /** On that data source, for the login of that name. */
    public JdbcAccountInfoRepository(DataSource dataSource, String loginName) {
        this();
        this.dataSource = dataSource;
        this.loginName = loginName;
    }

    @Override
    protected void doStart() {
        DataSource source = dataSource;
        if (source == null) {
            throw new IllegalArgumentException("JdbcAccountInfoRepository: option dataSource must be set");
        }
        JdbcTableName.require("tableName", tableName);
        JdbcTableName.require("bucketTableName", bucketTableName);
        JdbcDialect tables = dialect(source);
        JdbcAccountStore starting = new JdbcAccountStore(source, statements(), loginName, InstantSource.system());
        starting.requireTable(
                tableName,
                JdbcStatements.or(tableExistsString, JdbcStatements.exists(tableName)),
                JdbcStatements.or(createString, tables.createLogins(tableName)),
                createTableIfNotExists);
        starting.requireTable(
                bucketTableName,
                JdbcStatements.exists(bucketTableName),
                JdbcStatements.or(createBucketString, tables.createBuckets(bucketTableName)),
                createTableIfNotExists);
        store = starting;
    }

    private JdbcDialect dialect(DataSource source) {
        if (!dialect.equals("auto")) {
            return JdbcDialect.named(dialect);
        }
        try {
            return JdbcDialect.of(source);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "Account login " + loginName + ": the database does not answer; check that it is up", e);
        }
    }

    @Override
    public Optional<AccountInfo> find() {
        return started().find();
    }

    @Override
    public void store(AccountInfo info) {
        started().store(storeApplicationKey ? info : info.withoutApplicationKey());
    }

    @Override
    public void clear() {
        started().clear();
    }

    @Override
    public Optional<String> findBucketId(String bucketName) {
        return started().findBucketId(bucketName);
    }

    @Override
    public Optional<String> findBucketName(String bucketId) {
        return started().findBucketName(bucketId);
    }

    @Override
    public List<BucketEntry> buckets() {
        return started().buckets();
    }

    @Override
    public void saveBucket(BucketEntry bucket) {
        // Most are known already, and looking them up takes no lock.
        if (findBucketId(bucket.name()).filter(bucket.id()::equals).isEmpty()) {
            started().saveBucket(bucket);
        }
    }

    @Override
    public void replaceBuckets(Collection<BucketEntry> buckets) {
        started().replaceBuckets(List.copyOf(buckets));
    }

    @Override
    public void removeBucket(String bucketName) {
        started().removeBucket(bucketName);
    }

    @Override
    public String toString() {
        return "JdbcAccountInfoRepository[" + loginName + " in " + tableName + "]";
    }

    private JdbcAccountStore started() {
        start();
        return Objects.requireNonNull(store, "started");
    }

    private JdbcStatements statements() {
        return JdbcStatements.on(tableName, bucketTableName)
                .replacedBy(queryString, insertString, updateString, deleteString);
    }

    public @Nullable DataSource getDataSource() {
        return dataSource;
    }

    public void setDataSource(@Nullable DataSource dataSource) {
        this.dataSource = dataSource;
    }

    public String getLoginName() {
        return loginName;
    }

    public void setLoginName(String loginName) {
        this.loginName = loginName;
    }

    public String getTableName() {
        return tableName;
    }

    public void setTableName(String tableName) {
        this.tableName = tableName;
    }

    public String getBucketTableName() {
        return bucketTableName;
    }

    public void setBucketTableName(String bucketTableName) {
        this.bucketTableName = bucketTableName;
    }

    public boolean isCreateTableIfNotExists() {
        return createTableIfNotExists;
    }

    public void setCreateTableIfNotExists(boolean createTableIfNotExists) {
        this.createTableIfNotExists = createTableIfNotExists;
    }

    public boolean isStoreApplicationKey() {
        return storeApplicationKey;
    }

    public void setStoreApplicationKey(boolean storeApplicationKey) {
        this.storeApplicationKey = storeApplicationKey;
    }

    public String getDialect() {
        return dialect;
    }

    public void setDialect(String dialect) {
        this.dialect = dialect;
    }

    public @Nullable String getTableExistsString() {
        return tableExistsString;
    }

    public void setTableExistsString(@Nullable String tableExistsString) {
        this.tableExistsString = tableExistsString;
    }

    public @Nullable String getCreateString() {
        return createString;
    }

    public void setCreateString(@Nullable String createString) {
        this.createString = createString;
    }

    public @Nullable String getQueryString() {
        return queryString;
    }

    public void setQueryString(@Nullable String queryString) {
        this.queryString = queryString;
    }

    public @Nullable String getInsertString() {
        return insertString;
    }

    public void setInsertString(@Nullable String insertString) {
        this.insertString = insertString;
    }

    public @Nullable String getUpdateString() {
        return updateString;
    }

    public void setUpdateString(@Nullable String updateString) {
        this.updateString = updateString;
    }

    public @Nullable String getDeleteString() {
        return deleteString;
    }

    public void setDeleteString(@Nullable String deleteString) {
        this.deleteString = deleteString;
    }

    public @Nullable String getCreateBucketString() {
        return createBucketString;
    }

    public void setCreateBucketString(@Nullable String createBucketString) {
        this.createBucketString = createBucketString;
    }
}
