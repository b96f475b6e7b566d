// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.retry;

import java.time.Duration;
import java.util.function.Predicate;

import io.github.camelb2.client.api.B2CapExceededException;
import io.github.camelb2.client.api.B2ChecksumException;
import io.github.camelb2.client.api.B2ConflictException;
import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.Delivery;
import io.github.camelb2.client.retry.Decision.Action;

/**
 * What happens after a failed try: read from top to bottom, the first row that fits counts, and none for anything else,
 * which is final. Status, code and phase decide, never one wording. Pure: the same facts always give the same decision.
 *
 * <p>A row applies so many times in one call, whatever failed in between; then the failure is final. What a caller does
 * then with an unfinished large file is not decided here.
 *
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-integration-checklist">Backblaze: integration checklist</a>
 */
public enum RetryTable {
    /** Another call that this try made has been judged already, in a loop of its own. */
    JUDGED_ELSEWHERE(failed -> !failed.failure().call().equals(failed.context().call()), Action.GIVE_UP),

    /** Reading the source or writing the target failed, here: B2 cannot help it. */
    LOCAL_CONTENT(failed -> failed.failure() instanceof B2LocalContentException, Action.GIVE_UP),

    /** What was found out here and not answered is true, however often it is asked for. */
    LOCAL_CONFLICT(failed -> failed.failure() instanceof B2ConflictException && failed.status() == 0, Action.GIVE_UP),

    /** A cap stays reached until somebody raises it. */
    CAP(failed -> failed.failure() instanceof B2CapExceededException, Action.GIVE_UP),

    /** A certificate that is not trusted, or an address that is none, stays so. */
    IMPOSSIBLE(failed -> failed.is(Delivery.IMPOSSIBLE), Action.GIVE_UP),

    /** A name server may fail for a moment; a misspelled host should not be waited for. */
    UNKNOWN_HOST(failed -> failed.is(Delivery.UNKNOWN_HOST), Action.REPEAT, 4, Pause.BACKOFF),

    /** The wrong key stays wrong; logging in again and again would lock the account out. */
    WRONG_KEY(failed -> failed.isLogin() && failed.status() == 401, Action.GIVE_UP),

    // Uploads: a failure costs the upload URL, whatever it was.

    /** Bytes were damaged on their way; damaged that often, they are damaged at their source. */
    DAMAGED_UPLOAD(
            failed -> failed.isUpload() && failed.failure() instanceof B2ChecksumException,
            Action.ANOTHER_URL,
            2,
            Pause.NONE),

    /** The URL's token has run out, as all do after a day, or soon if many use one login: the back-off bounds this by time. */
    EXPIRED_URL(
            failed -> failed.isUpload()
                    && failed.status() == 401
                    && failed.hasCode("expired_auth_token", "bad_auth_token", "missing_auth_token"),
            Action.ANOTHER_URL,
            100,
            Pause.AFTER_THREE),

    /** URLs outlive changes of keys: a new one shows whether the key still has the right. */
    REFUSED_URL(failed -> failed.isUpload() && failed.status() == 401, Action.ANOTHER_URL, 1, Pause.NONE),

    /** The URL is in use elsewhere, or was left so by a try that timed out. */
    URL_IN_USE(
            failed -> failed.isUpload() && failed.hasCode("auth_token_limit"),
            Action.ANOTHER_URL,
            1000,
            Pause.AFTER_THREE),

    /** A gateway's page, a body that broke off, or a true refusal: a second opinion tells. */
    REFUSED_UPLOAD(
            failed -> failed.isUpload() && failed.status() == 400 && failed.hasCode("", "bad_request"),
            Action.ANOTHER_URL,
            1,
            Pause.NONE),

    /** Too many requests, whatever the server: another URL at once would only add to them. */
    TOO_MANY_UPLOADS(failed -> failed.isUpload() && failed.status() == 429, Action.REPEAT, 1000, Pause.BACKOFF),

    /** A version may be stored whose answer was lost: another try could store it twice. */
    LOST_UPLOAD(
            failed -> failed.isUpload() && failed.mustBeLookedUp() && failed.mayHaveWorked(),
            Action.LOOK_UP,
            1000,
            Pause.BACKOFF),

    /** A busy server is left for another one at once; several in a row are a busy service. */
    BUSY_URL(failed -> failed.isUpload() && failed.isBusyOrBroken(), Action.ANOTHER_URL, 1000, Pause.AFTER_THREE),

    // JSON calls and downloads.

    /**
     * The token has run out, as all do after a day. One that is gone after ten calls is gone for most of those who got it
     * at once: the back-off spreads them, and bounds this by time.
     */
    EXPIRED_TOKEN(
            failed -> failed.status() == 401
                    && failed.hasCode("expired_auth_token", "bad_auth_token", "missing_auth_token"),
            Action.LOG_IN_AGAIN,
            100,
            Pause.AFTER_THREE),

    /** HEAD is answered without saying why: the token may have run out. */
    REFUSED_HEAD(failed -> failed.status() == 401 && failed.hasCode(""), Action.LOG_IN_AGAIN, 1, Pause.NONE),

    /** Bytes were damaged on their way; damaged that often, they are damaged where they are stored. */
    DAMAGED_DOWNLOAD(failed -> failed.failure() instanceof B2ChecksumException, Action.REPEAT, 2, Pause.BACKOFF),

    /** An answer came, and made no sense: whoever gives such answers gives them again. */
    LOST_IN_NONSENSE(
            failed -> failed.is(Delivery.UNUSABLE_ANSWER) && failed.mustBeLookedUp(), Action.LOOK_UP, 4, Pause.BACKOFF),

    /** The same where nothing can be done twice. */
    NONSENSE(failed -> failed.is(Delivery.UNUSABLE_ANSWER), Action.REPEAT, 4, Pause.BACKOFF),

    /** The work may be done and its answer lost. */
    LOST_ANSWER(failed -> failed.mustBeLookedUp() && failed.mayHaveWorked(), Action.LOOK_UP, 1000, Pause.BACKOFF),

    /** Busy, broken, or not reached. */
    BUSY(FailedTry::isBusyOrBroken, Action.REPEAT, 1000, Pause.BACKOFF),

    /** "Already hidden", "no such file", "no active upload": perhaps because an earlier try has worked. */
    ECHO(
            failed -> failed.mustBeLookedUp() && failed.answerLostBefore() && failed.isRefused(),
            Action.LOOK_UP_ONLY,
            1,
            Pause.NONE);

    /** So many failures of uploads are answered without a pause: a fresh URL mostly works. */
    private static final int AT_ONCE = 3;

    private final Predicate<FailedTry> when;
    private final Action action;
    private final int atMost;
    private final Pause pause;

    RetryTable(Predicate<FailedTry> when, Action action) {
        this(when, action, 0, Pause.NONE);
    }

    RetryTable(Predicate<FailedTry> when, Action action, int atMost, Pause pause) {
        this.when = when;
        this.action = action;
        this.atMost = atMost;
        this.pause = pause;
    }

    private enum Pause {
        /** At once. */
        NONE,
        /** At once for the first failures of the call, then with the back-off. */
        AFTER_THREE,
        /** The back-off; Retry-After makes it longer, never shorter. */
        BACKOFF
    }

    /** The row that fits, and what it says. */
    record Applied(RetryTable row, Decision decision) {}

    /** What to do after this failure. */
    public static Decision decide(FailedTry failed) {
        return apply(failed).decision();
    }

    static Applied apply(FailedTry failed) {
        for (RetryTable row : values()) {
            if (row.when.test(failed)) {
                return new Applied(row, row.decision(failed));
            }
        }
        return new Applied(JUDGED_ELSEWHERE, Decision.GIVE_UP);
    }

    private Decision decision(FailedTry failed) {
        int before = failed.applied().getOrDefault(this, 0);
        if (action == Action.GIVE_UP || before >= atMost) {
            return Decision.GIVE_UP;
        }
        Duration wait = wait(failed);
        // A token that ran out is no failure of the service: the first one is replaced whatever time is left.
        boolean isFree = before == 0 && failed.status() == 401 && wait.isZero();
        boolean isInTime = !failed.left().isZero() && wait.compareTo(failed.left()) <= 0;
        return isFree || isInTime ? new Decision(action, wait) : Decision.GIVE_UP;
    }

    private Duration wait(FailedTry failed) {
        if (pause == Pause.NONE || (pause == Pause.AFTER_THREE && failed.number() <= AT_ONCE)) {
            return Duration.ZERO;
        }
        Duration asked = failed.failure().retryAfter().orElse(Duration.ZERO);
        return asked.compareTo(failed.backoff()) > 0 ? asked : failed.backoff();
    }
}
