// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/** Writes numbers and texts in few bytes. Not safe for use by many threads. */
final class PackedWriter {

    private final Dictionary dictionary;
    private byte[] bytes = new byte[256];
    private int length;

    PackedWriter(Dictionary dictionary) {
        this.dictionary = dictionary;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    PackedWriter raw(byte[] added) {
        room(added.length);
        System.arraycopy(added, 0, bytes, length, added.length);
        length += added.length;
        return this;
    }

    PackedWriter octet(int value) {
        room(1);
        bytes[length++] = (byte) value;
        return this;
    }

    PackedWriter fixed16(int value) {
        return octet(value >> 8).octet(value);
    }

    PackedWriter fixed64(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            octet((int) (value >> shift));
        }
        return this;
    }

    /** A number, the smaller the shorter; negative ones take ten bytes. */
    PackedWriter number(long value) {
        long left = value;
        while ((left & ~0x7FL) != 0) {
            octet((int) (left & 0x7F | 0x80));
            left >>>= 7;
        }
        return octet((int) left);
    }

    PackedWriter text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return number(utf8.length).raw(utf8);
    }

    /** A text that many versions share, or null: 0 is null, 1 a text that stands here, 2 and more one of the dictionary. */
    PackedWriter word(@Nullable String value) {
        if (value == null) {
            return number(0);
        }
        int code = dictionary.code(value);
        return code < 0 ? number(1).text(value) : number(code + 2L);
    }

    /** Hex digits of a known length, or null, or any other text: 0 is null, 1 digits, 2 text. */
    PackedWriter hex(@Nullable String value, int digits) {
        if (value == null) {
            return octet(0);
        }
        if (value.length() == digits && isLowerHex(value)) {
            return octet(1).raw(HexFormat.of().parseHex(value));
        }
        return octet(2).text(value);
    }

    /** A number in the given base, written without leading zeros, or any other text: 1 is the number, 2 text. */
    PackedWriter digits(String value, int base) {
        try {
            long number = Long.parseLong(value, base);
            if (number >= 0 && Long.toString(number, base).equals(value)) {
                return octet(1).number(number);
            }
        } catch (NumberFormatException e) {
            // Most texts are no numbers.
        }
        return octet(2).text(value);
    }

    private static boolean isLowerHex(String value) {
        return value.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    private void room(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
