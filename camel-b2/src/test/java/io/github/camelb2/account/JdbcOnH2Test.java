package io.github.camelb2.account;

class JdbcOnH2Test extends JdbcAccountInfoRepositoryContract {
    @Override
    String newDatabase() {
        return Databases.h2Url();
    }
}
