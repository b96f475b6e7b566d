package io.github.camelb2.poll;

import java.util.Map;

import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

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

    private HealthCheck.Result readiness() {
        HealthCheck check = (HealthCheck) b2Consumer().getHealthCheck();
        return check.call(Map.of(HealthCheck.CHECK_KIND, HealthCheck.Kind.READINESS));
    }
}
