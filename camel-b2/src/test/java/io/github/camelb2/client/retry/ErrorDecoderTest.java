// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.retry;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2ThrottledException;
import io.github.camelb2.client.api.B2UnauthorizedException;
import io.github.camelb2.client.api.Repeat;
import io.github.camelb2.client.api.TransactionClass;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorDecoderTest {
    private static final CallContext CALL = Failures.context(Phase.API, Repeat.SAFE);
    private final ErrorDecoder decoder = new ErrorDecoder(InstantSource.fixed(Failures.NOW));

    @ParameterizedTest
    @CsvSource({
        "400, bad_request, B2Exception",
        "400, bad_json, B2Exception",
        "400, out_of_range, B2Exception",
        "400, metadata_exceeded, B2Exception",
        "400, already_hidden, B2ConflictException",
        "400, no_such_file, B2NotFoundException",
        "400, file_not_present, B2NotFoundException",
        "400, bad_bucket_id, B2NotFoundException",
        "400, duplicate_bucket_name, B2ConflictException",
        "400, cannot_delete_non_empty_bucket, B2ConflictException",
        "401, unauthorized, B2UnauthorizedException",
        "401, expired_auth_token, B2UnauthorizedException",
        "401, bad_auth_token, B2UnauthorizedException",
        "401, unsupported, B2UnauthorizedException",
        "403, cap_exceeded, B2CapExceededException",
        "403, storage_cap_exceeded, B2CapExceededException",
        "403, transaction_cap_exceeded, B2CapExceededException",
        "403, download_cap_exceeded, B2CapExceededException",
        "403, access_denied, B2UnauthorizedException",
        "404, not_found, B2NotFoundException",
        "405, method_not_allowed, B2Exception",
        "408, request_timeout, B2TransportException",
        "409, conflict, B2ConflictException",
        "416, range_not_satisfiable, B2Exception",
        "429, too_many_requests, B2ThrottledException",
        "500, internal_error, B2TransportException",
        "502, '', B2TransportException",
        "503, service_unavailable, B2ThrottledException",
        "503, bad_request, B2ThrottledException",
        "504, '', B2TransportException",
        "302, '', B2Exception"
    })
    void statusAndCodeDecideTheType(int status, String code, String type) {
        B2Exception failure = Failures.answer(CALL, status, code);

        assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.code()).isEqualTo(code);
    }

    @Test
    void damagedContentIsAChecksumFailure() {
        CallContext upload = Failures.context(Phase.UPLOAD, Repeat.SAFE);
        B2Exception failure = Failures.answer(upload, 400, "bad_request", "Sha1 did not match data received", null);

        assertThat(failure.getClass().getSimpleName()).isEqualTo("B2ChecksumException");
    }

    @Test
    void messageSaysWhatWasDoneToWhatAndWhatToTry() {
        assertThat(Failures.answer(CALL, 401, "unauthorized"))
                .hasMessage("b2_do_it \"a.txt\" in bucket 4a48: 401 unauthorized: said so; the key must have the"
                        + " capability writeFiles and not be restricted to other buckets or names");
    }

    @ParameterizedTest
    @CsvSource({
        "2, PT2S",
        "0, PT0S",
        "' 7 ', PT7S",
        "12345678901, PT277777H46M39S",
        "'Thu, 01 Jan 2026 00:01:30 GMT', PT1M30S",
        "'Wed, 31 Dec 2025 23:00:00 GMT', PT0S"
    })
    void retryAfterIsReadAsSecondsAndAsADate(String header, Duration wait) {
        assertThat(Failures.answer(CALL, 503, "service_unavailable", "busy", header)
                        .retryAfter())
                .contains(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "1.5", "2026-01-01T00:00:00Z"})
    void retryAfterThatMeansNothingIsIgnored(String header) {
        assertThat(Failures.answer(CALL, 503, "service_unavailable", "busy", header)
                        .retryAfter())
                .isEmpty();
    }

    /** A login that has run out must be seen, whatever a proxy does to the words. */
    @ParameterizedTest
    @ValueSource(strings = {"<!-- passed on -->", "\u0000", "{}"})
    void whatStandsBehindAnErrorTakesNothingFromIt(String behind) {
        String body = "{\"status\":401,\"code\":\"expired_auth_token\",\"message\":\"m\",\"message\":\"m\"}" + behind;

        assertThat(decoder.decode(CALL, 401, null, body.getBytes(StandardCharsets.UTF_8))
                        .code())
                .isEqualTo("expired_auth_token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<html><body>Bad Gateway secret</body></html>", "{\"code\": 17}", "[]", "null", "{\"code\":"})
    void bodyThatIsNotB2sIsNotQuoted(String body) {
        B2Exception failure = decoder.decode(CALL, 503, null, body.getBytes(StandardCharsets.UTF_8));

        assertThat(failure)
                .isInstanceOf(B2ThrottledException.class)
                .hasMessage("b2_do_it \"a.txt\" in bucket 4a48: 503: an answer that is not B2's (" + body.length()
                        + " bytes)");
        assertThat(failure.code()).isEmpty();
    }

    @Test
    void answerWithoutABodyHasNoCode() {
        B2Exception failure = decoder.decode(CALL, 401, null, new byte[0]);

        assertThat(failure).isInstanceOf(B2UnauthorizedException.class);
        assertThat(failure.code()).isEmpty();
    }

    @Test
    void aRefusedHeadOfAFileNamesTheOnlyReasonThatUsersMeet() {
        CallContext head = CallContext.download("b2_download_file_by_name", "\"a.txt\"");

        assertThat(decoder.decode(head, 400, null, new byte[0]))
                .hasMessageContaining("a file that was stored with SSE-C needs its customer key");
    }

    @Test
    void aDownloadOrACopyOfAnEncryptedFileWithoutItsKeyNamesTheCustomerKey() {
        byte[] body = ("{\"code\":\"bad_request\",\"message\":\"The object was stored using a form of Server Side"
                        + " Encryption. The correct parameters must be provided to retrieve the object.\",\"status\":400}")
                .getBytes(StandardCharsets.UTF_8);

        for (CallContext context : new CallContext[] {CallContext.download("b2_download_file_by_id", "4_z1"), CALL}) {
            assertThat(decoder.decode(context, 400, null, body))
                    .hasMessageContaining("a file that was stored with SSE-C needs its customer key");
        }
    }

    @Test
    void statusOfTheLineCountsNotThatInTheBody() {
        byte[] body = "{\"code\":\"bad_request\",\"message\":\"m\",\"status\":503}".getBytes(StandardCharsets.UTF_8);

        assertThat(decoder.decode(CALL, 400, null, body).status()).isEqualTo(400);
    }

    @Test
    void longMessageIsCut() {
        byte[] body = ("{\"code\":\"bad_request\",\"message\":\"" + "x".repeat(10_000) + "\"}")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(decoder.decode(CALL, 400, null, body).getMessage()).hasSizeLessThan(700);
    }

    @ParameterizedTest
    @CsvSource({
        "301, '', leads to another one",
        "307, '', leads to another one",
        "404, not_found, no B2 service",
        "404, '', no B2 service",
    })
    void aLoginAtTheWrongAddressNamesTheRealm(int status, String code, String advice) {
        String body = code.isEmpty() ? "" : "{\"status\":" + status + ",\"code\":\"" + code + "\",\"message\":\"\"}";
        CallContext login =
                new CallContext("b2_authorize_account", "key id 1", Phase.API, null, Repeat.SAFE, TransactionClass.C);

        assertThat(decoder.decode(login, status, null, body.getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining(advice)
                .hasMessageContaining("realm");
    }
}
