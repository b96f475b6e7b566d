// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.header;

import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.model.file.Digits;
import io.github.camelb2.client.model.file.FileInfo;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.protection.FileRetention;
import io.github.camelb2.client.model.protection.Guarded;
import io.github.camelb2.operation.header.FoundFiles.Finder;

/**
 * Describes a file version in the headers of a message, in one way for producer and consumer. No header that is written
 * here is an order; name and id count where nothing else says what a step is about, see {@link FileNaming}.
 *
 * <p>The user's own information stays together in one header, because whoever stored the file chose its keys.
 */
public final class FileVersionHeaders {
    private static final Protection FOUND = new Protection(
            B2Constants.FOUND_SERVER_SIDE_ENCRYPTION,
            B2Constants.FOUND_FILE_RETENTION_MODE,
            B2Constants.FOUND_RETAIN_UNTIL,
            B2Constants.FOUND_LEGAL_HOLD);
    private static final Protection PRODUCED = new Protection(
            B2Constants.PRODUCED_SERVER_SIDE_ENCRYPTION,
            B2Constants.PRODUCED_FILE_RETENTION_MODE,
            B2Constants.PRODUCED_RETAIN_UNTIL,
            B2Constants.PRODUCED_LEGAL_HOLD);

    private FileVersionHeaders() {}

    /** Describes the version that a message comes from, also in the headers that Camel's file endpoints understand. */
    public static void writeConsumed(Message message, String bucketName, FileVersion version) {
        identify(message, bucketName, version);
        describe(message, bucketName, version);
        FoundFiles.bySource(bucketName, version).write(message);
        message.setHeader(Exchange.FILE_NAME, version.fileName());
        message.setHeader(Exchange.FILE_LENGTH, version.contentLength());
        message.setHeader(Exchange.FILE_LAST_MODIFIED, version.modificationTimeMillis());
        message.setHeader(Exchange.FILE_CONTENT_TYPE, version.contentType());
        message.setHeader(Exchange.MESSAGE_TIMESTAMP, version.modificationTimeMillis());
    }

    /**
     * What B2 tells of a version without showing it.
     *
     * @param action what the version is, as in listings; null where it is gone
     * @param length the bytes of its content, null where that is not said
     */
    public record ToldVersion(
            String bucketName,
            String bucketId,
            String fileName,
            String fileId,
            @Nullable String action,
            @Nullable Long length) {}

    /** Describes a version that the source of a route has been told of, as far as that goes. */
    public static void writeTold(Message message, ToldVersion told) {
        put(message, B2Constants.FILE_NAME, told.fileName());
        put(message, B2Constants.FILE_ID, told.fileId());
        put(message, B2Constants.BUCKET_NAME, told.bucketName());
        put(message, B2Constants.BUCKET_ID, told.bucketId());
        put(message, B2Constants.ACTION, told.action());
        put(message, B2Constants.FOUND_BUCKET_NAME, told.bucketName());
        put(message, B2Constants.FOUND_FILE_NAME, told.fileName());
        put(message, B2Constants.FOUND_FILE_ID, told.fileId());
        put(message, B2Constants.FOUND_ACTION, told.action());
        put(message, B2Constants.FOUND_CONTENT_LENGTH, told.length());
        FoundFiles.bySource(told.bucketName(), told.fileId(), told.fileName(), "")
                .write(message);
        put(message, Exchange.FILE_NAME, told.fileName());
        put(message, Exchange.FILE_LENGTH, told.length());
    }

    /**
     * Describes a version that an operation has found in the middle of a route. Name and id headers stay as they are
     * where the source of the route or the route itself has set them.
     */
    public static void writeFound(Message message, String bucketName, FileVersion version) {
        FoundFiles before = FoundFiles.of(message);
        boolean isFree = before.source().isEmpty()
                && isFree(message, B2Constants.FILE_NAME, before.wroteName(message.getHeader(B2Constants.FILE_NAME)))
                && isFree(message, B2Constants.FILE_ID, before.wroteId(message.getHeader(B2Constants.FILE_ID)));
        if (isFree) {
            identify(message, bucketName, version);
        }
        describe(message, bucketName, version);
        before.with(isFree ? Finder.WRITER : Finder.READER, bucketName, version).write(message);
    }

    private static boolean isFree(Message message, String header, boolean isOurs) {
        return message.getHeader(header) == null || isOurs;
    }

    /** Describes a version that an operation has made, in headers that no operation reads. */
    public static void writeProduced(Message message, String bucketName, FileVersion version) {
        produced(message, bucketName, version.fileName(), version.fileId());
        put(message, B2Constants.PRODUCED_ACTION, version.action().name());
        put(message, B2Constants.PRODUCED_UPLOAD_TIMESTAMP, version.uploadTimestamp());
        boolean isContent = version.hasContent();
        put(message, B2Constants.PRODUCED_CONTENT_TYPE, isContent ? version.contentType() : null);
        put(message, B2Constants.PRODUCED_CONTENT_LENGTH, isContent ? version.contentLength() : null);
        put(message, B2Constants.PRODUCED_CONTENT_SHA1, version.knownSha1().orElse(null));
        put(message, B2Constants.PRODUCED_CONTENT_MD5, version.contentMd5());
        protection(message, PRODUCED, version);
        put(message, B2Constants.PRODUCED_OUTCOME, "stored");
    }

    /** Names a version that an operation has deleted, in headers that no operation reads. */
    public static void writeDeleted(Message message, String bucketName, String fileName, String fileId) {
        forget(message);
        produced(message, bucketName, fileName, fileId);
    }

    /** Names a file that an operation has left as it was, because there was one of that name. */
    public static void writeIgnored(Message message, String bucketName, String fileName) {
        forget(message);
        produced(message, bucketName, fileName, null);
        put(message, B2Constants.PRODUCED_OUTCOME, "ignored");
    }

    private static void forget(Message message) {
        message.removeHeader(B2Constants.PRODUCED_ACTION);
        message.removeHeader(B2Constants.PRODUCED_UPLOAD_TIMESTAMP);
        message.removeHeader(B2Constants.PRODUCED_CONTENT_TYPE);
        message.removeHeader(B2Constants.PRODUCED_CONTENT_LENGTH);
        message.removeHeader(B2Constants.PRODUCED_CONTENT_SHA1);
        message.removeHeader(B2Constants.PRODUCED_CONTENT_MD5);
        message.removeHeader(B2Constants.PRODUCED_SERVER_SIDE_ENCRYPTION);
        message.removeHeader(B2Constants.PRODUCED_FILE_RETENTION_MODE);
        message.removeHeader(B2Constants.PRODUCED_RETAIN_UNTIL);
        message.removeHeader(B2Constants.PRODUCED_LEGAL_HOLD);
        message.removeHeader(B2Constants.PRODUCED_OUTCOME);
    }

    private static void produced(Message message, String bucketName, String fileName, @Nullable String fileId) {
        put(message, B2Constants.PRODUCED_BUCKET_NAME, bucketName.isEmpty() ? null : bucketName);
        message.removeHeader(B2Constants.PRODUCED_BUCKET_ID);
        put(message, B2Constants.PRODUCED_FILE_NAME, fileName);
        put(message, B2Constants.PRODUCED_FILE_ID, fileId);
    }

    private static void identify(Message message, String bucketName, FileVersion version) {
        put(message, B2Constants.FILE_NAME, version.fileName());
        put(message, B2Constants.FILE_ID, version.fileId());
        put(message, B2Constants.BUCKET_NAME, bucketName.isEmpty() ? null : bucketName);
        put(message, B2Constants.BUCKET_ID, version.bucketId().isEmpty() ? null : version.bucketId());
        put(message, B2Constants.ACTION, version.action().name());
        put(message, B2Constants.UPLOAD_TIMESTAMP, version.uploadTimestamp());
        put(message, B2Constants.REPLICATION_STATUS, replication(version));
    }

    private static void describe(Message message, String bucketName, FileVersion version) {
        put(message, B2Constants.FOUND_BUCKET_NAME, bucketName.isEmpty() ? null : bucketName);
        put(message, B2Constants.FOUND_FILE_NAME, version.fileName());
        put(message, B2Constants.FOUND_FILE_ID, version.fileId());
        put(message, B2Constants.FOUND_ACTION, version.action().name());
        put(message, B2Constants.FOUND_UPLOAD_TIMESTAMP, version.uploadTimestamp());
        put(message, B2Constants.FOUND_REPLICATION_STATUS, replication(version));
        put(message, B2Constants.FOUND_CONTENT_TYPE, version.contentType());
        put(message, B2Constants.FOUND_CONTENT_LENGTH, version.contentLength());
        put(message, B2Constants.FOUND_CONTENT_SHA1, version.knownSha1().orElse(null));
        put(message, B2Constants.FOUND_CONTENT_MD5, version.contentMd5());
        describeInfo(message, version.fileInfo());
        protection(message, FOUND, version);
    }

    private static void describeInfo(Message message, Map<String, String> info) {
        put(message, B2Constants.FOUND_FILE_INFO, info);
        put(message, B2Constants.FOUND_CONTENT_DISPOSITION, info.get(FileInfo.CONTENT_DISPOSITION));
        put(message, B2Constants.FOUND_CONTENT_ENCODING, info.get(FileInfo.CONTENT_ENCODING));
        put(message, B2Constants.FOUND_CONTENT_LANGUAGE, info.get(FileInfo.CONTENT_LANGUAGE));
        put(message, B2Constants.FOUND_CACHE_CONTROL, info.get(FileInfo.CACHE_CONTROL));
        put(message, B2Constants.FOUND_EXPIRES, info.get(FileInfo.EXPIRES));
        put(message, B2Constants.FOUND_LAST_MODIFIED, millis(info.get(FileInfo.SRC_LAST_MODIFIED_MILLIS)));
    }

    private static void protection(Message message, Protection names, FileVersion version) {
        FileRetention retention = readable(version.fileRetention());
        put(
                message,
                names.encryption(),
                version.serverSideEncryption() == null
                        ? null
                        : version.serverSideEncryption().mode());
        put(message, names.mode(), retention == null ? null : text(retention.mode()));
        put(message, names.until(), retention == null ? null : retention.retainUntilTimestamp());
        put(message, names.hold(), text(readable(version.legalHold())));
    }

    private static <T> @Nullable T readable(@Nullable Guarded<T> setting) {
        return setting == null ? null : setting.value();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    /** The headers of what protects a version. */
    private record Protection(String encryption, String mode, String until, String hold) {}

    private static @Nullable String replication(FileVersion version) {
        return text(version.replicationStatus());
    }

    // Whoever stored the file may have written anything there.
    private static @Nullable Long millis(@Nullable String text) {
        return text != null && Digits.areWholeNumber(text) ? Long.valueOf(text) : null;
    }

    static void put(Message message, String header, @Nullable Object value) {
        if (value == null) {
            message.removeHeader(header);
        } else {
            message.setHeader(header, value);
        }
    }
}
