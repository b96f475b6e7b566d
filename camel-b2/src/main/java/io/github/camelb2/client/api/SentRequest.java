// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.api;

import java.time.Duration;
import java.time.Instant;

/**
 * One HTTP request that has ended, well or not: each try of a call is one. Holds no secret and no file name.
 *
 * @param call as B2 spells it, for example {@code b2_upload_part}
 * @param bucket the bucket that the endpoint behind it names; empty where none does
 * @param transactionClass the price class of the call
 * @param transactions how many of that class it is billed as: 1, or one for each 1,000 entries that a listing answered;
 *     0 when no answer came
 * @param status of the answer; 0 when none came, or it broke off
 * @param code B2's word for the refusal; empty when there was none
 * @param attempt counts the tries of the call from 1
 * @param started when it began, by the client's clock
 * @param took to the end of the answer; to the end of its headers for a download
 * @param sent bytes of a file's content, and of the SHA-1 that may follow it, that were sent with it, also when it failed
 * @param announced bytes of a file's content that the answer to a download begins with; what came of them is told by
 *     {@link ClientListener#onDownloaded}
 */
public record SentRequest(
        String call,
        String bucket,
        TransactionClass transactionClass,
        int transactions,
        int status,
        String code,
        int attempt,
        Instant started,
        Duration took,
        long sent,
        long announced) {
    private static final int FIRST_ERROR = 400;
    private static final int FIRST_SERVER_ERROR = 500;

    /** How a request ended, in the words of other meters of HTTP. */
    public enum Outcome {
        /** B2 did what was asked. */
        SUCCESS,
        /** B2 refused it: 4xx. */
        CLIENT_ERROR,
        /** B2 could not do it: 5xx. */
        SERVER_ERROR,
        /** No answer came. */
        UNKNOWN
    }

    /** How it ended. */
    public Outcome outcome() {
        if (status == 0) {
            return Outcome.UNKNOWN;
        }
        if (status >= FIRST_SERVER_ERROR) {
            return Outcome.SERVER_ERROR;
        }
        return status >= FIRST_ERROR ? Outcome.CLIENT_ERROR : Outcome.SUCCESS;
    }
}
