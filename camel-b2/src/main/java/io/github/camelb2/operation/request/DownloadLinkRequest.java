// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.request;

import java.util.Objects;

import io.github.camelb2.client.model.file.ContentOverrides;
import io.github.camelb2.client.model.file.FileNames;

/**
 * The request of {@code createDownloadLink}.
 *
 * @param bucketName the bucket
 * @param fileName the file; the link of a private bucket also opens files whose names start with this one
 * @param validDurationInSeconds 1 to 604,800; does not count for public buckets, whose links are good for ever
 * @param overrides what the download answers in place of the headers stored with the file
 */
public record DownloadLinkRequest(
        String bucketName, String fileName, long validDurationInSeconds, ContentOverrides overrides) {
    public DownloadLinkRequest {
        Objects.requireNonNull(bucketName, "bucketName");
        FileNames.check(fileName);
        Objects.requireNonNull(overrides, "overrides");
    }

    /** A link that is good for so long. */
    public static DownloadLinkRequest of(String bucketName, String fileName, long validDurationInSeconds) {
        return new DownloadLinkRequest(bucketName, fileName, validDurationInSeconds, ContentOverrides.NONE);
    }
}
