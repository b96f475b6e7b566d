// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.apache.camel.Endpoint;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.lending.B2ClientLease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ClientSharingTest extends B2TestSupport {
    @Test
    void endpointsOfOneAccountShareOneLogin() {
        String bucket = B2.createBucket();

        send("b2:" + bucket + "?fileName=a", "a", Map.of());
        send("b2:" + bucket + "?operation=listFileNames", null, Map.of());
        send("b2:" + bucket + "?operation=getFileInfo&fileName=a&retryTimeout=10s", null, Map.of());

        assertThat(b2().count("b2_authorize_account")).isEqualTo(1);
        assertThat(component().clients().size()).isEqualTo(1);
    }

    @Test
    void manyThreadsLogInOnceAndUseNoMoreConnectionsThanTheyNeed() throws Exception {
        String bucket = B2.createBucket();
        int threads = 8;

        try (Workers workers = new Workers(threads)) {
            workers.run(200, i -> send("b2:" + bucket + "?fileName=f" + i % 20, "content", Map.of()));
        }

        assertThat(b2().count("b2_authorize_account")).isEqualTo(1);
        assertThat(b2().count("b2_list_buckets")).isEqualTo(1);
        assertThat(b2().count("b2_upload_file")).isEqualTo(200);
        assertThat(b2().count("b2_get_upload_url")).isLessThanOrEqualTo(threads);
        assertThat(b2().openConnections()).isLessThanOrEqualTo(2 * threads);
    }

    @Test
    void eachOfManyThreadsHearsThatThereIsNoSuchBucket() throws Exception {
        try (Workers workers = new Workers(8)) {
            workers.run(8, i -> assertThat(fail("b2:no-such-bucket?fileName=a", "content", Map.of()))
                    .isInstanceOf(B2NotFoundException.class)
                    .hasMessageContaining("no-such-bucket"));
        }
    }

    @Test
    void anotherKeyGetsAnotherClient() {
        String bucket = B2.createBucket();

        send("b2:" + bucket + "?fileName=a", "a", Map.of());
        fail("b2:" + bucket + "?fileName=a&applicationKeyId=0015&applicationKey=K001wrong", "a", Map.of());

        assertThat(component().clients().size()).isEqualTo(2);
    }

    @Test
    void everyRequestNamesTheVersionsOfComponentAndCamel() {
        send("b2:" + B2.createBucket() + "?fileName=a", "a", Map.of());

        assertThat(b2().requests("b2_authorize_account")
                        .get(0)
                        .header("User-Agent")
                        .orElseThrow())
                .matches("camel-b2/\\d+\\.\\d+\\.\\d+\\S* Camel/4\\.\\d+\\.\\d+");
    }

    @Test
    void theLastUserClosesTheClient() {
        B2Configuration options = component().getConfiguration();
        options.setClientLinger(0);
        B2ClientLease first = component().borrowClient(options);
        B2ClientLease second = component().borrowClient(options.copy());

        assertThat(second.client()).isSameAs(first.client());
        first.close();
        first.close();
        assertThat(component().clients().size()).isEqualTo(1);
        second.close();
        assertThat(component().clients().size()).isZero();
    }

    @Test
    void aRouteThatIsStoppedAndStartedWorksAgain() throws Exception {
        String bucket = B2.createBucket();
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:restarted").routeId("restarted").to("b2:" + bucket + "?fileName=a");
            }
        });

        send("direct:restarted", "one", Map.of());
        context().getRouteController().stopRoute("restarted");
        context().getRouteController().startRoute("restarted");
        send("direct:restarted", "two", Map.of());

        assertThat(b2().state().versions(bucket, "a")).hasSize(2);
    }

    @Test
    void aContextThatIsStoppedClosesItsConnections() {
        String bucket = B2.createBucket();
        send("b2:" + bucket + "?fileName=a", "a", Map.of());
        B2Component component = component();

        context().stop();

        assertThat(component.clients().size()).isZero();
        await().until(() -> b2().openConnections() == 0);
    }

    @Test
    void aContextThatIsStartedAgainLogsInAgain() throws Exception {
        String bucket = B2.createBucket();
        // A stopped context forgets its components and its registry, so the route brings the account along.
        String account = "realm=" + b2().url() + "&applicationKeyId=" + b2().applicationKeyId() + "&applicationKey=RAW("
                + b2().applicationKey() + ")";
        try (DefaultCamelContext restarted = new DefaultCamelContext()) {
            restarted.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:again").to("b2:" + bucket + "?fileName=a&" + account);
                }
            });
            for (int i = 0; i < 3; i++) {
                restarted.start();
                try (ProducerTemplate template = restarted.createProducerTemplate()) {
                    template.sendBody("direct:again", "body");
                }
                B2Component own = restarted.getComponent("b2", B2Component.class);
                assertThat(own.clients().size()).isEqualTo(1);
                restarted.stop();
                assertThat(own.clients().size()).isZero();
                await().until(() -> b2().openConnections() == 0);
            }
        }

        assertThat(b2().state().versions(bucket, "a")).hasSize(3);
        assertThat(b2().count("b2_authorize_account")).isEqualTo(3);
    }

    @Test
    void anEndpointThatIsStoppedAndStartedWorksAgain() {
        String bucket = B2.createBucket();
        Endpoint endpoint = context().getEndpoint("b2:" + bucket + "?fileName=a");
        send(endpoint.getEndpointUri(), "one", Map.of());

        endpoint.stop();
        endpoint.start();
        send(endpoint.getEndpointUri(), "two", Map.of());

        assertThat(b2().state().versions(bucket, "a")).hasSize(2);
        assertThat(b2().count("b2_authorize_account")).isEqualTo(1);
    }

    @Test
    void aSuspendedContextGoesOnWhereItWas() {
        String bucket = B2.createBucket();
        send("b2:" + bucket + "?fileName=a", "a", Map.of());

        context().suspend();
        context().resume();
        send("b2:" + bucket + "?fileName=b", "b", Map.of());

        assertThat(b2().state().names(bucket)).containsExactly("a", "b");
        assertThat(b2().count("b2_authorize_account")).isEqualTo(1);
    }

    @Test
    void aClientOfTheRegistryIsUsedAndLeftOpen() {
        String bucket = B2.createBucket();
        B2ClientLease lease = component().borrowClient(component().getConfiguration());
        B2Client own = lease.client();
        context().getRegistry().bind("own", own);

        send("b2:" + bucket + "?fileName=a&b2Client=#own", "a", Map.of());
        context().getEndpoint("b2:" + bucket + "?fileName=a&b2Client=#own").stop();

        assertThat(own.accountInfo().accountId()).isEqualTo(b2().accountId());
        lease.close();
    }

    /** Some threads that do a number of things. */
    private static final class Workers implements AutoCloseable {
        private final ExecutorService threads;

        Workers(int count) {
            threads = Executors.newFixedThreadPool(count);
        }

        void run(int times, java.util.function.IntConsumer work) throws Exception {
            java.util.List<java.util.concurrent.Future<?>> done = new java.util.ArrayList<>();
            for (int i = 0; i < times; i++) {
                int number = i;
                done.add(threads.submit(() -> work.accept(number)));
            }
            for (java.util.concurrent.Future<?> future : done) {
                future.get();
            }
        }

        @Override
        public void close() {
            threads.shutdownNow();
        }
    }
}
