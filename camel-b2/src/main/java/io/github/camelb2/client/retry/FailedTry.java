package io.github.camelb2.client.retry;

import java.time.Duration;

import io.github.camelb2.client.api.B2Exception;

/**
 * All that a retry decision depends on.
 *
 * @param context what was tried
 * @param failure how it failed
 * @param number which try it was, from 1
 * @param sameFailures how many tries in a row, this one included, failed with the same status and code
 * @param answerLostBefore whether an earlier try may have done the work without our learning of it
 * @param left what is left of the time budget
 * @param backoff the wait that is due
 */
public record FailedTry(
        CallContext context,
        B2Exception failure,
        int number,
        int sameFailures,
        boolean answerLostBefore,
        Duration left,
        Duration backoff) {}
