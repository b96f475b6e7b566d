// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.call;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonGenerator;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.file.ByteRange;
import io.github.camelb2.client.model.file.FileId;
import io.github.camelb2.client.model.file.FileInfo;
import io.github.camelb2.client.model.file.FileNames;
import io.github.camelb2.client.model.file.FilePage;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.json.Answers;
import io.github.camelb2.client.model.json.Copies;
import io.github.camelb2.client.model.json.Json;
import io.github.camelb2.client.model.json.Tokens;
import io.github.camelb2.client.model.large.Part;
import io.github.camelb2.client.model.large.PartPage;
import io.github.camelb2.client.model.large.UploadPartUrl;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.model.protection.FileRetention;
import io.github.camelb2.client.model.protection.LegalHold;

/** The calls about large files, in the order in which an upload makes them. */
public interface LargeFileCalls {
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
    record StartLargeFile(
            String bucketId,
            String fileName,
            String contentType,
            @Nullable Map<String, String> fileInfo,
            @Nullable Encryption serverSideEncryption,
            @Nullable FileRetention fileRetention,
            @Nullable LegalHold legalHold,
            @Nullable String customUploadTimestamp)
            implements JsonCall<FileVersion>, PlainCall<FileVersion> {
        private static final Kind<FileVersion> KIND =
                new Kind<>("b2_start_large_file", FileVersion.class, Capability.WRITE_FILES, TransactionClass.A);

        public StartLargeFile {
            Checks.given("b2_start_large_file", "bucketId", bucketId);
            FileNames.check(Checks.given("b2_start_large_file", "fileName", fileName));
            Checks.given("b2_start_large_file", "contentType", contentType);
            fileInfo = fileInfo == null ? null : FileInfo.check(fileInfo);
            serverSideEncryption = Encryption.asked(serverSideEncryption);
        }

        /** With the members that B2 requires. */
        public static StartLargeFile of(String bucketId, String fileName, String contentType) {
            return new StartLargeFile(bucketId, fileName, contentType, null, null, null, null, null);
        }

        public StartLargeFile withFileInfo(Map<String, String> value) {
            return Members.with(this, "fileInfo", value);
        }

        public StartLargeFile withServerSideEncryption(Encryption value) {
            return Members.with(this, "serverSideEncryption", value);
        }

        public StartLargeFile withFileRetention(FileRetention value) {
            return Members.with(this, "fileRetention", value);
        }

        public StartLargeFile withLegalHold(LegalHold value) {
            return Members.with(this, "legalHold", value);
        }

        public StartLargeFile withCustomUploadTimestamp(String value) {
            return Members.with(this, "customUploadTimestamp", value);
        }

        /** By hand, because the first large file of a process waits for it; a lock that few ask for by data binding. */
        @Override
        public byte[] write() {
            return fileRetention != null || legalHold != null ? PlainCall.super.write() : Json.write(this::members);
        }

        private void members(JsonGenerator json) throws IOException {
            Tokens.writeTexts(json, "bucketId", bucketId, "fileName", fileName, "contentType", contentType);
            Tokens.writeMap(json, "fileInfo", fileInfo);
            Tokens.writeMap(
                    json, "serverSideEncryption", serverSideEncryption == null ? null : serverSideEncryption.json());
            Tokens.writeTexts(json, "customUploadTimestamp", customUploadTimestamp);
        }

        @Override
        public FileVersion read(InputStream json) throws IOException {
            return FileVersion.read(json);
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
     * Answers where to upload parts of a large file.
     *
     * @param fileId the version
     * @see <a href="https://www.backblaze.com/apidocs/b2-get-upload-part-url">Backblaze: b2_get_upload_part_url</a>
     */
    record GetUploadPartUrl(String fileId) implements JsonCall<UploadPartUrl>, PlainCall<UploadPartUrl> {
        private static final Kind<UploadPartUrl> KIND =
                new Kind<>("b2_get_upload_part_url", UploadPartUrl.class, Capability.WRITE_FILES, TransactionClass.A);

        public GetUploadPartUrl {
            Checks.given("b2_get_upload_part_url", "fileId", fileId);
        }

        /** With the members that B2 requires. */
        public static GetUploadPartUrl of(String fileId) {
            return new GetUploadPartUrl(fileId);
        }

        /** By hand, because the first part of a process waits for it. */
        @Override
        public byte[] write() {
            return Json.writeTexts("fileId", fileId);
        }

        @Override
        public UploadPartUrl read(InputStream json) throws IOException {
            return UploadPartUrl.read(json);
        }

        @Override
        public Kind<UploadPartUrl> kind() {
            return KIND;
        }

        @Override
        public boolean isAnsweredBy(UploadPartUrl answer) {
            return Answers.agree(answer.fileId(), fileId);
        }

        @Override
        public String subject() {
            return "large file " + fileId;
        }
    }

    /**
     * One part of a large file on its way up.
     *
     * @param fileId the large file
     * @param partNumber 1 to 10,000; a part of that number is replaced
     * @param serverSideEncryption that of the large file; only a customer's key is sent again
     * @see <a href="https://www.backblaze.com/apidocs/b2-upload-part">Backblaze: b2_upload_part</a>
     */
    record UploadPart(
            String fileId, int partNumber, @Nullable Encryption serverSideEncryption) {
        public UploadPart {
            Checks.given("b2_upload_part", "fileId", fileId);
            Checks.range("b2_upload_part", "partNumber", partNumber, 1, 10_000);
            serverSideEncryption = Encryption.asked(serverSideEncryption);
        }

        /** What messages call it. */
        public String subject() {
            return "part " + partNumber + " of large file " + fileId;
        }

        /** Whether an answer is about this part of that length; see {@link JsonCall#isAnsweredBy}. */
        public boolean isAnsweredBy(Part answer, long length) {
            return Answers.agree(answer.fileId(), fileId)
                    && answer.partNumber() == partNumber
                    && Answers.agree(answer.contentLength(), length);
        }

        /**
         * The headers of the upload, but for {@code Authorization}.
         *
         * @param sha1 what {@code X-Bz-Content-Sha1} says: 40 hex digits or {@code hex_digits_at_end}
         */
        public Map<String, String> headers(String sha1) {
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("X-Bz-Part-Number", String.valueOf(partNumber));
            headers.put("X-Bz-Content-Sha1", sha1);
            if (serverSideEncryption != null) {
                headers.putAll(serverSideEncryption.accessHeaders());
            }
            return headers;
        }
    }

    /**
     * Copies a version, or a range of it, into a part of a large file.
     *
     * @param sourceFileId the version to copy
     * @param largeFileId the large file
     * @param partNumber 1 to 10,000; a part of that number is replaced
     * @param range only these bytes
     * @param sourceServerSideEncryption the key of the source, if it has one of the customer
     * @param destinationServerSideEncryption how the copy is encrypted
     * @see <a href="https://www.backblaze.com/apidocs/b2-copy-part">Backblaze: b2_copy_part</a>
     */
    record CopyPart(
            String sourceFileId,
            String largeFileId,
            int partNumber,
            @Nullable ByteRange range,
            @Nullable Encryption sourceServerSideEncryption,
            @Nullable Encryption destinationServerSideEncryption)
            implements SlowCall<Part> {
        private static final Kind<Part> KIND =
                new Kind<>("b2_copy_part", Part.class, Capability.WRITE_FILES, TransactionClass.C);

        public CopyPart {
            Checks.given("b2_copy_part", "sourceFileId", sourceFileId);
            Checks.given("b2_copy_part", "largeFileId", largeFileId);
            Checks.range("b2_copy_part", "partNumber", partNumber, 1, 10_000);
            sourceServerSideEncryption = Encryption.asked(sourceServerSideEncryption);
            destinationServerSideEncryption = Encryption.asked(destinationServerSideEncryption);
        }

        /** With the members that B2 requires. */
        public static CopyPart of(String sourceFileId, String largeFileId, int partNumber) {
            return new CopyPart(sourceFileId, largeFileId, partNumber, null, null, null);
        }

        public CopyPart withRange(ByteRange value) {
            return Members.with(this, "range", value);
        }

        public CopyPart withSourceServerSideEncryption(Encryption value) {
            return Members.with(this, "sourceServerSideEncryption", value);
        }

        public CopyPart withDestinationServerSideEncryption(Encryption value) {
            return Members.with(this, "destinationServerSideEncryption", value);
        }

        @Override
        public Kind<Part> kind() {
            return KIND;
        }

        @Override
        public boolean isAnsweredBy(Part answer) {
            return Answers.agree(answer.fileId(), largeFileId)
                    && answer.partNumber() == partNumber
                    && (range == null || answer.contentLength() <= range.lengthWithin(Long.MAX_VALUE));
        }

        @Override
        public String subject() {
            return "part " + partNumber + " of " + largeFileId + " from " + sourceFileId;
        }
    }

    /**
     * Lists the parts that an unfinished large file has, one page at a time.
     *
     * @param fileId the version
     * @param startPartNumber the first part
     * @param maxPartCount 1 to 1,000 a page; 100 when null
     * @see <a href="https://www.backblaze.com/apidocs/b2-list-parts">Backblaze: b2_list_parts</a>
     */
    record ListParts(
            String fileId,
            @Nullable Integer startPartNumber,
            @Nullable Integer maxPartCount) implements JsonCall<PartPage> {
        private static final Kind<PartPage> KIND =
                new Kind<>("b2_list_parts", PartPage.class, Capability.WRITE_FILES, TransactionClass.C);

        public ListParts {
            Checks.given("b2_list_parts", "fileId", fileId);
            Checks.range("b2_list_parts", "startPartNumber", startPartNumber, 1, 10_000);
            Checks.range("b2_list_parts", "maxPartCount", maxPartCount, 1, 1_000);
        }

        /** With the members that B2 requires. */
        public static ListParts of(String fileId) {
            return new ListParts(fileId, null, null);
        }

        public ListParts withStartPartNumber(Integer value) {
            return Members.with(this, "startPartNumber", value);
        }

        public ListParts withMaxPartCount(Integer value) {
            return Members.with(this, "maxPartCount", value);
        }

        @Override
        public Kind<PartPage> kind() {
            return KIND;
        }

        @Override
        public boolean isAnsweredBy(PartPage answer) {
            return answer.parts().stream().allMatch(part -> Answers.agree(part.fileId(), fileId));
        }

        @Override
        public String subject() {
            return "large file " + fileId;
        }
    }

    /**
     * Makes a file of the parts of a large file.
     *
     * @param fileId the version
     * @param partSha1Array the SHA-1 of every part, by part number
     * @param ofName whose version it becomes; not sent: with it, a key that may list and not read learns what became of
     *     a finish whose answer was lost
     * @see <a href="https://www.backblaze.com/apidocs/b2-finish-large-file">Backblaze: b2_finish_large_file</a>
     */
    record FinishLargeFile(
            String fileId,
            List<String> partSha1Array,
            @JsonIgnore @Nullable VersionsOfName ofName)
            implements SlowCall<FileVersion>, Recoverable<FileVersion>, PlainCall<FileVersion> {
        private static final Kind<FileVersion> KIND =
                new Kind<>("b2_finish_large_file", FileVersion.class, Capability.WRITE_FILES, TransactionClass.A);

        public FinishLargeFile {
            Checks.given("b2_finish_large_file", "fileId", fileId);
            partSha1Array = Copies.list(partSha1Array);
            Checks.notEmpty("b2_finish_large_file", "partSha1Array", partSha1Array);
        }

        /** With the members that B2 requires. */
        public static FinishLargeFile of(String fileId, List<String> partSha1Array) {
            return new FinishLargeFile(fileId, partSha1Array, null);
        }

        public FinishLargeFile withOfName(VersionsOfName value) {
            return Members.with(this, "ofName", value);
        }

        /** By hand, because nothing else that a large file needs takes data binding. */
        @Override
        public byte[] write() {
            return Json.write(this::members);
        }

        private void members(JsonGenerator json) throws IOException {
            Tokens.writeTexts(json, "fileId", fileId);
            json.writeArrayFieldStart("partSha1Array");
            for (String sha1 : partSha1Array) {
                json.writeString(sha1);
            }
            json.writeEndArray();
        }

        @Override
        public FileVersion read(InputStream json) throws IOException {
            return FileVersion.read(json);
        }

        @Override
        public Kind<FileVersion> kind() {
            return KIND;
        }

        /** One that is still unfinished was not finished. */
        @Override
        public boolean isAnsweredBy(FileVersion answer) {
            return answer.fileId().equals(fileId)
                    && !answer.unfinished()
                    && (ofName == null
                            || answer.fileName().equals(ofName.fileName())
                                    && Answers.agree(answer.bucketId(), ofName.bucketId()));
        }

        @Override
        public String subject() {
            return "large file " + fileId;
        }
    }

    /**
     * Gives up a large file and deletes its parts.
     *
     * @param fileId the version
     * @see <a href="https://www.backblaze.com/apidocs/b2-cancel-large-file">Backblaze: b2_cancel_large_file</a>
     */
    record CancelLargeFile(String fileId) implements Recoverable<FileId> {
        private static final Kind<FileId> KIND =
                new Kind<>("b2_cancel_large_file", FileId.class, Capability.WRITE_FILES, TransactionClass.A);

        public CancelLargeFile {
            Checks.given("b2_cancel_large_file", "fileId", fileId);
        }

        /** With the members that B2 requires. */
        public static CancelLargeFile of(String fileId) {
            return new CancelLargeFile(fileId);
        }

        @Override
        public Kind<FileId> kind() {
            return KIND;
        }

        @Override
        public boolean isAnsweredBy(FileId answer) {
            return Answers.agree(answer.fileId(), fileId);
        }

        @Override
        public String subject() {
            return "large file " + fileId;
        }

        /** Whether B2 refused because the large file was finished or cancelled before. */
        public static boolean isGone(B2Exception failure) {
            return failure.details().message().contains("No active upload");
        }
    }

    /**
     * Lists large files that were started and not finished, one page at a time, the oldest first.
     *
     * @param bucketId the bucket
     * @param namePrefix only names that begin with it
     * @param startFileId the first one
     * @param maxFileCount 1 to 100 a page; 100 when null
     * @see <a href="https://www.backblaze.com/apidocs/b2-list-unfinished-large-files">Backblaze: b2_list_unfinished_large_files</a>
     */
    record ListUnfinishedLargeFiles(
            String bucketId,
            @Nullable String namePrefix,
            @Nullable String startFileId,
            @Nullable Integer maxFileCount) implements JsonCall<FilePage>, PlainCall<FilePage> {
        private static final Kind<FilePage> KIND =
                new Kind<>("b2_list_unfinished_large_files", FilePage.class, Capability.LIST_FILES, TransactionClass.C);

        public ListUnfinishedLargeFiles {
            Checks.given("b2_list_unfinished_large_files", "bucketId", bucketId);
            Checks.range("b2_list_unfinished_large_files", "maxFileCount", maxFileCount, 1, 100);
        }

        /** With the members that B2 requires. */
        public static ListUnfinishedLargeFiles of(String bucketId) {
            return new ListUnfinishedLargeFiles(bucketId, null, null, null);
        }

        public ListUnfinishedLargeFiles withNamePrefix(String value) {
            return Members.with(this, "namePrefix", value);
        }

        public ListUnfinishedLargeFiles withStartFileId(String value) {
            return Members.with(this, "startFileId", value);
        }

        public ListUnfinishedLargeFiles withMaxFileCount(Integer value) {
            return Members.with(this, "maxFileCount", value);
        }

        /** By hand, because the first large file of a process waits for it. */
        @Override
        public byte[] write() {
            return Json.write(this::members);
        }

        private void members(JsonGenerator json) throws IOException {
            Tokens.writeTexts(json, "bucketId", bucketId, "namePrefix", namePrefix, "startFileId", startFileId);
            Tokens.writeNumber(json, "maxFileCount", maxFileCount);
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
            return Checks.inBucket(namePrefix, bucketId);
        }
    }
}
