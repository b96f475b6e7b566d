// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.model.json.Answers;
import io.github.camelb2.client.model.json.Copies;
import io.github.camelb2.client.model.json.Json;
import io.github.camelb2.client.model.protection.EncryptionMode;
import io.github.camelb2.client.model.protection.FileRetention;
import io.github.camelb2.client.model.protection.Guarded;
import io.github.camelb2.client.model.protection.LegalHold;
import io.github.camelb2.client.model.protection.ServerSideEncryption;

/**
 * One version of a file, as listings, uploads, copies and download headers describe it.
 *
 * @param accountId the account; empty when the answer does not say (downloads)
 * @param action what it is
 * @param bucketId its bucket; empty when the answer does not say (downloads)
 * @param contentLength bytes; 0 for anything but an upload
 * @param contentMd5 32 hex digits, null when B2 has none (large files)
 * @param contentSha1 as B2 spells it: 40 hex digits, {@code none}, or {@code unverified:} and 40 digits; see {@link
 *     #knownSha1()}
 * @param contentType its media type; empty for a folder
 * @param fileId its id; empty for a folder
 * @param fileInfo the user's own entries, keys in lower case, in B2's order
 * @param fileName its name
 * @param fileRetention until when it is locked; null when B2 did not say
 * @param legalHold whether it is under legal hold; null when B2 did not say
 * @param replicationStatus null unless it takes part in replication
 * @param serverSideEncryption how it is encrypted; null when B2 did not say
 * @param uploadTimestamp milliseconds since 1970; for a large file the time at which it was started
 * @see <a href="https://www.backblaze.com/apidocs/b2-list-file-versions">Backblaze: b2_list_file_versions</a>
 */
@JsonDeserialize(using = FileVersionReader.Bound.class)
public record FileVersion(
        String accountId,
        Action action,
        String bucketId,
        long contentLength,
        @Nullable String contentMd5,
        String contentSha1,
        String contentType,
        String fileId,
        Map<String, String> fileInfo,
        String fileName,
        @Nullable Guarded<FileRetention> fileRetention,
        @Nullable Guarded<LegalHold> legalHold,
        @Nullable ReplicationStatus replicationStatus,
        @Nullable ServerSideEncryption serverSideEncryption,
        long uploadTimestamp) {
    static final String NO_SHA1 = "none";
    private static final String UNVERIFIED = "unverified:";

    public FileVersion {
        accountId = Copies.orEmpty(accountId);
        action = action == null ? Action.UPLOAD : action;
        bucketId = Copies.orEmpty(bucketId);
        contentLength = Answers.length("file version", contentLength);
        contentSha1 = contentSha1 == null ? NO_SHA1 : contentSha1;
        contentType = Copies.orEmpty(contentType);
        fileId = Copies.orEmpty(fileId);
        fileInfo = Copies.map(fileInfo);
        fileName = Answers.required("file version", "fileName", fileName);
    }

    /**
     * Reads an answer that is one version.
     *
     * @throws IOException as {@link Json#read} does
     */
    public static FileVersion read(InputStream json) throws IOException {
        return Json.readExpected(json, parser -> FileVersionReader.of(parser).read());
    }

    /**
     * When the content was last modified, in milliseconds since 1970: what the uploader said in {@code
     * src_last_modified_millis}, else (absent or not a number) the time of the upload.
     */
    public long modificationTimeMillis() {
        String said = fileInfo.get(FileInfo.SRC_LAST_MODIFIED_MILLIS);
        return said != null && Digits.areWholeNumber(said) ? Long.parseLong(said) : uploadTimestamp;
    }

    /** The SHA-1 that B2 checked when the content arrived: 40 lower-case hex digits; empty for large files. */
    public Optional<String> verifiedSha1() {
        return hex(contentSha1);
    }

    /**
     * The best SHA-1 known of the content, as 40 lower-case hex digits: checked by B2, else computed by B2 ({@code
     * unverified:}), else asserted by the uploader of a large file ({@code large_file_sha1}).
     */
    public Optional<String> knownSha1() {
        String plain = contentSha1.startsWith(UNVERIFIED) ? contentSha1.substring(UNVERIFIED.length()) : contentSha1;
        return hex(plain).or(() -> hex(fileInfo.get(FileInfo.LARGE_FILE_SHA1)));
    }

    private static Optional<String> hex(@Nullable String digits) {
        if (digits == null || !Digits.areSha1(digits)) {
            return Optional.empty();
        }
        return Optional.of(Digits.haveUpperCase(digits) ? digits.toLowerCase(Locale.ROOT) : digits);
    }

    /** Whether B2 says that it is encrypted so. */
    public boolean isEncrypted(EncryptionMode mode) {
        return serverSideEncryption != null
                && serverSideEncryption.findMode().filter(mode::equals).isPresent();
    }

    /** Whether it has content: an upload or a copy. */
    public boolean hasContent() {
        return action.equals(Action.UPLOAD) || action.equals(Action.COPY);
    }

    /** Whether it is a hide marker. */
    public boolean hides() {
        return action.equals(Action.HIDE);
    }

    /** Whether it is an entry that a delimiter made in a listing. */
    public boolean representsFolder() {
        return action.equals(Action.FOLDER);
    }

    /** Whether it is a large file that was started and not finished. */
    public boolean unfinished() {
        return action.equals(Action.START);
    }

    /** Whether B2 calls it by a word that this client does not know, so that nobody here can tell what it is. */
    public boolean hasUnknownAction() {
        return !hasContent() && !hides() && !representsFolder() && !unfinished();
    }
}
