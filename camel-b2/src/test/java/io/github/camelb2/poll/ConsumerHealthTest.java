// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ConsumerHealthTest extends ConsumerTestSupport {
    @Test
    void consumerIsReadyAfterItsFirstListingEvenIfNothingIsThere() throws Exception {
        consume("");
        assertThat(readiness().getState()).isEqualTo(HealthCheck.State.DOWN);

        polled();

        assertThat(readiness().getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void consumerIsReadyBeforeItsFirstBatchIsDone() throws Exception {
        put("a", "1");
        consume(
                "",
                route ->
                        route.process(it -> delivered.add(readiness().getState().name())));

        assertThat(polled()).containsExactly("UP");
    }

    @Test
    void failedListingSaysWhatB2Answered() throws Exception {
        b2().faults().add("b2_list_file_versions #1: status 403 access_denied");
        consume("");

        poll();

        HealthCheck.Result result = readiness();
        assertThat(result.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(result.getError()).isPresent();
        assertThat(result.getDetails())
                .containsEntry(HealthCheck.FAILURE_ERROR_COUNT, 1L)
                .containsEntry(HealthCheck.HTTP_RESPONSE_CODE, 403)
                .containsEntry("b2.call", "b2_list_file_versions")
                .containsEntry("b2.code", "access_denied");
    }

    @Test
    void consumerIsHealthyAgainAfterTheNextListing() throws Exception {
        b2().faults().add("b2_list_file_versions #1: status 403 access_denied");
        consume("");
        poll();
        failures.clear();

        polled();

        assertThat(readiness().getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void consumerThatWasStartedAgainIsNotReadyBeforeItListed() throws Exception {
        consume("");
        polled();

        context().getRouteController().stopRoute(ROUTE);
        context().getRouteController().startRoute(ROUTE);

        assertThat(readiness().getState()).isEqualTo(HealthCheck.State.DOWN);
    }

    /** It has a new consumer, and what becomes of a poll of the old one says nothing of that. */
    @Test
    void routeThatIsRestartedDuringAPollIsHealthyWithItsOwnFirstListing() throws Exception {
        put("a", "1");
        consume("retryTimeout=5000&initialBackoff=100&maxBackoff=100");
        polled();
        put("b", "1");
        long before = b2().count("b2_list_file_versions");
        b2().faults().add("b2_list_file_versions: status 503");
        CompletableFuture<Void> late = CompletableFuture.runAsync(b2Consumer()::run);
        await().until(() -> b2().count("b2_list_file_versions") > before);

        context().getRouteController().stopRoute(ROUTE, 100, TimeUnit.MILLISECONDS);
        b2().faults().clear();
        context().getRouteController().startRoute(ROUTE);
        assertThat(readiness().getState()).isEqualTo(HealthCheck.State.DOWN);
        poll();
        late.get(20, TimeUnit.SECONDS);

        assertThat(readiness().getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(failures.all()).isEmpty();
        assertThat(delivered).containsOnlyOnce("b=1");
    }

    private HealthCheck.Result readiness() {
        HealthCheck check = (HealthCheck) b2Consumer().getHealthCheck();
        return check.call(Map.of(HealthCheck.CHECK_KIND, HealthCheck.Kind.READINESS));
    }
}
