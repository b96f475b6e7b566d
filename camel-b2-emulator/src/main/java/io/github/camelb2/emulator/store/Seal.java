// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.json.Json;

/**
 * The last two members of a JSON object on disk: which one in the row of all changes it is, and the CRC-32 of everything before. A changed byte
 * shows in the checksum, an object that is lost, repeated or out of order in the numbers.
 *
 * @param body how many bytes of the object stand before the seal
 * @param serial the number of the change
 * @param sum the checksum that is written there
 * @param isWhole whether the bytes have this checksum
 */
record Seal(int body, long serial, int sum, boolean isWhole) {

    private static final byte[] SERIAL = ",\"serial\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CRC = ",\"crc\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\"}".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGITS = 8;
    private static final int CRC_LENGTH = CRC.length + DIGITS + END.length;
    private static final int MAX_SERIAL_DIGITS = 18;

    /** The object on one line, with its seal. */
    static byte[] seal(JsonNode object, long serial) {
        byte[] json = Json.bytes(object);
        byte[] number = Long.toString(serial).getBytes(StandardCharsets.US_ASCII);
        int body = json.length - 1;
        int checked = body + SERIAL.length + number.length;
        byte[] sealed = Arrays.copyOf(json, checked + CRC_LENGTH);
        System.arraycopy(SERIAL, 0, sealed, body, SERIAL.length);
        System.arraycopy(number, 0, sealed, body + SERIAL.length, number.length);
        byte[] sum = HexFormat.of().toHexDigits(crc(sealed, 0, checked)).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(CRC, 0, sealed, checked, CRC.length);
        System.arraycopy(sum, 0, sealed, checked + CRC.length, DIGITS);
        System.arraycopy(END, 0, sealed, checked + CRC.length + DIGITS, END.length);
        return sealed;
    }

    /** The seal at the end of these bytes; null if there is none, or nothing that can be told to be one. */
    static @Nullable Seal find(byte[] bytes, int offset, int length) {
        int crcAt = offset + length - CRC_LENGTH;
        if (crcAt <= offset + SERIAL.length || !is(CRC, bytes, crcAt) || !is(END, bytes, crcAt + CRC.length + DIGITS)) {
            return null;
        }
        int digits = crcAt;
        while (digits > offset && crcAt - digits < MAX_SERIAL_DIGITS && Character.isDigit(bytes[digits - 1])) {
            digits--;
        }
        int body = digits - SERIAL.length;
        if (digits == crcAt || body <= offset || !is(SERIAL, bytes, body)) {
            return null;
        }
        long serial = 0;
        for (int i = digits; i < crcAt; i++) {
            serial = 10 * serial + Character.digit(bytes[i], 10);
        }
        int sum = 0;
        for (int i = 0; i < DIGITS; i++) {
            // What is no digit makes a wrong sum.
            sum = (sum << 4) | (Character.digit(bytes[crcAt + CRC.length + i], 16) & 0xf);
        }
        boolean whole = sum == crc(bytes, offset, crcAt - offset) && isLowerHex(bytes, crcAt + CRC.length);
        return new Seal(body - offset, serial, sum, whole);
    }

    /** The object in these bytes without its seal; the bytes are changed. */
    static JsonNode open(byte[] bytes, int offset, Seal seal) throws java.io.IOException {
        bytes[offset + seal.body()] = '}';
        return Json.read(bytes, offset, seal.body() + 1);
    }

    private static boolean is(byte[] text, byte[] bytes, int offset) {
        return Arrays.equals(text, 0, text.length, bytes, offset, offset + text.length);
    }

    private static boolean isLowerHex(byte[] bytes, int offset) {
        for (int i = 0; i < DIGITS; i++) {
            byte digit = bytes[offset + i];
            if (!(digit >= '0' && digit <= '9' || digit >= 'a' && digit <= 'f')) {
                return false;
            }
        }
        return true;
    }

    private static int crc(byte[] bytes, int offset, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }
}
