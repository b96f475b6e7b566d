// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.key;

import io.github.camelb2.client.model.json.Answers;
import io.github.camelb2.client.model.json.Copies;

/**
 * Lets its bearer download the files of a bucket whose names begin with a prefix. {@link #toString()} hides the token.
 *
 * @param authorizationToken for the header or the query parameter {@code Authorization}, a secret
 * @param bucketId the bucket
 * @param fileNamePrefix the prefix
 */
public record DownloadAuthorization(String authorizationToken, String bucketId, String fileNamePrefix) {
    public DownloadAuthorization {
        authorizationToken = Answers.required("download authorization", "authorizationToken", authorizationToken);
        bucketId = Copies.orEmpty(bucketId);
        fileNamePrefix = Copies.orEmpty(fileNamePrefix);
    }

    @Override
    public String toString() {
        return "DownloadAuthorization[authorizationToken=***, bucketId=" + bucketId + ", fileNamePrefix="
                + fileNamePrefix + "]";
    }
}
