package io.github.camelb2.client.call;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.Encryption;
import io.github.camelb2.client.model.FileInfo;
import io.github.camelb2.client.model.FileNames;
import io.github.camelb2.client.model.FileRetention;
import io.github.camelb2.client.model.FileVersion;
import io.github.camelb2.client.model.LegalHold;

/**
 * Begins a large file, whose parts follow.
 *
 * @param bucketId the bucket
 * @param fileName the file
 * @param contentType the media type; {@code b2/x-auto} lets B2 choose by the name
 * @param fileInfo the user's own entries
 * @param serverSideEncryption how it is encrypted
 * @param fileRetention until when it is locked
 * @param legalHold whether it is under legal hold
 * @param customUploadTimestamp milliseconds since 1970, for accounts that may set it
 * @see <a href="https://www.backblaze.com/apidocs/b2-start-large-file">Backblaze: b2_start_large_file</a>
 */
public record StartLargeFile(
        String bucketId,
        String fileName,
        String contentType,
        @Nullable Map<String, String> fileInfo,
        @Nullable Encryption serverSideEncryption,
        @Nullable FileRetention fileRetention,
        @Nullable LegalHold legalHold,
        @Nullable String customUploadTimestamp)
        implements Recoverable<FileVersion> {
    public StartLargeFile {
        Checks.given("b2_start_large_file", "bucketId", bucketId);
        FileNames.check(Checks.given("b2_start_large_file", "fileName", fileName));
        Checks.given("b2_start_large_file", "contentType", contentType);
        fileInfo = fileInfo == null ? null : FileInfo.check(fileInfo);
    }

    /** With the members that B2 requires. */
    public static StartLargeFile of(String bucketId, String fileName, String contentType) {
        return new StartLargeFile(bucketId, fileName, contentType, null, null, null, null, null);
    }

    public StartLargeFile withFileInfo(Map<String, String> value) {
        return new StartLargeFile(
                bucketId,
                fileName,
                contentType,
                value,
                serverSideEncryption,
                fileRetention,
                legalHold,
                customUploadTimestamp);
    }

    public StartLargeFile withServerSideEncryption(Encryption value) {
        return new StartLargeFile(
                bucketId, fileName, contentType, fileInfo, value, fileRetention, legalHold, customUploadTimestamp);
    }

    public StartLargeFile withFileRetention(FileRetention value) {
        return new StartLargeFile(
                bucketId,
                fileName,
                contentType,
                fileInfo,
                serverSideEncryption,
                value,
                legalHold,
                customUploadTimestamp);
    }

    public StartLargeFile withLegalHold(LegalHold value) {
        return new StartLargeFile(
                bucketId,
                fileName,
                contentType,
                fileInfo,
                serverSideEncryption,
                fileRetention,
                value,
                customUploadTimestamp);
    }

    public StartLargeFile withCustomUploadTimestamp(String value) {
        return new StartLargeFile(
                bucketId, fileName, contentType, fileInfo, serverSideEncryption, fileRetention, legalHold, value);
    }

    @Override
    public String name() {
        return "b2_start_large_file";
    }

    @Override
    public Class<FileVersion> responseType() {
        return FileVersion.class;
    }

    @Override
    public Capability capability() {
        return Capability.WRITE_FILES;
    }

    @Override
    public TransactionClass transactionClass() {
        return TransactionClass.A;
    }

    @Override
    public String subject() {
        return Checks.inBucket(fileName, bucketId);
    }

    /** The one unfinished large file of that name that began after us, has what we gave it, and no part yet, is ours. */
    @Override
    public Optional<FileVersion> lookUp(B2Exception failure, Instant firstTry, Calls calls) {
        return Outcomes.started(this, firstTry, calls);
    }
}
