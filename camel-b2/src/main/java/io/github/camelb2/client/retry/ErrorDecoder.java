// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.retry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2CapExceededException;
import io.github.camelb2.client.api.B2ChecksumException;
import io.github.camelb2.client.api.B2ConflictException;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.api.B2ThrottledException;
import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.B2UnauthorizedException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.model.json.Json;

/**
 * Turns an answer that is not a success into the exception that a caller can act on. Thread-safe.
 *
 * <p>The HTTP status counts, not the one repeated in the body; a body that is not B2's error form is not quoted.
 *
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-api-error-handling">Backblaze: error handling</a>
 */
public final class ErrorDecoder {
    private static final Set<String> CAPS =
            Set.of("cap_exceeded", "storage_cap_exceeded", "transaction_cap_exceeded", "download_cap_exceeded");
    private static final Set<String> NOT_FOUND = Set.of(
            "not_found",
            "no_such_file",
            "file_not_present",
            "bad_bucket_id",
            "invalid_bucket_id",
            "invalid_file_id",
            "no_such_bucket");
    private static final Set<String> CONFLICTS =
            Set.of("conflict", "duplicate_bucket_name", "already_hidden", "cannot_delete_non_empty_bucket");
    private static final Pattern DIGEST =
            Pattern.compile("sha-?1|checksum|check sum|digest|\\bmd5|\\bhash|\\bcrc", Pattern.CASE_INSENSITIVE);
    private static final Pattern DIFFERS = Pattern.compile(
            "match|differ|disagree|unequal|not equal|unexpected|corrupt|verif|\\bwrong|incorrect|\\bbad digest",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern UNKNOWN_FILE =
            Pattern.compile("^(bad|invalid) *file(?! *name)", Pattern.CASE_INSENSITIVE);
    private static final int MAX_MESSAGE = 500;

    private final InstantSource clock;

    public ErrorDecoder(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * The exception for an answer.
     *
     * @param context what was being done
     * @param status the HTTP status
     * @param retryAfter the value of {@code Retry-After}, seconds or a date; null when there is none
     * @param body what came with it, may be empty
     */
    public B2Exception decode(CallContext context, int status, @Nullable String retryAfter, byte[] body) {
        ErrorBody error = ErrorBody.read(body);
        ErrorDetails details = new ErrorDetails(
                context.call(), context.subject(), status, error.code(), error.message(), "", wait(retryAfter));
        return typed(context, details.withAdvice(ErrorAdvice.advise(context, details)));
    }

    private static B2Exception typed(CallContext context, ErrorDetails details) {
        String code = details.code();
        int status = details.status();
        if (CAPS.contains(code)) {
            return new B2CapExceededException(details);
        }
        if (context.phase() == Phase.UPLOAD && status == 400 && isChecksum(details)) {
            return new B2ChecksumException(details);
        }
        if (status == 404 || NOT_FOUND.contains(code) || isUnknownFile(context, details)) {
            return new B2NotFoundException(details);
        }
        if (status == 409 || CONFLICTS.contains(code)) {
            return new B2ConflictException(details);
        }
        if (status == 401 || code.equals("access_denied")) {
            return new B2UnauthorizedException(details);
        }
        if (status == 429 || status == 503) {
            return new B2ThrottledException(details);
        }
        if (status == 408 || status >= 500) {
            return new B2TransportException(details);
        }
        return new B2Exception(details);
    }

    /** That the content is not what its digest says, in the three wordings that were seen and in others. */
    private static boolean isChecksum(ErrorDetails details) {
        String said = details.code().replace('_', ' ') + " " + details.message();
        return DIGEST.matcher(said).find() && DIFFERS.matcher(said).find();
    }

    /** A file id that B2 cannot make sense of names no file: "Invalid fileId: x", "Bad file id", "Bad fileId". */
    private static boolean isUnknownFile(CallContext context, ErrorDetails details) {
        return details.status() == 400
                && details.code().equals("bad_request")
                && context.phase() != Phase.UPLOAD
                && UNKNOWN_FILE.matcher(details.message()).find();
    }

    private @Nullable Duration wait(@Nullable String retryAfter) {
        if (retryAfter == null) {
            return null;
        }
        String value = retryAfter.trim();
        if (value.matches("[0-9]+")) {
            // Longer than nine digits is longer than anybody waits.
            return Duration.ofSeconds(value.length() > 9 ? 999_999_999 : Long.parseLong(value));
        }
        try {
            Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration left = Duration.between(clock.instant(), until);
            return left.isNegative() ? Duration.ZERO : left;
        } catch (DateTimeParseException notADate) {
            // A header that means nothing leaves the wait to the back-off.
            return null;
        }
    }

    /** The members of B2's error body. HEAD answers have no body, and a proxy answers another one: no code then. */
    private record ErrorBody(String code, String message) {
        private static final String NO_EXPLANATION = "no further explanation";

        static ErrorBody read(byte[] body) {
            if (body.length == 0) {
                return new ErrorBody("", NO_EXPLANATION);
            }
            try {
                JsonNode tree = Json.readTreeOfError(new ByteArrayInputStream(body));
                JsonNode code = tree.path("code");
                JsonNode message = tree.path("message");
                if (code.isTextual()) {
                    // B2 gives wrong keys and missing rights an empty text.
                    return new ErrorBody(
                            code.textValue(), message.asText().isBlank() ? NO_EXPLANATION : cut(message.asText()));
                }
            } catch (IOException notJson) {
                // Falls through: a proxy's page, for example.
            }
            return new ErrorBody("", "an answer that is not B2's (" + body.length + " bytes)");
        }

        private static String cut(String message) {
            return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…";
        }
    }
}
