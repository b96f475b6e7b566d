// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.large;

import io.github.camelb2.client.model.json.Answers;
import io.github.camelb2.client.model.json.Copies;

/**
 * Where to upload files: good for one upload at a time, for at most 24 hours. {@link #toString()} hides the token.
 *
 * @param bucketId the bucket that it uploads to
 * @param uploadUrl the address, used as it is
 * @param authorizationToken the token that goes with it, a secret
 */
public record UploadUrl(String bucketId, String uploadUrl, String authorizationToken) {
    public UploadUrl {
        bucketId = Copies.orEmpty(bucketId);
        uploadUrl = Answers.required("upload URL", "uploadUrl", uploadUrl);
        authorizationToken = Answers.required("upload URL", "authorizationToken", authorizationToken);
    }

    @Override
    public String toString() {
        return "UploadUrl[bucketId=" + bucketId + ", uploadUrl=" + uploadUrl + ", authorizationToken=***]";
    }
}
