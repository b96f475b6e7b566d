package io.github.camelb2.client.retry;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.client.api.B2ChecksumException;
import io.github.camelb2.client.api.B2ConflictException;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.api.Repeat;

import static org.assertj.core.api.Assertions.assertThat;

class RetryPolicyTest {
    private static final Duration BACKOFF = Duration.ofSeconds(4);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @ParameterizedTest(name = "{0} {1} {2} {3} -> {4}")
    @CsvSource({
        // JSON calls that may be repeated
        "API, SAFE, 0, '', retry PT4S",
        "API, SAFE, 400, bad_request, fail",
        "API, SAFE, 400, duplicate_bucket_name, fail",
        "API, SAFE, 401, expired_auth_token, reauthorize",
        "API, SAFE, 401, bad_auth_token, reauthorize",
        "API, SAFE, 401, unauthorized, fail",
        "API, SAFE, 401, unsupported, fail",
        "API, SAFE, 403, cap_exceeded, fail",
        "API, SAFE, 403, storage_cap_exceeded, fail",
        "API, SAFE, 403, transaction_cap_exceeded, fail",
        "API, SAFE, 403, access_denied, fail",
        "API, SAFE, 404, not_found, fail",
        "API, SAFE, 405, method_not_allowed, fail",
        "API, SAFE, 408, request_timeout, retry PT4S",
        "API, SAFE, 409, conflict, fail",
        "API, SAFE, 416, range_not_satisfiable, fail",
        "API, SAFE, 429, too_many_requests, retry PT4S",
        "API, SAFE, 500, internal_error, retry PT4S",
        "API, SAFE, 502, '', retry PT4S",
        "API, SAFE, 503, service_unavailable, retry PT4S",
        "API, SAFE, 503, bad_request, retry PT4S",
        "API, SAFE, 504, '', retry PT4S",
        "API, SAFE, 302, '', fail",
        // JSON calls whose repetition could do the work twice
        "API, LOOK_UP_FIRST, 0, '', look up PT4S",
        "API, LOOK_UP_FIRST, 408, request_timeout, look up PT4S",
        "API, LOOK_UP_FIRST, 500, internal_error, look up PT4S",
        "API, LOOK_UP_FIRST, 502, '', look up PT4S",
        "API, LOOK_UP_FIRST, 504, '', look up PT4S",
        "API, LOOK_UP_FIRST, 503, service_unavailable, retry PT4S",
        "API, LOOK_UP_FIRST, 429, too_many_requests, retry PT4S",
        "API, LOOK_UP_FIRST, 400, already_hidden, fail",
        "API, LOOK_UP_FIRST, 400, duplicate_bucket_name, fail",
        "API, LOOK_UP_FIRST, 401, expired_auth_token, reauthorize",
        // uploads
        "UPLOAD, SAFE, 0, '', fresh PT0S",
        "UPLOAD, SAFE, 400, bad_request, fail",
        "UPLOAD, SAFE, 400, auth_token_limit, fresh PT0S",
        "UPLOAD, SAFE, 400, metadata_exceeded, fail",
        "UPLOAD, SAFE, 401, expired_auth_token, fresh PT0S",
        "UPLOAD, SAFE, 401, bad_auth_token, fresh PT0S",
        "UPLOAD, SAFE, 401, unauthorized, fresh PT0S",
        "UPLOAD, SAFE, 403, cap_exceeded, fail",
        "UPLOAD, SAFE, 403, storage_cap_exceeded, fail",
        "UPLOAD, SAFE, 405, method_not_allowed, fail",
        "UPLOAD, SAFE, 408, request_timeout, fresh PT0S",
        "UPLOAD, SAFE, 429, too_many_requests, retry PT4S",
        "UPLOAD, SAFE, 500, internal_error, fresh PT0S",
        "UPLOAD, SAFE, 502, '', fresh PT0S",
        "UPLOAD, SAFE, 503, service_unavailable, fresh PT0S",
        "UPLOAD, SAFE, 504, '', fresh PT0S",
        // downloads
        "DOWNLOAD, SAFE, 0, '', retry PT4S",
        "DOWNLOAD, SAFE, 400, bad_request, fail",
        "DOWNLOAD, SAFE, 401, expired_auth_token, reauthorize",
        "DOWNLOAD, SAFE, 401, unauthorized, fail",
        "DOWNLOAD, SAFE, 401, '', reauthorize",
        "DOWNLOAD, SAFE, 403, access_denied, fail",
        "DOWNLOAD, SAFE, 403, download_cap_exceeded, fail",
        "DOWNLOAD, SAFE, 403, '', fail",
        "DOWNLOAD, SAFE, 404, not_found, fail",
        "DOWNLOAD, SAFE, 408, request_timeout, retry PT4S",
        "DOWNLOAD, SAFE, 416, range_not_satisfiable, fail",
        "DOWNLOAD, SAFE, 429, too_many_requests, retry PT4S",
        "DOWNLOAD, SAFE, 500, internal_error, retry PT4S",
        "DOWNLOAD, SAFE, 503, service_unavailable, retry PT4S"
    })
    void firstFailure(Phase phase, Repeat repeat, int status, String code, String decision) {
        CallContext context = Failures.context(phase, repeat);

        assertThat(decide(context, Failures.answer(context, status, code), 1, false))
                .isEqualTo(decision);
    }

    @ParameterizedTest(name = "{0} {1} {2} after {3} alike -> {4}")
    @CsvSource({
        "API, 401, expired_auth_token, 3, reauthorize",
        "API, 401, expired_auth_token, 4, fail",
        "DOWNLOAD, 401, '', 2, fail",
        "UPLOAD, 401, unauthorized, 2, fail",
        "UPLOAD, 401, expired_auth_token, 3, fresh PT0S",
        "UPLOAD, 401, expired_auth_token, 4, fail",
        "UPLOAD, 503, service_unavailable, 3, fresh PT0S",
        "UPLOAD, 503, service_unavailable, 4, fresh PT4S",
        "UPLOAD, 0, '', 4, fresh PT4S"
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
                .isEqualTo("look up PT0S once");
    }

    @Test
    void damagedContentIsSentThreeTimes() {
        CallContext context = Failures.context(Phase.UPLOAD, Repeat.SAFE);
        B2Exception damaged = Failures.answer(context, 400, "bad_request", "Sha1 did not match data received", null);

        assertThat(decide(context, damaged, 1, false)).isEqualTo("fresh PT0S");
        assertThat(decide(context, damaged, 2, false)).isEqualTo("fresh PT0S");
        assertThat(decide(context, damaged, 3, false)).isEqualTo("fail");
    }

    @Test
    void damagedDownloadIsReadThreeTimes() {
        CallContext context = Failures.context(Phase.DOWNLOAD, Repeat.SAFE);
        B2Exception damaged = new B2ChecksumException(ErrorDetails.local("b2_do_it", "", "another SHA-1"));

        assertThat(decide(context, damaged, 2, false)).isEqualTo("retry PT4S");
        assertThat(decide(context, damaged, 3, false)).isEqualTo("fail");
    }

    @Test
    void tokenOfATwiceUsedUrlIsReplacedAlsoInItsOlderWording() {
        CallContext context = Failures.context(Phase.UPLOAD, Repeat.SAFE);
        B2Exception busy =
                Failures.answer(context, 400, "bad_request", "more than one upload using auth token 4_00", null);

        assertThat(decide(context, busy, 1, false)).isEqualTo("fresh PT0S");
    }

    @Test
    void localTroubleIsNeverTriedAgain() {
        CallContext context = Failures.context(Phase.UPLOAD, Repeat.SAFE);
        B2Exception local = new B2LocalContentException(ErrorDetails.local("b2_do_it", "", "disk on fire"));

        assertThat(decide(context, local, 1, false)).isEqualTo("fail");
    }

    @Test
    void conflictThatWasFoundHereIsNeverTriedAgain() {
        CallContext context = Failures.context(Phase.DOWNLOAD, Repeat.SAFE);
        B2Exception local = new B2ConflictException(ErrorDetails.local("b2_do_it", "", "another version"));

        assertThat(decide(context, local, 1, false)).isEqualTo("fail");
    }

    @Test
    void failureOfAnotherCallWasAlreadyJudged() {
        CallContext inner = new CallContext(
                "b2_get_upload_url", "", Phase.API, null, Repeat.SAFE, io.github.camelb2.client.api.TransactionClass.A);
        CallContext upload = Failures.context(Phase.UPLOAD, Repeat.SAFE);

        assertThat(decide(upload, Failures.answer(inner, 503, "service_unavailable"), 1, false))
                .isEqualTo("fail");
    }

    @Test
    void retryAfterReplacesTheBackoff() {
        CallContext context = Failures.context(Phase.API, Repeat.SAFE);

        assertThat(decide(context, Failures.answer(context, 503, "service_unavailable", "busy", "17"), 1, false))
                .isEqualTo("retry PT17S");
    }

    @Test
    void waitThatIsLongerThanTheTimeLeftIsNotBegun() {
        CallContext context = Failures.context(Phase.API, Repeat.SAFE);
        B2Exception busy = Failures.answer(context, 503, "service_unavailable", "busy", "61");

        assertThat(decide(context, busy, 1, false)).isEqualTo("fail");
    }

    @Test
    void expiredTokenIsReplacedEvenWhenNothingMayBeTriedAgain() {
        CallContext context = Failures.context(Phase.API, Repeat.SAFE);
        RetryPolicy policy = new RetryPolicy();

        assertThat(policy.decide(new FailedTry(
                        context,
                        Failures.answer(context, 401, "expired_auth_token"),
                        1,
                        1,
                        false,
                        Duration.ZERO,
                        BACKOFF)))
                .isInstanceOf(RetryDecision.Reauthorize.class);
        assertThat(policy.decide(new FailedTry(
                        context, Failures.answer(context, 500, "internal_error"), 1, 1, false, Duration.ZERO, BACKOFF)))
                .isInstanceOf(RetryDecision.Fail.class);
    }

    private static String decide(CallContext context, B2Exception failure, int alike, boolean lostBefore) {
        return new RetryPolicy()
                .decide(new FailedTry(context, failure, alike, alike, lostBefore, MINUTE, BACKOFF))
                .accept(new InWords());
    }

    private static final class InWords implements RetryDecision.Visitor<String> {
        @Override
        public String retry(RetryDecision.Retry decision) {
            return "retry " + decision.pause();
        }

        @Override
        public String freshUploadUrl(RetryDecision.FreshUploadUrl decision) {
            return "fresh " + decision.pause();
        }

        @Override
        public String reauthorize(RetryDecision.Reauthorize decision) {
            return "reauthorize";
        }

        @Override
        public String lookUpOutcome(RetryDecision.LookUpOutcome decision) {
            return "look up " + decision.pause() + (decision.repeatable() ? "" : " once");
        }

        @Override
        public String fail(RetryDecision.Fail decision) {
            return "fail";
        }
    }
}
