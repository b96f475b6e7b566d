// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.file;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/** Reads what {@link PackedWriter} wrote. Not safe for use by many threads. */
final class PackedReader {

    private final Dictionary dictionary;
    private final byte[] bytes;
    private int position;

    PackedReader(Dictionary dictionary, byte[] bytes, int position) {
        this.dictionary = dictionary;
        this.bytes = bytes;
        this.position = position;
    }

    int octet() {
        return bytes[position++] & 0xFF;
    }

    long number() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = octet();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
    }

    int count() {
        return Math.toIntExact(number());
    }

    String text() {
        int length = count();
        String value = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return value;
    }

    void skip(int count) {
        position += count;
    }

    void skipText() {
        skip(count());
    }

    void skipWord() {
        if (count() == 1) {
            skipText();
        }
    }

    void skipHex(int digits) {
        switch (octet()) {
            case 0 -> {
                // Nothing follows.
            }
            case 1 -> skip(digits / 2);
            default -> skipText();
        }
    }

    void skipDigits() {
        if (octet() == 1) {
            number();
        } else {
            skipText();
        }
    }

    @Nullable
    String word() {
        int code = count();
        return switch (code) {
            case 0 -> null;
            case 1 -> text();
            default -> dictionary.word(code - 2);
        };
    }

    @Nullable
    String hex(int digits) {
        return switch (octet()) {
            case 0 -> null;
            case 1 -> {
                position += digits / 2;
                yield HexFormat.of().formatHex(bytes, position - digits / 2, position);
            }
            default -> text();
        };
    }

    String digits(int base) {
        return octet() == 1 ? Long.toString(number(), base) : text();
    }
}
