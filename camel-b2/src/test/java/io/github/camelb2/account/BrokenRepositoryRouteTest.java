// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.util.Map;

import javax.management.ObjectName;

import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Configuration;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.ManagedBeans;

import static org.assertj.core.api.Assertions.assertThat;

/** A repository of logins that is asked seldom, and may be down. */
class BrokenRepositoryRouteTest extends B2TestSupport {
    private final SwitchedRepository repository = new SwitchedRepository();

    BrokenRepositoryRouteTest() {
        testConfiguration().withJMX(true);
    }

    @Override
    protected void configure(B2Configuration options) {
        super.configure(options);
        options.setAccountInfoRepository(repository);
    }

    private void upload(String bucket, int count) {
        for (int i = 0; i < count; i++) {
            send("b2:" + bucket + "?fileName=a", "body", Map.of());
        }
    }

    @Test
    void fiftyUploadsAskForTheBucketOnce() {
        upload(B2.createBucket(), 50);

        assertThat(repository.bucketQueries()).isEqualTo(1);
        assertThat(b2().count("b2_list_buckets")).isEqualTo(1);
    }

    @Test
    void aRepositoryThatIsDownStopsNobodyWhoHasALogin() {
        String known = B2.createBucket();
        String unknown = B2.bucketName("unknown");
        b2().state().createBucket(unknown);
        upload(known, 1);
        repository.switchOff();

        upload(known, 3);
        upload(unknown, 3);

        assertThat(b2().state().versions(known, "a")).hasSize(4);
        assertThat(b2().state().versions(unknown, "a")).hasSize(3);
        assertThat(b2().count("b2_authorize_account")).isEqualTo(1);
    }

    @Test
    void aTokenIsRenewedWhileTheRepositoryIsDownAndJmxTellsOfIt() throws Exception {
        String bucket = B2.createBucket();
        upload(bucket, 1);
        assertThat(trouble()).isNull();
        repository.switchOff();
        b2().expireTokens();

        for (int i = 0; i < 3; i++) {
            send("b2:" + bucket + "?operation=fileExists&fileName=a", null, Map.of());
        }

        assertThat(b2().count("b2_authorize_account")).isEqualTo(2);
        assertThat((String) trouble()).contains("switched off");
    }

    @Test
    void aContextThatBeginsWhileTheRepositoryIsDownLogsInWithItsKey() {
        repository.switchOff();
        String bucket = B2.createBucket();

        upload(bucket, 2);

        assertThat(b2().count("b2_authorize_account")).isEqualTo(1);
        assertThat(b2().count("b2_list_buckets")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"false, 0", "false, 60000", "true, 0"})
    void aRouteWithoutAKeyGoesOnWhileTheRepositoryIsDown(boolean useDefault, long linger) {
        String bucket = B2.createBucket();
        upload(bucket, 1);
        withoutKey(useDefault, linger);
        send("keyless:" + bucket + "?fileName=b0", "body", Map.of());
        repository.switchOff();
        int before = repository.uses();

        for (int i = 1; i <= 5; i++) {
            // Another endpoint each, so that each borrows a client.
            send("keyless:" + bucket + "?fileName=b" + i, "body", Map.of());
        }

        assertThat(b2().state().names(bucket)).contains("b0", "b1", "b2", "b3", "b4", "b5");
        assertThat(b2().count("b2_authorize_account")).isEqualTo(1);
        // One failure is enough to leave it alone for a while.
        assertThat(repository.uses() - before).isLessThanOrEqualTo(2);
    }

    @Test
    void aClientThatIsOpenIsLentWithoutAskingTheRepository() {
        String bucket = B2.createBucket();
        upload(bucket, 1);
        withoutKey(false, 60_000);
        send("keyless:" + bucket + "?fileName=b0", "body", Map.of());
        int before = repository.uses();

        for (int i = 1; i <= 5; i++) {
            send("keyless:" + bucket + "?fileName=b" + i, "body", Map.of());
        }

        assertThat(repository.uses()).isEqualTo(before);
    }

    private void withoutKey(boolean useDefault, long linger) {
        B2Component component = new B2Component();
        B2Configuration options = component.getConfiguration();
        options.setAccountInfoRepository(repository);
        options.setUseDefaultCredentials(useDefault);
        options.setClientLinger(linger);
        context().addComponent("keyless", component);
    }

    private Object trouble() throws Exception {
        CamelContext context = context();
        ManagedBeans beans = new ManagedBeans(context);
        ObjectName account = beans.named("type", "services").stream()
                .filter(bean -> bean.getKeyProperty("name").startsWith("B2Account("))
                .findFirst()
                .orElseThrow();
        return beans.attribute(account, "RepositoryTrouble");
    }
}
