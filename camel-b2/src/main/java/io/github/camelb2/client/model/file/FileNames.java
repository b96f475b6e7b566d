// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.file;

import java.nio.charset.StandardCharsets;

/**
 * The names that B2 accepts for files: 1 to 1,024 bytes of UTF-8, without control characters.
 *
 * <p>Older rules of B2 (no leading slash, no double slash, no backslash, segments of at most 250 bytes) are no longer
 * enforced by the service and not checked here.
 *
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-files">Backblaze: file names</a>
 */
public final class FileNames {
    /** The most bytes of a name in UTF-8. */
    public static final int MAX_BYTES = 1024;

    private FileNames() {}

    /**
     * Answers the name if B2 accepts it.
     *
     * @throws IllegalArgumentException naming the rule that it breaks
     */
    public static String check(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("fileName is empty: B2 needs 1 to 1,024 bytes");
        }
        for (int i = 0; i < name.length(); i++) {
            char unit = name.charAt(i);
            if (unit < 32 || unit == 127) {
                throw new IllegalArgumentException("fileName " + quote(name) + " has the control character "
                        + String.format("U+%04X", (int) unit) + " at position " + i + ", which B2 refuses");
            }
            if (Character.isSurrogate(unit)) {
                i = checkPair(name, i);
            }
        }
        // No character takes more than three bytes for each of its UTF-16 units.
        int bytes = name.length() * 3 <= MAX_BYTES ? 0 : name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "fileName " + quote(name) + " has " + bytes + " bytes in UTF-8; B2 accepts at most " + MAX_BYTES);
        }
        return name;
    }

    private static int checkPair(String name, int at) {
        boolean paired = Character.isHighSurrogate(name.charAt(at))
                && at + 1 < name.length()
                && Character.isLowSurrogate(name.charAt(at + 1));
        if (!paired) {
            throw new IllegalArgumentException("fileName " + quote(name) + " has half of a surrogate pair at position "
                    + at + ", which has no form in UTF-8");
        }
        return at + 1;
    }

    /** The name in quotes for a message, with control characters made visible and cut after 200 characters. */
    public static String quote(String name) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < Math.min(name.length(), 200); i++) {
            char unit = name.charAt(i);
            if (unit < 32 || unit == 127) {
                quoted.append(String.format("\\u%04x", (int) unit));
            } else {
                quoted.append(unit);
            }
        }
        return quoted.append(name.length() > 200 ? "…\"" : "\"").toString();
    }
}
