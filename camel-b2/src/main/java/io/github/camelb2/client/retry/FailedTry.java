// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.retry;

import java.time.Duration;
import java.util.Map;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.Delivery;
import io.github.camelb2.client.api.Repeat;

/**
 * All that a retry decision depends on.
 *
 * @param context what was tried
 * @param failure how it failed
 * @param number how many tries of this call have failed, this one included
 * @param applied how often each row of the table was applied in this call before
 * @param answerLostBefore whether an earlier try may have done the work without our learning of it
 * @param left what is left of the time budget
 * @param backoff the wait that is due
 */
public record FailedTry(
        CallContext context,
        B2Exception failure,
        int number,
        Map<RetryTable, Integer> applied,
        boolean answerLostBefore,
        Duration left,
        Duration backoff) {
    boolean isUpload() {
        return context.phase() == Phase.UPLOAD;
    }

    boolean isLogin() {
        return context.call().equals("b2_authorize_account");
    }

    boolean mustBeLookedUp() {
        return context.repeat() == Repeat.LOOK_UP_FIRST;
    }

    int status() {
        return failure.status();
    }

    boolean hasCode(String... codes) {
        for (String code : codes) {
            if (failure.code().equals(code)) {
                return true;
            }
        }
        return false;
    }

    boolean is(Delivery delivery) {
        return failure.delivery() == delivery;
    }

    /** The service or something between is busy or broken; a repetition may be answered. */
    boolean isBusyOrBroken() {
        int status = status();
        return (status == 0 && failure instanceof B2TransportException)
                || status == 408
                || status == 429
                || (status >= 500 && status != 501 && status != 505);
    }

    /**
     * The work may be done although the try failed: not when the request was turned away (429, 503) or never arrived, not
     * when its body could not be read here, and not when another call that comes before it failed.
     */
    boolean mayHaveWorked() {
        if (failure instanceof B2LocalContentException || !failure.call().equals(context.call())) {
            return false;
        }
        return status() == 0
                ? failure.delivery().mayHaveWorked()
                : isBusyOrBroken() && status() != 429 && status() != 503;
    }

    /** Refused for what it says; which is also what a repetition is answered when the first try has worked. */
    boolean isRefused() {
        return status() >= 400 && status() < 500 && !isBusyOrBroken() && status() != 401 && status() != 403;
    }
}
