package io.github.camelb2.client.retry;

import java.time.Duration;
import java.util.Set;

import io.github.camelb2.client.api.B2CapExceededException;
import io.github.camelb2.client.api.B2ChecksumException;
import io.github.camelb2.client.api.B2ConflictException;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.Repeat;
import io.github.camelb2.client.retry.RetryDecision.Fail;
import io.github.camelb2.client.retry.RetryDecision.FreshUploadUrl;
import io.github.camelb2.client.retry.RetryDecision.LookUpOutcome;
import io.github.camelb2.client.retry.RetryDecision.Reauthorize;
import io.github.camelb2.client.retry.RetryDecision.Retry;

/**
 * Decides what happens after a failed try: pure, the same facts always give the same decision.
 *
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-integration-checklist">Backblaze: integration checklist</a>
 */
public final class RetryPolicy {
    /** A content that arrives damaged this often is damaged at its source. */
    static final int MAX_CHECKSUM_FAILURES = 3;
    /** New tokens that are refused this often in a row will be refused for ever. */
    static final int MAX_REAUTHORIZATIONS = 3;
    /** After so many URLs in a row the whole service is busy, and asking without a pause would only add to it. */
    static final int URLS_WITHOUT_PAUSE = 3;

    private static final Set<String> EXPIRED = Set.of("expired_auth_token", "bad_auth_token");
    private static final Set<Integer> BUSY_OR_BROKEN = Set.of(0, 408, 429, 500, 502, 503, 504);
    private static final Set<Integer> NOTHING_WAS_DONE = Set.of(429, 503);
    /** What a repetition is answered when the first try worked. */
    private static final Set<String> ECHOES = Set.of(
            "already_hidden",
            "no_such_file",
            "file_not_present",
            "duplicate_bucket_name",
            "bad_bucket_id",
            "conflict",
            "bad_request",
            "not_found");

    /** What to do after this failure. */
    public RetryDecision decide(FailedTry failed) {
        if (isFinal(failed)) {
            return new Fail();
        }
        RetryDecision decision = failed.context().phase() == Phase.UPLOAD ? afterUpload(failed) : afterCall(failed);
        return isInTime(failed, decision) ? decision : new Fail();
    }

    /** A token that ran out is replaced even when nothing else may be tried again: that is not a failure of B2. */
    private static boolean isInTime(FailedTry failed, RetryDecision decision) {
        return failed.failure().status() == 401
                || (!failed.left().isZero() && decision.pause().compareTo(failed.left()) <= 0);
    }

    private static boolean isFinal(FailedTry failed) {
        B2Exception failure = failed.failure();
        return failure instanceof B2CapExceededException
                || failure instanceof B2LocalContentException
                // What was found out here and not answered is true, however often it is asked for.
                || (failure instanceof B2ConflictException && failure.status() == 0)
                // Another call that this try made has already been judged, in a loop of its own.
                || !failure.call().equals(failed.context().call());
    }

    private static RetryDecision afterUpload(FailedTry failed) {
        B2Exception failure = failed.failure();
        if (failure instanceof B2ChecksumException) {
            return failed.sameFailures() < MAX_CHECKSUM_FAILURES ? new FreshUploadUrl(Duration.ZERO) : new Fail();
        }
        if (failure.status() == 401) {
            return afterRefusedUpload(failed);
        }
        if (failure.code().equals("auth_token_limit")
                || failure.details().message().contains("more than one upload using auth token")) {
            return new FreshUploadUrl(pauseForUrl(failed));
        }
        if (failure.status() == 429) {
            return new Retry(pause(failed));
        }
        return BUSY_OR_BROKEN.contains(failure.status()) ? new FreshUploadUrl(pauseForUrl(failed)) : new Fail();
    }

    /** A token that ran out is replaced; one that lacks a right is tried once more, because URLs outlive changes of keys. */
    private static RetryDecision afterRefusedUpload(FailedTry failed) {
        boolean expired = EXPIRED.contains(failed.failure().code());
        int allowed = expired ? MAX_REAUTHORIZATIONS : 1;
        return failed.sameFailures() <= allowed ? new FreshUploadUrl(Duration.ZERO) : new Fail();
    }

    /** A busy server is left for another one at once; Retry-After speaks of this server only. */
    private static Duration pauseForUrl(FailedTry failed) {
        return failed.sameFailures() <= URLS_WITHOUT_PAUSE ? Duration.ZERO : pause(failed);
    }

    private static RetryDecision afterCall(FailedTry failed) {
        B2Exception failure = failed.failure();
        boolean lookUpFirst = failed.context().repeat() == Repeat.LOOK_UP_FIRST;
        if (failure.status() == 401) {
            return afterRefusedToken(failed);
        }
        if (failure instanceof B2ChecksumException && failed.sameFailures() >= MAX_CHECKSUM_FAILURES) {
            return new Fail();
        }
        if (BUSY_OR_BROKEN.contains(failure.status())) {
            boolean lost = !NOTHING_WAS_DONE.contains(failure.status());
            return lookUpFirst && lost ? new LookUpOutcome(pause(failed), true) : new Retry(pause(failed));
        }
        if (lookUpFirst && failed.answerLostBefore() && ECHOES.contains(failure.code())) {
            return new LookUpOutcome(Duration.ZERO, false);
        }
        return new Fail();
    }

    /** B2 answers HEAD without saying why: the token may have run out, so a new one is tried once. */
    private static RetryDecision afterRefusedToken(FailedTry failed) {
        String code = failed.failure().code();
        int allowed = EXPIRED.contains(code) ? MAX_REAUTHORIZATIONS : code.isEmpty() ? 1 : 0;
        return failed.sameFailures() <= allowed ? new Reauthorize() : new Fail();
    }

    /** Whether the work may have been done although the try failed. */
    static boolean mayHaveWorked(B2Exception failure) {
        return BUSY_OR_BROKEN.contains(failure.status()) && !NOTHING_WAS_DONE.contains(failure.status());
    }

    private static Duration pause(FailedTry failed) {
        return failed.failure().retryAfter().orElse(failed.backoff());
    }
}
