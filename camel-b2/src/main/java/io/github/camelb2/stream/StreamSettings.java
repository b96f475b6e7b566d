// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.Acknowledge;
import io.github.camelb2.B2Configuration;
import io.github.camelb2.B2Operations;
import io.github.camelb2.ByteSize;
import io.github.camelb2.FileExist;
import io.github.camelb2.client.Realm;
import io.github.camelb2.client.api.Address;

/**
 * The options of streaming uploads as values, checked.
 *
 * @param batchBytes the most bytes of a file before compression, 0 for any
 * @param timeout milliseconds until a file is closed, 0 for never
 * @param window the length of a window of time in milliseconds, 0 without
 * @param separator what stands behind each message
 */
record StreamSettings(
        B2Configuration options,
        int batchMessages,
        long batchBytes,
        long timeout,
        long window,
        byte[] separator,
        Path spool,
        long spoolMaxBytes) {
    /** A larger message is a file of its own, and would be in memory as a whole here. */
    static final int LONGEST_MESSAGE = 64 << 20;

    private static final int MOST_OPEN_FILES = 10_000;

    /**
     * Reads the options.
     *
     * @throws IllegalArgumentException if one cannot be; the message names it, its value and what to write
     */
    static StreamSettings of(B2Configuration options) {
        require(options.getOperation() == B2Operations.uploadFile, "operation", options.getOperation(), "take it away");
        require(!options.isPojoRequest(), "pojoRequest", true, "take it away");
        require(!options.isDeleteAfterWrite(), "deleteAfterWrite", true, "take it away");
        require(!options.isDryRun(), "dryRun", true, "take it away");
        require(
                options.getFileExist() == FileExist.Override,
                "fileExist",
                options.getFileExist(),
                "take it away; restartingPolicy says what is done with names that are there");
        String name = options.getFileName();
        require(name != null && !name.isBlank(), "fileName", String.valueOf(name), "write the name of the files");
        require(!"*".equals(options.getBucketName()), "bucketName", "*", "write b2:bucketName");
        atLeast("batchMessageNumber", options.getBatchMessageNumber(), 0);
        atLeast("streamingUploadTimeout", options.getStreamingUploadTimeout(), 0);
        atLeast("maxOpenFiles", options.getMaxOpenFiles(), 1);
        require(
                options.getMaxOpenFiles() <= MOST_OPEN_FILES,
                "maxOpenFiles",
                options.getMaxOpenFiles(),
                "write a number up to " + MOST_OPEN_FILES);
        long bytes = ByteSize.parse("batchSize", options.getBatchSize());
        boolean ends = options.getBatchMessageNumber() > 0 || bytes > 0 || options.getStreamingUploadTimeout() > 0;
        require(ends, "batchMessageNumber", 0, "set it, batchSize or streamingUploadTimeout, or no file ever ends");
        if (options.isTimestampGroupingEnabled()) {
            atLeast("timestampWindowSizeMillis", options.getTimestampWindowSizeMillis(), 1);
        }
        long most = ByteSize.parse("spoolMaxBytes", options.getSpoolMaxBytes());
        require(most >= 1, "spoolMaxBytes", options.getSpoolMaxBytes(), "write a size, as 1GiB");
        return new StreamSettings(
                options,
                options.getBatchMessageNumber(),
                bytes,
                options.getStreamingUploadTimeout(),
                options.isTimestampGroupingEnabled() ? options.getTimestampWindowSizeMillis() : 0,
                separator(options.getSeparator()),
                spool(options),
                most);
    }

    private static void atLeast(String option, long value, long least) {
        require(value >= least, option, value, "write a number of at least " + least);
    }

    private static void require(boolean holds, String option, Object value, String advice) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "Option " + option + "=" + value + " cannot be with streamingUploadMode=true: " + advice);
        }
    }

    private static byte[] separator(@Nullable String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StringBuilder plain = new StringBuilder();
        String from = text == null ? "" : text;
        for (int i = 0; i < from.length(); i++) {
            char c = from.charAt(i);
            if (c == '\\' && i + 1 < from.length()) {
                char escaped = from.charAt(++i);
                plain.append(
                        switch (escaped) {
                            case 'n' -> "\n";
                            case 'r' -> "\r";
                            case 't' -> "\t";
                            case '\\' -> "\\";
                            default -> "\\" + escaped;
                        });
            } else {
                plain.append(c);
            }
        }
        bytes.writeBytes(plain.toString().getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    private static Path spool(B2Configuration options) {
        String given = options.getSpoolDirectory();
        if (given != null) {
            return Path.of(given).toAbsolutePath().normalize();
        }
        String whose = account(options) + '\n' + options.getFileName();
        return Path.of(
                System.getProperty("user.home"),
                ".camel-b2",
                "spool",
                options.getBucketName() + '-' + digest(whose).substring(0, 12));
    }

    /** Whose bucket it is, as far as the options say; no secret is in it. */
    static String account(B2Configuration options) {
        return options.getRealm() == null ? "production" : Address.shown(Realm.url(options.getRealm()));
    }

    /** Tells options apart with which one file cannot go on. */
    String fingerprint() {
        return digest(String.join(
                "\n",
                options.getBucketName(),
                account(options),
                String.valueOf(options.getFileName()),
                options.getNamingStrategy().name(),
                String.valueOf(options.getPartitionBy()),
                String.valueOf(window),
                HexFormat.of().formatHex(separator),
                options.getCompression(),
                options.getContentType(),
                options.getServerSideEncryption(),
                options.getAcknowledge().name()));
    }

    /** Tells options apart that one spool cannot serve at the same time. */
    String all() {
        return digest(String.join(
                "\n",
                fingerprint(),
                String.valueOf(options.getApplicationKeyId()),
                String.valueOf(batchMessages),
                String.valueOf(batchBytes),
                String.valueOf(timeout),
                String.valueOf(spoolMaxBytes),
                String.valueOf(options.getMaxOpenFiles()),
                options.getRestartingPolicy().name(),
                options.getPartSize(),
                String.valueOf(options.getCompletedUri()),
                options.getTimestampHeaderName()));
    }

    boolean isAcknowledgedBySpool() {
        return options.getAcknowledge() == Acknowledge.spool;
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256, which every Java must have", e);
        }
    }
}
