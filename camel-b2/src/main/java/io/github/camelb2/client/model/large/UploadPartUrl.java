// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.large;

import io.github.camelb2.client.model.json.Answers;
import io.github.camelb2.client.model.json.Copies;

/**
 * Where to upload parts: good for one upload at a time, for at most 24 hours. {@link #toString()} hides the token.
 *
 * @param fileId the large file that it uploads to
 * @param uploadUrl the address, used as it is
 * @param authorizationToken the token that goes with it, a secret
 */
public record UploadPartUrl(String fileId, String uploadUrl, String authorizationToken) {
    public UploadPartUrl {
        fileId = Copies.orEmpty(fileId);
        uploadUrl = Answers.required("upload URL", "uploadUrl", uploadUrl);
        authorizationToken = Answers.required("upload URL", "authorizationToken", authorizationToken);
    }

    @Override
    public String toString() {
        return "UploadPartUrl[fileId=" + fileId + ", uploadUrl=" + uploadUrl + ", authorizationToken=***]";
    }
}
