// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.call;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.Delivery;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.model.file.ByteRange;
import io.github.camelb2.client.model.file.ContentOverrides;
import io.github.camelb2.client.model.file.FileNameEncoding;
import io.github.camelb2.client.model.file.FileNames;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.json.UnusableAnswerException;
import io.github.camelb2.client.model.protection.Encryption;

/**
 * What to download: a version by its id, or the newest version of a name. {@link #toString()} hides the token.
 *
 * @param fileId the version; null to go by name
 * @param bucketName the bucket; null when the id is given
 * @param fileName the name; null when the id is given
 * @param range only these bytes; null for all
 * @param serverSideEncryption the customer's key, if the file has one
 * @param overrides headers to answer instead of the stored ones
 * @param downloadAuthorization a token to use instead of that of the login, a secret
 * @see <a href="https://www.backblaze.com/apidocs/b2-download-file-by-name">Backblaze: b2_download_file_by_name</a>
 * @see <a href="https://www.backblaze.com/apidocs/b2-download-file-by-id">Backblaze: b2_download_file_by_id</a>
 */
public record DownloadFile(
        @Nullable String fileId,
        @Nullable String bucketName,
        @Nullable String fileName,
        @Nullable ByteRange range,
        @Nullable Encryption serverSideEncryption,
        ContentOverrides overrides,
        @Nullable String downloadAuthorization) {
    public DownloadFile {
        if (fileId == null && (bucketName == null || fileName == null)) {
            throw new IllegalArgumentException("a download needs fileId, or bucketName and fileName");
        }
        overrides = overrides == null ? ContentOverrides.NONE : overrides;
    }

    /** The newest version of a name. */
    public static DownloadFile byName(String bucketName, String fileName) {
        return new DownloadFile(null, bucketName, fileName, null, null, ContentOverrides.NONE, null);
    }

    /** One version. */
    public static DownloadFile byId(String fileId) {
        return new DownloadFile(fileId, null, null, null, null, ContentOverrides.NONE, null);
    }

    /** The same download of that very version: what was opened by name is read on by id. */
    public DownloadFile withFileId(String value) {
        return with(value, range);
    }

    public DownloadFile withRange(@Nullable ByteRange value) {
        return with(fileId, value);
    }

    /** Not by reflection, as the others below: every download has a range. */
    private DownloadFile with(@Nullable String id, @Nullable ByteRange bytes) {
        return new DownloadFile(
                id, bucketName, fileName, bytes, serverSideEncryption, overrides, downloadAuthorization);
    }

    public DownloadFile withServerSideEncryption(Encryption value) {
        return Members.with(this, "serverSideEncryption", value);
    }

    public DownloadFile withOverrides(ContentOverrides value) {
        return Members.with(this, "overrides", value);
    }

    public DownloadFile withDownloadAuthorization(String value) {
        return Members.with(this, "downloadAuthorization", value);
    }

    /** The call as B2 spells it. */
    public String name() {
        return fileId == null ? "b2_download_file_by_name" : "b2_download_file_by_id";
    }

    /** What messages call it. */
    public String subject() {
        if (fileName == null || bucketName == null) {
            return "file id " + fileId;
        }
        return FileNames.quote(fileName) + " in bucket " + bucketName + (fileId == null ? "" : " (" + fileId + ")");
    }

    /**
     * Refuses an answer that is about another version than the one asked for by its id. By name any version may answer.
     *
     * @param call the call that messages name
     * @throws B2TransportException if it is; whoever answers so may answer so again
     */
    public void check(String call, FileVersion answer) {
        if (fileId != null && !fileId.equals(answer.fileId())) {
            throw new B2TransportException(
                    ErrorDetails.local(call, subject(), UnusableAnswerException.ABOUT_SOMETHING_ELSE)
                            .withDelivery(Delivery.UNUSABLE_ANSWER));
        }
    }

    /** The whole address, without a token. */
    public String url(String downloadUrl) {
        StringBuilder url = new StringBuilder(downloadUrl);
        char separator = '?';
        if (fileId != null) {
            url.append("/b2api/v4/b2_download_file_by_id?fileId=").append(FileNameEncoding.encodeParameter(fileId));
            separator = '&';
        } else if (bucketName != null && fileName != null) {
            url.append("/file/")
                    .append(FileNameEncoding.encode(bucketName))
                    .append('/')
                    .append(FileNameEncoding.encode(fileName));
        }
        for (Map.Entry<String, String> parameter : overrides.parameters().entrySet()) {
            url.append(separator)
                    .append(parameter.getKey())
                    .append('=')
                    .append(FileNameEncoding.encodeParameter(parameter.getValue()));
            separator = '&';
        }
        return url.toString();
    }

    /**
     * The headers of the request.
     *
     * @param accountToken the token of the login, used unless the download has one of its own; an empty one is not sent,
     *     for files that everybody may read
     */
    public Map<String, String> headers(String accountToken) {
        Map<String, String> headers = new LinkedHashMap<>();
        String token = downloadAuthorization == null ? accountToken : downloadAuthorization;
        if (!token.isEmpty()) {
            headers.put("Authorization", token);
        }
        if (range != null) {
            headers.put("Range", range.header());
        }
        if (serverSideEncryption != null) {
            headers.putAll(serverSideEncryption.accessHeaders());
        }
        return headers;
    }

    @Override
    public String toString() {
        return "DownloadFile[" + subject() + (range == null ? "" : ", range=" + range) + ", serverSideEncryption="
                + serverSideEncryption + ", overrides=" + overrides + ", downloadAuthorization="
                + (downloadAuthorization == null ? "none" : "***") + "]";
    }
}
