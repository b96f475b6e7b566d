// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.impl.health.DefaultHealthCheckRegistry;
import org.apache.camel.impl.health.ProducersHealthCheckRepository;
import org.apache.camel.support.ScheduledPollConsumer;
import org.junit.jupiter.api.Test;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.B2TestSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** What a producer tells of its health, where Camel asks producers for it. */
class ProducerHealthTest extends B2TestSupport {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final SwitchedRepository repository = new SwitchedRepository();
    private final String bucket = "health-bucket-" + COUNT.incrementAndGet();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext made = super.createCamelContext();
        HealthCheckRegistry registry = new DefaultHealthCheckRegistry(made);
        made.getCamelContextExtension().addContextPlugin(HealthCheckRegistry.class, registry);
        HealthCheckRepository producers = new ProducersHealthCheckRepository();
        producers.setEnabled(true);
        registry.register(producers);
        return made;
    }

    @Override
    protected void configure(B2Configuration options) {
        super.configure(options);
        options.setAccountInfoRepository(repository);
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:health").routeId("health").to("b2:" + bucket + "?fileName=a");
            }
        };
    }

    private HealthCheck.Result check() {
        Collection<HealthCheck.Result> all = HealthCheckHelper.invokeReadiness(context());
        return all.stream()
                .filter(result -> result.getCheck().getId().contains("b2://" + bucket))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aProducerIsUpWhenItHasALoginAndItsBucketAndAsksForThemOnce() {
        b2().state().createBucket(bucket);

        for (int i = 0; i < 5; i++) {
            assertThat(check().getState()).isEqualTo(HealthCheck.State.UP);
        }

        assertThat(b2().count("b2_authorize_account")).isEqualTo(1);
        assertThat(b2().count("b2_list_buckets")).isEqualTo(1);
        assertThat(HealthCheckHelper.invokeLiveness(context()))
                .noneMatch(result -> result.getCheck().getId().contains("b2://"));
    }

    @Test
    void aProducerWithoutItsBucketIsDownAndSaysWhy() {
        HealthCheck.Result down = check();

        assertThat(down.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(down.getDetails()).containsEntry("b2.bucket", bucket).containsEntry("b2.code", "no_such_bucket");
    }

    @Test
    void aServiceThatFailsIsToldAtOnce() {
        b2().faults().add("b2_authorize_account: status 503 service_unavailable");

        HealthCheck.Result down = check();

        assertThat(down.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(down.getDetails()).containsEntry("b2.call", "b2_authorize_account");
        assertThat(b2().count("b2_authorize_account")).isEqualTo(1);
    }

    @Test
    void aRepositoryThatFailsIsADetailOfAHealthyProducer() {
        b2().state().createBucket(bucket);
        repository.switchOff();
        send("direct:health", "body", Map.of());

        HealthCheck.Result up = check();

        assertThat(up.getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(up.getDetails().get("b2.repository").toString()).contains("switched off");
    }

    @Test
    void aRepositoryThatFailsIsADetailOfAHealthyConsumer() throws Exception {
        b2().state().createBucket(bucket);
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("b2:" + bucket + "?startScheduler=false")
                        .routeId("consumer")
                        .to("mock:consumed");
            }
        });
        ScheduledPollConsumer consumer =
                (ScheduledPollConsumer) context().getRoute("consumer").getConsumer();
        HealthCheck check = (HealthCheck) consumer.getHealthCheck();
        consumer.run();
        assertThat(check.call().getDetails()).doesNotContainKey("b2.repository");

        repository.switchOff();
        b2().expireTokens();
        consumer.run();

        HealthCheck.Result up = check.call();
        assertThat(up.getState()).as("%s", up.getError()).isEqualTo(HealthCheck.State.UP);
        assertThat(up.getDetails().get("b2.repository").toString()).contains("switched off");
    }

    @Test
    void aStoppedProducerHasNoCheck() throws Exception {
        context().getRouteController().stopRoute("health");

        assertThat(HealthCheckHelper.invokeReadiness(context()))
                .noneMatch(result -> result.getCheck().getId().contains("b2://" + bucket));
    }
}
