// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.local;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where the bytes of an upload come from.
 *
 * <p>A replayable source gives the same bytes as often as it is opened, also from several threads and from the middle;
 * it is never copied. A source that is not replayable is opened once, read once from the beginning, and what may have
 * to be sent again is spooled to disk part by part.
 */
public interface UploadSource {
    /** How many bytes there are; empty when that shows only at the end. */
    OptionalLong length();

    /** Whether {@link #open} may be called more than once, and with an offset. */
    boolean isReplayable();

    /**
     * Opens the bytes from the beginning; the caller closes the stream.
     *
     * @throws IOException if they cannot be read
     */
    InputStream open() throws IOException;

    /**
     * Opens {@code length} bytes from {@code offset}; the caller closes the stream.
     *
     * @throws IOException if they cannot be read
     * @throws IllegalStateException if the source is not replayable
     */
    InputStream open(long offset, long length) throws IOException;

    /**
     * Whether reading it costs no more than reading this machine's disk or memory, so that it may be read once more to
     * know its SHA-1.
     */
    default boolean isLocal() {
        return false;
    }

    /** The SHA-1 of all bytes as 40 lower-case hex digits, where it is known without reading them. */
    default Optional<String> sha1() {
        return Optional.empty();
    }

    /** When a file was last written to, in milliseconds since 1970; empty for what is no file. */
    default OptionalLong lastModified() {
        return OptionalLong.empty();
    }

    /**
     * Checks that the source still is what it was when it was made, and is called after the last byte was read and
     * before the upload is finished.
     *
     * @throws IOException if it has changed meanwhile; the message says what changed
     */
    default void checkUnchanged() throws IOException {}

    /** What this is, for messages: {@code file /data/a.txt}. Never content. */
    String describe();
}
