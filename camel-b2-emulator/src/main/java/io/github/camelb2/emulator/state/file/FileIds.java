// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.file;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelb2.emulator.state.B2Error;

/**
 * File ids of the shape that B2 gives out. Clients must not look inside; the emulator does, to know where a version stood that is deleted by
 * now.
 */
public final class FileIds {

    private static final Pattern SHAPE =
            Pattern.compile("4_z([0-9a-f]{24})_f([0-9a-f]{16})_d\\d{8}_m\\d{6}_c\\d{3}_v(\\d{7})_t\\d{4}_u(\\d{14})");
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("'_d'uuuuMMdd'_m'HHmmss").withZone(ZoneOffset.UTC);

    private FileIds() {}

    static String format(String bucketId, long sequence, long timestamp) {
        StringBuilder id = new StringBuilder(110).append("4_z").append(bucketId).append("_f");
        append(id, Long.toHexString(sequence), 16);
        DAY_AND_TIME.formatTo(Instant.ofEpochMilli(timestamp), id);
        id.append("_c001_v0001000_t");
        append(id, Long.toString(sequence % 10_000), 4);
        append(id.append("_u"), Long.toString(timestamp), 14);
        return id.toString();
    }

    private static void append(StringBuilder id, String digits, int width) {
        id.append("0".repeat(Math.max(0, width - digits.length()))).append(digits);
    }

    /** Refuses what is no file id at all, as {@code 400 bad_request}. */
    public static void check(String fileId) {
        if (!SHAPE.matcher(fileId).matches()) {
            throw B2Error.badRequest("Bad fileId: " + fileId);
        }
    }

    /** Refuses what is no id of a large file, in the other words that those calls have for it. */
    public static void checkLarge(String fileId) {
        if (!SHAPE.matcher(fileId).matches()) {
            throw B2Error.badRequest("Invalid fileId: " + fileId);
        }
    }

    /** The bucket that the id says it belongs to. */
    public static Optional<String> bucketOf(String fileId) {
        Matcher parts = SHAPE.matcher(fileId);
        return parts.matches() ? Optional.of(parts.group(1)) : Optional.empty();
    }

    /** The seven digits of the vault that the id names; it must have the right shape. */
    public static String vaultOf(String fileId) {
        return shaped(fileId).group(3);
    }

    private static Matcher shaped(String fileId) {
        Matcher parts = SHAPE.matcher(fileId);
        if (!parts.matches()) {
            throw B2Error.badRequest("Bad fileId: " + fileId);
        }
        return parts;
    }

    /** The sequence number inside the id; it must have the right shape. */
    public static long sequenceOf(String fileId) {
        return Long.parseUnsignedLong(shaped(fileId).group(2), 16);
    }

    /** Where the version with this id and name stands, whether or not it still exists. */
    static VersionKey position(String name, String fileId) {
        Matcher parts = SHAPE.matcher(fileId);
        if (!parts.matches()) {
            throw new B2Error(400, "invalid_file_id", "Invalid fileId: " + fileId);
        }
        return new VersionKey(name, Long.parseLong(parts.group(4)), Long.parseUnsignedLong(parts.group(2), 16));
    }
}
