package io.github.camelb2.emulator.fault;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** Something that goes wrong with one request. */
public sealed interface FaultAction {

    /**
     * The request is read and answered with an error; nothing is done.
     *
     * @param status the HTTP status
     * @param code the B2 code
     * @param message the text
     * @param retryAfter the value of {@code Retry-After}, or null for none
     * @param reading whether the request's body is read first
     */
    record Status(
            int status,
            String code,
            String message,
            @Nullable String retryAfter,
            Reading reading) implements FaultAction {}

    /** Whether an error waits for the request's body. */
    enum Reading {
        /** The body is read, then the error is answered and the connection kept. */
        WHOLE_BODY,
        /** The error is answered at once and the connection closed. */
        NOTHING
    }

    /** The connection is reset after this many bytes of the request's body; nothing is done. */
    record DropRequest(long bytes) implements FaultAction {}

    /** Everything is done, but the connection is reset after this many bytes of the answer's body. */
    record DropResponse(long bytes) implements FaultAction {}

    /** The answer's body ends in good order after this many bytes, too early. */
    record Truncate(long bytes) implements FaultAction {}

    /** Everything is done and no answer is sent. */
    record LoseAnswer() implements FaultAction {}

    /** Nothing happens for this long, then everything as usual. */
    record Delay(Duration time) implements FaultAction {}

    /** No answer until faults are cleared or the emulator is closed. */
    record Hang() implements FaultAction {}

    /** Bodies move at this many bytes a second, both ways. */
    record Rate(long bytesPerSecond) implements FaultAction {}

    /** The token of the request has expired from now on. */
    record ExpireToken() implements FaultAction {}

    /** The byte at this place of the request's body arrives damaged. */
    record FlipRequest(long offset) implements FaultAction {}

    /** The byte at this place of the answer's body leaves damaged. */
    record FlipResponse(long offset) implements FaultAction {}

    /** A listing answers no entries and where to go on. */
    record EmptyPage() implements FaultAction {}

    /** A webhook is never sent. */
    record LoseEvent() implements FaultAction {}

    /** A webhook is sent twice. */
    record DuplicateEvent() implements FaultAction {}

    /** A webhook is sent after the next one. */
    record HoldEvent() implements FaultAction {}
}
