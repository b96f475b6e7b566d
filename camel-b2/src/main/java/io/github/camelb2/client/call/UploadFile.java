// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.call;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.call.LargeFileCalls.StartLargeFile;
import io.github.camelb2.client.model.file.FileInfo;
import io.github.camelb2.client.model.file.FileNameEncoding;
import io.github.camelb2.client.model.file.FileNames;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.json.Answers;
import io.github.camelb2.client.model.json.Copies;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.model.protection.FileRetention;
import io.github.camelb2.client.model.protection.LegalHold;

/**
 * What an upload stores beside the content, whatever its size.
 *
 * @param bucketName the bucket by name; null when its id is given
 * @param bucketId the bucket by id; null when its name is given
 * @param fileName the name
 * @param contentType the media type; {@code b2/x-auto} lets B2 choose by the name
 * @param fileInfo the user's own entries; keys in lower case
 * @param serverSideEncryption how it is encrypted; null for the bucket's default
 * @param fileRetention until when it is locked, null for the bucket's default
 * @param legalHold whether it is under legal hold, null for not
 * @param customUploadTimestamp milliseconds since 1970 for accounts that may set it, null for now
 * @see <a href="https://www.backblaze.com/apidocs/b2-upload-file">Backblaze: b2_upload_file</a>
 */
public record UploadFile(
        @Nullable String bucketName,
        @Nullable String bucketId,
        String fileName,
        String contentType,
        Map<String, String> fileInfo,
        @Nullable Encryption serverSideEncryption,
        @Nullable FileRetention fileRetention,
        @Nullable LegalHold legalHold,
        @Nullable Long customUploadTimestamp) {
    /** Lets B2 choose the media type by the ending of the name. */
    public static final String AUTO_CONTENT_TYPE = "b2/x-auto";

    public UploadFile {
        if (bucketName == null && bucketId == null) {
            throw new IllegalArgumentException("an upload needs bucketName or bucketId");
        }
        FileNames.check(Checks.given("b2_upload_file", "fileName", fileName));
        Checks.given("b2_upload_file", "contentType", contentType);
        fileInfo = FileInfo.check(Copies.map(fileInfo));
        serverSideEncryption = Encryption.asked(serverSideEncryption);
    }

    /** To a bucket that is known by name. */
    public static UploadFile of(String bucketName, String fileName) {
        return new UploadFile(bucketName, null, fileName, AUTO_CONTENT_TYPE, Map.of(), null, null, null, null);
    }

    /** To a bucket that is known by id. */
    public static UploadFile toBucketId(String bucketId, String fileName) {
        return new UploadFile(null, bucketId, fileName, AUTO_CONTENT_TYPE, Map.of(), null, null, null, null);
    }

    public UploadFile withBucketId(String value) {
        return Members.with(this, "bucketId", value);
    }

    public UploadFile withContentType(String value) {
        return Members.with(this, "contentType", value);
    }

    public UploadFile withFileInfo(Map<String, String> value) {
        return Members.with(this, "fileInfo", value);
    }

    /** With one more entry of file info; an entry of that key is replaced. */
    public UploadFile withInfo(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(fileInfo);
        more.put(key.toLowerCase(java.util.Locale.ROOT), value);
        return withFileInfo(more);
    }

    public UploadFile withServerSideEncryption(Encryption value) {
        return Members.with(this, "serverSideEncryption", value);
    }

    public UploadFile withFileRetention(FileRetention value) {
        return Members.with(this, "fileRetention", value);
    }

    public UploadFile withLegalHold(LegalHold value) {
        return Members.with(this, "legalHold", value);
    }

    public UploadFile withCustomUploadTimestamp(long value) {
        return Members.with(this, "customUploadTimestamp", value);
    }

    /** What messages call it. */
    public String subject() {
        return FileNames.quote(fileName) + " to bucket " + (bucketName == null ? bucketId : bucketName);
    }

    /** Whether an answer is about this file of that length in that bucket; see {@link JsonCall#isAnsweredBy}. */
    public boolean isAnsweredBy(FileVersion answer, String inBucketId, long length) {
        return answer.fileName().equals(fileName)
                && Answers.agree(answer.bucketId(), inBucketId)
                && Answers.agree(answer.contentLength(), length);
    }

    /**
     * The headers of a small upload, but for {@code Authorization}.
     *
     * @param sha1 what {@code X-Bz-Content-Sha1} says: 40 hex digits, {@code hex_digits_at_end} or {@code do_not_verify}
     * @throws IllegalArgumentException if name and file info are too big for headers
     */
    public Map<String, String> headers(String sha1) {
        FileInfo.checkSize(fileName, fileInfo, mostInfo());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Bz-File-Name", FileNameEncoding.encode(fileName));
        headers.put("Content-Type", contentType);
        headers.put("X-Bz-Content-Sha1", sha1);
        headers.putAll(FileInfo.headers(fileInfo));
        if (serverSideEncryption != null) {
            headers.putAll(serverSideEncryption.uploadHeaders());
        }
        if (fileRetention != null && fileRetention.mode() != null) {
            headers.put("X-Bz-File-Retention-Mode", fileRetention.mode().name());
            headers.put(
                    "X-Bz-File-Retention-Retain-Until-Timestamp", String.valueOf(fileRetention.retainUntilTimestamp()));
        }
        if (legalHold != null) {
            headers.put("X-Bz-File-Legal-Hold", legalHold.name());
        }
        if (customUploadTimestamp != null) {
            headers.put("X-Bz-Custom-Upload-Timestamp", customUploadTimestamp.toString());
        }
        return headers;
    }

    /** The most bytes of name and file info that B2 takes of this upload for certain. */
    public int mostInfo() {
        boolean isLocked = (fileRetention != null && fileRetention.mode() != null) || LegalHold.ON.equals(legalHold);
        return serverSideEncryption != null || isLocked ? FileInfo.MAX_PROTECTED_BYTES : FileInfo.MAX_BYTES;
    }

    /**
     * The same as the beginning of a large file.
     *
     * @throws IllegalArgumentException if name and file info are too big
     */
    public StartLargeFile toStartLargeFile(String inBucketId) {
        FileInfo.checkSize(fileName, fileInfo, mostInfo());
        return new StartLargeFile(
                inBucketId,
                fileName,
                contentType,
                fileInfo,
                serverSideEncryption,
                fileRetention,
                legalHold,
                customUploadTimestamp == null ? null : customUploadTimestamp.toString());
    }
}
