package io.github.camelb2.account;

class JdbcOnPostgresTest extends JdbcAccountInfoRepositoryContract {
    @Override
    String newDatabase() throws Exception {
        return Databases.postgresUrl();
    }
}
