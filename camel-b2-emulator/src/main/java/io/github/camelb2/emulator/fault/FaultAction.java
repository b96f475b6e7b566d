// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
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

    /** A web server in front of B2 answers this status with a page of its own; nothing is done. */
    record Gateway(int status) implements FaultAction {}

    /** The answer is this status and another address; nothing is done. */
    record Redirect(int status) implements FaultAction {}

    /** Nothing of the request's body is read behind this many bytes, until faults are cleared or the emulator is closed. */
    record StallRequest(long bytes) implements FaultAction {}

    /** Nothing of the answer's body is sent behind this many bytes, until faults are cleared or the emulator is closed. */
    record StallResponse(long bytes) implements FaultAction {}

    /** The JSON of the answer ends after this many bytes, and the answer's length says so; -1 for half of it. */
    record CutJson(long bytes) implements FaultAction {}

    /** Finishing a large file takes this long, whether or not anybody waits for the answer; others who finish it wait for the end of it. */
    record SlowFinish(Duration time) implements FaultAction {}

    /** The vault of the large file takes no more uploads, for as long as the file is unfinished. */
    record CloseVault() implements FaultAction {}

    /** The first page of a listing takes this long. */
    record SlowFirstPage(Duration time) implements FaultAction {}

    /** A listing answers no entries and where to go on. */
    record EmptyPage() implements FaultAction {}

    /** A listing answers no entries and says to go on where it was asked to start. */
    record StuckPage() implements FaultAction {}

    /** The first entry of a listing's page comes twice. */
    record RepeatName() implements FaultAction {}

    /** The first entry of a listing's page comes last. */
    record MisorderNames() implements FaultAction {}

    /** The newest version of a listing's page is not in it yet. */
    record MissFresh() implements FaultAction {}

    /** A webhook is never sent. */
    record LoseEvent() implements FaultAction {}

    /** A webhook is sent twice. */
    record DuplicateEvent() implements FaultAction {}

    /** A webhook is sent after the next one. */
    record HoldEvent() implements FaultAction {}
}
