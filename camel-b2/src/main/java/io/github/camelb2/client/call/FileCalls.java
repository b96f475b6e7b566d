// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.call;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.file.ByteRange;
import io.github.camelb2.client.model.file.ContentOverrides;
import io.github.camelb2.client.model.file.FileId;
import io.github.camelb2.client.model.file.FileInfo;
import io.github.camelb2.client.model.file.FileNames;
import io.github.camelb2.client.model.file.FilePage;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.file.MetadataDirective;
import io.github.camelb2.client.model.json.Answers;
import io.github.camelb2.client.model.json.Json;
import io.github.camelb2.client.model.json.Tokens;
import io.github.camelb2.client.model.key.DownloadAuthorization;
import io.github.camelb2.client.model.large.UploadUrl;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.model.protection.FileLockState;
import io.github.camelb2.client.model.protection.FileRetention;
import io.github.camelb2.client.model.protection.LegalHold;

/** The calls about versions of files, and about uploading and downloading them. */
public interface FileCalls {
    /**
     * Lists the newest version of each name that is not hidden, one page at a time.
     *
     * @param bucketId the bucket
     * @param startFileName the first name
     * @param maxFileCount 1 to 10,000 a page, billed for every 1,000 that it answers; 100 when null
     * @param prefix only names that begin with it
     * @param delimiter collapses the names behind it to folders
     * @see <a href="https://www.backblaze.com/apidocs/b2-list-file-names">Backblaze: b2_list_file_names</a>
     */
    record ListFileNames(
            String bucketId,
            @Nullable String startFileName,
            @Nullable Integer maxFileCount,
            @Nullable String prefix,
            @Nullable String delimiter)
            implements JsonCall<FilePage>, PlainCall<FilePage> {
        private static final Kind<FilePage> KIND =
                new Kind<>("b2_list_file_names", FilePage.class, Capability.LIST_FILES, TransactionClass.C);

        public ListFileNames {
            Checks.given("b2_list_file_names", "bucketId", bucketId);
            Checks.range("b2_list_file_names", "maxFileCount", maxFileCount, 1, 10_000);
        }

        /** With the members that B2 requires. */
        public static ListFileNames of(String bucketId) {
            return new ListFileNames(bucketId, null, null, null, null);
        }

        public ListFileNames withStartFileName(String value) {
            return Members.with(this, "startFileName", value);
        }

        public ListFileNames withMaxFileCount(Integer value) {
            return Members.with(this, "maxFileCount", value);
        }

        public ListFileNames withPrefix(String value) {
            return Members.with(this, "prefix", value);
        }

        public ListFileNames withDelimiter(String value) {
            return Members.with(this, "delimiter", value);
        }

        /** By hand, because the first listing of a process waits for it. */
        @Override
        public byte[] write() {
            return Json.write(json -> {
                Tokens.writeTexts(json, "bucketId", bucketId, "startFileName", startFileName);
                Tokens.writeNumber(json, "maxFileCount", maxFileCount);
                Tokens.writeTexts(json, "prefix", prefix, "delimiter", delimiter);
            });
        }

        @Override
        public FilePage read(InputStream json) throws IOException {
            return FilePage.read(json);
        }

        @Override
        public Kind<FilePage> kind() {
            return KIND;
        }

        @Override
        public String subject() {
            return Checks.inBucket(prefix, bucketId);
        }
    }

    /**
     * Lists all versions, hide markers and unfinished large files, one page at a time.
     *
     * @param bucketId the bucket
     * @param startFileName the first name
     * @param startFileId the first version of that name; needs startFileName
     * @param maxFileCount 1 to 10,000 a page, billed for every 1,000 that it answers; 100 when null
     * @param prefix only names that begin with it
     * @param delimiter collapses the names behind it to folders
     * @see <a href="https://www.backblaze.com/apidocs/b2-list-file-versions">Backblaze: b2_list_file_versions</a>
     */
    record ListFileVersions(
            String bucketId,
            @Nullable String startFileName,
            @Nullable String startFileId,
            @Nullable Integer maxFileCount,
            @Nullable String prefix,
            @Nullable String delimiter)
            implements JsonCall<FilePage>, PlainCall<FilePage> {
        private static final Kind<FilePage> KIND =
                new Kind<>("b2_list_file_versions", FilePage.class, Capability.LIST_FILES, TransactionClass.C);

        public ListFileVersions {
            Checks.given("b2_list_file_versions", "bucketId", bucketId);
            Checks.range("b2_list_file_versions", "maxFileCount", maxFileCount, 1, 10_000);
        }

        /** With the members that B2 requires. */
        public static ListFileVersions of(String bucketId) {
            return new ListFileVersions(bucketId, null, null, null, null, null);
        }

        public ListFileVersions withStartFileName(String value) {
            return Members.with(this, "startFileName", value);
        }

        public ListFileVersions withStartFileId(String value) {
            return Members.with(this, "startFileId", value);
        }

        public ListFileVersions withMaxFileCount(Integer value) {
            return Members.with(this, "maxFileCount", value);
        }

        public ListFileVersions withPrefix(String value) {
            return Members.with(this, "prefix", value);
        }

        public ListFileVersions withDelimiter(String value) {
            return Members.with(this, "delimiter", value);
        }

        /** By hand, because the first listing of a process waits for it. */
        @Override
        public byte[] write() {
            return Json.write(json -> {
                Tokens.writeTexts(
                        json, "bucketId", bucketId, "startFileName", startFileName, "startFileId", startFileId);
                Tokens.writeNumber(json, "maxFileCount", maxFileCount);
                Tokens.writeTexts(json, "prefix", prefix, "delimiter", delimiter);
            });
        }

        @Override
        public FilePage read(InputStream json) throws IOException {
            return FilePage.read(json);
        }

        @Override
        public Kind<FilePage> kind() {
            return KIND;
        }

        @Override
        public String subject() {
            return Checks.inBucket(prefix, bucketId);
        }
    }

    /**
     * Answers one version, also a hide marker or an unfinished large file.
     *
     * @param fileId the version
     * @see <a href="https://www.backblaze.com/apidocs/b2-get-file-info">Backblaze: b2_get_file_info</a>
     */
    record GetFileInfo(String fileId) implements JsonCall<FileVersion> {
        private static final Kind<FileVersion> KIND =
                new Kind<>("b2_get_file_info", FileVersion.class, Capability.READ_FILES, TransactionClass.B);

        public GetFileInfo {
            Checks.given("b2_get_file_info", "fileId", fileId);
        }

        /** With the members that B2 requires. */
        public static GetFileInfo of(String fileId) {
            return new GetFileInfo(fileId);
        }

        @Override
        public Kind<FileVersion> kind() {
            return KIND;
        }

        @Override
        public boolean isAnsweredBy(FileVersion answer) {
            return answer.fileId().equals(fileId);
        }

        @Override
        public String subject() {
            return "file id " + fileId;
        }
    }

    /**
     * Hides a name: its versions stay, and are no longer found by name.
     *
     * @param bucketId the bucket
     * @param fileName the file
     * @see <a href="https://www.backblaze.com/apidocs/b2-hide-file">Backblaze: b2_hide_file</a>
     */
    record HideFile(String bucketId, String fileName) implements Recoverable<FileVersion> {
        private static final Kind<FileVersion> KIND =
                new Kind<>("b2_hide_file", FileVersion.class, Capability.WRITE_FILES, TransactionClass.A);

        public HideFile {
            Checks.given("b2_hide_file", "bucketId", bucketId);
            FileNames.check(Checks.given("b2_hide_file", "fileName", fileName));
        }

        /** With the members that B2 requires. */
        public static HideFile of(String bucketId, String fileName) {
            return new HideFile(bucketId, fileName);
        }

        @Override
        public Kind<FileVersion> kind() {
            return KIND;
        }

        @Override
        public boolean isAnsweredBy(FileVersion answer) {
            return answer.fileName().equals(fileName) && Answers.agree(answer.bucketId(), bucketId);
        }

        @Override
        public String subject() {
            return Checks.inBucket(fileName, bucketId);
        }
    }

    /**
     * Deletes one version for ever; deleting a hide marker shows the name again.
     *
     * @param fileName the file
     * @param fileId the version
     * @param bypassGovernance true deletes it although governance retention locks it
     * @see <a href="https://www.backblaze.com/apidocs/b2-delete-file-version">Backblaze: b2_delete_file_version</a>
     */
    record DeleteFileVersion(
            String fileName, String fileId, @Nullable Boolean bypassGovernance) implements Recoverable<FileId> {
        private static final Kind<FileId> KIND =
                new Kind<>("b2_delete_file_version", FileId.class, Capability.DELETE_FILES, TransactionClass.A);

        public DeleteFileVersion {
            FileNames.check(Checks.given("b2_delete_file_version", "fileName", fileName));
            Checks.given("b2_delete_file_version", "fileId", fileId);
        }

        /** With the members that B2 requires. */
        public static DeleteFileVersion of(String fileName, String fileId) {
            return new DeleteFileVersion(fileName, fileId, null);
        }

        public DeleteFileVersion withBypassGovernance(Boolean value) {
            return Members.with(this, "bypassGovernance", value);
        }

        @Override
        public Kind<FileId> kind() {
            return KIND;
        }

        @Override
        public boolean isAnsweredBy(FileId answer) {
            return Answers.agree(answer.fileId(), fileId) && Answers.agree(answer.fileName(), fileName);
        }

        @Override
        public String subject() {
            return FileNames.quote(fileName) + " " + fileId;
        }
    }

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
    record CopyFile(
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
        private static final Kind<FileVersion> KIND =
                new Kind<>("b2_copy_file", FileVersion.class, Capability.WRITE_FILES, TransactionClass.C);

        public CopyFile {
            Checks.given("b2_copy_file", "sourceFileId", sourceFileId);
            FileNames.check(Checks.given("b2_copy_file", "fileName", fileName));
            fileInfo = fileInfo == null ? null : FileInfo.check(fileInfo);
            Checks.directive(metadataDirective, contentType, fileInfo);
            sourceServerSideEncryption = Encryption.asked(sourceServerSideEncryption);
            destinationServerSideEncryption = Encryption.asked(destinationServerSideEncryption);
        }

        /** With the members that B2 requires. */
        public static CopyFile of(String sourceFileId, String fileName) {
            return new CopyFile(sourceFileId, fileName, null, null, null, null, null, null, null, null, null);
        }

        public CopyFile withDestinationBucketId(String value) {
            return Members.with(this, "destinationBucketId", value);
        }

        public CopyFile withRange(ByteRange value) {
            return Members.with(this, "range", value);
        }

        public CopyFile withFileRetention(FileRetention value) {
            return Members.with(this, "fileRetention", value);
        }

        public CopyFile withLegalHold(LegalHold value) {
            return Members.with(this, "legalHold", value);
        }

        public CopyFile withSourceServerSideEncryption(Encryption value) {
            return Members.with(this, "sourceServerSideEncryption", value);
        }

        public CopyFile withDestinationServerSideEncryption(Encryption value) {
            return Members.with(this, "destinationServerSideEncryption", value);
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
        public Kind<FileVersion> kind() {
            return KIND;
        }

        @Override
        public boolean isAnsweredBy(FileVersion answer) {
            return answer.fileName().equals(fileName)
                    && Answers.agree(answer.bucketId(), destinationBucketId)
                    && (range == null || answer.contentLength() <= range.lengthWithin(Long.MAX_VALUE));
        }

        @Override
        public String subject() {
            return FileNames.quote(fileName) + " from " + sourceFileId;
        }
    }

    /**
     * Locks a version until some time, or unlocks it.
     *
     * @param fileName the file
     * @param fileId the version
     * @param fileRetention until when; {@link FileRetention#NONE} unlocks
     * @param bypassGovernance true allows to shorten governance retention
     * @see <a href="https://www.backblaze.com/apidocs/b2-update-file-retention">Backblaze: b2_update_file_retention</a>
     */
    record UpdateFileRetention(
            String fileName,
            String fileId,
            FileRetention fileRetention,
            @Nullable Boolean bypassGovernance) implements JsonCall<FileLockState> {
        private static final Kind<FileLockState> KIND = new Kind<>(
                "b2_update_file_retention", FileLockState.class, Capability.WRITE_FILE_RETENTIONS, TransactionClass.A);

        public UpdateFileRetention {
            FileNames.check(Checks.given("b2_update_file_retention", "fileName", fileName));
            Checks.given("b2_update_file_retention", "fileId", fileId);
            Checks.given("b2_update_file_retention", "fileRetention", fileRetention);
        }

        /** With the members that B2 requires. */
        public static UpdateFileRetention of(String fileName, String fileId, FileRetention fileRetention) {
            return new UpdateFileRetention(fileName, fileId, fileRetention, null);
        }

        public UpdateFileRetention withBypassGovernance(Boolean value) {
            return Members.with(this, "bypassGovernance", value);
        }

        @Override
        public Kind<FileLockState> kind() {
            return KIND;
        }

        @Override
        public boolean isAnsweredBy(FileLockState answer) {
            return Answers.agree(answer.fileId(), fileId) && Answers.agree(answer.fileName(), fileName);
        }

        @Override
        public String subject() {
            return FileNames.quote(fileName) + " " + fileId;
        }
    }

    /**
     * Puts a version under legal hold, or ends it.
     *
     * @param fileName the file
     * @param fileId the version
     * @param legalHold on or off
     * @see <a href="https://www.backblaze.com/apidocs/b2-update-file-legal-hold">Backblaze: b2_update_file_legal_hold</a>
     */
    record UpdateFileLegalHold(String fileName, String fileId, LegalHold legalHold) implements JsonCall<FileLockState> {
        private static final Kind<FileLockState> KIND = new Kind<>(
                "b2_update_file_legal_hold",
                FileLockState.class,
                Capability.WRITE_FILE_LEGAL_HOLDS,
                TransactionClass.A);

        public UpdateFileLegalHold {
            FileNames.check(Checks.given("b2_update_file_legal_hold", "fileName", fileName));
            Checks.given("b2_update_file_legal_hold", "fileId", fileId);
            Checks.given("b2_update_file_legal_hold", "legalHold", legalHold);
        }

        /** With the members that B2 requires. */
        public static UpdateFileLegalHold of(String fileName, String fileId, LegalHold legalHold) {
            return new UpdateFileLegalHold(fileName, fileId, legalHold);
        }

        @Override
        public Kind<FileLockState> kind() {
            return KIND;
        }

        @Override
        public boolean isAnsweredBy(FileLockState answer) {
            return Answers.agree(answer.fileId(), fileId) && Answers.agree(answer.fileName(), fileName);
        }

        @Override
        public String subject() {
            return FileNames.quote(fileName) + " " + fileId;
        }
    }

    /**
     * Answers where to upload small files.
     *
     * @param bucketId the bucket
     * @see <a href="https://www.backblaze.com/apidocs/b2-get-upload-url">Backblaze: b2_get_upload_url</a>
     */
    record GetUploadUrl(String bucketId) implements JsonCall<UploadUrl>, PlainCall<UploadUrl> {
        private static final Kind<UploadUrl> KIND =
                new Kind<>("b2_get_upload_url", UploadUrl.class, Capability.WRITE_FILES, TransactionClass.A);

        public GetUploadUrl {
            Checks.given("b2_get_upload_url", "bucketId", bucketId);
        }

        /** With the members that B2 requires. */
        public static GetUploadUrl of(String bucketId) {
            return new GetUploadUrl(bucketId);
        }

        /** By hand, because the first upload of a process waits for it. */
        @Override
        public byte[] write() {
            return Json.writeTexts("bucketId", bucketId);
        }

        @Override
        public UploadUrl read(InputStream json) throws IOException {
            return UploadUrl.read(json);
        }

        @Override
        public Kind<UploadUrl> kind() {
            return KIND;
        }

        @Override
        public boolean isAnsweredBy(UploadUrl answer) {
            return Answers.agree(answer.bucketId(), bucketId);
        }

        @Override
        public String subject() {
            return "bucket " + bucketId;
        }
    }

    /**
     * Makes a token with which anybody can download files whose names begin with a prefix.
     *
     * @param bucketId the bucket
     * @param fileNamePrefix the prefix; empty for all files
     * @param validDurationInSeconds 1 to 604,800, which is a week
     * @param b2ContentDisposition the value that downloads must then ask for, too
     * @param b2ContentLanguage the value that downloads must then ask for, too
     * @param b2Expires the value that downloads must then ask for, too
     * @param b2CacheControl the value that downloads must then ask for, too
     * @param b2ContentEncoding the value that downloads must then ask for, too
     * @param b2ContentType the value that downloads must then ask for, too
     * @see <a href="https://www.backblaze.com/apidocs/b2-get-download-authorization">Backblaze: b2_get_download_authorization</a>
     */
    record GetDownloadAuthorization(
            String bucketId,
            String fileNamePrefix,
            long validDurationInSeconds,
            @Nullable String b2ContentDisposition,
            @Nullable String b2ContentLanguage,
            @Nullable String b2Expires,
            @Nullable String b2CacheControl,
            @Nullable String b2ContentEncoding,
            @Nullable String b2ContentType)
            implements JsonCall<DownloadAuthorization> {
        private static final Kind<DownloadAuthorization> KIND = new Kind<>(
                "b2_get_download_authorization",
                DownloadAuthorization.class,
                Capability.SHARE_FILES,
                TransactionClass.C);

        public GetDownloadAuthorization {
            Checks.given("b2_get_download_authorization", "bucketId", bucketId);
            Checks.notNull("b2_get_download_authorization", "fileNamePrefix", fileNamePrefix);
            Checks.range("b2_get_download_authorization", "validDurationInSeconds", validDurationInSeconds, 1, 604_800);
        }

        /** With the members that B2 requires. */
        public static GetDownloadAuthorization of(String bucketId, String fileNamePrefix, long validDurationInSeconds) {
            return new GetDownloadAuthorization(
                    bucketId, fileNamePrefix, validDurationInSeconds, null, null, null, null, null, null);
        }

        public GetDownloadAuthorization withB2ContentDisposition(String value) {
            return Members.with(this, "b2ContentDisposition", value);
        }

        public GetDownloadAuthorization withB2ContentLanguage(String value) {
            return Members.with(this, "b2ContentLanguage", value);
        }

        public GetDownloadAuthorization withB2Expires(String value) {
            return Members.with(this, "b2Expires", value);
        }

        public GetDownloadAuthorization withB2CacheControl(String value) {
            return Members.with(this, "b2CacheControl", value);
        }

        public GetDownloadAuthorization withB2ContentEncoding(String value) {
            return Members.with(this, "b2ContentEncoding", value);
        }

        public GetDownloadAuthorization withB2ContentType(String value) {
            return Members.with(this, "b2ContentType", value);
        }

        /** For the same overrides as the download will have. */
        public GetDownloadAuthorization withOverrides(ContentOverrides overrides) {
            return new GetDownloadAuthorization(
                    bucketId,
                    fileNamePrefix,
                    validDurationInSeconds,
                    overrides.b2ContentDisposition(),
                    overrides.b2ContentLanguage(),
                    overrides.b2Expires(),
                    overrides.b2CacheControl(),
                    overrides.b2ContentEncoding(),
                    overrides.b2ContentType());
        }

        @Override
        public Kind<DownloadAuthorization> kind() {
            return KIND;
        }

        @Override
        public String subject() {
            return Checks.inBucket(fileNamePrefix, bucketId);
        }
    }
}
