// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.management.JMException;
import javax.management.ObjectName;

import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

import io.github.camelb2.account.InMemoryAccountInfoRepository;
import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.AccountInfoRepository;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.call.KeyCalls.CreateKey;
import io.github.camelb2.client.model.key.ApplicationKey;
import io.github.camelb2.lending.B2ClientLease;

import static org.assertj.core.api.Assertions.assertThat;

/** What an operator sees and does in JMX. */
class B2AccountTest extends B2TestSupport {
    public B2AccountTest() {
        testConfiguration().withJMX(true);
    }

    private final List<B2ClientLease> leases = new ArrayList<>();

    @Override
    protected void doPostTearDown() {
        leases.forEach(B2ClientLease::close);
    }

    @Test
    void aLoginIsShownWithEverythingButItsSecrets() throws Exception {
        AccountInfo login = borrow(component().getConfiguration()).client().accountInfo();
        ObjectName bean = onlyBean();

        assertThat(attribute(bean, "LoggedIn")).isEqualTo(true);
        assertThat(attribute(bean, "AccountId")).isEqualTo(login.accountId());
        assertThat(attribute(bean, "ApplicationKeyId")).isEqualTo(b2().applicationKeyId());
        assertThat(attribute(bean, "Realm")).isEqualTo(b2().url());
        assertThat(attribute(bean, "ApiUrl")).isEqualTo(login.apiUrl());
        assertThat(attribute(bean, "DownloadUrl")).isEqualTo(login.downloadUrl());
        assertThat(attribute(bean, "S3ApiUrl")).isEqualTo(login.s3ApiUrl());
        assertThat(attribute(bean, "RecommendedPartSize")).isEqualTo(2_000L);
        assertThat(attribute(bean, "AbsoluteMinimumPartSize")).isEqualTo(1_000L);
        assertThat((String[]) attribute(bean, "AllowedBuckets")).isEmpty();
        assertThat(attribute(bean, "AllowedPrefix")).isNull();
        assertThat((String[]) attribute(bean, "Capabilities")).contains("listBuckets", "writeFiles");
        assertThat(attribute(bean, "Authorizations")).isEqualTo(1L);
        assertThat(Instant.parse((String) attribute(bean, "LastAuthorized")))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
    }

    @Test
    void noAttributeOfAnyBeanAndNoAnswerOfAnOperationHoldsTheKeyOrAToken() throws Exception {
        B2ClientLease lease = borrow(component().getConfiguration());
        String first = lease.client().accountInfo().authorizationToken();
        ObjectName bean = onlyBean();
        beans().invoke(bean, "authorizeAccount");
        String second = lease.client().accountInfo().authorizationToken();

        List<String> shown = beans().values();
        shown.add(String.join(" ", (String[]) beans().invoke(bean, "knownBuckets")));

        assertThat(second).isNotEqualTo(first);
        assertThat(shown).anyMatch(value -> value.contains(b2().applicationKeyId()));
        assertThat(shown)
                .noneMatch(value ->
                        value.contains(b2().applicationKey()) || value.contains(first) || value.contains(second));
    }

    @Test
    void aRestrictedKeyShowsWhatItIsRestrictedTo() throws Exception {
        String bucket = B2.createBucket();
        ApplicationKey key = borrow(component().getConfiguration())
                .client()
                .call(CreateKey.of(List.of(Capability.READ_FILES, Capability.LIST_FILES), "limited")
                        .withBucketIds(List.of(b2().state().bucketId(bucket).orElseThrow()))
                        .withNamePrefix("in/"));
        B2Configuration limited = component().getConfiguration().copy();
        limited.setApplicationKeyId(key.applicationKeyId());
        limited.setApplicationKey(key.applicationKey());

        borrow(limited).client().accountInfo();

        ObjectName bean = beanOf(key.applicationKeyId());
        assertThat((String[]) attribute(bean, "AllowedBuckets")).containsExactly(bucket);
        assertThat(attribute(bean, "AllowedPrefix")).isEqualTo("in/");
        assertThat((String[]) attribute(bean, "Capabilities")).containsExactly("listFiles", "readFiles");
    }

    @Test
    void readingEveryAttributeBeforeTheFirstCallAsksB2ForNothing() throws Exception {
        borrow(component().getConfiguration());
        ObjectName bean = onlyBean();

        for (String attribute : beans().attributes(bean)) {
            attribute(bean, attribute);
        }

        assertThat(attribute(bean, "LoggedIn")).isEqualTo(false);
        assertThat(attribute(bean, "AccountId")).isNull();
        assertThat(attribute(bean, "RecommendedPartSize")).isEqualTo(-1L);
        assertThat(attribute(bean, "LastAuthorized")).isNull();
        assertThat(b2().count("b2_authorize_account")).isZero();
    }

    @Test
    void connectionsAndRequestsAreCounted() throws Exception {
        String bucket = B2.createBucket();
        B2ClientLease lease = borrow(component().getConfiguration());
        ObjectName bean = onlyBean();
        send("b2:" + bucket + "?fileName=a", "content", Map.of());
        send("b2:" + bucket + "?operation=getFileInfo&fileName=a", null, Map.of());

        assertThat(attribute(bean, "LeasedConnections")).isEqualTo(0);
        assertThat((int) attribute(bean, "AvailableConnections")).isPositive();
        assertThat(attribute(bean, "PendingConnections")).isEqualTo(0);
        assertThat(attribute(bean, "TunedConcurrency")).isEqualTo(10);
        assertThat((int) attribute(bean, "MaxConnections")).isGreaterThanOrEqualTo(64);
        assertThat(attribute(bean, "ClassARequests"))
                .isEqualTo(lease.client().transactions().a());
        assertThat((long) attribute(bean, "ClassARequests")).isPositive();
        assertThat((long) attribute(bean, "ClassBRequests")).isPositive();
        assertThat((long) attribute(bean, "ClassCRequests")).isPositive();
    }

    @Test
    void theLoginIsForgottenAndMadeAnewByHand() throws Exception {
        String bucket = B2.createBucket();
        borrow(component().getConfiguration());
        ObjectName bean = onlyBean();
        send("b2:" + bucket + "?fileName=a", "content", Map.of());
        assertThat((String[]) beans().invoke(bean, "knownBuckets")).containsExactly(bucket);

        beans().invoke(bean, "clearAccountInfo");

        assertThat(attribute(bean, "LoggedIn")).isEqualTo(false);
        assertThat((String[]) beans().invoke(bean, "knownBuckets")).isEmpty();
        beans().invoke(bean, "authorizeAccount");
        assertThat(attribute(bean, "LoggedIn")).isEqualTo(true);
        assertThat(attribute(bean, "Authorizations")).isEqualTo(2L);
        send("b2:" + bucket + "?fileName=b", "content", Map.of());
        assertThat(b2().count("b2_authorize_account")).isEqualTo(2);
    }

    @Test
    void aLoginFoundInTheRepositoryIsShownAndNotCounted() throws Exception {
        B2Configuration options = component().getConfiguration().copy();
        AccountInfo found = borrow(options).client().accountInfo();
        B2Configuration shared = options.copy();
        AccountInfoRepository repository = new InMemoryAccountInfoRepository();
        repository.store(found);
        shared.setAccountInfoRepository(repository);
        B2ClientLease lease = borrow(shared);

        lease.client().accountInfo();

        assertThat(lease.client().authorizations().made()).isZero();
        assertThat(accounts().stream()
                        .map(bean -> attribute(bean, "LoggedIn") + " " + attribute(bean, "Authorizations")))
                .containsExactlyInAnyOrder("true 1", "true 0");
    }

    @Test
    void theViewGoesWithTheLastEndpointThatUsesTheLogin() throws Exception {
        component().getConfiguration().setClientLinger(0);
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:one").routeId("one").to("b2:bucket?fileName=a");
                from("direct:two").routeId("two").to("b2:bucket?fileName=b");
            }
        });

        assertThat(accounts()).hasSize(1);
        context().getRouteController().stopRoute("one");
        assertThat(accounts()).hasSize(1);
        context().getRouteController().stopRoute("two");
        assertThat(accounts()).isEmpty();
    }

    private B2ClientLease borrow(B2Configuration options) {
        B2ClientLease lease = component().borrowClient(options);
        leases.add(lease);
        return lease;
    }

    private ManagedBeans beans() {
        return new ManagedBeans(context());
    }

    private List<ObjectName> accounts() throws JMException {
        return beans().named("type", "services").stream()
                .filter(bean -> bean.getKeyProperty("name").startsWith("B2Account("))
                .toList();
    }

    private ObjectName onlyBean() throws JMException {
        assertThat(accounts()).hasSize(1);
        return accounts().get(0);
    }

    private ObjectName beanOf(String keyId) throws JMException {
        return accounts().stream()
                .filter(bean -> keyId.equals(attribute(bean, "ApplicationKeyId")))
                .findFirst()
                .orElseThrow();
    }

    private Object attribute(ObjectName bean, String name) {
        try {
            return beans().attribute(bean, name);
        } catch (JMException e) {
            throw new AssertionError(bean + " " + name, e);
        }
    }
}
