// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;

import org.apache.hc.core5.http.ConnectionClosedException;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.http.wire.Request;
import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.store.Content;
import io.github.camelb2.emulator.store.ContentStore;

/** Takes an upload's body to disk, hashing it as it passes, and accepts it only if its SHA-1 is the one announced. */
public final class Receiver {

    public static final long MAX_BYTES = 5_000_000_000L;

    private static final String AT_END = "hex_digits_at_end";
    private static final String UNVERIFIED = "do_not_verify";
    private static final int HEX_DIGITS = 40;

    private final ContentStore store;

    Receiver(ContentStore store) {
        this.store = store;
    }

    /**
     * What arrived.
     *
     * @param content the bytes, with one user
     * @param sha1 40 hex digits
     * @param md5 32 hex digits
     * @param isVerified whether the client vouched for the SHA-1
     */
    record Received(Content content, String sha1, String md5, boolean isVerified) {

        /** As {@code contentSha1} shows it. */
        String reportedSha1() {
            return isVerified ? sha1 : "unverified:" + sha1;
        }
    }

    /** Whether a client may leave the SHA-1 unverified. */
    enum Verification {
        OPTIONAL,
        REQUIRED
    }

    /** Checks what can be checked before the body is asked for. */
    static String checkHeaders(Request request, Verification verification) {
        String sha1 = request.header("X-Bz-Content-Sha1");
        if (sha1 == null) {
            throw B2Error.badRequest("Missing header: X-Bz-Content-Sha1");
        }
        boolean known = sha1.equals(AT_END) || (sha1.equals(UNVERIFIED) && verification == Verification.OPTIONAL);
        if (!known && sha1.length() != HEX_DIGITS) {
            throw B2Error.badRequest("Not a valid hex SHA1: " + sha1);
        }
        if (!known && !sha1.matches("[0-9a-fA-F]{40}")) {
            throw B2Error.badRequest("Not a valid hex SHA1: " + sha1);
        }
        long length = request.contentLength();
        if (length < 0) {
            throw B2Error.badRequest("Missing header: Content-Length");
        }
        if (contentBytes(sha1, length) < 0) {
            throw B2Error.badRequest("body is too short for hex_digits_at_end");
        }
        if (contentBytes(sha1, length) > MAX_BYTES) {
            throw B2Error.badRequest("file size too big: " + contentBytes(sha1, length));
        }
        return sha1;
    }

    private static long contentBytes(String sha1, long length) {
        return sha1.equals(AT_END) ? length - HEX_DIGITS : length;
    }

    Received receive(Request request, String announced) throws IOException {
        InputStream body = request.body();
        MessageDigest sha1 = Digests.sha1();
        MessageDigest md5 = Digests.md5();
        try (ContentStore.Incoming incoming = store.receive()) {
            byte[] buffer = new byte[ContentStore.BUFFER_SIZE];
            long left = contentBytes(announced, request.contentLength());
            while (left > 0) {
                int read = read(request, body, buffer, (int) Math.min(buffer.length, left));
                sha1.update(buffer, 0, read);
                md5.update(buffer, 0, read);
                incoming.write(buffer, 0, read);
                left -= read;
            }
            String actual = HexFormat.of().formatHex(sha1.digest());
            String expected = expected(request, announced, body);
            if (expected != null && !expected.equals(actual)) {
                throw B2Error.badRequest("Checksum did not match data received");
            }
            return new Received(incoming.accept(), actual, HexFormat.of().formatHex(md5.digest()), expected != null);
        }
    }

    /** Reads at least one byte; a body that the client ended too early is {@code 400 error reading uploaded data}. */
    private static int read(Request request, InputStream body, byte[] buffer, int wanted) throws IOException {
        try {
            int read = body.read(buffer, 0, wanted);
            if (read >= 0) {
                return read;
            }
        } catch (ConnectionClosedException e) {
            // Said below: the client may still listen.
        }
        request.breakOff();
        throw B2Error.badRequest("error reading uploaded data");
    }

    private static @Nullable String expected(Request request, String announced, InputStream body) throws IOException {
        if (announced.equals(UNVERIFIED)) {
            return null;
        }
        if (!announced.equals(AT_END)) {
            return announced.toLowerCase(Locale.ROOT);
        }
        byte[] digits = new byte[HEX_DIGITS];
        int done = 0;
        while (done < HEX_DIGITS) {
            byte[] some = new byte[HEX_DIGITS - done];
            int read = read(request, body, some, some.length);
            System.arraycopy(some, 0, digits, done, read);
            done += read;
        }
        return new String(digits, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }
}
