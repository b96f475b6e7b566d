// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.io.IOException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

import javax.net.ssl.SSLPeerUnverifiedException;

import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.Delivery;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.model.json.UnusableAnswerException;
import io.github.camelb2.client.retry.ErrorDecoder;

/** What is thrown for a request that was refused, and for one that was not answered at all. Thread-safe. */
final class HttpFailures {
    private static final int MAX_ERROR_BODY = 64 * 1024;

    private final ErrorDecoder errors;

    HttpFailures(InstantSource clock) {
        this.errors = new ErrorDecoder(clock);
    }

    /** The service's own error; reads no more of the answer than an error of B2 may have. */
    B2Exception refusal(HttpCall call, ClassicHttpResponse response, AnswerBody body) throws IOException {
        Header retryAfter = response.getFirstHeader("Retry-After");
        return errors.decode(
                call.context(),
                response.getCode(),
                retryAfter == null ? null : retryAfter.getValue(),
                body.beginning(MAX_ERROR_BODY));
    }

    /**
     * The body that was sent could not be read, or else the connection or the answer was at fault.
     *
     * @param sent whether all that the service needs to do the work may have been sent
     * @param isKnown whether the host has answered before
     */
    static B2Exception unanswered(HttpCall call, Exception e, BooleanSupplier sent, boolean isKnown) {
        ErrorDetails details = ErrorDetails.local(
                        call.context().call(), call.context().subject(), explain(e))
                .withDelivery(delivery(e, sent, isKnown));
        if (e instanceof SourceException) {
            return new B2LocalContentException(details, e);
        }
        if (isPoolClosed(e)) {
            // It stays so: another try would wait in vain.
            return new B2TransportException(
                    details.withDelivery(Delivery.IMPOSSIBLE)
                            .withAdvice(
                                    "its connections are closed: the Camel context stops, or somebody has closed the"
                                            + " connection manager of the HTTP component"),
                    e);
        }
        return new B2TransportException(advised(details), e);
    }

    private static ErrorDetails advised(ErrorDetails details) {
        return switch (details.delivery()) {
            case IMPOSSIBLE ->
                details.withAdvice(
                        "check the address of the service, and that its certificate is one that this Java trusts");
            case UNKNOWN_HOST -> details.withAdvice("check the name of the host, and the name server");
            default -> details;
        };
    }

    private static Delivery delivery(Exception e, BooleanSupplier sent, boolean isKnown) {
        if (has(e, UnusableAnswerException.class)) {
            return Delivery.UNUSABLE_ANSWER;
        }
        if (sent.getAsBoolean()) {
            return Delivery.MAYBE_SENT;
        }
        if (has(e, CertificateException.class)
                || has(e, CertPathBuilderException.class)
                || has(e, CertPathValidatorException.class)
                || has(e, SSLPeerUnverifiedException.class)) {
            return Delivery.IMPOSSIBLE;
        }
        return has(e, UnknownHostException.class) && !isKnown ? Delivery.UNKNOWN_HOST : Delivery.NOT_SENT;
    }

    private static boolean has(Throwable e, Class<? extends Throwable> type) {
        Throwable cause = e;
        // Causes of causes may go in a circle.
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (type.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static String explain(Exception e) {
        if (Thread.currentThread().isInterrupted()) {
            return "it was interrupted";
        }
        String message = e.getMessage();
        if (e instanceof SourceException && message != null) {
            return message;
        }
        return "no usable answer (" + e.getClass().getSimpleName() + (message == null ? "" : ": " + message) + ")";
    }

    /**
     * HttpClient says of a request whose connection is taken away between two of its steps what it says of one that is misused:
     * that something is null, or in no state for it. So it is when the request is aborted, and when its pool is closed.
     */
    static boolean isTakenAway(HttpUriRequestBase request, RuntimeException e) {
        return request.isCancelled() || Thread.currentThread().isInterrupted() || isPoolClosed(e);
    }

    private static boolean isPoolClosed(Exception e) {
        return "Connection pool shut down".equals(e.getMessage());
    }
}
