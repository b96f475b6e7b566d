// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.util.concurrent.CompletableFuture;

import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.apache.camel.support.LifecycleStrategySupport;
import org.junit.jupiter.api.Test;

import io.github.camelb2.client.api.B2ThrottledException;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.lending.B2ClientLease;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients end their waits as the first thing of a stop, when the context still says that it is started. */
class StoppingContextTest extends B2TestSupport {
    @Test
    void whoeverAsksInThatMomentGetsTheFirstFailure() throws Exception {
        String bucket = B2.createBucket();
        CompletableFuture<ServiceStatus> said = new CompletableFuture<>();
        CompletableFuture<String> found = new CompletableFuture<>();
        try (B2ClientLease lease = component().borrowClient(component().getConfiguration())) {
            lease.client().accountInfo(CallSettings.DEFAULT);
            b2().faults().add("b2_list_buckets #1: status 503 service_unavailable");
            context().addLifecycleStrategy(new LifecycleStrategySupport() {
                @Override
                public void onContextStopping(CamelContext stopping) {
                    said.complete(stopping.getStatus());
                    try {
                        found.complete(lease.client().bucketId(bucket, CallSettings.DEFAULT));
                    } catch (B2ThrottledException e) {
                        found.completeExceptionally(e);
                    }
                }
            });

            context().stop();
        }

        assertThat(said).isCompletedWithValue(ServiceStatus.Started);
        assertThat(found).isCompletedExceptionally();
    }
}
