// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.api;

import java.io.Serializable;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a failed call, the one form in which every {@link B2Exception} is told of it.
 *
 * @param call the call as B2 spells it, {@code b2_upload_file}
 * @param subject what it was about, as {@link B2Call#subject()} says it; may be empty
 * @param status the HTTP status, 0 when no answer came
 * @param code B2's error code, empty when no answer came or it had none
 * @param message B2's message, or what went wrong here
 * @param advice what to try, empty when the message says it all
 * @param retryAfter how long the service asked to wait, if it did
 * @param delivery how far the request came
 */
public record ErrorDetails(
        String call,
        String subject,
        int status,
        String code,
        String message,
        String advice,
        @Nullable Duration retryAfter,
        Delivery delivery)
        implements Serializable {

    /** With what the status says of the delivery: without one, the request may have been sent. */
    public ErrorDetails(
            String call,
            String subject,
            int status,
            String code,
            String message,
            String advice,
            @Nullable Duration retryAfter) {
        this(
                call,
                subject,
                status,
                code,
                message,
                advice,
                retryAfter,
                status == 0 ? Delivery.MAYBE_SENT : Delivery.REFUSED);
    }

    /** Details of a failure on this side of the wire. */
    public static ErrorDetails local(String call, String subject, String message) {
        return new ErrorDetails(call, subject, 0, "", message, "", null);
    }

    public ErrorDetails withAdvice(String newAdvice) {
        return new ErrorDetails(call, subject, status, code, message, newAdvice, retryAfter, delivery);
    }

    public ErrorDetails withMessage(String newMessage) {
        return new ErrorDetails(call, subject, status, code, newMessage, advice, retryAfter, delivery);
    }

    public ErrorDetails withDelivery(Delivery newDelivery) {
        return new ErrorDetails(call, subject, status, code, message, advice, retryAfter, newDelivery);
    }

    /** One line: {@code b2_hide_file "a.txt" in bucket 4a48: 400 no_such_file: File not present: a.txt}. */
    String sentence() {
        StringBuilder line = new StringBuilder(call);
        if (!subject.isEmpty()) {
            line.append(' ').append(subject);
        }
        line.append(':');
        if (status != 0) {
            line.append(' ')
                    .append(status)
                    .append(code.isEmpty() ? "" : " " + code)
                    .append(':');
        }
        line.append(' ').append(message);
        if (!advice.isEmpty()) {
            line.append("; ").append(advice);
        }
        return line.toString();
    }
}
