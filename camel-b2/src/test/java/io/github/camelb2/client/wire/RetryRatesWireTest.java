// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.wire;

import java.time.Duration;
import java.util.List;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2ThrottledException;
import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.B2UnauthorizedException;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.call.FileCalls.GetFileInfo;
import io.github.camelb2.client.call.FileCalls.ListFileNames;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.client.transfer.plan.TransferOptions;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.head;
import static com.github.tomakehurst.wiremock.client.WireMock.headRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static io.github.camelb2.client.wire.WireService.error;
import static io.github.camelb2.client.wire.WireService.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How often a service is asked that never works, in a quarter of an hour of a clock that only waiting moves. */
class RetryRatesWireTest {
    @RegisterExtension
    static final WireService SERVICE = new WireService();

    private static ResponseDefinitionBuilder answer(String what) {
        return switch (what) {
            case "reset" -> aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER);
            case "503 at once" -> error(503, "service_unavailable").withHeader("Retry-After", "0");
            case "429 in the past" ->
                error(429, "too_many_requests").withHeader("Retry-After", "Thu, 01 Jan 1970 00:00:00 GMT");
            default -> {
                String[] parts = what.split(" ");
                yield error(Integer.parseInt(parts[0]), parts.length > 1 ? parts[1] : "busy");
            }
        };
    }

    /** Answers with the one and the other in turn, for ever. */
    private static void alternate(String call, String one, String other) {
        ResponseDefinitionBuilder[] answers = new ResponseDefinitionBuilder[200];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = answer(i % 2 == 0 ? one : other);
        }
        SERVICE.answerInTurn(call, answers);
    }

    @ParameterizedTest
    @CsvSource({
        "503, 500",
        "reset, 503",
        "500, 504",
        "503 at once, 503 at once",
        "429 in the past, 503 at once",
        "429, 429"
    })
    void listingIsAskedForThirtyFourTimesAtMostWhateverTheFailuresAre(String one, String other) {
        alternate("b2_list_file_names", one, other);

        assertThatThrownBy(() -> SERVICE.client().call(ListFileNames.of("4a48")))
                .isInstanceOf(B2Exception.class);

        assertThat(SERVICE.requests("b2_list_file_names")).hasSizeBetween(10, 34);
        assertThat(waited()).isLessThanOrEqualTo(Duration.ofMinutes(15));
    }

    @ParameterizedTest
    @CsvSource({"503 at once, 503 at once", "429 in the past, 503 at once", "reset, 500"})
    void loginIsAskedForThirtyFourTimesAtMost(String one, String other) {
        alternate("b2_authorize_account", one, other);

        assertThatThrownBy(() -> SERVICE.client().call(ListFileNames.of("4a48")))
                .isInstanceOf(B2Exception.class);

        assertThat(SERVICE.requests("b2_authorize_account")).hasSizeBetween(10, 34);
    }

    @ParameterizedTest
    @CsvSource({
        "503, 500, 37",
        "reset, 503, 37",
        "503 at once, 503 at once, 37",
        "401 expired_auth_token, 401 bad_auth_token, 37",
        "401 expired_auth_token, 503, 37",
        "401 unauthorized, 401 expired_auth_token, 37",
        "400 bad_request, 503, 10",
        "400 auth_token_limit, 503, 37"
    })
    void uploadIsTriedSoOftenAtMost(String one, String other, int most) {
        SERVICE.answer(
                "b2_get_upload_url",
                "{\"bucketId\":\"4a48\",\"uploadUrl\":\"" + SERVICE.url()
                        + "/b2api/v4/upload\",\"authorizationToken\":\"t\"}");
        SERVICE.answer("b2_list_file_versions", "{\"files\":[]}");
        alternate("upload", one, other);

        assertThatThrownBy(this::upload).isInstanceOf(B2Exception.class);

        assertThat(SERVICE.requests("upload")).hasSizeBetween(2, most);
        assertThat(SERVICE.requests("b2_get_upload_url")).hasSizeLessThanOrEqualTo(most);
        assertThat(waited()).isLessThanOrEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void freshUrlThatWorksCostsNoWait() {
        SERVICE.answer(
                "b2_get_upload_url",
                "{\"bucketId\":\"4a48\",\"uploadUrl\":\"" + SERVICE.url()
                        + "/b2api/v4/upload\",\"authorizationToken\":\"t\"}");
        SERVICE.answerInTurn(
                "upload",
                answer("503"),
                answer("401 expired_auth_token"),
                json(
                        "{\"fileId\":\"4_z\",\"fileName\":\"a\",\"contentSha1\":\"86f7e437faa5a7fce15d1ddcb9eaeaea377667b8\",\"contentLength\":1,\"uploadTimestamp\":1}"));

        FileVersion stored = upload();

        assertThat(stored.fileId()).isEqualTo("4_z");
        assertThat(SERVICE.time().sleeps()).isEmpty();
    }

    private FileVersion upload() {
        return SERVICE.client()
                .upload(
                        UploadFile.toBucketId("4a48", "a"),
                        UploadSources.bytes(new byte[] {'a'}),
                        TransferOptions.DEFAULT,
                        CallSettings.DEFAULT);
    }

    @Test
    void absurdRetryAfterFailsAtOnce() {
        SERVICE.answer(
                "b2_list_file_names", error(503, "service_unavailable").withHeader("Retry-After", "99999999999999"));

        assertThatThrownBy(() -> SERVICE.client().call(ListFileNames.of("4a48")))
                .isInstanceOf(B2ThrottledException.class);

        assertThat(SERVICE.requests("b2_list_file_names")).hasSize(1);
    }

    @Test
    void headersWithoutALengthFailAfterAFewTriesWithWhatIsWrong() {
        SERVICE.server()
                .stubFor(head(urlMatching("/file/.*"))
                        .willReturn(aResponse()
                                .withHeader("X-Bz-File-Id", "4_z")
                                .withHeader("X-Bz-File-Name", "a")
                                .withHeader("X-Bz-Upload-Timestamp", "1")
                                .withHeader("Transfer-Encoding", "chunked")));

        assertThatThrownBy(() -> SERVICE.client().head(DownloadFile.byName("bucket", "a"), CallSettings.DEFAULT))
                .isInstanceOf(B2TransportException.class)
                .hasMessageContaining("the answer has no header Content-Length");

        SERVICE.server().verify(5, headRequestedFor(urlMatching("/file/.*")));
        assertThat(waited()).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void stoppingClientMakesTheRetryThatNeedsNoWaitAndNoOther() {
        SERVICE.answer(
                "b2_get_upload_url",
                "{\"bucketId\":\"4a48\",\"uploadUrl\":\"" + SERVICE.url()
                        + "/b2api/v4/upload\",\"authorizationToken\":\"t\"}");
        SERVICE.answerInTurn(
                "upload",
                answer("401 expired_auth_token"),
                json(
                        "{\"fileId\":\"4_z\",\"fileName\":\"a\",\"contentSha1\":\"86f7e437faa5a7fce15d1ddcb9eaeaea377667b8\",\"contentLength\":1,\"uploadTimestamp\":1}"));
        SERVICE.answer("b2_list_file_names", answer("503"));
        SERVICE.client().accountInfo();
        SERVICE.time().close();

        assertThat(upload().fileId()).isEqualTo("4_z");
        assertThatThrownBy(() -> SERVICE.client().call(ListFileNames.of("4a48")))
                .isInstanceOf(B2ThrottledException.class);

        assertThat(SERVICE.requests("upload")).hasSize(2);
        assertThat(SERVICE.requests("b2_list_file_names")).hasSize(1);
    }

    @Test
    void loginObeysTheTimeOfTheCallThatNeedsIt() {
        SERVICE.answer("b2_authorize_account", answer("503"));
        CallSettings short1 = CallSettings.DEFAULT.withRetryTimeout(Duration.ofSeconds(5));

        assertThatThrownBy(() -> SERVICE.client().accountInfo(short1)).isInstanceOf(B2ThrottledException.class);
        assertThatThrownBy(() -> SERVICE.client().authorize(short1)).isInstanceOf(B2ThrottledException.class);
        assertThatThrownBy(() -> SERVICE.client().call(GetFileInfo.of("4_z"), short1))
                .isInstanceOf(B2ThrottledException.class);

        assertThat(waited()).isLessThanOrEqualTo(Duration.ofSeconds(15));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http:///nowhere", "not a url", "ftp://127.0.0.1"})
    void invalidServiceUrlIsFinalAtOnce(String apiUrl) {
        SERVICE.answer(
                "b2_authorize_account",
                "{\"accountId\":\"acc\",\"authorizationToken\":\"t\",\"apiUrl\":\"" + apiUrl + "\",\"downloadUrl\":\""
                        + apiUrl + "\"}");

        assertThatThrownBy(() -> SERVICE.client().call(ListFileNames.of("4a48")))
                .isInstanceOf(B2TransportException.class)
                .hasMessageContaining("URL");

        assertThat(SERVICE.requests("b2_authorize_account")).hasSize(1);
        assertThat(SERVICE.time().sleeps()).isEmpty();
    }

    @Test
    void wrongKeyIsAskedForOnceInEveryFormOfItsRefusal() {
        for (String code : List.of("bad_auth_token", "unauthorized", "expired_auth_token")) {
            SERVICE.server().resetRequests();
            SERVICE.answer("b2_authorize_account", error(401, code));

            assertThatThrownBy(() -> SERVICE.client().authorize())
                    .isInstanceOf(B2UnauthorizedException.class)
                    .hasMessageContaining("check the application key id and the application key");

            assertThat(SERVICE.requests("b2_authorize_account")).hasSize(1);
        }
    }

    private static Duration waited() {
        return SERVICE.time().sleeps().stream().reduce(Duration.ZERO, Duration::plus);
    }
}
