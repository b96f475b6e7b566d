// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What files, infos and buckets may be called.
 *
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-files">Files: names and file information</a>
 */
public final class Names {

    /** The infos under {@code b2-} that have a meaning; any other is refused. */
    public static final Set<String> RESERVED_INFO = Set.of(
            "b2-content-disposition", "b2-content-language", "b2-content-encoding", "b2-expires", "b2-cache-control");

    private static final int MAX_FILE_NAME_BYTES = 1024;
    /** Of what stands between two slashes. */
    private static final int MAX_PART_BYTES = 250;

    private static final int MAX_INFO_KEY_BYTES = 50;
    private static final int MAX_HEADER_BYTES = 7_000;
    private static final int MAX_HEADER_BYTES_RESTRICTED = 2_048;

    private Names() {}

    /** Which file names are accepted. */
    public enum Rules {
        /** As the service does today: all but control characters. */
        LENIENT,
        /** As its documentation once demanded, and as some tools still do: also no backslash, no empty and no very long parts. */
        STRICT
    }

    public static void checkFile(String name, Rules rules) {
        checkFile(name);
        if (rules == Rules.STRICT) {
            checkParts(name);
        }
    }

    private static void checkParts(String name) {
        if (name.indexOf('\\') >= 0) {
            throw B2Error.badRequest("File names must not contain '\\'");
        }
        if (name.startsWith("/")) {
            throw B2Error.badRequest("File names must not start with '/'");
        }
        if (name.endsWith("/")) {
            throw B2Error.badRequest("File names must not end with '/'");
        }
        if (name.contains("//")) {
            throw B2Error.badRequest("File names must not contain '//'");
        }
        for (String part : name.split("/")) {
            if (part.getBytes(StandardCharsets.UTF_8).length > MAX_PART_BYTES) {
                throw B2Error.badRequest("Parts of file names must not have more than " + MAX_PART_BYTES + " bytes");
            }
        }
    }

    private static void checkFile(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0) {
            throw B2Error.badRequest("File names must not be empty");
        }
        if (bytes > MAX_FILE_NAME_BYTES) {
            throw B2Error.badRequest("File name is too long: " + bytes + " bytes, at most " + MAX_FILE_NAME_BYTES);
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < 32) {
                throw B2Error.badRequest("File names must not contain unicode characters with codes less than 32");
            }
            if (c == 127) {
                throw B2Error.badRequest("File names must not contain DEL");
            }
            if (Character.isSurrogate(c) && !isPaired(name, i)) {
                throw B2Error.badRequest("File name is not valid Unicode");
            }
        }
    }

    private static boolean isPaired(String name, int i) {
        return Character.isHighSurrogate(name.charAt(i))
                ? i + 1 < name.length() && Character.isLowSurrogate(name.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(name.charAt(i - 1));
    }

    /** Checks file info and turns its keys into lower case. */
    public static Map<String, String> checkInfo(Map<String, String> info) {
        Map<String, String> checked = new TreeMap<>();
        info.forEach((key, value) -> {
            String lower = key.toLowerCase(java.util.Locale.ROOT);
            checkInfoKey(lower);
            if (checked.put(lower, value) != null) {
                throw B2Error.badRequest("Duplicate file info: " + lower);
            }
        });
        return checked;
    }

    private static void checkInfoKey(String key) {
        if (key.isEmpty() || key.length() > MAX_INFO_KEY_BYTES) {
            throw B2Error.badRequest("File info keys must have 1 to " + MAX_INFO_KEY_BYTES + " bytes: " + key);
        }
        if (!key.matches("[a-z0-9\\-_.`~!#$%^&*'|+]+")) {
            throw B2Error.badRequest("File info key has characters that are not allowed: " + key);
        }
        if (key.startsWith("b2-") && !RESERVED_INFO.contains(key)) {
            throw B2Error.badRequest("File info keys that start with b2- are reserved: " + key);
        }
    }

    /** Checks how long name and infos are together; encryption and object lock leave less room. */
    public static void checkSize(String name, Map<String, String> info, Encryption encryption, boolean lockEnabled) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        for (Map.Entry<String, String> entry : info.entrySet()) {
            bytes += entry.getKey().length() + entry.getValue().getBytes(StandardCharsets.UTF_8).length;
        }
        boolean restricted = encryption.mode() != null || lockEnabled;
        int limit = restricted ? MAX_HEADER_BYTES_RESTRICTED : MAX_HEADER_BYTES;
        if (bytes > limit) {
            throw new B2Error(
                    400,
                    "metadata_exceeded",
                    "File name and file info have " + bytes + " bytes together, more than " + limit);
        }
    }

    public static void checkBucket(String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9.-]{4,61}[A-Za-z0-9]") || name.contains("..")) {
            throw B2Error.badRequest(
                    "Invalid bucket name: " + name + " (6 to 63 characters: letters, digits, hyphens and dots)");
        }
        if (name.toLowerCase(java.util.Locale.ROOT).startsWith("b2-")) {
            throw B2Error.badRequest("Bucket names that start with b2- are reserved: " + name);
        }
    }
}
