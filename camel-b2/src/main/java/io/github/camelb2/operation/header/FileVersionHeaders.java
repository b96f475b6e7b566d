package io.github.camelb2.operation.header;

import java.util.Map;
import java.util.Optional;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.model.FileInfo;
import io.github.camelb2.client.model.FileRetention;
import io.github.camelb2.client.model.FileVersion;
import io.github.camelb2.client.model.Guarded;

/**
 * Describes a file version in the headers of a message, in one way for producer and consumer.
 *
 * <p>The user's own information stays together in one header, because whoever stored the file chose its keys.
 */
public final class FileVersionHeaders {
    private FileVersionHeaders() {}

    /** Sets the headers of a version that was read or listed, with those that Camel's file endpoints understand. */
    public static void writeFound(Message message, String bucketName, FileVersion version) {
        message.setHeader(B2Constants.FILE_NAME, version.fileName());
        describe(message, bucketName, version);
        message.setHeader(Exchange.FILE_NAME, version.fileName());
        message.setHeader(Exchange.FILE_LENGTH, version.contentLength());
        message.setHeader(Exchange.FILE_LAST_MODIFIED, version.modificationTimeMillis());
        message.setHeader(Exchange.FILE_CONTENT_TYPE, version.contentType());
        message.setHeader(Exchange.MESSAGE_TIMESTAMP, version.modificationTimeMillis());
    }

    /** Sets the headers of a version that an operation made: its name goes into headers that nothing reads. */
    public static void writeProduced(Message message, String bucketName, FileVersion version) {
        describe(message, bucketName, version);
        message.setHeader(B2Constants.PRODUCED_BUCKET_NAME, bucketName);
        message.setHeader(B2Constants.PRODUCED_FILE_NAME, version.fileName());
    }

    private static void describe(Message message, String bucketName, FileVersion version) {
        message.setHeader(B2Constants.BUCKET_NAME, bucketName);
        if (!version.bucketId().isEmpty()) {
            message.setHeader(B2Constants.BUCKET_ID, version.bucketId());
        }
        WrittenHeaders.putFileId(message, version.fileId(), version.fileName());
        message.setHeader(B2Constants.ACTION, version.action().name());
        message.setHeader(B2Constants.UPLOAD_TIMESTAMP, version.uploadTimestamp());
        WrittenHeaders.put(message, B2Constants.CONTENT_TYPE, version.contentType());
        WrittenHeaders.put(message, B2Constants.CONTENT_LENGTH, version.contentLength());
        WrittenHeaders.put(
                message, B2Constants.CONTENT_SHA1, version.knownSha1().orElse(null));
        WrittenHeaders.put(message, B2Constants.CONTENT_MD5, version.contentMd5());
        describeInfo(message, version.fileInfo());
        describeProtection(message, version);
    }

    private static void describeInfo(Message message, Map<String, String> info) {
        message.setHeader(B2Constants.FILE_INFO, info);
        WrittenHeaders.put(message, B2Constants.CONTENT_DISPOSITION, info.get(FileInfo.CONTENT_DISPOSITION));
        WrittenHeaders.put(message, B2Constants.CONTENT_ENCODING, info.get(FileInfo.CONTENT_ENCODING));
        WrittenHeaders.put(message, B2Constants.CONTENT_LANGUAGE, info.get(FileInfo.CONTENT_LANGUAGE));
        WrittenHeaders.put(message, B2Constants.CACHE_CONTROL, info.get(FileInfo.CACHE_CONTROL));
        WrittenHeaders.put(message, B2Constants.EXPIRES, info.get(FileInfo.EXPIRES));
        put(message, B2Constants.LAST_MODIFIED, millis(info.get(FileInfo.SRC_LAST_MODIFIED_MILLIS)));
    }

    private static void describeProtection(Message message, FileVersion version) {
        WrittenHeaders.put(
                message,
                B2Constants.SERVER_SIDE_ENCRYPTION,
                version.serverSideEncryption() == null
                        ? null
                        : version.serverSideEncryption().mode());
        Optional<FileRetention> retention =
                Optional.ofNullable(version.fileRetention()).flatMap(Guarded::find);
        WrittenHeaders.put(
                message,
                B2Constants.FILE_RETENTION_MODE,
                retention.map(FileRetention::mode).map(Object::toString).orElse(null));
        WrittenHeaders.put(
                message,
                B2Constants.RETAIN_UNTIL,
                retention.map(FileRetention::retainUntilTimestamp).orElse(null));
        WrittenHeaders.put(
                message,
                B2Constants.LEGAL_HOLD,
                Optional.ofNullable(version.legalHold())
                        .flatMap(Guarded::find)
                        .map(Object::toString)
                        .orElse(null));
        put(
                message,
                B2Constants.REPLICATION_STATUS,
                version.replicationStatus() == null
                        ? null
                        : version.replicationStatus().toString());
    }

    // Whoever stored the file may have written anything there.
    private static @Nullable Long millis(@Nullable String text) {
        return text != null && text.matches("-?[0-9]{1,18}") ? Long.valueOf(text) : null;
    }

    private static void put(Message message, String header, @Nullable Object value) {
        if (value == null) {
            message.removeHeader(header);
        } else {
            message.setHeader(header, value);
        }
    }
}
