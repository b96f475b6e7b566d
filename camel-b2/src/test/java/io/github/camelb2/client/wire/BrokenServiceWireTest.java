// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.wire;

import java.time.Duration;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.api.B2CapExceededException;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.B2UnauthorizedException;
import io.github.camelb2.client.call.FileCalls.GetFileInfo;
import io.github.camelb2.client.call.FileCalls.ListFileNames;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.retry.CallSettings;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.github.camelb2.client.wire.WireService.error;
import static io.github.camelb2.client.wire.WireService.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Servers that do not keep to the protocol, and servers that refuse. */
class BrokenServiceWireTest {
    private static final String CALL = "b2_get_file_info";
    private static final String FILE = "{\"fileId\":\"4_z\",\"fileName\":\"a.txt\",\"uploadTimestamp\":1}";
    private static final CallSettings ONCE = CallSettings.DEFAULT.withRetryTimeout(Duration.ZERO);

    @RegisterExtension
    static final WireService SERVICE = new WireService();

    static Stream<Arguments> brokenAnswers() {
        return Stream.of(
                Arguments.of("no JSON", json("it works!")),
                Arguments.of("half a JSON", json("{\"fileName\":\"a.txt\",\"fileId\":\"4_")),
                Arguments.of("nothing", json("")),
                Arguments.of("null", json("null")),
                Arguments.of("a list", json("[]")),
                Arguments.of("a member is missing", json("{\"fileId\":\"4_z\"}")),
                Arguments.of("a number is a word", json("{\"fileName\":\"a\",\"contentLength\":\"4_account_token\"}")),
                Arguments.of("a page of a proxy", aResponse().withStatus(502).withBody("<html>4_account_token</html>")),
                Arguments.of("reset", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
                Arguments.of("closed", aResponse().withFault(Fault.EMPTY_RESPONSE)),
                Arguments.of("garbage", aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)),
                Arguments.of("garbage after the status", aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)),
                Arguments.of(
                        "half a body",
                        aResponse().withHeader("Content-Length", "1000").withBody(FILE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenAnswers")
    void answerThatIsNoneFailsPlainlyAndTellsNoSecret(String name, ResponseDefinitionBuilder answer) {
        SERVICE.answer(CALL, answer);

        assertThatThrownBy(() -> SERVICE.client().call(GetFileInfo.of("4_z"), ONCE))
                .isInstanceOf(B2Exception.class)
                .hasMessageStartingWith("b2_get_file_info file id 4_z: ")
                .satisfies(e -> assertThat(stackOf(e)).doesNotContain("4_account_token"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenAnswers")
    void answerThatIsNoneIsAskedForAgain(String name, ResponseDefinitionBuilder answer) {
        SERVICE.answerInTurn(CALL, answer, json(FILE));

        FileVersion file = SERVICE.client().call(GetFileInfo.of("4_z"));

        assertThat(file.fileName()).isEqualTo("a.txt");
        assertThat(SERVICE.requests(CALL)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void busyServerIsAskedAgainAfterAWait(int status) {
        SERVICE.answerInTurn(CALL, error(status, "later"), error(status, "later"), json(FILE));

        SERVICE.client().call(GetFileInfo.of("4_z"));

        assertThat(SERVICE.requests(CALL)).hasSize(3);
        assertThat(SERVICE.time().sleeps().get(0)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(SERVICE.time().sleeps().get(1)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void retryAfterInSecondsAndAsADateIsObeyed() {
        SERVICE.answerInTurn(
                CALL,
                error(503, "service_unavailable").withHeader("Retry-After", "17"),
                // 17 s after the clock's beginning, and 43 s more.
                error(429, "too_many_requests").withHeader("Retry-After", "Thu, 01 Jan 2026 00:01:00 GMT"),
                json(FILE));

        SERVICE.client().call(GetFileInfo.of("4_z"));

        assertThat(SERVICE.time().sleeps()).containsExactly(Duration.ofSeconds(17), Duration.ofSeconds(43));
    }

    @Test
    void retryAfterThatIsADateIsReadByTheServicesClock() {
        SERVICE.answerInTurn(
                CALL,
                error(503, "service_unavailable")
                        .withHeader("Date", "Thu, 01 Jan 2026 05:00:00 GMT")
                        .withHeader("Retry-After", "Thu, 01 Jan 2026 05:00:40 GMT"),
                json(FILE));

        SERVICE.client().call(GetFileInfo.of("4_z"));

        assertThat(SERVICE.time().sleeps()).singleElement().satisfies(wait -> assertThat(wait)
                .isBetween(Duration.ofSeconds(39), Duration.ofSeconds(41)));
    }

    @Test
    void capIsNotTriedAgain() {
        SERVICE.answer(CALL, error(403, "transaction_cap_exceeded"));

        assertThatThrownBy(() -> SERVICE.client().call(GetFileInfo.of("4_z")))
                .isInstanceOf(B2CapExceededException.class)
                .hasMessageContaining("raise the daily transaction cap");
        assertThat(SERVICE.requests(CALL)).hasSize(1);
    }

    @Test
    void missingCapabilityIsNeitherTriedAgainNorAuthorizedAgain() {
        SERVICE.answer(CALL, error(401, "unauthorized"));

        assertThatThrownBy(() -> SERVICE.client().call(GetFileInfo.of("4_z")))
                .isInstanceOf(B2UnauthorizedException.class)
                .hasMessageContaining("capability readFiles");
        assertThat(SERVICE.requests(CALL)).hasSize(1);
        assertThat(SERVICE.requests("b2_authorize_account")).hasSize(1);
    }

    @Test
    void expiredTokenIsReplacedOnce() {
        SERVICE.answerInTurn(CALL, error(401, "expired_auth_token"), json(FILE));

        SERVICE.client().call(GetFileInfo.of("4_z"));

        assertThat(SERVICE.requests("b2_authorize_account")).hasSize(2);
        assertThat(SERVICE.time().sleeps()).isEmpty();
    }

    @Test
    void tokenThatIsAlwaysRefusedEndsTheCall() {
        SERVICE.answer(CALL, error(401, "bad_auth_token"));

        assertThatThrownBy(() -> SERVICE.client().call(GetFileInfo.of("4_z")))
                .isInstanceOf(B2UnauthorizedException.class);
        // The first tries come without a wait, then the back-off spreads them over the 15 minutes of the time limit.
        assertThat(SERVICE.requests(CALL)).hasSizeBetween(20, 40);
        assertThat(SERVICE.requests("b2_authorize_account"))
                .hasSizeLessThanOrEqualTo(SERVICE.requests(CALL).size());
        assertThat(SERVICE.time().sleeps().stream().reduce(Duration.ZERO, Duration::plus))
                .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(15));
    }

    @Test
    void wrongKeyIsSaidToBeWrong() {
        SERVICE.answer("b2_authorize_account", error(401, "unauthorized"));

        assertThatThrownBy(() -> SERVICE.client().call(GetFileInfo.of("4_z")))
                .isInstanceOf(B2UnauthorizedException.class)
                .hasMessage(
                        "b2_authorize_account key id key-id: 401 unauthorized: said so; check the application key id"
                                + " and the application key");
        assertThat(SERVICE.requests("b2_authorize_account")).hasSize(1);
    }

    @Test
    void statusOfTheLineCountsNotThatInTheBody() {
        SERVICE.answer(
                CALL,
                aResponse().withStatus(404).withBody("{\"code\":\"not_found\",\"message\":\"m\",\"status\":200}"));

        assertThatThrownBy(() -> SERVICE.client().call(GetFileInfo.of("4_z"))).isInstanceOf(B2NotFoundException.class);
    }

    @Test
    void successWithoutContentIsNone() {
        SERVICE.answer(CALL, aResponse().withStatus(204));

        assertThatThrownBy(() -> SERVICE.client().call(GetFileInfo.of("4_z")))
                .isInstanceOf(B2Exception.class)
                .hasMessageContaining("204");
    }

    @Test
    void redirectIsNotFollowed() {
        SERVICE.answer(CALL, aResponse().withStatus(302).withHeader("Location", SERVICE.url() + "/elsewhere"));

        assertThatThrownBy(() -> SERVICE.client().call(GetFileInfo.of("4_z"), ONCE))
                .isInstanceOf(B2Exception.class)
                .hasMessageContaining("302");
    }

    @Test
    void brokenPageOfAListingIsAskedForAgain() {
        SERVICE.answerInTurn(
                "b2_list_file_names",
                json("{\"files\":[" + FILE + "],\"nextFileName\":\"b"),
                json("{\"files\":[" + FILE + "],\"nextFileName\":null}"));

        assertThat(SERVICE.client().call(ListFileNames.of("4a48")).files()).hasSize(1);
    }

    @Test
    void slowAnswerIsGivenUpAfterTheRequestTimeout() {
        SERVICE.answer(CALL, json(FILE).withFixedDelay(5_000));

        assertThatThrownBy(() ->
                        SERVICE.client().call(GetFileInfo.of("4_z"), ONCE.withRequestTimeout(Duration.ofMillis(200))))
                .isInstanceOf(B2TransportException.class)
                .hasMessageContaining("timed out");
    }

    private static String stackOf(Throwable e) {
        java.io.StringWriter text = new java.io.StringWriter();
        e.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }
}
