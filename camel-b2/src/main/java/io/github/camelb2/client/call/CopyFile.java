package io.github.camelb2.client.call;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.ByteRange;
import io.github.camelb2.client.model.Encryption;
import io.github.camelb2.client.model.FileInfo;
import io.github.camelb2.client.model.FileNames;
import io.github.camelb2.client.model.FileRetention;
import io.github.camelb2.client.model.FileVersion;
import io.github.camelb2.client.model.LegalHold;
import io.github.camelb2.client.model.MetadataDirective;

/**
 * Copies a version, or a range of it, up to 5 GB, without moving it through this machine.
 *
 * @param sourceFileId the version to copy
 * @param fileName the name of the copy
 * @param destinationBucketId where it goes; null for the same bucket
 * @param range only these bytes
 * @param metadataDirective COPY when null
 * @param contentType with REPLACE: the new type, required
 * @param fileInfo with REPLACE: the new entries
 * @param fileRetention until when the copy is locked
 * @param legalHold whether the copy is under legal hold
 * @param sourceServerSideEncryption the key of the source, if it has one of the customer
 * @param destinationServerSideEncryption how the copy is encrypted
 * @see <a href="https://www.backblaze.com/apidocs/b2-copy-file">Backblaze: b2_copy_file</a>
 */
public record CopyFile(
        String sourceFileId,
        String fileName,
        @Nullable String destinationBucketId,
        @Nullable ByteRange range,
        @Nullable MetadataDirective metadataDirective,
        @Nullable String contentType,
        @Nullable Map<String, String> fileInfo,
        @Nullable FileRetention fileRetention,
        @Nullable LegalHold legalHold,
        @Nullable Encryption sourceServerSideEncryption,
        @Nullable Encryption destinationServerSideEncryption)
        implements SlowCall<FileVersion>, Recoverable<FileVersion> {
    public CopyFile {
        Checks.given("b2_copy_file", "sourceFileId", sourceFileId);
        FileNames.check(Checks.given("b2_copy_file", "fileName", fileName));
        fileInfo = fileInfo == null ? null : FileInfo.check(fileInfo);
        Checks.directive(metadataDirective, contentType, fileInfo);
    }

    /** With the members that B2 requires. */
    public static CopyFile of(String sourceFileId, String fileName) {
        return new CopyFile(sourceFileId, fileName, null, null, null, null, null, null, null, null, null);
    }

    public CopyFile withDestinationBucketId(String value) {
        return new CopyFile(
                sourceFileId,
                fileName,
                value,
                range,
                metadataDirective,
                contentType,
                fileInfo,
                fileRetention,
                legalHold,
                sourceServerSideEncryption,
                destinationServerSideEncryption);
    }

    public CopyFile withRange(ByteRange value) {
        return new CopyFile(
                sourceFileId,
                fileName,
                destinationBucketId,
                value,
                metadataDirective,
                contentType,
                fileInfo,
                fileRetention,
                legalHold,
                sourceServerSideEncryption,
                destinationServerSideEncryption);
    }

    public CopyFile withFileRetention(FileRetention value) {
        return new CopyFile(
                sourceFileId,
                fileName,
                destinationBucketId,
                range,
                metadataDirective,
                contentType,
                fileInfo,
                value,
                legalHold,
                sourceServerSideEncryption,
                destinationServerSideEncryption);
    }

    public CopyFile withLegalHold(LegalHold value) {
        return new CopyFile(
                sourceFileId,
                fileName,
                destinationBucketId,
                range,
                metadataDirective,
                contentType,
                fileInfo,
                fileRetention,
                value,
                sourceServerSideEncryption,
                destinationServerSideEncryption);
    }

    public CopyFile withSourceServerSideEncryption(Encryption value) {
        return new CopyFile(
                sourceFileId,
                fileName,
                destinationBucketId,
                range,
                metadataDirective,
                contentType,
                fileInfo,
                fileRetention,
                legalHold,
                value,
                destinationServerSideEncryption);
    }

    public CopyFile withDestinationServerSideEncryption(Encryption value) {
        return new CopyFile(
                sourceFileId,
                fileName,
                destinationBucketId,
                range,
                metadataDirective,
                contentType,
                fileInfo,
                fileRetention,
                legalHold,
                sourceServerSideEncryption,
                value);
    }

    /** The copy gets this type and these entries instead of those of the source. */
    public CopyFile replacingMetadata(String newContentType, Map<String, String> newFileInfo) {
        return new CopyFile(
                sourceFileId,
                fileName,
                destinationBucketId,
                range,
                MetadataDirective.REPLACE,
                newContentType,
                newFileInfo,
                fileRetention,
                legalHold,
                sourceServerSideEncryption,
                destinationServerSideEncryption);
    }

    @Override
    public String name() {
        return "b2_copy_file";
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
        return TransactionClass.C;
    }

    @Override
    public String subject() {
        return FileNames.quote(fileName) + " from " + sourceFileId;
    }

    /** The newest version of the name is our copy, if it is young enough and has the content of the source. */
    @Override
    public Optional<FileVersion> lookUp(B2Exception failure, Instant firstTry, Calls calls) {
        return Outcomes.copied(this, firstTry, calls);
    }
}
