// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.rule;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.client.model.bucket.NotificationRule;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.lending.B2ClientLease;
import io.github.camelb2.operation.step.OperationScope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class RuleChangeTest extends B2TestSupport {
    private String bucket;

    @BeforeEach
    void makeBucket() {
        bucket = B2.createBucket();
    }

    @Test
    void oneRuleIsAddedChangedAndRemovedAndTheOthersStay() {
        put(rule("first-rule", "a/"));
        put(rule("second-rule", "b/"));
        NotificationRule first = rule("first-rule", "a/");

        put(rule("second-rule", "c/"));
        assertThat(rules()).extracting(NotificationRule::objectNamePrefix).containsExactlyInAnyOrder("a/", "c/");
        change(it -> it.remove("second-rule"));

        assertThat(rules()).singleElement().satisfies(it -> assertThat(it.doesTheSameAs(first))
                .isTrue());
    }

    @Test
    void whatIsThereAlreadyIsNotWritten() {
        put(rule("first-rule", "a/"));
        b2().resetRequests();

        put(rule("first-rule", "a/"));
        change(it -> it.remove("no-such-rule"));

        assertThat(b2().count("b2_set_bucket_notification_rules")).isZero();
    }

    /** There is no revision: whoever writes last undoes what was written since he has read. */
    @Test
    void allThatChangeRulesAtTheSameTimeKeepThoseOfEachOther() throws Exception {
        put(rule("of-somebody", "z/"));
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int i = 0; i < 4; i++) {
                String name = "writer-" + i;
                String prefix = i + "/";
                writers.add(CompletableFuture.runAsync(() -> put(rule(name, prefix)), threads));
            }
            for (CompletableFuture<Void> writer : writers) {
                writer.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(rules())
                .extracting(NotificationRule::name)
                .containsExactlyInAnyOrder("of-somebody", "writer-0", "writer-1", "writer-2", "writer-3");
    }

    /** The slow one's writing is held up between its second reading and the service: longer than others look again. */
    @Test
    void noRuleIsLostInOneJvmHoweverSlowAWriterIsAndWhateverContextItHas() throws Exception {
        b2().faults().add("b2_set_bucket_notification_rules #1: delay 700ms");
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try (DefaultCamelContext another = new DefaultCamelContext()) {
            another.addComponent("b2", ofAnotherContext());
            another.start();
            b2().resetRequests();
            CompletableFuture<Void> slow = CompletableFuture.runAsync(() -> put(rule("slow-one", "s/")), threads);
            await().until(() -> b2().count("b2_get_bucket_notification_rules") >= 2);
            CompletableFuture<Void> quick = CompletableFuture.runAsync(
                    () -> another.createProducerTemplate()
                            .requestBody(
                                    "b2:" + bucket + "?operation=putBucketNotificationRule", rule("quick-one", "q/")),
                    threads);
            slow.get(60, TimeUnit.SECONDS);
            quick.get(60, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }

        assertThat(rules()).extracting(NotificationRule::name).containsExactlyInAnyOrder("slow-one", "quick-one");
    }

    private B2Component ofAnotherContext() {
        B2Component made = new B2Component();
        made.setConfiguration(component().getConfiguration().copy());
        return made;
    }

    @Test
    void aRuleWithEventsOfAnotherOneIsRefusedAndNothingWritten() {
        put(rule("first-rule", "a/"));
        b2().resetRequests();

        assertThatThrownBy(() -> put(rule("other-rule", "a/b/")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the rule first-rule of the bucket sends events of b2:ObjectCreated:*")
                .hasMessageContaining("removeBucketNotificationRule");
        assertThat(b2().count("b2_set_bucket_notification_rules")).isZero();
        put(NotificationRule.of("other-rule", List.of("b2:ObjectDeleted:*"), target())
                .withObjectNamePrefix("a/b/"));
        assertThat(rules()).hasSize(2);
    }

    private static NotificationRule rule(String name, String prefix) {
        return NotificationRule.of(name, List.of("b2:ObjectCreated:*"), target())
                .withObjectNamePrefix(prefix);
    }

    private static NotificationRule.Target target() {
        return NotificationRule.Target.webhook("http://127.0.0.1:9/", null);
    }

    private List<NotificationRule> rules() {
        return change(RuleChange::rules);
    }

    private void put(NotificationRule rule) {
        change(it -> it.put(rule));
    }

    private <T> T change(Function<RuleChange, T> work) {
        try (B2ClientLease lease = component().borrowClient(component().getConfiguration())) {
            OperationScope scope = new OperationScope(lease, component().getConfiguration(), InstantSource.system());
            return work.apply(new RuleChange(
                    scope,
                    lease.client().getBucket(bucket, CallSettings.DEFAULT).bucketId()));
        }
    }
}
