// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Configuration;
import io.github.camelb2.B2Constants;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.api.B2UnauthorizedException;
import io.github.camelb2.client.call.BucketCalls.UpdateBucket;
import io.github.camelb2.client.call.KeyCalls.DeleteKey;
import io.github.camelb2.client.call.KeyCalls.ListKeys;
import io.github.camelb2.client.model.bucket.Bucket;
import io.github.camelb2.client.model.bucket.ReplicationConfiguration;
import io.github.camelb2.client.model.bucket.ReplicationConfiguration.Destination;
import io.github.camelb2.client.model.bucket.ReplicationConfiguration.Source;
import io.github.camelb2.client.model.bucket.ReplicationRule;
import io.github.camelb2.client.model.key.ApplicationKey;
import io.github.camelb2.client.model.protection.Guarded;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.lending.B2ClientLease;
import io.github.camelb2.operation.replication.ReplicationHealthCheck;
import io.github.camelb2.operation.request.ReplicationReport;
import io.github.camelb2.operation.request.ReplicationSetup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class ReplicationTest extends B2TestSupport {
    private String source;
    private String destination;

    @BeforeEach
    void makeBuckets() {
        source = B2.createBucket();
        destination = B2.bucketName("copies");
        b2().state().createBucket(destination);
    }

    @AfterEach
    void forgetFaults() {
        b2().faults().clear();
    }

    @Test
    void afterTheSetupFilesAreReplicatedAndTheStatusSaysSo() throws Exception {
        put("old", "1");
        ReplicationSetup setup = setUp(Map.of(B2Constants.REPLICATE_EXISTING, true));
        put("new", "22");

        assertThat(setup.isChanged()).isTrue();
        assertThat(setup.rule().destinationBucketId())
                .isEqualTo(bucket(destination).bucketId());
        assertThat(setup.rule().replicationRuleName()).isEqualTo(destination);
        await().untilAsserted(() -> assertThat(b2().state().names(destination)).containsExactly("new", "old"));
        await().untilAsserted(() -> {
            ReplicationReport report = status(source);
            assertThat(report.seen()).isEqualTo(2);
            assertThat(report.completed()).isEqualTo(2);
            assertThat(report.pending()).isZero();
            assertThat(report.lag()).isZero();
        });
        assertThat(status(destination).replicas()).isEqualTo(2);
    }

    /** Each region is an account of its own, so that this is how files get to another region. */
    @Test
    void theDestinationMayBeInTheAccountOfAnotherComponent() throws Exception {
        try (B2Emulator other = B2Emulator.start()) {
            B2Component there = new B2Component();
            B2Configuration options = component().getConfiguration().copy();
            options.setRealm(other.url());
            options.setApplicationKeyId(other.applicationKeyId());
            options.setApplicationKey(other.applicationKey());
            there.setConfiguration(options);
            context().addComponent("b2-eu", there);
            String abroad = B2.bucketName("abroad");
            other.state().createBucket(abroad);
            Map<String, Object> headers =
                    Map.of(B2Constants.DESTINATION_BUCKET_NAME, abroad, B2Constants.DESTINATION_COMPONENT, "b2-eu");

            ReplicationSetup setup =
                    send(uri(source), null, headers).getMessage().getBody(ReplicationSetup.class);
            ReplicationSetup again =
                    send(uri(source), null, headers).getMessage().getBody(ReplicationSetup.class);

            Bucket destinationBucket;
            try (B2ClientLease lease = there.borrowClient(options)) {
                destinationBucket = lease.client().getBucket(abroad, CallSettings.DEFAULT);
            }
            assertThat(setup.rule().destinationBucketId()).isEqualTo(destinationBucket.bucketId());
            assertThat(replication(source).asReplicationSource().sourceApplicationKeyId())
                    .isEqualTo(setup.sourceKeyId());
            assertThat(destinationBucket.replicationConfiguration().find().orElseThrow())
                    .satisfies(it -> assertThat(it.asReplicationDestination().sourceToDestinationKeyMapping())
                            .containsExactly(Map.entry(setup.sourceKeyId(), setup.destinationKeyId())));
            assertThat(keys()).extracting(ApplicationKey::applicationKeyId).doesNotContain(setup.destinationKeyId());
            assertThat(again.isChanged()).isFalse();
        }
    }

    @Test
    void aComponentThatIsNotThereIsRefusedAndNothingChanged() throws Exception {
        Bucket before = bucket(source);

        assertThat(fail(uri(source), null, headers(Map.of(B2Constants.DESTINATION_COMPONENT, "b2-mars"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CamelB2DestinationComponent=b2-mars names no component");
        assertThat(bucket(source)).isEqualTo(before);
    }

    @Test
    void doneAgainItChangesNothing() throws Exception {
        ReplicationSetup first = setUp(Map.of());
        int keys = keys().size();
        b2().resetRequests();

        ReplicationSetup again = setUp(Map.of());

        assertThat(again.isChanged()).isFalse();
        assertThat(again.rule()).isEqualTo(first.rule());
        assertThat(again.sourceKeyId()).isEqualTo(first.sourceKeyId());
        assertThat(b2().count("b2_update_bucket")).isZero();
        assertThat(keys()).hasSize(keys);
    }

    @Test
    void rulesAndKeysOfOthersStay() throws Exception {
        String third = B2.bucketName("third");
        b2().state().createBucket(third);
        ReplicationRule theirs =
                new ReplicationRule("of-somebody", bucket(third).bucketId(), "x/", false, true, 700);
        client(it -> it.call(UpdateBucket.of(bucket(source).bucketId())
                .withReplicationConfiguration(new ReplicationConfiguration(
                        new Source(List.of(theirs), key("some").applicationKeyId()),
                        new Destination(Map.of("0001", "0002"))))));

        setUp(Map.of(B2Constants.PREFIX, "a/"));
        ReplicationSetup second = setUp(Map.of(B2Constants.PREFIX, "b/"));

        ReplicationConfiguration after = replication(source);
        assertThat(after.asReplicationDestination().sourceToDestinationKeyMapping())
                .containsEntry("0001", "0002");
        assertThat(after.asReplicationSource().replicationRules())
                .hasSize(3)
                .contains(theirs)
                .extracting(ReplicationRule::replicationRuleName)
                .containsExactlyInAnyOrder("of-somebody", destination, destination + "2");
        assertThat(second.rule().priority()).isEqualTo(710);
    }

    @Test
    void aKeyThatIsGoneIsMadeAnewAndARuleThatIsOffComesIntoForce() throws Exception {
        ReplicationSetup first = setUp(Map.of());
        client(it -> it.call(DeleteKey.of(first.sourceKeyId())));
        ReplicationRule rule = first.rule();
        ReplicationRule off = new ReplicationRule(
                rule.replicationRuleName(), rule.destinationBucketId(), "", false, false, rule.priority());
        client(it -> it.call(UpdateBucket.of(bucket(source).bucketId())
                .withReplicationConfiguration(
                        new ReplicationConfiguration(new Source(List.of(off), first.sourceKeyId()), null))));

        ReplicationSetup again = setUp(Map.of());

        assertThat(again.sourceKeyId()).isNotEqualTo(first.sourceKeyId());
        assertThat(replication(source).asReplicationSource().replicationRules()).containsExactly(rule);
        assertThat(replication(destination).asReplicationDestination().sourceToDestinationKeyMapping())
                .containsEntry(again.sourceKeyId(), again.destinationKeyId());
    }

    @Test
    void whoChangesABucketMeanwhileLosesNothing() throws Exception {
        b2().faults().add("b2_update_bucket #1: status 409 conflict");

        assertThat(setUp(Map.of()).isChanged()).isTrue();
        assertThat(setUp(Map.of()).isChanged()).isFalse();
    }

    @Test
    void whatCannotWorkIsRefusedAndNothingChanged() throws Exception {
        setUp(Map.of(B2Constants.REPLICATION_RULE_NAME, "my-rule", B2Constants.PREFIX, "a/"));
        Bucket before = bucket(source);

        assertThat(fail(
                        uri(source),
                        null,
                        headers(Map.of(B2Constants.REPLICATION_RULE_NAME, "my-rule", B2Constants.PREFIX, "b/"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write another name in CamelB2ReplicationRuleName");
        assertThat(fail(uri(source), null, Map.of(B2Constants.DESTINATION_BUCKET_NAME, source)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be replicated to itself");
        ApplicationKey blind = key("blind");
        assertThat(fail(
                        uri(source) + "&applicationKeyId=" + blind.applicationKeyId() + "&applicationKey=RAW("
                                + blind.applicationKey() + ")",
                        null,
                        headers(Map.of())))
                .isInstanceOf(B2UnauthorizedException.class);
        assertThat(bucket(source)).isEqualTo(before);
    }

    @Test
    void theHealthCheckIsDownWhenAFileWaitsTooLongOrFailed() throws Exception {
        setUp(Map.of());
        ReplicationHealthCheck check = new ReplicationHealthCheck();
        check.setUri("b2:" + source + "?operation=getReplicationStatus");
        check.setInterval("0s");
        context().getRegistry().bind("replication", check);
        check.setCamelContext(context());
        assertThat(check.call().getState()).isEqualTo(HealthCheck.State.UP);

        // Nobody may write there any more, so that it cannot be replicated.
        client(it -> it.call(DeleteKey.of(replication(destination)
                .asReplicationDestination()
                .sourceToDestinationKeyMapping()
                .values()
                .iterator()
                .next())));
        put("a", "1");

        await().untilAsserted(() -> assertThat(check.call()).satisfies(result -> {
            assertThat(result.getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(result.getMessage().orElseThrow()).contains("could not be replicated");
            assertThat(result.getDetails()).containsEntry("b2.replicationFailed", 1L);
        }));
        assertThatThrownBy(() -> check.setMaxLag("soon")).hasMessageContaining("maxLag=soon");
    }

    private String uri(String bucketName) {
        return "b2:" + bucketName + "?operation=setupReplication";
    }

    private Map<String, Object> headers(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(more);
        all.put(B2Constants.DESTINATION_BUCKET_NAME, destination);
        return all;
    }

    private ReplicationSetup setUp(Map<String, Object> more) throws Exception {
        return send(uri(source), null, headers(more)).getMessage().getBody(ReplicationSetup.class);
    }

    private ReplicationReport status(String bucketName) throws Exception {
        return send("b2:" + bucketName + "?operation=getReplicationStatus", null, Map.of())
                .getMessage()
                .getBody(ReplicationReport.class);
    }

    private void put(String name, String content) {
        b2().state().put(source, name, content.getBytes(StandardCharsets.UTF_8));
    }

    private Bucket bucket(String name) {
        return client(it -> it.getBucket(name, CallSettings.DEFAULT));
    }

    private ReplicationConfiguration replication(String name) {
        Guarded<ReplicationConfiguration> guarded = bucket(name).replicationConfiguration();
        return guarded.find().orElseThrow();
    }

    private ApplicationKey key(String name) {
        return client(it -> it.call(io.github.camelb2.client.call.KeyCalls.CreateKey.of(
                List.of(
                        new io.github.camelb2.client.api.Capability("listBuckets"),
                        new io.github.camelb2.client.api.Capability("readFiles"),
                        new io.github.camelb2.client.api.Capability("listKeys")),
                name + "-key")));
    }

    private List<ApplicationKey> keys() {
        List<ApplicationKey> all = new ArrayList<>();
        client(it -> {
            it.listKeys(ListKeys.of(), CallSettings.DEFAULT).forEachRemaining(all::add);
            return all;
        });
        return all;
    }

    private <T> T client(Function<B2Client, T> work) {
        try (B2ClientLease lease = component().borrowClient(component().getConfiguration())) {
            return work.apply(lease.client());
        }
    }
}
