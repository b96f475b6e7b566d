// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a journal: which changes it has. It always takes the same room, because the last number is written over with every change;
 * so a journal that lost its end tells.
 *
 * @param first the number of its first record
 * @param last the number of the last record that was written to its end; {@code first - 1} if there is none
 */
record JournalHead(long first, long last) {

    /** The head of a journal without records. */
    static final JournalHead EMPTY = new JournalHead(1, 0);

    private static final int FORMAT = 2;
    private static final byte[] BEGINNING = "{\"t\":\"journal\",".getBytes(StandardCharsets.US_ASCII);

    /** The line, newline included. */
    ByteBuffer line() {
        HexFormat hex = HexFormat.of();
        byte[] sealed = Seal.seal(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("t", "journal")
                        .put("format", FORMAT)
                        .put("first", hex.toHexDigits(first))
                        .put("last", hex.toHexDigits(last)),
                0);
        byte[] line = Arrays.copyOf(sealed, sealed.length + 1);
        line[sealed.length] = '\n';
        return ByteBuffer.wrap(line);
    }

    /** Whether a line is meant to be a head. */
    static boolean isHead(byte[] buffer, int offset, int length) {
        return length >= BEGINNING.length
                && Arrays.equals(BEGINNING, 0, BEGINNING.length, buffer, offset, offset + BEGINNING.length);
    }

    /** The head in a line; null if it is damaged. */
    static @Nullable JournalHead read(byte[] buffer, int offset, int length) throws IOException {
        Seal seal = Seal.find(buffer, offset, length);
        if (seal == null || !seal.isWhole()) {
            return null;
        }
        JsonNode head = Seal.open(buffer, offset, seal);
        if (head.path("format").asInt() != FORMAT) {
            throw new IllegalArgumentException("a newer emulator wrote it");
        }
        return new JournalHead(
                HexFormat.fromHexDigitsToLong(head.path("first").asText()),
                HexFormat.fromHexDigitsToLong(head.path("last").asText()));
    }
}
