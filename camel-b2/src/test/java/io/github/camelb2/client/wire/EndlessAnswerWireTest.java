// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.wire;

import java.time.Duration;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.B2UnauthorizedException;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.call.FileCalls.GetFileInfo;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.client.transfer.plan.TransferOptions;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.github.camelb2.client.wire.WireService.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Answers that have said all and do not end: each read of a byte is in time, and no request may wait for them all. */
@Timeout(30)
class EndlessAnswerWireTest {
    private static final String CALL = "b2_get_file_info";
    private static final String FILE =
            "{\"fileId\":\"4_z\",\"fileName\":\"a\",\"contentSha1\":\"da39a3ee5e6b4b0d3255bfef95601890afd80709\"}";
    private static final String ERROR = "{\"code\":\"unauthorized\",\"message\":\"no\",\"status\":403}";
    private static final CallSettings HASTY =
            CallSettings.DEFAULT.withRetryTimeout(Duration.ZERO).withRequestTimeout(Duration.ofSeconds(2));

    /** So many pieces, of which the first holds all that is said; the socket would wait for each. */
    private static final int PIECES = 400;

    @RegisterExtension
    static final WireService SERVICE = new WireService();

    private static ResponseDefinitionBuilder trickle(int status, String said) {
        int piece = Math.max(1, said.length());
        return aResponse()
                .withStatus(status)
                .withBody(said + " ".repeat(piece * PIECES - said.length()))
                .withChunkedDribbleDelay(PIECES, 100 * PIECES);
    }

    static Stream<Arguments> trickles() {
        return Stream.of(
                Arguments.of("behind the answer", trickle(200, FILE)),
                Arguments.of("instead of an answer", trickle(200, "")),
                Arguments.of("behind an error", trickle(400, ERROR)),
                Arguments.of("instead of an error", trickle(500, "")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("trickles")
    void trickleOfBlanksEndsWithItsRequest(String name, ResponseDefinitionBuilder answer) {
        SERVICE.answer(CALL, answer);

        assertThatThrownBy(() -> SERVICE.client().call(GetFileInfo.of("4_z"), HASTY))
                .isInstanceOf(B2TransportException.class)
                .hasMessageContaining("the answer did not end within PT2S");
        assertThat(SERVICE.transport().transport().connections().orElseThrow().leased())
                .isZero();
    }

    @Test
    void trickleBehindALoginEndsWithIt() {
        SERVICE.answer(
                "b2_authorize_account",
                trickle(
                        200,
                        "{\"accountId\":\"a\",\"authorizationToken\":\"t\",\"apiUrl\":\"http://b\",\"downloadUrl\":\"http://b\"}"));

        assertThatThrownBy(() -> SERVICE.client().authorize(HASTY))
                .isInstanceOf(B2TransportException.class)
                .hasMessageContaining("the answer did not end within PT2S");
    }

    @Test
    void trickleBehindAnUploadEndsWithIt() {
        SERVICE.answer(
                "b2_get_upload_url",
                "{\"bucketId\":\"4_b\",\"uploadUrl\":\"" + SERVICE.url() + "/upload\",\"authorizationToken\":\"t\"}");
        SERVICE.server().stubFor(post(urlEqualTo("/upload")).willReturn(trickle(200, FILE)));

        assertThatThrownBy(() -> SERVICE.client()
                        .upload(
                                UploadFile.toBucketId("4_b", "a"),
                                UploadSources.bytes(new byte[0]),
                                TransferOptions.DEFAULT,
                                HASTY))
                .isInstanceOf(B2TransportException.class)
                .hasMessageContaining("the answer did not end within PT2S");
    }

    @Test
    void trickleBehindARefusedDownloadEndsWithIt() {
        SERVICE.server().stubFor(get(anyUrl()).willReturn(trickle(400, ERROR)));

        assertThatThrownBy(() -> SERVICE.client().open(DownloadFile.byId("4_z"), HASTY))
                .isInstanceOf(B2Exception.class)
                .hasMessageContaining("did not end within");
        assertThat(SERVICE.transport().transport().connections().orElseThrow().leased())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8_000, 60_000})
    void fewBlanksBehindAnAnswerAreNothing(int blanks) {
        SERVICE.answer(CALL, json(FILE + " ".repeat(blanks)));

        FileVersion file = SERVICE.client().call(GetFileInfo.of("4_z"), HASTY);

        assertThat(file.fileName()).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"  x", " {}"})
    void somethingFarBehindAnAnswerIsSeen(String behind) {
        SERVICE.answer(CALL, json(FILE + " ".repeat(20_000) + behind));

        assertThatThrownBy(() -> SERVICE.client().call(GetFileInfo.of("4_z"), HASTY))
                .isInstanceOf(B2TransportException.class)
                .hasMessageContaining("UnusableAnswerException");
    }

    @Test
    void manyBlanksBehindAnAnswerAreNotReadToTheirEnd() {
        SERVICE.answer(CALL, json(FILE + " ".repeat(4_000_000)));

        assertThatThrownBy(() -> SERVICE.client().call(GetFileInfo.of("4_z"), HASTY))
                .isInstanceOf(B2TransportException.class)
                .hasMessageContaining("UnusableAnswerException");
    }

    /** What an error says stands at its beginning. */
    @Test
    void manyBlanksBehindAnErrorAreNotReadToTheirEnd() {
        SERVICE.answer(CALL, aResponse().withStatus(401).withBody(ERROR + " ".repeat(4_000_000)));

        assertThatThrownBy(() -> SERVICE.client().call(GetFileInfo.of("4_z"), HASTY))
                .isInstanceOf(B2UnauthorizedException.class);
        assertThat(SERVICE.transport().transport().connections().orElseThrow().leased())
                .isZero();
    }
}
