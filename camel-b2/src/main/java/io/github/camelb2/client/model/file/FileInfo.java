// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.file;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The entries that a user stores with a file: the rules that B2 has for them, and their headers.
 *
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-files">Backblaze: file information</a>
 */
public final class FileInfo {
    /** When the content was last modified where it came from, in milliseconds since 1970. */
    public static final String SRC_LAST_MODIFIED_MILLIS = "src_last_modified_millis";
    /** The SHA-1 of a whole large file, as its uploader asserts it. */
    public static final String LARGE_FILE_SHA1 = "large_file_sha1";
    /** What downloads answer as {@code Content-Disposition}. */
    public static final String CONTENT_DISPOSITION = "b2-content-disposition";
    /** What downloads answer as {@code Content-Language}. */
    public static final String CONTENT_LANGUAGE = "b2-content-language";
    /** What downloads answer as {@code Content-Encoding}. */
    public static final String CONTENT_ENCODING = "b2-content-encoding";
    /** What downloads answer as {@code Expires}. */
    public static final String EXPIRES = "b2-expires";
    /** What downloads answer as {@code Cache-Control}. */
    public static final String CACHE_CONTROL = "b2-cache-control";

    /** The most bytes of name, keys and values together. */
    public static final int MAX_BYTES = 7000;

    /** The same of a file that is encrypted or locked. */
    public static final int MAX_PROTECTED_BYTES = 2048;

    private static final Set<String> RESERVED =
            Set.of(CONTENT_DISPOSITION, CONTENT_LANGUAGE, CONTENT_ENCODING, EXPIRES, CACHE_CONTROL);
    private static final int LONGEST_KEY = 50;
    private static final String KEY_SIGNS = "-_.`~!#$%^&*'|+";
    private static final String HEADER_PREFIX = "X-Bz-Info-";

    private FileInfo() {}

    /**
     * A copy with keys in lower case, as B2 stores them.
     *
     * @throws IllegalArgumentException naming the key that B2 refuses, and why
     */
    public static Map<String, String> check(Map<String, String> info) {
        Map<String, String> copy = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : info.entrySet()) {
            String key = entry.getKey();
            String value = entry.getValue();
            String lower = key.toLowerCase(Locale.ROOT);
            if (!isKey(lower)) {
                throw new IllegalArgumentException("fileInfo key " + FileNames.quote(key)
                        + ": B2 accepts 1 to 50 letters, digits and - _ . ` ~ ! # $ % ^ & * ' | +");
            }
            if (lower.startsWith("b2-") && !RESERVED.contains(lower)) {
                throw new IllegalArgumentException(
                        "fileInfo key " + FileNames.quote(key) + ": keys beginning with b2- are reserved; B2 knows "
                                + RESERVED.stream().sorted().toList());
            }
            // Encoded as it stands it would be stored as a question mark.
            if (hasHalfPair(value)) {
                throw new IllegalArgumentException("fileInfo value of " + FileNames.quote(key)
                        + " has half of a surrogate pair, which has no form in UTF-8");
            }
            if (copy.put(lower, value) != null) {
                throw new IllegalArgumentException(
                        "fileInfo key " + FileNames.quote(key) + " is given twice: B2 ignores the case of keys");
            }
        }
        return Collections.unmodifiableMap(copy);
    }

    private static boolean isKey(String lower) {
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || KEY_SIGNS.indexOf(c) >= 0)) {
                return false;
            }
        }
        return !lower.isEmpty() && lower.length() <= LONGEST_KEY;
    }

    private static boolean hasHalfPair(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isSurrogate(value.charAt(i))) {
                return !StandardCharsets.UTF_8.newEncoder().canEncode(value);
            }
        }
        return false;
    }

    /**
     * Refuses what B2 refuses for certain: a lower limit may hold for what the bucket encrypts or locks by default, which
     * the service knows and answers.
     *
     * @param limit {@link #MAX_BYTES}, or {@link #MAX_PROTECTED_BYTES} where the upload itself asks for encryption or a
     *     lock
     * @throws IllegalArgumentException naming the size and the limit
     */
    public static void checkSize(String fileName, Map<String, String> info, int limit) {
        long bytes = size(fileName, info);
        if (bytes > limit) {
            throw new IllegalArgumentException("fileName and fileInfo together have " + bytes
                    + " bytes; B2 accepts at most " + limit
                    + (limit == MAX_BYTES ? "" : " with encryption or a lock")
                    + ": store less information with the file");
        }
    }

    /** How many bytes B2 counts. */
    public static long size(String fileName, Map<String, String> info) {
        long bytes = utf8(fileName);
        for (Map.Entry<String, String> entry : info.entrySet()) {
            bytes += utf8(entry.getKey()) + utf8(entry.getValue());
        }
        return bytes;
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The headers of an upload for these entries, values encoded. */
    public static Map<String, String> headers(Map<String, String> info) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : info.entrySet()) {
            headers.put(HEADER_PREFIX + entry.getKey(), FileNameEncoding.encode(entry.getValue()));
        }
        return headers;
    }
}
