// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state;

import org.jspecify.annotations.Nullable;

/**
 * A refusal as B2 words it: HTTP status, code and message, and on request a {@code Retry-After}.
 *
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-native-api-errors">Native API error codes</a>
 */
public final class B2Error extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final @Nullable String retryAfter;
    /** Why, for the log: B2 itself often does not say. */
    private final String reason;

    public B2Error(int status, String code, String message) {
        this(status, code, message, null);
    }

    public B2Error(int status, String code, String message, @Nullable String retryAfter) {
        this(status, code, message, retryAfter, message);
    }

    private B2Error(int status, String code, String message, @Nullable String retryAfter, String reason) {
        // An answer, not a defect: nobody reads its stack.
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.retryAfter = retryAfter;
        this.reason = reason;
    }

    /** The same answer, with what B2 does not tell its clients. */
    public B2Error because(String why) {
        return new B2Error(status, code, text(), retryAfter, why);
    }

    public static B2Error badRequest(String message) {
        return new B2Error(400, "bad_request", message);
    }

    public static B2Error badBucketId(String bucketId) {
        return new B2Error(400, "bad_bucket_id", "Bucket " + bucketId + " does not exist");
    }

    /** The key may not do this; B2 does not say why. */
    public static B2Error unauthorized(String reason) {
        return new B2Error(401, "unauthorized", "unauthorized").because(reason);
    }

    public static B2Error badToken(String message) {
        return new B2Error(401, "bad_auth_token", message);
    }

    public static B2Error missingToken() {
        return new B2Error(401, "missing_auth_token", "Authorization header is missing");
    }

    public static B2Error expiredToken() {
        return new B2Error(401, "expired_auth_token", "Authorization token has expired");
    }

    public static B2Error notFound(String message) {
        return new B2Error(404, "not_found", message);
    }

    /** The file is locked, or its key is another one; B2 does not say which. */
    public static B2Error accessDenied(int status, String reason) {
        return new B2Error(status, "access_denied", "Access Denied").because(reason);
    }

    public static B2Error outOfRange(String field, long value) {
        return new B2Error(400, "out_of_range", field + " out of range: " + value);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public @Nullable String retryAfter() {
        return retryAfter;
    }

    /** Why, for the log: what B2 does not tell its clients, or the text. */
    public String reason() {
        return reason;
    }

    /** The text for people; never null, unlike {@link #getMessage()}. */
    public String text() {
        String message = getMessage();
        return message == null ? code : message;
    }
}
