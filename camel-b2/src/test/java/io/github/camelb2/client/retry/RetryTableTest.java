// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.retry;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.api.B2ChecksumException;
import io.github.camelb2.client.api.B2ConflictException;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.Delivery;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.api.Repeat;

import static org.assertj.core.api.Assertions.assertThat;

class RetryTableTest {
    private static final Duration BACKOFF = Duration.ofSeconds(4);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @ParameterizedTest(name = "{0} {1} {2} {3} -> {4}")
    @CsvSource({
        // JSON calls that may be repeated
        "API, SAFE, 0, '', repeat PT4S",
        "API, SAFE, 400, bad_request, give up",
        "API, SAFE, 400, duplicate_bucket_name, give up",
        "API, SAFE, 401, expired_auth_token, log in again PT0S",
        "API, SAFE, 401, bad_auth_token, log in again PT0S",
        "API, SAFE, 401, unauthorized, give up",
        "API, SAFE, 401, unsupported, give up",
        "API, SAFE, 403, cap_exceeded, give up",
        "API, SAFE, 403, storage_cap_exceeded, give up",
        "API, SAFE, 403, transaction_cap_exceeded, give up",
        "API, SAFE, 403, access_denied, give up",
        "API, SAFE, 404, not_found, give up",
        "API, SAFE, 405, method_not_allowed, give up",
        "API, SAFE, 408, request_timeout, repeat PT4S",
        "API, SAFE, 409, conflict, give up",
        "API, SAFE, 416, range_not_satisfiable, give up",
        "API, SAFE, 429, too_many_requests, repeat PT4S",
        "API, SAFE, 500, internal_error, repeat PT4S",
        "API, SAFE, 502, '', repeat PT4S",
        "API, SAFE, 503, service_unavailable, repeat PT4S",
        "API, SAFE, 503, bad_request, repeat PT4S",
        "API, SAFE, 504, '', repeat PT4S",
        "API, SAFE, 522, '', repeat PT4S",
        "API, SAFE, 501, '', give up",
        "API, SAFE, 302, '', give up",
        // JSON calls whose repetition could do the work twice
        "API, LOOK_UP_FIRST, 0, '', look up PT4S",
        "API, LOOK_UP_FIRST, 408, request_timeout, look up PT4S",
        "API, LOOK_UP_FIRST, 500, internal_error, look up PT4S",
        "API, LOOK_UP_FIRST, 502, '', look up PT4S",
        "API, LOOK_UP_FIRST, 504, '', look up PT4S",
        "API, LOOK_UP_FIRST, 503, service_unavailable, repeat PT4S",
        "API, LOOK_UP_FIRST, 429, too_many_requests, repeat PT4S",
        "API, LOOK_UP_FIRST, 400, already_hidden, give up",
        "API, LOOK_UP_FIRST, 400, duplicate_bucket_name, give up",
        "API, LOOK_UP_FIRST, 401, expired_auth_token, log in again PT0S",
        // uploads
        "UPLOAD, SAFE, 0, '', another URL PT0S",
        "UPLOAD, SAFE, 400, bad_request, another URL PT0S",
        "UPLOAD, SAFE, 400, '', another URL PT0S",
        "UPLOAD, SAFE, 400, bad_bucket_id, give up",
        "UPLOAD, SAFE, 400, auth_token_limit, another URL PT0S",
        "UPLOAD, SAFE, 400, metadata_exceeded, give up",
        "UPLOAD, SAFE, 401, expired_auth_token, another URL PT0S",
        "UPLOAD, SAFE, 401, bad_auth_token, another URL PT0S",
        "UPLOAD, SAFE, 401, unauthorized, another URL PT0S",
        "UPLOAD, SAFE, 403, cap_exceeded, give up",
        "UPLOAD, SAFE, 403, storage_cap_exceeded, give up",
        "UPLOAD, SAFE, 405, method_not_allowed, give up",
        "UPLOAD, SAFE, 408, request_timeout, another URL PT0S",
        "UPLOAD, SAFE, 429, too_many_requests, repeat PT4S",
        "UPLOAD, SAFE, 500, internal_error, another URL PT0S",
        "UPLOAD, SAFE, 502, '', another URL PT0S",
        "UPLOAD, SAFE, 503, service_unavailable, another URL PT0S",
        "UPLOAD, SAFE, 504, '', another URL PT0S",
        // downloads
        "DOWNLOAD, SAFE, 0, '', repeat PT4S",
        "DOWNLOAD, SAFE, 400, bad_request, give up",
        "DOWNLOAD, SAFE, 401, expired_auth_token, log in again PT0S",
        "DOWNLOAD, SAFE, 401, unauthorized, give up",
        "DOWNLOAD, SAFE, 401, '', log in again PT0S",
        "DOWNLOAD, SAFE, 403, access_denied, give up",
        "DOWNLOAD, SAFE, 403, download_cap_exceeded, give up",
        "DOWNLOAD, SAFE, 403, '', give up",
        "DOWNLOAD, SAFE, 404, not_found, give up",
        "DOWNLOAD, SAFE, 408, request_timeout, repeat PT4S",
        "DOWNLOAD, SAFE, 416, range_not_satisfiable, give up",
        "DOWNLOAD, SAFE, 429, too_many_requests, repeat PT4S",
        "DOWNLOAD, SAFE, 500, internal_error, repeat PT4S",
        "DOWNLOAD, SAFE, 503, service_unavailable, repeat PT4S"
    })
    void firstFailure(Phase phase, Repeat repeat, int status, String code, String decision) {
        CallContext context = Failures.context(phase, repeat);

        assertThat(decide(context, Failures.answer(context, status, code), 1, false))
                .isEqualTo(decision);
    }

    @ParameterizedTest(name = "{0} {1} {2} after {3} alike -> {4}")
    @CsvSource({
        "API, 401, expired_auth_token, 3, log in again PT0S",
        "API, 401, expired_auth_token, 4, log in again PT4S",
        "API, 401, expired_auth_token, 100, log in again PT4S",
        "API, 401, expired_auth_token, 101, give up",
        "DOWNLOAD, 401, '', 2, give up",
        "UPLOAD, 401, unauthorized, 2, give up",
        "UPLOAD, 401, expired_auth_token, 3, another URL PT0S",
        "UPLOAD, 401, expired_auth_token, 4, another URL PT4S",
        "UPLOAD, 401, expired_auth_token, 101, give up",
        "UPLOAD, 400, bad_request, 2, give up",
        "UPLOAD, 503, service_unavailable, 3, another URL PT0S",
        "UPLOAD, 503, service_unavailable, 4, another URL PT4S",
        "UPLOAD, 0, '', 4, another URL PT4S"
    })
    void repeatedFailure(Phase phase, int status, String code, int alike, String decision) {
        CallContext context = Failures.context(phase, Repeat.SAFE);

        assertThat(decide(context, Failures.answer(context, status, code), alike, false))
                .isEqualTo(decision);
    }

    @ParameterizedTest
    @CsvSource({
        "already_hidden",
        "no_such_file",
        "file_not_present",
        "duplicate_bucket_name",
        "bad_bucket_id",
        "bad_request"
    })
    void errorAfterALostAnswerMayOnlySayThatTheFirstTryWorked(String code) {
        CallContext context = Failures.context(Phase.API, Repeat.LOOK_UP_FIRST);

        assertThat(decide(context, Failures.answer(context, 400, code), 1, true))
                .isEqualTo("look up once PT0S");
    }

    @Test
    void damagedContentIsSentThreeTimes() {
        CallContext context = Failures.context(Phase.UPLOAD, Repeat.SAFE);
        B2Exception damaged = Failures.answer(context, 400, "bad_request", "Sha1 did not match data received", null);

        assertThat(decide(context, damaged, 1, false)).isEqualTo("another URL PT0S");
        assertThat(decide(context, damaged, 2, false)).isEqualTo("another URL PT0S");
        assertThat(decide(context, damaged, 3, false)).isEqualTo("give up");
    }

    @Test
    void damagedDownloadIsReadThreeTimes() {
        CallContext context = Failures.context(Phase.DOWNLOAD, Repeat.SAFE);
        B2Exception damaged = new B2ChecksumException(ErrorDetails.local("b2_do_it", "", "another SHA-1"));

        assertThat(decide(context, damaged, 2, false)).isEqualTo("repeat PT4S");
        assertThat(decide(context, damaged, 3, false)).isEqualTo("give up");
    }

    @Test
    void tokenOfATwiceUsedUrlIsReplacedAlsoInItsOlderForm() {
        CallContext context = Failures.context(Phase.UPLOAD, Repeat.SAFE);
        B2Exception busy =
                Failures.answer(context, 400, "bad_request", "more than one upload using auth token 4_00", null);

        assertThat(decide(context, busy, 1, false)).isEqualTo("another URL PT0S");
    }

    @Test
    void localTroubleIsNeverTriedAgain() {
        CallContext context = Failures.context(Phase.UPLOAD, Repeat.SAFE);
        B2Exception local = new B2LocalContentException(ErrorDetails.local("b2_do_it", "", "disk on fire"));

        assertThat(decide(context, local, 1, false)).isEqualTo("give up");
    }

    @Test
    void conflictThatWasFoundHereIsNeverTriedAgain() {
        CallContext context = Failures.context(Phase.DOWNLOAD, Repeat.SAFE);
        B2Exception local = new B2ConflictException(ErrorDetails.local("b2_do_it", "", "another version"));

        assertThat(decide(context, local, 1, false)).isEqualTo("give up");
    }

    @Test
    void failureOfAnotherCallWasAlreadyJudged() {
        CallContext inner = new CallContext(
                "b2_get_upload_url", "", Phase.API, null, Repeat.SAFE, io.github.camelb2.client.api.TransactionClass.A);
        CallContext upload = Failures.context(Phase.UPLOAD, Repeat.SAFE);

        assertThat(decide(upload, Failures.answer(inner, 503, "service_unavailable"), 1, false))
                .isEqualTo("give up");
    }

    @Test
    void retryAfterIsALowerBoundBesideTheBackoff() {
        CallContext context = Failures.context(Phase.API, Repeat.SAFE);

        assertThat(decide(context, Failures.answer(context, 503, "service_unavailable", "busy", "17"), 1, false))
                .isEqualTo("repeat PT17S");
        assertThat(decide(context, Failures.answer(context, 503, "service_unavailable", "busy", "0"), 1, false))
                .isEqualTo("repeat PT4S");
        assertThat(decide(
                        context,
                        Failures.answer(context, 429, "too_many_requests", "busy", "Thu, 01 Jan 1970 00:00:00 GMT"),
                        1,
                        false))
                .isEqualTo("repeat PT4S");
    }

    @Test
    void waitThatIsLongerThanTheTimeLeftIsNotBegun() {
        CallContext context = Failures.context(Phase.API, Repeat.SAFE);
        B2Exception busy = Failures.answer(context, 503, "service_unavailable", "busy", "61");

        assertThat(decide(context, busy, 1, false)).isEqualTo("give up");
    }

    @Test
    void firstExpiredTokenIsReplacedEvenWhenNothingMayBeTriedAgain() {
        CallContext context = Failures.context(Phase.API, Repeat.SAFE);

        assertThat(decideWithoutTime(context, Failures.answer(context, 401, "expired_auth_token"), 0))
                .isEqualTo("log in again PT0S");
        assertThat(decideWithoutTime(context, Failures.answer(context, 401, "expired_auth_token"), 1))
                .isEqualTo("give up");
        assertThat(decideWithoutTime(context, Failures.answer(context, 500, "internal_error"), 0))
                .isEqualTo("give up");
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "API, LOOK_UP_FIRST, NOT_SENT, repeat PT4S",
        "API, LOOK_UP_FIRST, UNKNOWN_HOST, repeat PT4S",
        "API, LOOK_UP_FIRST, MAYBE_SENT, look up PT4S",
        "API, LOOK_UP_FIRST, UNUSABLE_ANSWER, look up PT4S",
        "API, SAFE, UNUSABLE_ANSWER, repeat PT4S",
        "API, SAFE, IMPOSSIBLE, give up",
        "UPLOAD, SAFE, IMPOSSIBLE, give up",
        "UPLOAD, SAFE, MAYBE_SENT, another URL PT0S",
        "UPLOAD, LOOK_UP_FIRST, NOT_SENT, another URL PT0S",
        "UPLOAD, LOOK_UP_FIRST, UNKNOWN_HOST, repeat PT4S",
        "UPLOAD, LOOK_UP_FIRST, MAYBE_SENT, look up PT4S",
        "UPLOAD, LOOK_UP_FIRST, UNUSABLE_ANSWER, look up PT4S",
        "DOWNLOAD, SAFE, NOT_SENT, repeat PT4S"
    })
    void howFarARequestCameDecidesWhetherItsOutcomeIsLookedUp(
            Phase phase, Repeat repeat, Delivery delivery, String decision) {
        CallContext context = Failures.context(phase, repeat);

        assertThat(decide(context, Failures.unanswered(context, delivery), 1, false))
                .isEqualTo(decision);
    }

    @Test
    void unknownHostIsAskedForFourTimesMore() {
        CallContext context = Failures.context(Phase.API, Repeat.SAFE);
        B2Exception unknown = Failures.unanswered(context, Delivery.UNKNOWN_HOST);

        assertThat(decide(context, unknown, 4, false)).isEqualTo("repeat PT4S");
        assertThat(decide(context, unknown, 5, false)).isEqualTo("give up");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sha1 did not match data received",
                "bz_sha1 did not match data received",
                "Checksum did not match data received",
                "checksum mismatch",
                "The SHA-1 of the body differs from the header",
                "Mismatch of content digest",
                "SHA1 verification failed"
            })
    void damagedContentIsRecognisedInAnyWording(String message) {
        CallContext context = Failures.context(Phase.UPLOAD, Repeat.SAFE);

        assertThat(Failures.answer(context, 400, "bad_request", message, null)).isInstanceOf(B2ChecksumException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Not a valid hex SHA1: xyz",
                "error reading uploaded data",
                "file size too big: 8046431535",
                "Missing header: X-Bz-Content-Sha1"
            })
    void otherRefusalsAreNoDamage(String message) {
        CallContext context = Failures.context(Phase.UPLOAD, Repeat.SAFE);

        assertThat(Failures.answer(context, 400, "bad_request", message, null))
                .isNotInstanceOf(B2ChecksumException.class);
    }

    private static String decideWithoutTime(CallContext context, B2Exception failure, int before) {
        return words(
                RetryTable.decide(new FailedTry(context, failure, 1, counts(before), false, Duration.ZERO, BACKOFF)));
    }

    /** What the failure of that number leads to, when all before it were alike. */
    private static String decide(CallContext context, B2Exception failure, int alike, boolean lostBefore) {
        return words(RetryTable.decide(
                new FailedTry(context, failure, alike, counts(alike - 1), lostBefore, MINUTE, BACKOFF)));
    }

    private static Map<RetryTable, Integer> counts(int each) {
        Map<RetryTable, Integer> counts = new EnumMap<>(RetryTable.class);
        for (RetryTable row : RetryTable.values()) {
            counts.put(row, each);
        }
        return counts;
    }

    private static String words(Decision decision) {
        return switch (decision.action()) {
            case REPEAT -> "repeat " + decision.pause();
            case ANOTHER_URL -> "another URL " + decision.pause();
            case LOG_IN_AGAIN -> "log in again " + decision.pause();
            case LOOK_UP -> "look up " + decision.pause();
            case LOOK_UP_ONLY -> "look up once " + decision.pause();
            case GIVE_UP -> "give up";
        };
    }
}
