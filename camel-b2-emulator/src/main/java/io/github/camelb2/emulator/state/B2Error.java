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

    public B2Error(int status, String code, String message) {
        this(status, code, message, null);
    }

    public B2Error(int status, String code, String message, @Nullable String retryAfter) {
        // An answer, not a defect: nobody reads its stack.
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    public static B2Error badRequest(String message) {
        return new B2Error(400, "bad_request", message);
    }

    public static B2Error badBucketId(String bucketId) {
        return new B2Error(400, "bad_bucket_id", "Bucket does not exist: " + bucketId);
    }

    public static B2Error unauthorized(String message) {
        return new B2Error(401, "unauthorized", message);
    }

    public static B2Error badToken(String message) {
        return new B2Error(401, "bad_auth_token", message);
    }

    public static B2Error expiredToken() {
        return new B2Error(401, "expired_auth_token", "Authorization token has expired");
    }

    public static B2Error notFound(String message) {
        return new B2Error(404, "not_found", message);
    }

    public static B2Error accessDenied(String message) {
        return new B2Error(403, "access_denied", message);
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

    /** The text for people; never null, unlike {@link #getMessage()}. */
    public String text() {
        String message = getMessage();
        return message == null ? code : message;
    }
}
