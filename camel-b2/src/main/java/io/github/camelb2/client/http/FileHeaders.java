// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.model.file.Action;
import io.github.camelb2.client.model.file.FileInfo;
import io.github.camelb2.client.model.file.FileNameEncoding;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.file.ReplicationStatus;
import io.github.camelb2.client.model.json.Answers;
import io.github.camelb2.client.model.json.UnusableAnswerException;
import io.github.camelb2.client.model.protection.EncryptionMode;
import io.github.camelb2.client.model.protection.FileRetention;
import io.github.camelb2.client.model.protection.Guarded;
import io.github.camelb2.client.model.protection.LegalHold;
import io.github.camelb2.client.model.protection.RetentionMode;
import io.github.camelb2.client.model.protection.ServerSideEncryption;

/**
 * Reads a file version from the headers of a download.
 *
 * @see <a href="https://www.backblaze.com/apidocs/b2-download-file-by-name">Backblaze: b2_download_file_by_name</a>
 */
final class FileHeaders {
    private static final String INFO = "x-bz-info-";
    private static final String CONTENT_RANGE = "bytes ";

    private static final int MOST_DIGITS = 18;
    /** What B2 sends when neither the file nor the bucket says anything. */
    private static final String DEFAULT_CACHE_CONTROL = "max-age=0, no-cache, no-store";

    /** Headers that B2 sends for entries of the file info, and those entries. */
    private static final List<Map.Entry<String, String>> STANDARD = List.of(
            Map.entry("content-disposition", FileInfo.CONTENT_DISPOSITION),
            Map.entry("content-language", FileInfo.CONTENT_LANGUAGE),
            Map.entry("content-encoding", FileInfo.CONTENT_ENCODING),
            Map.entry("expires", FileInfo.EXPIRES),
            Map.entry("cache-control", FileInfo.CACHE_CONTROL));

    private static final int PARTIAL = 206;

    private FileHeaders() {}

    /** The headers of an answer, with their names in lower case, in the order in which they came; of several of one name the last. */
    static Map<String, String> of(ClassicHttpResponse response) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : response.getHeaders()) {
            headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        return headers;
    }

    /**
     * Reads it.
     *
     * @param all the bytes of the file, from {@link #extent}
     * @param headers from {@link #of}
     * @throws IOException if a header is missing or malformed without which nothing can be read safely
     */
    static FileVersion read(long all, Map<String, String> headers) throws IOException {
        try {
            return new FileVersion(
                    "",
                    Action.UPLOAD,
                    "",
                    all,
                    null,
                    headers.getOrDefault("x-bz-content-sha1", "none"),
                    headers.getOrDefault("content-type", ""),
                    required(headers, "X-Bz-File-Id"),
                    info(headers),
                    FileNameEncoding.decodeIfEncoded(required(headers, "X-Bz-File-Name")),
                    retention(headers),
                    legalHold(headers),
                    headers.containsKey("x-bz-replication-status")
                            ? new ReplicationStatus(required(headers, "X-Bz-Replication-Status"))
                            : null,
                    encryption(headers),
                    Long.parseLong(required(headers, "X-Bz-Upload-Timestamp")));
        } catch (IllegalArgumentException e) {
            throw new UnusableAnswerException("a header of the answer is malformed: " + e.getMessage(), e);
        }
    }

    /**
     * Which bytes of the file an answer brings, as its status and headers say; nothing is taken for 0 because it is
     * missing.
     *
     * @throws IOException if they do not say, or contradict each other
     */
    static Extent extent(int status, Map<String, String> headers) throws IOException {
        String length = headers.get("content-length");
        if (status != PARTIAL) {
            long all = number("Content-Length", required(headers, "Content-Length"));
            return new Extent(0, all, all);
        }
        String range = headers.getOrDefault("content-range", "none");
        int dash = range.indexOf('-', CONTENT_RANGE.length());
        int slash = range.indexOf('/', CONTENT_RANGE.length());
        long first = range.startsWith(CONTENT_RANGE) ? digits(range, CONTENT_RANGE.length(), dash) : -1;
        long last = digits(range, dash + 1, slash);
        long all = digits(range, slash + 1, range.length());
        if (first < 0 || last < 0 || all < 0) {
            throw new IOException(
                    "the answer is a part of a file (206), and its Content-Range does not say which: " + range);
        }
        long bytes = last - first + 1;
        boolean fits = bytes > 0 && first + bytes <= all;
        if (!fits || (length != null && number("Content-Length", length) != bytes)) {
            throw new IOException("Content-Range " + range + " and Content-Length " + length
                    + " of the answer do not fit each other");
        }
        return new Extent(first, bytes, all);
    }

    /** The number that stands there; -1 where there is none, or anything else, or more digits than a file can have bytes. */
    private static long digits(String text, int from, int to) {
        if (from <= 0 || to <= from || to - from > MOST_DIGITS) {
            return -1;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = 10 * number + digit - '0';
        }
        return number;
    }

    private static long number(String name, String value) throws UnusableAnswerException {
        try {
            return Answers.length("file of the answer", Long.parseLong(value.trim()));
        } catch (IllegalArgumentException e) {
            throw new UnusableAnswerException("the header " + name + " of the answer is no length: " + value, e);
        }
    }

    /**
     * What an answer brings.
     *
     * @param first the position of its first byte in the file
     * @param length its bytes
     * @param all the bytes of the file
     */
    record Extent(long first, long length, long all) {}

    /** @param name as messages call it */
    private static String required(Map<String, String> headers, String name) throws IOException {
        String value = headers.get(name.toLowerCase(Locale.ROOT));
        if (value == null || value.isEmpty()) {
            throw new UnusableAnswerException("the answer has no header " + name);
        }
        return value;
    }

    private static Map<String, String> info(Map<String, String> headers) {
        Map<String, String> info = new LinkedHashMap<>();
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (header.getKey().startsWith(INFO)) {
                info.put(header.getKey().substring(INFO.length()), FileNameEncoding.decodeIfEncoded(header.getValue()));
            }
        }
        for (Map.Entry<String, String> standard : STANDARD) {
            String value = headers.get(standard.getKey());
            if (value != null && !value.equals(DEFAULT_CACHE_CONTROL)) {
                info.putIfAbsent(standard.getValue(), value);
            }
        }
        return info;
    }

    private static @Nullable Guarded<FileRetention> retention(Map<String, String> headers) {
        if (isHidden(headers, "x-bz-file-retention-mode")) {
            return new Guarded<>(false, null);
        }
        String mode = headers.get("x-bz-file-retention-mode");
        String until = headers.get("x-bz-file-retention-retain-until-timestamp");
        return mode == null || until == null
                ? Guarded.readable(null)
                : Guarded.readable(new FileRetention(new RetentionMode(mode), Long.valueOf(until)));
    }

    private static Guarded<LegalHold> legalHold(Map<String, String> headers) {
        if (isHidden(headers, "x-bz-file-legal-hold")) {
            return new Guarded<>(false, null);
        }
        String hold = headers.get("x-bz-file-legal-hold");
        return Guarded.readable(hold == null ? null : new LegalHold(hold));
    }

    private static boolean isHidden(Map<String, String> headers, String name) {
        String hidden = headers.get("x-bz-client-unauthorized-to-read");
        return hidden != null && hidden.toLowerCase(Locale.ROOT).contains(name);
    }

    private static ServerSideEncryption encryption(Map<String, String> headers) {
        String managed = headers.get("x-bz-server-side-encryption");
        if (managed != null) {
            return new ServerSideEncryption(EncryptionMode.SSE_B2, managed);
        }
        String customer = headers.get("x-bz-server-side-encryption-customer-algorithm");
        return customer == null ? ServerSideEncryption.NONE : new ServerSideEncryption(EncryptionMode.SSE_C, customer);
    }
}
