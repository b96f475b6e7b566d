// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.api;

import java.time.Duration;
import java.util.Optional;

import org.apache.camel.spi.HttpResponseAware;
import org.jspecify.annotations.Nullable;

/**
 * A B2 call that failed for good: what was being done, to what, what B2 answered, and what to try.
 *
 * <p>The subtypes tell apart what a caller can do about it; this class itself stands for a request that B2 refused and
 * that would be refused again. Messages never hold keys, tokens or authorized links. Camel's health checks read the
 * HTTP status through {@link HttpResponseAware}, the one Camel type that the client knows.
 */
public class B2Exception extends RuntimeException implements HttpResponseAware {
    private static final long serialVersionUID = 1L;

    private final ErrorDetails details;
    private final int status;
    private final String code;

    public B2Exception(ErrorDetails details) {
        this(details, null);
    }

    public B2Exception(ErrorDetails details, @Nullable Throwable cause) {
        super(details.sentence(), cause);
        this.details = details;
        this.status = details.status();
        this.code = details.code();
    }

    /** The HTTP status of B2's answer; 0 when there was none. */
    public final int status() {
        return status;
    }

    /** B2's error code, such as {@code no_such_file}; empty when B2 gave none. */
    public final String code() {
        return code;
    }

    /** The call that failed, as B2 spells it. */
    public final String call() {
        return details.call();
    }

    /** What the call was about, for example a file and its bucket; may be empty. */
    public final String subject() {
        return details.subject();
    }

    /** How long B2 asked to wait before another try, if it did. */
    public final Optional<Duration> retryAfter() {
        return Optional.ofNullable(details.retryAfter());
    }

    /** How far the request came: whether the service may have done the work. */
    public final Delivery delivery() {
        return details.delivery();
    }

    /** All of the above as one value, for an exception that wraps this one. */
    public final ErrorDetails details() {
        return details;
    }

    /**
     * The same failure with one more sentence of advice; it has this one's type, cause and stack.
     *
     * @param advice what became of the work meanwhile, or what to do
     */
    public final B2Exception explained(String advice) {
        String before = details.advice();
        B2Exception again = again(details.withAdvice(before.isEmpty() ? advice : before + "; " + advice), getCause());
        again.setStackTrace(getStackTrace());
        for (Throwable suppressed : getSuppressed()) {
            again.addSuppressed(suppressed);
        }
        return again;
    }

    /** One of the same type; every subtype has its own. */
    B2Exception again(ErrorDetails more, @Nullable Throwable cause) {
        return new B2Exception(more, cause);
    }

    /** A failure of the same kind of which something else is said, caused by this one: threads never share an exception. */
    public final B2Exception with(ErrorDetails changed) {
        return again(changed, this);
    }

    @Override
    public int getHttpResponseCode() {
        return status;
    }

    /** Does nothing: the status is the one that B2 answered. */
    @Override
    public void setHttpResponseCode(int ignored) {}

    @Override
    public String getHttpResponseStatus() {
        return code;
    }

    /** Does nothing: the code is the one that B2 answered. */
    @Override
    public void setHttpResponseStatus(String ignored) {}
}
